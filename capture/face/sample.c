/* See sample.h. The way from a cell of the output to the stored pixels is one affine map: part, turn and orientation
 * together. */
#include "capture/face/sample.h"

#include <math.h>
#include <string.h>

#define TAPS_MAX 6 /* along one side of a cell: beyond it detail is skipped, not averaged */

typedef struct {
  double x, y, across_x, across_y, down_x,
      down_y; /* of cell (0, 0)'s corner; a cell to the right; a cell down: stored pixels */
} Map;

gboolean lanmu_face_view_is_valid (const LanmuFaceView *view)
{
  return view->pixels != NULL && view->width >= 16 && view->width <= G_MAXINT16 && view->height >= 16 &&
         view->height <= G_MAXINT16 && (view->channels == 3 || view->channels == 4) &&
         view->stride >= (gsize) view->width * (gsize) view->channels;
}

void lanmu_face_view_get_size (const LanmuFaceView *view, int *width, int *height)
{
  gboolean turned = view->orientation >= 5 && view->orientation <= 8;
  *width = turned ? view->height : view->width;
  *height = turned ? view->width : view->height;
}

LanmuFacePoint lanmu_part_place (const LanmuPart *part, double u, double v)
{
  double cosine = cos (part->angle), sine = sin (part->angle), x = (u - 0.5) * part->width,
         y = (v - 0.5) * part->height;
  return (LanmuFacePoint){(float) (part->x + x * cosine - y * sine), (float) (part->y + x * sine + y * cosine)};
}

/* Upright (x, y) → stored: EXIF 2.3 orientation. The linear part of it, for directions, when w and h are 0. */
static void to_stored (int orientation, double w, double h, double x, double y, double *sx, double *sy)
{
  double mx = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8
                  ? 1
                  : 0; /* stored x runs the other way */
  double my = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7 ? 1 : 0;
  gboolean turned = orientation >= 5 && orientation <= 8;
  double a = turned ? y : x, b = turned ? x : y;
  *sx = mx > 0 ? w - a : a;
  *sy = my > 0 ? h - b : b;
}

static Map make_map (const LanmuFaceView *view, const LanmuPart *part, int width, int height)
{
  double cosine = cos (part->angle), sine = sin (part->angle), cell_x = part->width / width,
         cell_y = part->height / height;
  LanmuFacePoint corner = lanmu_part_place (part, 0, 0);
  Map map;
  to_stored (view->orientation, view->width, view->height, corner.x, corner.y, &map.x, &map.y);
  to_stored (view->orientation, 0, 0, cosine * cell_x, sine * cell_x, &map.across_x, &map.across_y);
  to_stored (view->orientation, 0, 0, -sine * cell_y, cosine * cell_y, &map.down_x, &map.down_y);
  return map;
}

/* One pixel between four, of a cell about as large as a pixel. */
static void blend (const LanmuFaceView *view, double x, double y, float sum[3])
{
  double fx = x - 0.5, fy = y - 0.5;
  int left = (int) floor (fx), top = (int) floor (fy);
  if (left < 0 || top < 0 || left + 1 >= view->width || top + 1 >= view->height) {
    left = CLAMP (left, 0, view->width - 2);
    top = CLAMP (top, 0, view->height - 2);
    fx = CLAMP (fx, left, left + 1);
    fy = CLAMP (fy, top, top + 1);
  }
  float u = (float) (fx - left), v = (float) (fy - top);
  const guint8 *p = view->pixels + (gsize) top * view->stride + (gsize) left * (gsize) view->channels,
               *q = p + view->stride;
  for (int c = 0; c < 3; c++) {
    float upper = (1 - u) * p[c] + u * p[c + view->channels], lower = (1 - u) * q[c] + u * q[c + view->channels];
    sum[c] = (1 - v) * upper + v * lower;
  }
}

static gboolean is_inside (const LanmuFaceView *view, double x, double y)
{
  return x >= 0 && y >= 0 && x < view->width && y < view->height;
}

/* The mean of taps × taps places in the cell whose corner is x, y. */
static void average (const LanmuFaceView *view, const Map *map, int taps, double x, double y, float sum[3])
{
  double step = 1.0 / taps;
  guint total[3] = {0, 0, 0};
  for (int j = 0; j < taps; j++)
    for (int i = 0; i < taps; i++) {
      double u = (i + 0.5) * step, v = (j + 0.5) * step;
      double px = x + u * map->across_x + v * map->down_x, py = y + u * map->across_y + v * map->down_y;
      if (!is_inside (view, px, py))
        continue;
      const guint8 *p = view->pixels + (gsize) py * view->stride + (gsize) px * (gsize) view->channels;
      for (int c = 0; c < 3; c++)
        total[c] += p[c];
    }
  for (int c = 0; c < 3; c++)
    sum[c] = (float) total[c] * (float) (step * step);
}

void lanmu_sample (const LanmuFaceView *view, const LanmuPart *part, int width, int height, float scale, float offset,
                   float *out)
{
  Map map = make_map (view, part, width, height);
  double size = MAX (hypot (map.across_x, map.across_y), hypot (map.down_x, map.down_y));
  int taps = size < 1.5 ? 1 : (int) MIN (ceil (size), TAPS_MAX);
  float factor = scale / 255;
  int red = view->blue_first ? 2 : 0;
  for (int row = 0; row < height; row++)
    for (int column = 0; column < width; column++, out += 3) {
      float sum[3] = {0, 0, 0};
      double x = map.x + column * map.across_x + row * map.down_x, y = map.y + column * map.across_y + row * map.down_y;
      double middle_x = x + (map.across_x + map.down_x) / 2, middle_y = y + (map.across_y + map.down_y) / 2;
      if (taps > 1)
        average (view, &map, taps, x, y, sum);
      else if (is_inside (view, middle_x, middle_y))
        blend (view, middle_x, middle_y, sum);
      out[0] = sum[red] * factor + offset;
      out[1] = sum[1] * factor + offset;
      out[2] = sum[2 - red] * factor + offset;
    }
}
