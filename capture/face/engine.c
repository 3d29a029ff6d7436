/* The engine of engine.h: three networks, and where the last face was. */
#include "capture/face/engine.h"

#include <math.h>
#include <string.h>
#include "capture/face/detect.h"
#include "capture/face/mesh.h"

#define MODEL_DETECT "face-detect.tflite"
#define MODEL_MESH   "face-mesh.tflite"
#define MODEL_PERSON "person-mask.tflite"
#define FACES_MAX    16
#define TURNED_EVERY 15 /* fresh looks: an empty chair is looked at in every way so often only */
#define REAL_SIZE                                                                                                      \
  0.35 /* of the sitter's width: a smaller face in the picture is no second person (a poster far behind) */

struct _LanmuFaceEngine {
  LanmuNetwork *detect, *mesh, *person; /* person may be NULL */
  gboolean follows;                     /* `part` is where the last face was */
  LanmuPart part;
  int width, height; /* of the last picture */
  guint fresh;       /* fresh looks */
  guint calls;       /* since the last fresh look */
  int others;
};

/* ---- models */

static gboolean has_models (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, MODEL_MESH, NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS);
}

char *lanmu_face_models_dir (void)
{
  const char *given = g_getenv ("LANMU_MODELS");
  if (given != NULL && *given != '\0')
    return g_strdup (given);
  g_autofree char *cache = g_build_filename (g_get_user_cache_dir (), "lanmu", "models", NULL);
  return has_models (cache) ? g_steal_pointer (&cache) : g_strdup (LANMU_MODELSDIR);
}

static GBytes *load (const char *folder, const char *name, GError **error)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) trouble = NULL;
  char *data;
  gsize size;
  if (g_file_get_contents (path, &data, &size, &trouble))
    return g_bytes_new_take (data, size);
  gboolean absent = g_error_matches (trouble, G_FILE_ERROR, G_FILE_ERROR_NOENT) ||
                    g_error_matches (trouble, G_FILE_ERROR, G_FILE_ERROR_NOTDIR);
  g_set_error (
      error, LANMU_FACE_ERROR, absent ? LANMU_FACE_ERROR_NO_MODELS : LANMU_FACE_ERROR_BAD_MODEL,
      absent ? "there is no face model %s: run packaging/fetch-models once" : "the face model %s cannot be read", path);
  return NULL;
}

static LanmuNetwork *open_network (const char *folder, const char *name, GError **error)
{
  g_autoptr (GBytes) bytes = load (folder, name, error);
  if (bytes == NULL)
    return NULL;
  g_autoptr (LanmuModel) model = lanmu_model_read (bytes, error);
  LanmuNetwork *network = model != NULL ? lanmu_network_new (model, error) : NULL;
  if (network == NULL)
    g_prefix_error (error, "%s: ", name);
  return network;
}

static gboolean has_sides (const LanmuNetwork *network, int side, guint first, guint second)
{
  const int *shape = lanmu_network_input_shape (network);
  return shape[0] == 1 && shape[1] == side && shape[2] == side && shape[3] == 3 &&
         lanmu_network_output_size (network, 0) == first && lanmu_network_output_size (network, 1) == second;
}

static gboolean fits (const LanmuFaceEngine *self, GError **error)
{
  const char *wrong = NULL;
  if (!has_sides (self->detect, LANMU_DETECT_SIDE, LANMU_DETECT_BOXES * LANMU_DETECT_VALUES, LANMU_DETECT_BOXES))
    wrong = MODEL_DETECT;
  else if (!lanmu_mesh_fits (self->mesh))
    wrong = MODEL_MESH;
  else if (self->person != NULL &&
           !has_sides (self->person, LANMU_PERSON_MASK_SIDE, LANMU_PERSON_MASK_SIDE * LANMU_PERSON_MASK_SIDE, 0))
    wrong = MODEL_PERSON;
  if (wrong != NULL)
    g_set_error (error, LANMU_FACE_ERROR, LANMU_FACE_ERROR_BAD_MODEL,
                 "%s is a model, but not the one this program reads: run packaging/fetch-models", wrong);
  return wrong == NULL;
}

LanmuFaceEngine *lanmu_face_engine_new (const char *models_dir, GError **error)
{
  g_autofree char *folder = models_dir != NULL ? g_strdup (models_dir) : lanmu_face_models_dir ();
  g_autoptr (LanmuFaceEngine) self = g_new0 (LanmuFaceEngine, 1);
  g_autoptr (GError) no_mask = NULL;
  self->mesh = open_network (folder, MODEL_MESH, error);
  if (self->mesh == NULL)
    return NULL;
  self->detect = open_network (folder, MODEL_DETECT, error);
  if (self->detect == NULL)
    return NULL;
  self->person = open_network (folder, MODEL_PERSON, &no_mask);
  if (no_mask != NULL && !g_error_matches (no_mask, LANMU_FACE_ERROR, LANMU_FACE_ERROR_NO_MODELS)) {
    g_propagate_error (error, g_steal_pointer (&no_mask));
    return NULL;
  }
  return fits (self, error) ? g_steal_pointer (&self) : NULL;
}

void lanmu_face_engine_free (LanmuFaceEngine *self)
{
  g_clear_pointer (&self->detect, lanmu_network_free);
  g_clear_pointer (&self->mesh, lanmu_network_free);
  g_clear_pointer (&self->person, lanmu_network_free);
  g_free (self);
}

