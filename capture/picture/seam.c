/* Finding a seam: see the header.
 *
 * The hit lies somewhere inside a row of blocks: right of it the step is at that row's upper border, left of it at its
 * lower border. The sum of the steps at both borders is therefore the same over the whole width, and that is what is
 * looked for, in each channel by itself. First in the small picture that is there anyway, where a blurred edge looks
 * sharp as well; then, if need be, in the whole picture's luma.
 */
#include "capture/picture/seam.h"

#include <stdlib.h>
#include <string.h>
#include <turbojpeg.h>

#define STEP_LEAST  4    /* sRGB steps */
#define SPREAD_MOST 8    /* of the middle half of the columns: noise has it, edges of real things have more */
#define STEP_CLEAR  0.75 /* of the spread: the step must stand out of the noise so far */
#define SHARP_LEAST 0.6  /* of the difference three rows apart must lie between two rows: a lens leaves a third */
#define END_MARGIN  4    /* values this near to 0 or 255 may have been cut off */
#define COUNT_LEAST 0.25 /* of all columns must count */
#define SUM_MOST    1020 /* two borders, each a step corrected by a slope: -510..510 */
#define ROWS_BESIDE 3

typedef struct {
  int count; /* columns that count */
  guint32 bins[2 * SUM_MOST + 1];
} Histogram;

typedef struct {
  const guint8 *above; /* the rows at the border */
  const guint8 *below;
  gsize stride;
} Border;

static Border border_at (const guint8 *pixels, gsize stride, int y)
{
  return (Border){pixels + stride * (gsize) (y - 1), pixels + stride * (gsize) y, stride};
}

/* Nothing can be seen where both rows are cut off at the same end. */
static inline gboolean counts (const Border *border, gsize i)
{
  int above = border->above[i], below = border->below[i];
  return MAX (above, below) >= END_MARGIN && MIN (above, below) <= 255 - END_MARGIN;
}

/* The step at the border beyond what the slopes beside it explain: nothing on any smooth surface, the whole step at a
 * seam, little at a blurred edge. */
static inline int sharp_step (const Border *border, gsize i)
{
  int above = border->above[i], below = border->below[i];
  int slopes = above - (border->above - border->stride)[i] + (border->below + border->stride)[i] - below;
  return below - above - slopes / 2;
}

/* The step from some rows above to some rows below: blurred or not. */
static inline int wide_step (const Border *border, gsize i)
{
  gsize away = (ROWS_BESIDE - 1) * border->stride;
  return (border->below + away)[i] - (border->above - away)[i];
}

static void collect (Histogram *self, const Border *upper, const Border *lower, int width, int pixel_size, int channel)
{
  memset (self, 0, sizeof *self);
  for (gsize x = 0, i = (gsize) channel; x < (gsize) width; x++, i += (gsize) pixel_size)
    if (counts (upper, i) && counts (lower, i)) {
      self->bins[SUM_MOST + sharp_step (upper, i) + sharp_step (lower, i)]++;
      self->count++;
    }
}

static void collect_wide (Histogram *self, const Border *upper, const Border *lower, int width)
{
  memset (self, 0, sizeof *self);
  for (gsize x = 0; x < (gsize) width; x++)
    if (counts (upper, x) && counts (lower, x)) {
      self->bins[SUM_MOST + wide_step (upper, x) + wide_step (lower, x)]++;
      self->count++;
    }
}

/* The value that `rank` columns do not exceed. */
static int value_at (const Histogram *self, int rank)
{
  int seen = 0, bin = 0;
  while (bin < 2 * SUM_MOST && (seen += (int) self->bins[bin]) <= rank)
    bin++;
  return bin - SUM_MOST;
}

static int median_of (const Histogram *self)
{
  return value_at (self, self->count / 2);
}

static gboolean is_suspect (const Histogram *self, int width)
{
  if (self->count < COUNT_LEAST * width)
    return FALSE;
  int step = abs (median_of (self));
  int spread = value_at (self, self->count * 3 / 4) - value_at (self, self->count / 4);
  return step >= STEP_LEAST && spread <= SPREAD_MOST && step >= STEP_CLEAR * spread;
}

static guint8 *decode_luma (const guint8 *data, gsize size, const LanmuJpegMarkers *markers)
{
  gsize width = (gsize) markers->width, height = (gsize) markers->height;
  guint8 *luma = g_try_malloc (width * height);
  tjhandle decoder = tjInitDecompress ();
  gboolean decoded =
      luma != NULL && decoder != NULL &&
      tjDecompress2 (decoder, data, (unsigned long) size, luma, markers->width, 0, markers->height, TJPF_GRAY, 0) == 0;
  if (decoder != NULL)
    tjDestroy (decoder);
  if (!decoded)
    g_clear_pointer (&luma, g_free);
  return luma;
}

static gboolean is_confirmed (const guint8 *luma, const LanmuJpegMarkers *markers, int y, Histogram *histogram)
{
  gsize stride = (gsize) markers->width;
  if (luma == NULL || y < ROWS_BESIDE || y + markers->block_height + ROWS_BESIDE > markers->height)
    return FALSE;
  Border upper = border_at (luma, stride, y), lower = border_at (luma, stride, y + markers->block_height);
  collect_wide (histogram, &upper, &lower, markers->width);
  int wide = median_of (histogram);
  collect (histogram, &upper, &lower, markers->width, 1, 0);
  int sharp = median_of (histogram);
  return histogram->count >= COUNT_LEAST * markers->width && abs (sharp) >= STEP_LEAST / 2 &&
         abs (sharp) >= SHARP_LEAST * abs (wide);
}

/* In one channel at least. */
static gboolean is_suspect_row (const LanmuPicture *picture, int y, int step, Histogram *histogram)
{
  const guint8 *pixels = g_bytes_get_data (picture->pixels, NULL);
  Border upper = border_at (pixels, picture->stride, y), lower = border_at (pixels, picture->stride, y + step);
  for (int channel = 0; channel < 3; channel++) {
    collect (histogram, &upper, &lower, picture->width, 4, channel);
    if (is_suspect (histogram, picture->width))
      return TRUE;
  }
  return FALSE;
}

int lanmu_seam_find (const LanmuPicture *picture, int denominator, const guint8 *data, gsize size,
                     const LanmuJpegMarkers *markers)
{
  int step = markers->block_height / denominator;
  if (markers->progressive || markers->restarts || step < 2)
    return -1;
  g_autofree Histogram *histogram = g_new (Histogram, 1);
  g_autofree guint8 *luma = NULL;
  for (int y = step; y + step + 2 <= picture->height; y += step) {
    if (!is_suspect_row (picture, y, step, histogram))
      continue;
    if (luma == NULL && (luma = decode_luma (data, size, markers)) == NULL)
      return -1;
    if (is_confirmed (luma, markers, y * denominator, histogram))
      return y * denominator;
  }
  return -1;
}
