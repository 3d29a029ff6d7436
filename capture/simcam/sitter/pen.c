/* A curve is cut into short pieces; along each piece the pen walks pixel by pixel in the direction it mostly goes and
 * covers what lies across, so that no pixel of a piece is covered twice. */
#include "capture/simcam/sitter/pen.h"

#include <math.h>

SimPen sim_pen_begin (cairo_t *cr)
{
  SimPen pen = {.surface = cairo_get_target (cr)};
  cairo_get_matrix (cr, &pen.matrix);
  cairo_surface_flush (pen.surface);
  pen.data = cairo_image_surface_get_data (pen.surface);
  pen.stride = cairo_image_surface_get_stride (pen.surface);
  pen.width = cairo_image_surface_get_width (pen.surface);
  pen.height = cairo_image_surface_get_height (pen.surface);
  pen.unit = sqrt (fabs (pen.matrix.xx * pen.matrix.yy - pen.matrix.xy * pen.matrix.yx));
  return pen;
}

void sim_pen_end (SimPen *self)
{
  cairo_surface_mark_dirty (self->surface);
}

typedef struct {
  int r, g, b;
  double alpha;
} Ink;

static void cover (SimPen *pen, int x, int y, const Ink *ink, double share)
{
  if (x < 0 || y < 0 || x >= pen->width || y >= pen->height || share <= 0)
    return;
  guint32 *pixel = (guint32 *)(void *)(pen->data + (gsize)y * (gsize)pen->stride + (gsize)x * 4), old = *pixel;
  int alpha = (int)(256 * ink->alpha * MIN (share, 1)), keep = 256 - alpha;
  guint32 a = (guint32)(255 * alpha + (int)(old >> 24) * keep) >> 8,
          r = (guint32)(ink->r * alpha + (int)(old >> 16 & 0xff) * keep) >> 8;
  guint32 g = (guint32)(ink->g * alpha + (int)(old >> 8 & 0xff) * keep) >> 8,
          b = (guint32)(ink->b * alpha + (int)(old & 0xff) * keep) >> 8;
  *pixel = a << 24 | MIN (r, a) << 16 | MIN (g, a) << 8 | MIN (b, a);
}

/* Across the walk at one pixel: everything between middle - half and middle + half. */
static void cross (SimPen *pen, gboolean steep, int along, double middle, double half, const Ink *ink)
{
  double thin = 1;
  if (half < 0.5) { /* thinner than a pixel: fainter instead */
    thin = half * 2;
    half = 0.5;
  }
  int from = (int)floor (middle - half), to = (int)floor (middle + half);
  for (int i = from; i <= to; i++) {
    double share = (MIN (i + 1, middle + half) - MAX (i, middle - half)) * thin;
    cover (pen, steep ? i : along, steep ? along : i, ink, share);
  }
}

typedef struct {
  double x, y, half;
} Place;

static void piece (SimPen *pen, Place a, Place b, const Ink *ink)
{
  gboolean steep = fabs (b.y - a.y) > fabs (b.x - a.x);
  double from = steep ? a.y : a.x, to = steep ? b.y : b.x, from_across = steep ? a.x : a.y,
         to_across = steep ? b.x : b.y;
  double half_a = a.half, half_b = b.half;
  if (from > to) {
    double swap = from;
    from = to, to = swap;
    swap = from_across, from_across = to_across, to_across = swap;
    swap = half_a, half_a = half_b, half_b = swap;
  }
  double length = to - from;
  if (length < 1e-6)
    return;
  double slope = (to_across - from_across) / length, wider = sqrt (1 + slope * slope);
  for (int along = (int)ceil (from - 0.5); along + 0.5 < to; along++) { /* pixels whose middle lies in the piece */
    double share = (along + 0.5 - from) / length;
    cross (pen, steep, along, from_across + (to_across - from_across) * share,
           (half_a + (half_b - half_a) * share) * wider, ink);
  }
}

void sim_pen_curve (SimPen *self, const SimStroke *stroke)
{
  double x[4], y[4], reach = 0;
  for (int i = 0; i < 4; i++) {
    x[i] = stroke->x[i];
    y[i] = stroke->y[i];
    cairo_matrix_transform_point (&self->matrix, &x[i], &y[i]);
    if (i > 0)
      reach += hypot (x[i] - x[i - 1], y[i] - y[i - 1]);
  }
  int pieces = CLAMP ((int)(reach / 7) + 1, 2, 60);
  Ink ink = {(int)lround (255 * CLAMP (stroke->colour.r, 0, 1)), (int)lround (255 * CLAMP (stroke->colour.g, 0, 1)),
             (int)lround (255 * CLAMP (stroke->colour.b, 0, 1)), CLAMP (stroke->alpha, 0, 1)};
  Place last = {x[0], y[0], stroke->root * self->unit / 2};
  for (int i = 1; i <= pieces; i++) {
    double t = (double)i / pieces, u = 1 - t, w[4] = {u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t};
    Place next = {0, 0, (stroke->root + (stroke->tip - stroke->root) * t) * self->unit / 2};
    for (int k = 0; k < 4; k++) {
      next.x += w[k] * x[k];
      next.y += w[k] * y[k];
    }
    piece (self, last, next, &ink);
    last = next;
  }
}
