/* Averaging boxes: see the header. Rows are summed first, columns after, as in capture/picture/reduce.c; the result is
 * turned upright when it is written. */
#include "capture/checks/small.h"

#include "capture/picture/turn.h"
#include <string.h>

#define CHUNK      32
#define MAX_FACTOR 64 /* rows of bytes that a 16-bit sum holds, by far */

static inline void add_chunk (guint16 *restrict sums, const guint8 *restrict pixels)
{
  for (int i = 0; i < CHUNK; i++)
    sums[i] = (guint16) (sums[i] + pixels[i]);
}

static void add_rows (guint16 *sums, const guint8 *pixels, gsize stride, gsize values, int factor)
{
  memset (sums, 0, values * sizeof *sums);
  for (int row = 0; row < factor; row++, pixels += stride) {
    gsize i = 0;
    for (; i + CHUNK <= values; i += CHUNK)
      add_chunk (sums + i, pixels + i);
    for (; i < values; i++)
      sums[i] = (guint16) (sums[i] + pixels[i]);
  }
}

static void average (const guint16 *sums, int factor, guint8 out[4])
{
  guint32 sum[3] = {0}, area = (guint32) (factor * factor);
  for (int i = 0; i < factor; i++, sums += 4)
    sum[0] += sums[0], sum[1] += sums[1], sum[2] += sums[2];
  for (int c = 0; c < 3; c++)
    out[c] = (guint8) ((sum[c] + area / 2) / area);
  out[3] = 255;
}

static void write_row (LanmuSmall *self, const guint16 *sums, int y, int columns, int rows, int orientation)
{
  for (int x = 0; x < columns; x++) {
    double ux = x + 0.5, uy = y + 0.5;
    if (orientation > 1)
      lanmu_turn_to_upright (orientation, columns, rows, x + 0.5, y + 0.5, &ux, &uy);
    guint8 *out = self->pixels + ((gsize) uy * (gsize) self->width + (gsize) ux) * 4;
    average (sums + (gsize) x * (gsize) self->factor * 4, self->factor, out);
  }
}

void lanmu_small_init (LanmuSmall *self, const LanmuPicture *picture)
{
  int side = MAX (picture->width, picture->height);
  self->factor = CLAMP ((side + LANMU_SMALL_SIDE - 1) / LANMU_SMALL_SIDE, 1, MAX_FACTOR);
  self->factor = MIN (self->factor, MIN (picture->width, picture->height));
  int columns = picture->width / self->factor, rows = picture->height / self->factor;
  gboolean sideways = lanmu_turn_is_sideways (picture->orientation);
  self->width = sideways ? rows : columns;
  self->height = sideways ? columns : rows;
  self->pixels = g_malloc ((gsize) columns * (gsize) rows * 4);
  gsize values = (gsize) columns * (gsize) self->factor * 4;
  g_autofree guint16 *sums = g_new (guint16, values);
  const guint8 *pixels = g_bytes_get_data (picture->pixels, NULL);
  for (int y = 0; y < rows; y++, pixels += (gsize) self->factor * picture->stride) {
    add_rows (sums, pixels, picture->stride, values, self->factor);
    write_row (self, sums, y, columns, rows, picture->orientation);
  }
}

void lanmu_small_clear (LanmuSmall *self)
{
  g_clear_pointer (&self->pixels, g_free);
}
