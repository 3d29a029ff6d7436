/* The scene's own part: which picture is asked for, and whether it is there already. Painting is in paint.c, encoding
 * in develop.c.
 *
 * Cached by name (sitter, controls, size, moment): finished live frames, and of each shot the encoded scan with its
 * thumbnail, so that a repeated shot costs two short segments in front of it. Kept besides: the layers of the live
 * picture that is being shown. */
#include "capture/simcam/scene.h"

#include "capture/simcam/sitter/cache.h"
#include "capture/simcam/sitter/develop.h"
#include "capture/simcam/sitter/exif.h"
#include "capture/simcam/sitter/paint.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define CYCLE_FRAMES   96
#define LID_STEPS      4    /* paintings of the person from lids open to lids closed */
#define PAINTED_HEIGHT 1152 /* crop height a shot is painted at; larger pictures are enlarged from it */

typedef struct {
  char *name; /* of what is painted; NULL: nothing */
  SimCanvas canvas;
  cairo_surface_t *backdrop;
  cairo_surface_t *person[LID_STEPS];
} Layers;

struct SimScene {
  guint sitter;
  SimPose pose;
  char *key; /* of the pose; NULL: has to be made */
  SimCache *cache;
  Layers live;
  guint running; /* number of shots made, for the comment in each */
};

SimScene *sim_scene_new (guint sitter)
{
  SimScene *self = g_new0 (SimScene, 1);
  self->sitter = sitter;
  sim_pose_reset (&self->pose);
  self->cache = sim_cache_new (SIM_SCENE_CACHE_BYTES);
  return self;
}

static void layers_clear (Layers *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->backdrop, cairo_surface_destroy);
  for (int i = 0; i < LID_STEPS; i++)
    g_clear_pointer (&self->person[i], cairo_surface_destroy);
}

void sim_scene_free (SimScene *self)
{
  layers_clear (&self->live);
  sim_cache_free (self->cache);
  g_free (self->key);
  g_free (self);
}

guint sim_scene_sitter (const SimScene *self)
{
  return self->sitter;
}

static gboolean control_sitter (SimScene *self, const char *word, char **error)
{
  guint64 number = 0;
  if (!g_ascii_string_to_unsigned (word, 10, 0, G_MAXUINT32, &number, NULL)) {
    if (error != NULL)
      *error = g_strdup ("\"sitter\" wants: sitter NUMBER.");
    return FALSE;
  }
  self->sitter = (guint)number;
  return TRUE;
}

gboolean sim_scene_control (SimScene *self, const char *line, char **error)
{
  g_autofree char *copy = g_strstrip (g_strdup (line));
  if (g_str_has_prefix (copy, "sitter") && (copy[6] == '\0' || g_ascii_isspace (copy[6])))
    return control_sitter (self, g_strchug (copy + 6), error);
  if (!sim_pose_control (&self->pose, copy, error))
    return FALSE;
  g_clear_pointer (&self->key, g_free);
  return TRUE;
}

static const char *pose_key (SimScene *self)
{
  if (self->key == NULL)
    self->key = sim_pose_key (&self->pose);
  return self->key;
}

/* Lids through the cycle: 0 open .. LID_STEPS-1 closed. A blink takes a third of a second. */
static int lids_at (int frame, const SimPose *pose)
{
  static const int blink[] = {1, 2, 3, 3, 3, 2, 1};
  int since = frame - CYCLE_FRAMES * 5 / 8;
  if (pose->eyes_held || since < 0 || since >= (int)G_N_ELEMENTS (blink))
    return 0;
  return blink[since];
}

/* The layers of the live picture, painted as far as they are needed. */
static Layers *live_layers (SimScene *self, int width, int height, int lids)
{
  Layers *layers = &self->live;
  g_autofree char *name = g_strdup_printf ("%u %d %d %s", self->sitter, width, height, pose_key (self));
  if (layers->name == NULL || !g_str_equal (layers->name, name)) {
    layers_clear (layers);
    layers->name = g_steal_pointer (&name);
    layers->canvas = sim_canvas_for (width, height);
    layers->backdrop = sim_paint_backdrop (&layers->canvas, self->sitter, &self->pose);
  }
  if (layers->person[lids] == NULL) {
    SimPose pose = self->pose;
    pose.eyes *= 1 - (double)lids / (LID_STEPS - 1);
    layers->person[lids] = sim_paint_person (&layers->canvas, self->sitter, &pose);
  }
  return layers;
}

