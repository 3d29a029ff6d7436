#include "tests/unit/picture/photo.h"

#include <string.h>
#include <turbojpeg.h>

/* ---- a TIFF block, little-endian: entries first, values that do not fit behind them */

enum { ASCII = 2, SHORT = 3, LONG = 4, UNDEFINED = 7 };

static void put16 (GByteArray *out, guint value)
{
  guint8 bytes[2] = {value & 255, value >> 8 & 255};
  g_byte_array_append (out, bytes, 2);
}

static void put32 (GByteArray *out, guint32 value)
{
  put16 (out, value & 65535);
  put16 (out, value >> 16);
}

typedef struct {
  GByteArray *entries, *values;
  guint count;
  gsize values_at; /* where the values will lie in the block */
} Ifd;

static Ifd ifd_new (gsize at, guint entries)
{
  return (Ifd){g_byte_array_new (), g_byte_array_new (), 0, at + 2 + 12 * entries + 4};
}

static void ifd_add (Ifd *ifd, guint tag, guint type, guint32 count, const void *value, gsize size)
{
  guint8 small[4] = {0};
  put16 (ifd->entries, tag);
  put16 (ifd->entries, type);
  put32 (ifd->entries, count);
  if (size > 4) {
    put32 (ifd->entries, (guint32) (ifd->values_at + ifd->values->len));
    g_byte_array_append (ifd->values, value, (guint) size);
  } else {
    memcpy (small, value, size);
    g_byte_array_append (ifd->entries, small, 4);
  }
  ifd->count++;
}

static void ifd_add_text (Ifd *ifd, guint tag, const char *text)
{
  if (text != NULL)
    ifd_add (ifd, tag, ASCII, (guint32) strlen (text) + 1, text, strlen (text) + 1);
}

static void ifd_add_number (Ifd *ifd, guint tag, guint type, guint32 number)
{
  guint8 bytes[4] = {number & 255, number >> 8 & 255, number >> 16 & 255, number >> 24};
  ifd_add (ifd, tag, type, 1, bytes, type == SHORT ? 2 : 4);
}

static void ifd_finish (Ifd *ifd, GByteArray *out)
{
  put16 (out, ifd->count);
  g_byte_array_append (out, ifd->entries->data, ifd->entries->len);
  put32 (out, 0);
  g_byte_array_append (out, ifd->values->data, ifd->values->len);
  g_byte_array_unref (ifd->entries);
  g_byte_array_unref (ifd->values);
}

static void put_header (GByteArray *out)
{
  g_byte_array_append (out, (const guint8 *) "II", 2);
  put16 (out, 42);
  put32 (out, 8);
}

static GByteArray *nikon_note (const char *serial)
{
  GByteArray *note = g_byte_array_new ();
  g_byte_array_append (note, (const guint8 *) "Nikon\0\2\20\0\0", 10);
  put_header (note);
  Ifd ifd = ifd_new (8, 1); /* offsets count from the note's own TIFF header */
  ifd_add_text (&ifd, 0x001d, serial);
  ifd_finish (&ifd, note);
  return note;
}

static void add_exif_tags (Ifd *ifd, const PhotoSpec *spec)
{
  ifd_add_text (ifd, 0x9003, spec->date);
  if (spec->image_number > 0)
    ifd_add_number (ifd, 0x9211, LONG, (guint32) spec->image_number);
  if (spec->nikon_serial != NULL) {
    GByteArray *note = nikon_note (spec->nikon_serial);
    ifd_add (ifd, 0x927c, UNDEFINED, note->len, note->data, note->len);
    g_byte_array_unref (note);
  }
  ifd_add_text (ifd, 0x9291, spec->sub_seconds);
  ifd_add_text (ifd, 0xa431, spec->serial);
}

