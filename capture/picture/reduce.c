/* Box reduction: see the header. Rows are summed first (the compiler vectorises that), columns after. */
#include "capture/picture/reduce.h"

#include <math.h>
#include <string.h>

#define MIN_SIDE   24
#define MAX_FACTOR 256 /* as many rows of bytes as a 16-bit sum holds */
#define CHUNK      32
#define ROUNDING   1e-6

typedef struct {
  int left, top;     /* of the boxes, in stored pixels */
  int factor;        /* box side */
  int width, height; /* boxes, as stored */
} Boxes;

static gboolean lay_out (Boxes *self, const LanmuCrop *crop)
{
  self->left = (int) ceil (crop->x - ROUNDING); /* whole pixels of the crop only */
  self->top = (int) ceil (crop->y - ROUNDING);
  int width = (int) floor (crop->x + crop->width + ROUNDING) - self->left;
  int height = (int) floor (crop->y + crop->height + ROUNDING) - self->top;
  int side = MAX (width, height);
  if (MIN (width, height) < MIN_SIDE)
    return FALSE;
  self->factor = CLAMP ((side + LANMU_REDUCED_SIDE / 2) / LANMU_REDUCED_SIDE, 1, MAX_FACTOR);
  self->width = width / self->factor;
  self->height = height / self->factor;
  return TRUE;
}

/* Of fixed length and without overlap, so that the compiler vectorises it at -O2 as well. */
static inline void add_chunk (guint16 *restrict sums, const guint8 *restrict pixels)
{
  for (int i = 0; i < CHUNK; i++)
    sums[i] = (guint16) (sums[i] + pixels[i]);
}

static void add_rows (guint16 *sums, const guint8 *pixels, gsize stride, const Boxes *boxes)
{
  gsize values = (gsize) boxes->width * (gsize) boxes->factor * 4;
  memset (sums, 0, values * sizeof *sums);
  for (int row = 0; row < boxes->factor; row++, pixels += stride) {
    gsize i = 0;
    for (; i + CHUNK <= values; i += CHUNK)
      add_chunk (sums + i, pixels + i);
    for (; i < values; i++)
      sums[i] = (guint16) (sums[i] + pixels[i]);
  }
}

static void add_columns (const guint16 *sums, const Boxes *boxes, guint16 *out)
{
  guint32 area = (guint32) boxes->factor * (guint32) boxes->factor;
  for (int x = 0; x < boxes->width; x++, out += 3) {
    guint32 sum[3] = {0, 0, 0};
    for (int i = 0; i < boxes->factor; i++, sums += 4)
      sum[0] += sums[0], sum[1] += sums[1], sum[2] += sums[2];
    for (int c = 0; c < 3; c++)
      out[c] = (guint16) ((sum[c] * 16 + area / 2) / area);
  }
}

/* Where the upright pixel (x, y) lies among the stored boxes: see capture/picture/crop.c for the cases. */
static void place (int orientation, const Boxes *boxes, int x, int y, int *column, int *row)
{
  int right = boxes->width - 1, bottom = boxes->height - 1;
  gboolean turned = orientation >= 5;
  int along = turned ? y : x, down = turned ? x : y;
  gboolean flip_column = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  gboolean flip_row = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  *column = flip_column ? right - along : along;
  *row = flip_row ? bottom - down : down;
}

static void turn_upright (LanmuReduced *self, const Boxes *boxes, int orientation)
{
  LanmuLab *upright = g_new (LanmuLab, self->width * self->height);
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++) {
      int column, row;
      place (orientation, boxes, x, y, &column, &row);
      upright[y * self->width + x] = self->lab[row * boxes->width + column];
    }
  g_free (self->lab);
  self->lab = upright;
}

gboolean lanmu_reduced_init (LanmuReduced *self, const guint8 *pixels, gsize stride, const LanmuCrop *crop)
{
  Boxes boxes;
  *self = (LanmuReduced){0};
  if (!lay_out (&boxes, crop))
    return FALSE;
  g_autofree guint16 *sums = g_new (guint16, boxes.width * boxes.factor * 4);
  g_autofree guint16 *row = g_new (guint16, boxes.width * 3);
  self->lab = g_new (LanmuLab, boxes.width * boxes.height);
  const guint8 *at = pixels + (gsize) boxes.top * stride + (gsize) boxes.left * 4;
  for (int y = 0; y < boxes.height; y++, at += (gsize) boxes.factor * stride) {
    add_rows (sums, at, stride, &boxes);
    add_columns (sums, &boxes, row);
    lanmu_lab_from_bgr16 (row, (gsize) boxes.width, self->lab + y * boxes.width);
  }
  gboolean turned = crop->orientation >= 5;
  self->width = turned ? boxes.height : boxes.width;
  self->height = turned ? boxes.width : boxes.height;
  if (crop->orientation > 1)
    turn_upright (self, &boxes, crop->orientation);
  return TRUE;
}

void lanmu_reduced_clear (LanmuReduced *self)
{
  g_clear_pointer (&self->lab, g_free);
}
