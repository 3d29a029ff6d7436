#include "tests/unit/portrait/canvas.h"

#include "capture/picture/turn.h"
#include <string.h>
#include <turbojpeg.h>

void canvas_init (Canvas *self, int width, int height, guint8 r, guint8 g, guint8 b)
{
  *self = (Canvas){width, height, g_malloc ((gsize) width * (gsize) height * 3)};
  canvas_rectangle (self, 0, 0, width, height, r, g, b);
}

void canvas_clear (Canvas *self)
{
  g_clear_pointer (&self->rgb, g_free);
}

static guint8 *at (const Canvas *self, int x, int y)
{
  return self->rgb + ((gsize) y * (gsize) self->width + (gsize) x) * 3;
}

void canvas_rectangle (Canvas *self, double x, double y, double w, double h, guint8 r, guint8 g, guint8 b)
{
  for (int py = MAX ((int) y, 0); py < MIN ((int) (y + h) + 1, self->height); py++)
    for (int px = MAX ((int) x, 0); px < MIN ((int) (x + w) + 1, self->width); px++)
      if (px + 0.5 >= x && px + 0.5 < x + w && py + 0.5 >= y && py + 0.5 < y + h)
        memcpy (at (self, px, py), (guint8[]){r, g, b}, 3);
}

void canvas_ellipse (Canvas *self, double x, double y, double rx, double ry, guint8 r, guint8 g, guint8 b)
{
  for (int py = MAX ((int) (y - ry), 0); py < MIN ((int) (y + ry) + 1, self->height); py++)
    for (int px = MAX ((int) (x - rx), 0); px < MIN ((int) (x + rx) + 1, self->width); px++) {
      double dx = (px + 0.5 - x) / rx, dy = (py + 0.5 - y) / ry;
      if (dx * dx + dy * dy <= 1)
        memcpy (at (self, px, py), (guint8[]){r, g, b}, 3);
    }
}

void canvas_noise (Canvas *self, int steps, guint32 seed)
{
  gsize n = (gsize) self->width * (gsize) self->height * 3;
  for (gsize i = 0; i < n; i++) {
    seed = seed * 1664525u + 1013904223u;
    int value = self->rgb[i] + (int) (seed >> 16) % (2 * steps + 1) - steps;
    self->rgb[i] = (guint8) CLAMP (value, 0, 255);
  }
}

/* ---- files */

static void insert (GByteArray *jpeg, guint8 marker, const guint8 *body, gsize size)
{
  guint8 head[4] = {0xff, marker, (guint8) ((size + 2) >> 8), (guint8) ((size + 2) & 255)};
  GByteArray *out = g_byte_array_new ();
  g_byte_array_append (out, jpeg->data, 2);
  g_byte_array_append (out, head, 4);
  g_byte_array_append (out, body, (guint) size);
  g_byte_array_append (out, jpeg->data + 2, jpeg->len - 2);
  g_byte_array_set_size (jpeg, 0);
  g_byte_array_append (jpeg, out->data, out->len);
  g_byte_array_unref (out);
}

static void insert_exif (GByteArray *jpeg, const CanvasFile *how)
{
  guint8 orientation = (guint8) how->orientation, space = how->adobe_exif ? 0xff : 1, high = how->adobe_exif ? 0xff : 0;
  const guint8 block[] = {
      'E', 'x', 'i', 'f', 0, 0, 'I', 'I', 42, 0, 8, 0, 0, 0,
      2, 0,                                                        /* IFD0 at 8: two entries, ends at 38 */
      0x12, 1, 3, 0, 1, 0, 0, 0, orientation, 0, 0, 0,             /* orientation */
      0x69, 0x87, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0,                   /* EXIF at 38 */
      0, 0, 0, 0,
      2, 0,                                                        /* EXIF at 38: two entries, ends at 68 */
      0x01, 0xa0, 3, 0, 1, 0, 0, 0, space, high, 0, 0,             /* colour space */
      0x05, 0xa0, 4, 0, 1, 0, 0, 0, 68, 0, 0, 0,                   /* interoperability at 68 */
      0, 0, 0, 0,
      1, 0,
      1, 0, 2, 0, 4, 0, 0, 0, 'R', '0', how->adobe_exif ? '3' : '9', 0,
      0, 0, 0, 0,
  };
  insert (jpeg, 0xe1, block, sizeof block);
}