/* Breath and sway: two slow circles and a hair's breadth of tilt about the seat; where the cycle ends it meets its
 * beginning. */
static void sway (cairo_t *cr, const SimCanvas *canvas, double part)
{
  double turn = 2 * G_PI * part;
  double seat_x = canvas->x + 240 * canvas->scale, seat_y = canvas->y + 700 * canvas->scale;
  cairo_translate (cr, seat_x + canvas->scale * 1.1 * sin (turn), seat_y + canvas->scale * 0.9 * sin (2 * turn));
  cairo_rotate (cr, 0.004 * sin (turn + 1));
  cairo_translate (cr, -seat_x, -seat_y);
}

static cairo_surface_t *compose (const Layers *layers, int lids, double part)
{
  cairo_surface_t *frame = sim_canvas_surface (&layers->canvas, CAIRO_FORMAT_RGB24);
  g_autoptr (cairo_t) cr = cairo_create (frame);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_set_source_surface (cr, layers->backdrop, 0, 0);
  cairo_paint (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
  if (part >= 0)
    sway (cr, &layers->canvas, part);
  cairo_set_source_surface (cr, layers->person[lids], 0, 0);
  cairo_paint (cr);
  return frame;
}

GBytes *sim_scene_live (SimScene *self, double seconds, int width, int height)
{
  if (width < 16 || height < 16 || width > 4096 || height > 4096 || !isfinite (seconds))
    return NULL;
  double part = fmod (seconds, SIM_SCENE_CYCLE) / SIM_SCENE_CYCLE;
  int frame = (int)((part < 0 ? part + 1 : part) * CYCLE_FRAMES) % CYCLE_FRAMES;
  g_autofree char *name = g_strdup_printf ("live %d %d %d %u %s", frame, width, height, self->sitter, pose_key (self));
  GBytes *jpeg = sim_cache_get (self->cache, name);
  if (jpeg != NULL)
    return jpeg;
  int lids = lids_at (frame, &self->pose);
  const Layers *layers = live_layers (self, width, height, lids);
  g_autoptr (cairo_surface_t) picture = compose (layers, lids, (double)frame / CYCLE_FRAMES);
  sim_blur (picture, self->pose.blur * layers->canvas.scale);
  SimDevelop how = {width, height, FALSE, 1.2, 88};
  jpeg = sim_develop (picture, &how);
  sim_cache_put (self->cache, name, jpeg);
  return jpeg;
}

typedef struct {
  GBytes *scan; /* the JPEG from its tables on */
  GBytes *thumbnail;
} Exposure;

static void exposure_clear (Exposure *self)
{
  g_clear_pointer (&self->scan, g_bytes_unref);
  g_clear_pointer (&self->thumbnail, g_bytes_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Exposure, exposure_clear)

static cairo_surface_t *paint_shot (SimScene *self, guint sitter, int width, int height)
{
  SimCanvas full = sim_canvas_for (width, height);
  double shrink = MIN (1, PAINTED_HEIGHT / 640.0 / full.scale);
  Layers layers = {.canvas =
                       sim_canvas_for (MAX (1, (int)lround (width * shrink)), MAX (1, (int)lround (height * shrink)))};
  layers.backdrop = sim_paint_backdrop (&layers.canvas, sitter, &self->pose);
  layers.person[0] = sim_paint_person (&layers.canvas, sitter, &self->pose);
  cairo_surface_t *picture = compose (&layers, 0, -1);
  layers_clear (&layers);
  sim_blur (
      picture,
      self->pose.blur *
          sim_canvas_for (cairo_image_surface_get_width (picture), cairo_image_surface_get_height (picture)).scale);
  return picture;
}

/* width, height: as stored. */
static Exposure expose (SimScene *self, guint sitter, int width, int height, gboolean turned)
{
  g_autofree char *scan_name = g_strdup_printf ("scan %d %d %d %u %s", turned, width, height, sitter, pose_key (self));
  g_autofree char *small_name =
      g_strdup_printf ("small %d %d %d %u %s", turned, width, height, sitter, pose_key (self));
  Exposure exposure = {sim_cache_get (self->cache, scan_name), sim_cache_get (self->cache, small_name)};
  if (exposure.scan != NULL && exposure.thumbnail != NULL)
    return exposure;
  exposure_clear (&exposure);
  g_autoptr (cairo_surface_t) picture = paint_shot (self, sitter, turned ? height : width, turned ? width : height);
  SimDevelop how = {width, height, turned, 2.3, 94};
  g_autoptr (GBytes) jpeg = sim_develop (picture, &how);
  exposure.scan = sim_develop_strip (jpeg);
  exposure.thumbnail = sim_develop_thumbnail (picture, turned);
  sim_cache_put (self->cache, scan_name, exposure.scan);
  sim_cache_put (self->cache, small_name, exposure.thumbnail);
  return exposure;
}

static void append (GByteArray *out, GBytes *bytes)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  g_byte_array_append (out, data, (guint)size);
}

static void append_comment (GByteArray *out, const char *text)
{
  guint length = (guint)strlen (text) + 2;
  guint8 head[] = {0xff, 0xfe, (guint8)(length >> 8), (guint8)length};
  g_byte_array_append (out, head, sizeof head);
  g_byte_array_append (out, (const guint8 *)text, length - 2);
}

static GBytes *assemble (SimScene *self, const SimExif *exif, const Exposure *exposure, int width, int height)
{
  static const guint8 start[] = {0xff, 0xd8};
  g_autoptr (GBytes) app1 = sim_exif_app1 (exif, width, height, exposure->thumbnail);
  g_autofree char *comment = g_strdup_printf ("sitter %u shot %u of %u at %" G_GINT64_FORMAT, self->sitter,
                                              self->running, exif->number, exif->local_us);
  GByteArray *out = g_byte_array_sized_new ((guint)(g_bytes_get_size (exposure->scan) + g_bytes_get_size (app1) + 256));
  g_byte_array_append (out, start, sizeof start);
  append (out, app1);
  append_comment (out, comment);
  append (out, exposure->scan);
  return g_byte_array_free_to_bytes (out);
}

/* A body for a raw file: half as long again as the JPEG, unlike any other shot's. */
static GBytes *raw_body (const SimScene *self, const SimExif *exif, gsize length)
{
  gsize words = length / 8 + 1;
  guint64 *body = g_new (guint64, words);
  guint64 state = ((guint64)exif->number << 32 | self->running) ^ ((guint64)exif->local_us << 8) ^ self->sitter;
  for (gsize i = 0; i < words; i++) {
    state = state * 6364136223846793005u + 1442695040888963407u;
    body[i] = GUINT64_TO_LE (state ^ state >> 29);
  }
  return g_bytes_new_take (body, length);
}

static gboolean shot_size_fits (int width, int height)
{
  return width >= 64 && height >= 64 && width <= 12000 && height <= 12000;
}

GBytes *sim_scene_shot (SimScene *self, const SimExif *exif, int width, int height, gboolean raw)
{
  if (!shot_size_fits (width, height))
    return NULL;
  self->running++;
  g_auto (Exposure) exposure = expose (self, self->sitter, width, height, exif->portrait);
  if (!raw)
    return assemble (self, exif, &exposure, width, height);
  g_autoptr (GBytes) body = raw_body (self, exif, g_bytes_get_size (exposure.scan) / 2 * 3);
  return sim_exif_raw (exif, width, height, exposure.thumbnail, body);
}

void sim_scene_prepare (SimScene *self, guint sitter, int width, int height)
{
  if (!shot_size_fits (width, height))
    return;
  g_auto (Exposure) exposure = expose (self, sitter, width, height, FALSE);
}
