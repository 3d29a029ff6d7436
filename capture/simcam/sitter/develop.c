/* Luma is enlarged bilinearly in fixed point a row at a time with grain from a table; chroma is enlarged at half size
 * without. Going through planes spares the encoder the colour conversion of 24 million pixels that were enlarged from
 * two million. */
#include "capture/simcam/sitter/develop.h"

#include "capture/simcam/sitter/canvas.h"
#include "capture/simcam/sitter/exif.h"

#include <math.h>
#include <string.h>
#include <turbojpeg.h>

#define GRAIN_SIZE 65536u /* a power of two */

typedef struct {
  int width, height;
  guint8 *data[3]; /* Y, Cb, Cr, all of width×height */
} Planes;

static void planes_clear (Planes *self)
{
  for (int i = 0; i < 3; i++)
    g_clear_pointer (&self->data[i], g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Planes, planes_clear)

static Planes planes_new (int width, int height)
{
  Planes planes = {.width = width, .height = height};
  for (int i = 0; i < 3; i++)
    planes.data[i] = g_malloc ((gsize)width * (gsize)height);
  return planes;
}

/* ITU-R BT.601 full range, as JFIF wants. */
static void put_pixel (Planes *planes, gsize at, guint32 pixel)
{
  int r = (pixel >> 16) & 0xff, g = (pixel >> 8) & 0xff, b = pixel & 0xff;
  planes->data[0][at] = (guint8)((19595 * r + 38470 * g + 7471 * b + 32768) >> 16);
  planes->data[1][at] = (guint8)CLAMP ((-11059 * r - 21709 * g + 32768 * b + (128 << 16) + 32768) >> 16, 0, 255);
  planes->data[2][at] = (guint8)CLAMP ((32768 * r - 27439 * g - 5329 * b + (128 << 16) + 32768) >> 16, 0, 255);
}

static Planes planes_from_surface (cairo_surface_t *painted, gboolean turned)
{
  int width = cairo_image_surface_get_width (painted), height = cairo_image_surface_get_height (painted);
  int stride = cairo_image_surface_get_stride (painted);
  Planes planes = turned ? planes_new (height, width) : planes_new (width, height);
  cairo_surface_flush (painted);
  const guint8 *data = cairo_image_surface_get_data (painted);
  for (int y = 0; y < height; y++) {
    const guint32 *row = (const guint32 *)(const void *)(data + (gsize)y * (gsize)stride);
    for (int x = 0; x < width; x++) {
      gsize at = turned ? (gsize)(width - 1 - x) * (gsize)height + (gsize)y : (gsize)y * (gsize)width + (gsize)x;
      put_pixel (&planes, at, row[x]);
    }
  }
  return planes;
}

typedef struct {
  int at;   /* the left or upper of the two samples */
  int part; /* 0..256 of the other */
} Tap;

static Tap *taps_new (int from, int to)
{
  Tap *taps = g_new (Tap, to);
  for (int i = 0; i < to; i++) {
    double place = CLAMP ((i + 0.5) * from / to - 0.5, 0, from - 1);
    taps[i].at = MIN ((int)place, MAX (from - 2, 0));
    taps[i].part = from == 1 ? 0 : (int)lround ((place - taps[i].at) * 256);
  }
  return taps;
}

/* The same table for every picture: grain is part of the camera, not of chance. */
static const gint8 *grain_table (double deviation, gint8 *table)
{
  guint32 state = 0x9e3779b9u;
  for (guint i = 0; i < GRAIN_SIZE; i++) {
    double sum = 0;
    for (int k = 0; k < 4; k++) {
      state = state * 1664525u + 1013904223u;
      sum += (double)(state >> 16) / 65536 - 0.5;
    }
    table[i] = (gint8)CLAMP (lround (sum * 1.732 * deviation), -100, 100);
  }
  return table;
}

static inline guint8 clamp_byte (int value)
{
  return (guint8)(value < 0 ? 0 : value > 255 ? 255 : value);
}

/* One blended source row (8.8), then across. grain NULL: none. */
static void enlarge_row (const guint16 *blended, const Tap *across, int width, const gint8 *grain, guint8 *out)
{
  for (int x = 0; x < width; x++) {
    const guint16 *pair = blended + across[x].at;
    int value = (pair[0] * (256 - across[x].part) + pair[1] * across[x].part + 32768) >> 16;
    out[x] = grain != NULL ? clamp_byte (value + grain[x]) : (guint8)value;
  }
}

static void blend_rows (const guint8 *above, const guint8 *below, int part, int width, guint16 *out)
{
  for (int x = 0; x < width; x++)
    out[x] = (guint16)(above[x] * (256 - part) + below[x] * part);
  out[width] = out[width - 1];
}

static guint8 *enlarge (const Planes *from, int plane, int width, int height, const gint8 *grain)
{
  g_autofree Tap *across = taps_new (from->width, width);
  g_autofree Tap *down = taps_new (from->height, height);
  g_autofree guint16 *blended = g_new (guint16, from->width + 1);
  guint8 *out = g_malloc ((gsize)width * (gsize)height);
  guint32 state = 1;
  for (int y = 0; y < height; y++) {
    const guint8 *above = from->data[plane] + (gsize)down[y].at * (gsize)from->width;
    const guint8 *below = down[y].part > 0 ? above + from->width : above;
    blend_rows (above, below, down[y].part, from->width, blended);
    state = state * 1664525u + 1013904223u;
    enlarge_row (blended, across, width, grain != NULL ? grain + (state >> 17) % GRAIN_SIZE : NULL,
                 out + (gsize)y * (gsize)width);
  }
  return out;
}

static GBytes *encode_planes (const guint8 *const planes[3], int width, int height, int quality)
{
  tjhandle encoder = tjInitCompress ();
  guint8 *jpeg = NULL;
  unsigned long size = 0;
  const guint8 *borrowed[3] = {planes[0], planes[1], planes[2]};
  int status = tjCompressFromYUVPlanes (encoder, borrowed, width, NULL, height, TJSAMP_420, &jpeg, &size, quality,
                                        TJFLAG_FASTDCT);
  if (status != 0)
    g_error ("the picture cannot be encoded: %s", tjGetErrorStr2 (encoder));
  GBytes *bytes = g_bytes_new (jpeg, size);
  tjFree (jpeg);
  tjDestroy (encoder);
  return bytes;
}

GBytes *sim_develop (cairo_surface_t *painted, const SimDevelop *how)
{
  g_auto (Planes) planes = planes_from_surface (painted, how->turned);
  g_autofree gint8 *grain = NULL;
  if (how->grain > 0) {
    /* rows begin anywhere in the table's lower half and run on, so it is followed by itself as often as the widest row
     * needs */
    gsize turns = 3 + (gsize)how->width / GRAIN_SIZE;
    grain = g_malloc (GRAIN_SIZE * turns);
    grain_table (how->grain, grain);
    for (gsize i = 1; i < turns; i++)
      memcpy (grain + i * GRAIN_SIZE, grain, GRAIN_SIZE);
  }
  int chroma_width = (how->width + 1) / 2, chroma_height = (how->height + 1) / 2;
  g_autofree guint8 *luma = enlarge (&planes, 0, chroma_width * 2, chroma_height * 2, grain);
  g_autofree guint8 *blue = enlarge (&planes, 1, chroma_width, chroma_height, NULL);
  g_autofree guint8 *red = enlarge (&planes, 2, chroma_width, chroma_height, NULL);
  const guint8 *const full[3] = {luma, blue, red};
  return encode_planes (full, how->width, how->height, how->quality);
}

GBytes *sim_develop_thumbnail (cairo_surface_t *painted, gboolean turned)
{
  g_autoptr (cairo_surface_t) small =
      cairo_image_surface_create (CAIRO_FORMAT_RGB24, SIM_THUMBNAIL_WIDTH, SIM_THUMBNAIL_HEIGHT);
  g_autoptr (cairo_t) cr = cairo_create (small);
  double width = cairo_image_surface_get_width (painted), height = cairo_image_surface_get_height (painted);
  cairo_translate (cr, SIM_THUMBNAIL_WIDTH / 2.0, SIM_THUMBNAIL_HEIGHT / 2.0);
  if (turned)
    cairo_rotate (cr, -G_PI / 2);
  double scale = turned ? MIN (SIM_THUMBNAIL_HEIGHT / width, SIM_THUMBNAIL_WIDTH / height)
                        : MIN (SIM_THUMBNAIL_WIDTH / width, SIM_THUMBNAIL_HEIGHT / height);
  cairo_scale (cr, scale, scale);
  cairo_set_source_surface (cr, painted, -width / 2, -height / 2);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_GOOD);
  cairo_paint (cr);
  SimDevelop how = {SIM_THUMBNAIL_WIDTH, SIM_THUMBNAIL_HEIGHT, FALSE, 0, 80};
  return sim_develop (small, &how);
}

GBytes *sim_develop_strip (GBytes *jpeg)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (jpeg, &size);
  gsize from = 2;
  if (size > 6 && data[2] == 0xff && data[3] == 0xe0)
    from = 4 + ((gsize)data[4] << 8 | data[5]);
  return g_bytes_new_from_bytes (jpeg, from, size - from);
}