GByteArray *photo_exif (const PhotoSpec *spec)
{
  GByteArray *block = g_byte_array_new (), *out = g_byte_array_new ();
  guint tags0 = (spec->make != NULL) + (spec->model != NULL) + (spec->orientation > 0) + 1;
  guint tags = (spec->date != NULL) + (spec->image_number > 0) + (spec->nikon_serial != NULL) + (spec->sub_seconds != NULL) +
               (spec->serial != NULL);
  gsize texts = 64 + (spec->make ? strlen (spec->make) : 0) + (spec->model ? strlen (spec->model) : 0);
  gsize exif_at = 8 + 2 + 12 * tags0 + 4 + texts;
  put_header (block);
  Ifd ifd0 = ifd_new (8, tags0), exif = ifd_new (exif_at, tags);
  ifd_add_text (&ifd0, 0x010f, spec->make);
  ifd_add_text (&ifd0, 0x0110, spec->model);
  if (spec->orientation > 0)
    ifd_add_number (&ifd0, 0x0112, SHORT, (guint32) spec->orientation);
  ifd_add_number (&ifd0, 0x8769, LONG, (guint32) exif_at);
  ifd_finish (&ifd0, block);
  while (block->len < exif_at)
    g_byte_array_append (block, (const guint8 *) "", 1);
  add_exif_tags (&exif, spec);
  ifd_finish (&exif, block);
  g_byte_array_append (out, (const guint8 *) "Exif\0", 6);
  g_byte_array_append (out, block->data, block->len);
  g_byte_array_unref (block);
  return out;
}

/* ---- pixels */

static guint8 *paint (int width, int height, int edge)
{
  guint8 *pixels = g_malloc ((gsize) width * (gsize) height * 3);
  guint32 noise = 1;
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++) {
      guint8 *pixel = pixels + ((gsize) y * (gsize) width + (gsize) x) * 3;
      int dark = edge > 0 ? CLAMP (25 * (y - edge + 2), 0, 75) : 0;
      noise = noise * 1664525u + 1013904223u;
      pixel[0] = (guint8) (90 + (x * 40 / width) + (noise >> 28) - dark);
      pixel[1] = (guint8) (180 + (y * 30 / height) + (noise >> 29) - dark);
      pixel[2] = (guint8) (230 + (noise >> 28) - dark);
    }
  return pixels;
}

void photo_insert_app1 (GByteArray *jpeg, const guint8 *content, gsize size)
{
  g_assert_cmpuint (size, <=, 65533);
  guint8 head[4] = {0xff, 0xe1, (size + 2) >> 8, (size + 2) & 255};
  guint old = jpeg->len;
  g_byte_array_set_size (jpeg, old + 4 + (guint) size);
  memmove (jpeg->data + 6 + size, jpeg->data + 2, old - 2);
  memcpy (jpeg->data + 2, head, 4);
  if (size > 0)
    memcpy (jpeg->data + 6, content, size);
}

GByteArray *photo_new (const PhotoSpec *spec)
{
  int width = spec->width > 0 ? spec->width : 960, height = spec->height > 0 ? spec->height : 640;
  guint8 *pixels = paint (width, height, spec->edge);
  tjhandle encoder = tjInitCompress ();
  unsigned char *bytes = NULL;
  unsigned long size = 0;
  int flags = spec->progressive ? TJFLAG_PROGRESSIVE : 0;
  g_assert_cmpint (tjCompress2 (encoder, pixels, width, 0, height, TJPF_RGB, &bytes, &size, spec->grey ? TJSAMP_GRAY : TJSAMP_420, 90,
                                flags), ==, 0);
  GByteArray *jpeg = g_byte_array_append (g_byte_array_new (), bytes, (guint) size);
  tjFree (bytes);
  tjDestroy (encoder);
  g_free (pixels);
  if (!spec->no_exif) {
    GByteArray *exif = photo_exif (spec);
    photo_insert_app1 (jpeg, exif->data, exif->len);
    g_byte_array_unref (exif);
  }
  return jpeg;
}

gsize photo_find_marker (const GByteArray *jpeg, guint8 marker)
{
  guint8 wanted[2] = {0xff, marker};
  const guint8 *found = memmem (jpeg->data, jpeg->len, wanted, 2);
  return found != NULL ? (gsize) (found - jpeg->data) : G_MAXSIZE;
}

char *photo_save (const GByteArray *jpeg, const char *folder)
{
  static int number;
  char *path = g_strdup_printf ("%s/photo-%d.jpg", folder, ++number);
  GError *error = NULL;
  g_file_set_contents (path, (const char *) jpeg->data, jpeg->len, &error);
  g_assert_no_error (error);
  return path;
}
