/* Downscaling in linear light: see the header. Each row that arrives is made linear once and added to the few output
 * rows it belongs to; an output row that has all of its rows is reduced in width and coded. Four floats a pixel, so
 * that a pixel is one vector. */
#include "capture/portrait/resample.h"

#include <math.h>
#include <pthread.h>
#include <string.h>

#define CODES 65536

typedef float Pixel __attribute__ ((vector_size (16)));

typedef struct {
  int first, count;
  const float *weights; /* into the pool */
} Taps;

typedef struct {
  Taps *taps; /* one an output position */
  float *pool;
  int least, most; /* half-open range of all inputs */
} Axis;

struct _LanmuResample {
  int width, height; /* of the output */
  Axis across, down;
  Pixel *row;     /* the needed columns of the row that came, linear */
  Pixel **sums;   /* an output row's sum while it is being gathered */
  int next, done; /* output rows: first not yet finished, count of finished */
  guint16 *out;
};

static float linear_of[256];
static guint16 code_of[CODES];
static pthread_once_t once = PTHREAD_ONCE_INIT;

static void make_tables (void)
{
  for (int i = 0; i < 256; i++) {
    double v = i / 255.0;
    linear_of[i] = (float) (v <= 0.04045 ? v / 12.92 : pow ((v + 0.055) / 1.055, 2.4));
  }
  for (int i = 0; i < CODES; i++) {
    double v = i / (CODES - 1.0);
    code_of[i] = (guint16) lround (65535 * (v <= 0.0031308 ? v * 12.92 : 1.055 * pow (v, 1 / 2.4) - 0.055));
  }
}

/* ---- weights */

static double kernel (double x)
{
  x = fabs (x);
  if (x < 1)
    return (1.5 * x - 2.5) * x * x + 1;
  return x < 2 ? ((-0.5 * x + 2.5) * x - 4) * x + 2 : 0;
}

static void weigh (Taps *taps, float *pool, double centre, double stretch, int size)
{
  int first = MAX ((int) ceil (centre - 2 * stretch - 0.5), 0),
      last = MIN ((int) floor (centre + 2 * stretch - 0.5), size - 1);
  double sum = 0;
  if (last < first) /* wholly beside the picture: the nearest pixel */
    first = last = CLAMP ((int) floor (centre), 0, size - 1);
  for (int i = first; i <= last; i++)
    sum += kernel ((i + 0.5 - centre) / stretch);
  gboolean usual = fabs (sum) > 1e-6;
  for (int i = first; i <= last; i++)
    pool[i - first] = usual ? (float) (kernel ((i + 0.5 - centre) / stretch) / sum) : 1.0f / (float) (last - first + 1);
  *taps = (Taps){first, last - first + 1, pool};
}

static void axis_init (Axis *self, double from, double length, int size, int out)
{
  double step = length / out, stretch = MAX (step, 1);
  int most = (int) ceil (4 * stretch) + 2;
  self->taps = g_new (Taps, out);
  self->pool = g_new (float, (gsize) out *(gsize) most);
  self->least = size;
  self->most = 0;
  for (int i = 0; i < out; i++) {
    weigh (&self->taps[i], self->pool + (gsize) i * (gsize) most, from + (i + 0.5) * step, stretch, size);
    self->least = MIN (self->least, self->taps[i].first);
    self->most = MAX (self->most, self->taps[i].first + self->taps[i].count);
  }
}

LanmuResample *lanmu_resample_new (double x, double y, double width, double height, int picture_width,
                                   int picture_height, int out_width, int out_height)
{
  LanmuResample *self = g_new0 (LanmuResample, 1);
  pthread_once (&once, make_tables);
  self->width = out_width;
  self->height = out_height;
  axis_init (&self->across, x, width, picture_width, out_width);
  axis_init (&self->down, y, height, picture_height, out_height);
  self->row = g_aligned_alloc0 ((gsize) (self->across.most - self->across.least), sizeof (Pixel), 16);
  self->sums = g_new0 (Pixel *, out_height);
  self->out = g_new0 (guint16, (gsize) out_width * (gsize) out_height * 3);
  return self;
}

void lanmu_resample_free (LanmuResample *self)
{
  for (int i = 0; i < self->height; i++)
    g_aligned_free (self->sums[i]);
  g_free (self->sums);
  g_aligned_free (self->row);
  g_free (self->across.taps);
  g_free (self->across.pool);
  g_free (self->down.taps);
  g_free (self->down.pool);
  g_free (self->out);
  g_free (self);
}

void lanmu_resample_needs (const LanmuResample *self, int *left, int *top, int *right, int *bottom)
{
  *left = self->across.least;
  *right = self->across.most;
  *top = self->down.least;
  *bottom = self->down.most;
}

/* ---- rows */

static void make_linear (LanmuResample *self, int left, const guint8 *pixels)
{
  int count = self->across.most - self->across.least;
  const guint8 *at = pixels + (gsize) (self->across.least - left) * 4;
  for (int i = 0; i < count; i++, at += 4)
    self->row[i] = (Pixel){linear_of[at[2]], linear_of[at[1]], linear_of[at[0]], 0};
}

static guint16 code (float linear)
{
  float at = CLAMP (linear, 0.0f, 1.0f) * (CODES - 1) + 0.5f;
  return code_of[(int) at];
}

static void finish_row (LanmuResample *self, int y)
{
  const Pixel *sum = self->sums[y];
  guint16 *out = self->out + (gsize) y * (gsize) self->width * 3;
  for (int x = 0; x < self->width; x++, out += 3) {
    const Taps *taps = &self->across.taps[x];
    const Pixel *from = sum + taps->first - self->across.least;
    Pixel pixel = {0};
    for (int i = 0; i < taps->count; i++)
      pixel += from[i] * taps->weights[i];
    for (int c = 0; c < 3; c++)
      out[c] = code (pixel[c]);
  }
  g_clear_pointer (&self->sums[y], g_aligned_free);
  self->done++;
}

static void add_row (LanmuResample *self, int y, int row)
{
  const Taps *taps = &self->down.taps[y];
  gsize count = (gsize) (self->across.most - self->across.least);
  float weight = taps->weights[row - taps->first];
  if (self->sums[y] == NULL)
    self->sums[y] = g_aligned_alloc0 (count, sizeof (Pixel), 16);
  Pixel *sum = self->sums[y];
  for (gsize i = 0; i < count; i++)
    sum[i] += self->row[i] * weight;
  if (row == taps->first + taps->count - 1)
    finish_row (self, y);
}

void lanmu_resample_feed (LanmuResample *self, int row, int left, const guint8 *pixels)
{
  if (row < self->down.least || row >= self->down.most)
    return;
  make_linear (self, left, pixels);
  while (self->next < self->height && self->down.taps[self->next].first + self->down.taps[self->next].count <= row)
    self->next++;
  for (int y = self->next; y < self->height && self->down.taps[y].first <= row; y++)
    if (row < self->down.taps[y].first + self->down.taps[y].count)
      add_row (self, y, row);
}

guint16 *lanmu_resample_get (LanmuResample *self)
{
  return self->done == self->height ? self->out : NULL;
}
