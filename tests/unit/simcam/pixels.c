#include "tests/unit/simcam/pixels.h"

#include <stdlib.h>
#include <turbojpeg.h>

Pixels pixels_of (GBytes *jpeg)
{
  Pixels pixels = {0};
  int subsampling, space;
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (jpeg, &size);
  tjhandle decoder = tjInitDecompress ();
  g_assert_cmpint (tjDecompressHeader3 (decoder, data, size, &pixels.width, &pixels.height, &subsampling, &space), ==,
                   0);
  pixels.rgb = g_malloc ((gsize)pixels.width * (gsize)pixels.height * 3);
  int status =
      tjDecompress2 (decoder, data, size, pixels.rgb, pixels.width, 0, pixels.height, TJPF_RGB, TJFLAG_STOPONWARNING);
  g_assert_cmpstr (status == 0 ? "decodes" : tjGetErrorStr2 (decoder), ==, "decodes");
  tjDestroy (decoder);
  return pixels;
}

void pixels_clear (Pixels *self)
{
  g_clear_pointer (&self->rgb, g_free);
}

static double scale_of (const Pixels *self)
{
  return MIN (self->width / 480.0, self->height / 640.0);
}

static const guint8 *at (const Pixels *self, double x, double y)
{
  double scale = scale_of (self);
  int column = (int)(self->width / 2.0 + (x - 240) * scale), row = (int)(self->height / 2.0 + (y - 320) * scale);
  column = CLAMP (column, 0, self->width - 1);
  row = CLAMP (row, 0, self->height - 1);
  return self->rgb + ((gsize)row * (gsize)self->width + (gsize)column) * 3;
}

double pixels_mean (const Pixels *self, int channel, double x, double y, double half_width, double half_height)
{
  double sum = 0;
  int count = 0;
  for (double dy = -half_height; dy <= half_height; dy += 1)
    for (double dx = -half_width; dx <= half_width; dx += 1, count++)
      sum += at (self, x + dx, y + dy)[channel];
  return sum / count;
}

double pixels_white (const Pixels *self, double x, double y, double half_width, double half_height)
{
  int white = 0, count = 0;
  for (double dy = -half_height; dy <= half_height; dy += 0.5)
    for (double dx = -half_width; dx <= half_width; dx += 0.5, count++) {
      const guint8 *pixel = at (self, x + dx, y + dy);
      white += pixel[2] > 140 && abs (pixel[0] - pixel[2]) < 36;
    }
  return (double)white / count;
}

double pixels_crown (const Pixels *self, double x, int r, int g, int b)
{
  for (double y = 0; y < 640; y += 0.5)
    for (double dx = -12; dx <= 12; dx += 1) {
      const guint8 *pixel = at (self, x + dx, y);
      if (abs (pixel[0] - r) + abs (pixel[1] - g) + abs (pixel[2] - b) > 90)
        return y;
    }
  return 640;
}

double pixels_apart (const Pixels *a, const Pixels *b)
{
  g_assert_cmpint (a->width, ==, b->width);
  g_assert_cmpint (a->height, ==, b->height);
  gsize count = (gsize)a->width * (gsize)a->height * 3;
  double sum = 0;
  for (gsize i = 0; i < count; i++)
    sum += abs (a->rgb[i] - b->rgb[i]);
  return sum / (double)count;
}
