/* See backdropkey.h. */
#include "capture/live/backdropkey.h"

#include <math.h>
#include "capture/face/sample.h"

#define SHADE_MIN  0.45 /* how dark a shadow may be, share of the backdrop's light */
#define SHADE_MAX  1.25
#define OFF_COLOUR 30.0 /* distance from the line between black and the backdrop's colour, levels */
#define COLUMN     0.4  /* of the face's width */
#define STRAND     0.3  /* of the column's width */
#define CLEAR      0.03 /* of the picture's height */

gboolean lanmu_backdrop_key_init (LanmuBackdropKey *self, const LanmuBackdropReading *reading)
{
  *self = (LanmuBackdropKey){reading->mean_b, reading->mean_g, reading->mean_r, 0};
  self->square = self->b * self->b + self->g * self->g + self->r * self->r;
  return reading->found != LANMU_VERDICT_FAIL && reading->found != LANMU_VERDICT_NOT_CHECKED && self->square > 60 * 60;
}

gboolean lanmu_backdrop_key_matches (const LanmuBackdropKey *self, const guint8 *p)
{
  float along = (p[0] * self->b + p[1] * self->g + p[2] * self->r) / self->square;
  float db = p[0] - along * self->b, dg = p[1] - along * self->g, dr = p[2] - along * self->r;
  return along > (float) SHADE_MIN && along < (float) SHADE_MAX &&
         db * db + dg * dg + dr * dr < (float) (OFF_COLOUR * OFF_COLOUR);
}

const guint8 *lanmu_view_pixel (const LanmuFaceView *view, int x, int y)
{
  int w = view->width, h = view->height, sx = x, sy = y;
  switch (view->orientation) {
  case 3:
    sx = w - 1 - x, sy = h - 1 - y;
    break;
  case 6:
    sx = y, sy = h - 1 - x;
    break;
  case 8:
    sx = w - 1 - y, sy = x;
    break;
  default: /* mirrored pictures come from no camera */
    break;
  }
  if (sx < 0 || sy < 0 || sx >= w || sy >= h)
    return NULL;
  return view->pixels + (gsize) sy * view->stride + (gsize) sx * (gsize) view->channels;
}

/* Share of the row that is something else than backdrop. */
static double other_share (const LanmuFaceView *view, const LanmuBackdropKey *key, int left, int right, int y)
{
  int other = 0, all = 0;
  for (int x = left; x < right; x++) {
    const guint8 *pixel = lanmu_view_pixel (view, x, y);
    if (pixel == NULL)
      continue;
    all++;
    other += !lanmu_backdrop_key_matches (key, pixel);
  }
  return all > 0 ? (double) other / all : 0;
}

double lanmu_backdrop_key_find_crown (const LanmuFaceView *view, const LanmuBackdropKey *key, const LanmuFace *face)
{
  int width, height;
  lanmu_face_view_get_size (view, &width, &height);
  double half = COLUMN / 2 * lanmu_face_width (face), middle = lanmu_face_middle (face);
  int left = (int) (middle - half), right = (int) (middle + half) + 1, need = MAX ((int) (CLEAR * height), 2),
      clear = 0;
  int y = (int) CLAMP (face->forehead.y, 0, height - 1);
  if (other_share (view, key, left, right, y) < STRAND)
    return NAN; /* the forehead itself looks like the backdrop: the key is wrong */
  for (; y >= 0; y--) {
    clear = other_share (view, key, left, right, y) < STRAND ? clear + 1 : 0;
    if (clear == need)
      return y + need;
  }
  return clear > 0 ? y + 1 + clear : NAN;
}
