/* Fitting a plane: see the header. Coordinates run from -0.5 to 0.5 across the crop. */
#include "capture/picture/plane.h"

#include <math.h>

typedef struct {
  double n, x, y, xx, xy, yy, l, xl, yl;
} Moments;

static double across (int at, int size)
{
  return (at + 0.5) / size - 0.5;
}

double lanmu_plane_at (const LanmuPlane *self, const LanmuReduced *picture, int x, int y)
{
  return self->middle + self->x * across (x, picture->width) + self->y * across (y, picture->height);
}

static void add (Moments *m, double x, double y, double l)
{
  m->n += 1;
  m->x += x, m->y += y, m->l += l;
  m->xx += x * x, m->xy += x * y, m->yy += y * y;
  m->xl += x * l, m->yl += y * l;
}

/* With sums taken about their means the plane is a 2×2 system. */
static LanmuPlane solve (const Moments *m)
{
  double mx = m->x / m->n, my = m->y / m->n, ml = m->l / m->n;
  double xx = m->xx / m->n - mx * mx, yy = m->yy / m->n - my * my, xy = m->xy / m->n - mx * my;
  double xl = m->xl / m->n - mx * ml, yl = m->yl / m->n - my * ml;
  double det = xx * yy - xy * xy;
  LanmuPlane plane = {.middle = ml};
  if (det < 1e-9)
    return plane; /* a single line of pixels has no slope to tell */
  plane.x = (xl * yy - yl * xy) / det;
  plane.y = (yl * xx - xl * xy) / det;
  plane.middle = ml - plane.x * mx - plane.y * my;
  return plane;
}

static LanmuPlane fit (const LanmuReduced *picture, const LanmuMask *mask, const LanmuPlane *before, double dark)
{
  Moments moments = {0};
  for (int y = 0; y < picture->height; y++)
    for (int x = 0; x < picture->width; x++) {
      int at = y * picture->width + x;
      double l = picture->lab[at].l;
      if (mask->core[at] && (before == NULL || l > lanmu_plane_at (before, picture, x, y) - dark))
        add (&moments, across (x, picture->width), across (y, picture->height), l);
    }
  return moments.n > 0 ? solve (&moments) : (LanmuPlane){0};
}

LanmuPlane lanmu_plane_fit (const LanmuReduced *picture, const LanmuMask *mask, double dark)
{
  LanmuPlane first = fit (picture, mask, NULL, 0);
  return fit (picture, mask, &first, dark);
}