static void insert_icc (GByteArray *jpeg, GBytes *icc)
{
  gsize size;
  const guint8 *bytes = g_bytes_get_data (icc, &size);
  gsize half = size / 2; /* two segments: files of big profiles have several */
  for (int part = 2; part >= 1; part--) {
    GByteArray *body = g_byte_array_new ();
    g_byte_array_append (body, (const guint8 *) "ICC_PROFILE", 12);
    g_byte_array_append (body, (guint8[]){(guint8) part, 2}, 2);
    g_byte_array_append (body, part == 1 ? bytes : bytes + half, (guint) (part == 1 ? half : size - half));
    insert (jpeg, 0xe2, body->data, body->len);
    g_byte_array_unref (body);
  }
}

/* As the camera stores it: a reader that obeys the orientation sees the canvas. */
static guint8 *stored (const Canvas *self, int orientation, int *width, int *height)
{
  gboolean sideways = lanmu_turn_is_sideways (orientation);
  *width = sideways ? self->height : self->width;
  *height = sideways ? self->width : self->height;
  guint8 *out = g_malloc ((gsize) *width * (gsize) *height * 3);
  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++) {
      double sx, sy;
      lanmu_turn_to_stored (orientation, *width, *height, x + 0.5, y + 0.5, &sx, &sy);
      memcpy (out + ((gsize) sy * (gsize) *width + (gsize) sx) * 3, at (self, x, y), 3);
    }
  return out;
}

GBytes *canvas_to_jpeg (const Canvas *self, const CanvasFile *how)
{
  int width, height;
  unsigned char *bytes = NULL;
  unsigned long size = 0;
  g_autofree guint8 *pixels = stored (self, how->orientation, &width, &height);
  tjhandle encoder = tjInitCompress ();
  int sampling = how->grey ? TJSAMP_GRAY : how->quality == 0 ? TJSAMP_444 : TJSAMP_420;
  int bad = tjCompress2 (encoder, pixels, width, 0, height, TJPF_RGB, &bytes, &size, sampling, how->quality > 0 ? how->quality : 98,
                         how->progressive ? TJFLAG_PROGRESSIVE : 0);
  g_assert_cmpint (bad, ==, 0);
  tjDestroy (encoder);
  GByteArray *jpeg = g_byte_array_new ();
  g_byte_array_append (jpeg, bytes, (guint) size);
  tjFree (bytes);
  if (how->icc != NULL)
    insert_icc (jpeg, how->icc);
  if (how->orientation > 0 || how->adobe_exif)
    insert_exif (jpeg, how);
  return g_byte_array_free_to_bytes (jpeg);
}

void canvas_from_jpeg (Canvas *self, GBytes *jpeg)
{
  gsize size;
  int sampling, space;
  const guint8 *data = g_bytes_get_data (jpeg, &size);
  tjhandle decoder = tjInitDecompress ();
  g_assert_cmpint (tjDecompressHeader3 (decoder, data, (unsigned long) size, &self->width, &self->height, &sampling, &space), ==, 0);
  self->rgb = g_malloc ((gsize) self->width * (gsize) self->height * 3);
  g_assert_cmpint (tjDecompress2 (decoder, data, (unsigned long) size, self->rgb, self->width, 0, self->height, TJPF_RGB, 0), ==, 0);
  tjDestroy (decoder);
}

gboolean canvas_find (const Canvas *self, guint8 r, guint8 g, guint8 b, double *x, double *y)
{
  double n = 0, sum_x = 0, sum_y = 0;
  for (int py = 0; py < self->height; py++)
    for (int px = 0; px < self->width; px++) {
      const guint8 *p = at (self, px, py);
      if (ABS (p[0] - r) < 60 && ABS (p[1] - g) < 60 && ABS (p[2] - b) < 60) {
        n++;
        sum_x += px + 0.5;
        sum_y += py + 0.5;
      }
    }
  *x = n > 0 ? sum_x / n : 0;
  *y = n > 0 ? sum_y / n : 0;
  return n > 0;
}