/* ---- faces */

/* How much a face looks like the sitter: sure, large, truly a face. */
static double standing (const LanmuFace *face)
{
  return pow (face->score, 4) * lanmu_face_width (face) * face->presence;
}

static int by_standing (const void *a, const void *b)
{
  double sa = standing (a), sb = standing (b);
  return sa < sb ? 1 : sa > sb ? -1 : 0;
}

static double box_overlap (const LanmuFace *a, const LanmuFace *b)
{
  double w = MIN (a->x + a->width, b->x + b->width) - MAX (a->x, b->x),
         h = MIN (a->y + a->height, b->y + b->height) - MAX (a->y, b->y);
  return w > 0 && h > 0 ? w * h / MIN (a->width * a->height, b->width * b->height) : 0;
}

/* Two boxes may lead the mesh to one face. */
static gboolean is_known (const LanmuFace *faces, int n, const LanmuFace *face)
{
  for (int i = 0; i < n; i++)
    if (box_overlap (&faces[i], face) > 0.5)
      return TRUE;
  return FALSE;
}

static int find (LanmuFaceEngine *self, const LanmuFaceView *view, gboolean any_way_up, LanmuFace *faces, int max)
{
  LanmuDetection found[FACES_MAX];
  if (!lanmu_face_view_is_valid (view) || max < 1)
    return 0;
  int n = 0, boxes = lanmu_detect (self->detect, view, any_way_up, found, MIN (max, FACES_MAX));
  for (int i = 0; i < boxes; i++) {
    LanmuPart part = lanmu_detection_get_part (&found[i]);
    faces[n].score = found[i].score;
    if (lanmu_mesh_find (self->mesh, view, &part, &faces[n]) && !is_known (faces, n, &faces[n]))
      n++;
  }
  qsort (faces, (gsize) n, sizeof *faces, by_standing);
  return n;
}

int lanmu_face_engine_find (LanmuFaceEngine *self, const LanmuFaceView *view, LanmuFace *faces, int max)
{
  return find (self, view, TRUE, faces, max);
}

void lanmu_face_engine_refine (LanmuFaceEngine *self, const LanmuFaceView *view, LanmuFace *face)
{
  if (lanmu_face_view_is_valid (view))
    lanmu_mesh_refine (self->mesh, view, face);
}

static gboolean look_afresh (LanmuFaceEngine *self, const LanmuFaceView *view, LanmuFace *face)
{
  LanmuFace faces[4];
  gboolean was_turned = cos (self->part.angle) < 0.5; /* of the last one that was followed */
  int n = find (self, view, was_turned || self->fresh++ % TURNED_EVERY == 0, faces, G_N_ELEMENTS (faces));
  self->calls = 0;
  self->others = 0;
  if (n == 0)
    return FALSE;
  *face = faces[0];
  for (int i = 1; i < n; i++)
    self->others += lanmu_face_width (&faces[i]) >= REAL_SIZE * lanmu_face_width (face);
  return TRUE;
}

static gboolean look_again (LanmuFaceEngine *self, const LanmuFaceView *view, LanmuFace *face)
{
  if (!self->follows || self->width != view->width || self->height != view->height ||
      ++self->calls >= LANMU_FACE_FRESH_LOOK)
    return FALSE;
  face->score = 1;
  return lanmu_mesh_find (self->mesh, view, &self->part, face);
}

gboolean lanmu_face_engine_follow (LanmuFaceEngine *self, const LanmuFaceView *view, LanmuFace *face, int *others)
{
  gboolean valid = lanmu_face_view_is_valid (view);
  self->follows = valid && (look_again (self, view, face) || look_afresh (self, view, face));
  if (self->follows) {
    self->part = lanmu_mesh_get_part (face);
    self->width = view->width;
    self->height = view->height;
  }
  if (others != NULL)
    *others = self->follows ? self->others : 0;
  return self->follows;
}

void lanmu_face_engine_forget (LanmuFaceEngine *self)
{
  self->follows = FALSE;
}

/* ---- the person */

gboolean lanmu_face_engine_mask (LanmuFaceEngine *self, const LanmuFaceView *view, double x, double y, double width,
                                 double height, LanmuPersonMask *out)
{
  if (self->person == NULL || !lanmu_face_view_is_valid (view) ||
      !(width >= 1 && height >= 1 && width < 1e6 && height < 1e6 && isfinite (x) && isfinite (y)))
    return FALSE;
  LanmuPart part = {.x = x + width / 2, .y = y + height / 2, .width = width, .height = height};
  lanmu_sample (view, &part, LANMU_PERSON_MASK_SIDE, LANMU_PERSON_MASK_SIDE, 1, 0, lanmu_network_input (self->person));
  if (!lanmu_network_run (self->person))
    return FALSE;
  out->x = x, out->y = y, out->width = width, out->height = height;
  const float *answer = lanmu_network_output (self->person, 0);
  for (int i = 0; i < LANMU_PERSON_MASK_SIDE * LANMU_PERSON_MASK_SIDE; i++)
    out->person[i] = (guint8) (CLAMP (answer[i], 0.0f, 1.0f) * 255 + 0.5f);
  return TRUE;
}
