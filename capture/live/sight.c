/* See sight.h. */
#include "capture/live/sight.h"

#include <math.h>
#include "capture/face/engine.h"
#include "capture/face/sample.h"
#include "capture/live/backdropkey.h"
#include "capture/picture/colour.h"

#define MASK_EVERY  5
#define PERSON      128  /* of 255 */
#define TORSO_LEAST 0.02 /* share of the part below the chin that must be person for a verdict */

struct _LanmuSighter {
  char *models_dir;
  LanmuFaceEngine *engine;
  gboolean tried;
  GError *error;
  guint looks; /* with a face */
  double clothes;
  LanmuPersonMask mask;
};

LanmuSighter *lanmu_sighter_new (const char *models_dir)
{
  LanmuSighter *self = g_new0 (LanmuSighter, 1);
  self->models_dir = g_strdup (models_dir);
  self->clothes = NAN;
  return self;
}

void lanmu_sighter_free (LanmuSighter *self)
{
  g_clear_pointer (&self->engine, lanmu_face_engine_free);
  g_clear_error (&self->error);
  g_free (self->models_dir);
  g_free (self);
}

const GError *lanmu_sighter_get_error (const LanmuSighter *self)
{
  return self->error;
}

/* ---- light on the face */

/* L* of a small square. */
static double light_at (const LanmuFaceView *view, LanmuFacePoint middle, int half)
{
  guint sum[3] = {0, 0, 0}, n = 0;
  for (int y = (int) middle.y - half; y <= (int) middle.y + half; y++)
    for (int x = (int) middle.x - half; x <= (int) middle.x + half; x++) {
      const guint8 *pixel = lanmu_view_pixel (view, x, y);
      if (pixel == NULL)
        continue;
      for (int c = 0; c < 3; c++)
        sum[c] += pixel[c];
      n++;
    }
  return n > 0 ? (double) lanmu_lab_from_srgb ((guint8) (sum[2] / n), (guint8) (sum[1] / n), (guint8) (sum[0] / n)).l
               : NAN;
}

/* Cheeks: mesh 50 and 280, below the eyes, free of hair, glasses and beard. */
static void measure_light (const LanmuFaceView *view, const LanmuFace *face, LanmuSight *out)
{
  int half = (int) MAX (lanmu_face_width (face) / 24, 1);
  double left = light_at (view, face->points[50], half), right = light_at (view, face->points[280], half);
  out->luminance = (left + right) / 2;
  out->balance = left - right;
}

/* ---- clothes */

static double clothes_share (const LanmuFaceView *view, const LanmuBackdropKey *key, const LanmuPersonMask *mask,
                             double from_y)
{
  guint person = 0, like = 0, all = 0;
  for (int row = 0; row < LANMU_PERSON_MASK_SIDE; row += 2)
    for (int column = 0; column < LANMU_PERSON_MASK_SIDE; column += 2) {
      double x = mask->x + (column + 0.5) * mask->width / LANMU_PERSON_MASK_SIDE,
             y = mask->y + (row + 0.5) * mask->height / LANMU_PERSON_MASK_SIDE;
      const guint8 *pixel = y >= from_y ? lanmu_view_pixel (view, (int) x, (int) y) : NULL;
      if (pixel == NULL)
        continue;
      all++;
      if (mask->person[row * LANMU_PERSON_MASK_SIDE + column] < PERSON)
        continue;
      person++;
      like += lanmu_backdrop_key_matches (key, pixel);
    }
  return all > 0 && person > TORSO_LEAST * all ? (double) like / person : NAN;
}

/* The part of the picture a portrait would show, about: one face's widths to each side and below. */
static void measure_clothes (LanmuSighter *self, const LanmuFaceView *view, const LanmuBackdropKey *key,
                             const LanmuFace *face, const LanmuSight *sight)
{
  double side = MIN (3 * sight->face_width, sight->height), x = sight->middle - side / 2,
         y = CLAMP (face->chin.y - 0.6 * side, 0, sight->height - side);
  if (lanmu_face_engine_mask (self->engine, view, x, y, side, side, &self->mask))
    self->clothes = clothes_share (view, key, &self->mask, face->chin.y + 0.15 * sight->face_width);
}

/* ---- the whole */

static void fill (const LanmuFace *face, LanmuSight *out)
{
  for (int i = 0; i < 2; i++) {
    out->pupils[i] = face->pupils[i];
    out->cheeks[i] = face->cheeks[i];
  }
  out->chin = face->chin;
  out->eyes = lanmu_face_eye_line (face);
  out->middle = lanmu_face_middle (face);
  out->face_width = lanmu_face_width (face);
  out->roll = face->roll, out->yaw = face->yaw, out->pitch = face->pitch;
  out->eyes_open = lanmu_face_openness (face);
  out->mouth_open = face->mouth_open;
}

static void look_at_person (LanmuSighter *self, const LanmuFaceView *view, const LanmuBackdropReading *backdrop,
                            LanmuSight *out)
{
  LanmuFace face;
  LanmuBackdropKey key;
  out->kind = LANMU_SIGHT_NOBODY;
  if (!lanmu_face_engine_follow (self->engine, view, &face, &out->others)) {
    self->looks = 0;
    self->clothes = NAN;
    return;
  }
  out->kind = LANMU_SIGHT_FACE;
  fill (&face, out);
  measure_light (view, &face, out);
  if (!lanmu_backdrop_key_init (&key, backdrop)) {
    self->clothes = NAN;
    return;
  }
  out->crown = lanmu_backdrop_key_find_crown (view, &key, &face);
  if (self->looks++ % MASK_EVERY == 0)
    measure_clothes (self, view, &key, &face, out);
}

static void open_engine (LanmuSighter *self)
{
  if (self->tried)
    return;
  self->tried = TRUE;
  self->engine = lanmu_face_engine_new (self->models_dir, &self->error);
}

void lanmu_sighter_look (LanmuSighter *self, const LanmuFrame *frame, int orientation,
                         const LanmuBackdropReading *backdrop, LanmuSight *out)
{
  LanmuFaceView view = {.pixels = lanmu_frame_get_pixels (frame),
                        .width = lanmu_frame_get_width (frame),
                        .height = lanmu_frame_get_height (frame),
                        .stride = lanmu_frame_get_stride (frame),
                        .channels = 4,
                        .blue_first = TRUE,
                        .orientation = orientation};
  *out = (LanmuSight){.crown = NAN, .clothes = NAN, .luminance = NAN, .balance = NAN};
  lanmu_face_view_get_size (&view, &out->width, &out->height);
  open_engine (self);
  if (self->engine == NULL)
    return;
  look_at_person (self, &view, backdrop, out);
  out->clothes = self->clothes;
}
