/* The walk over a JPEG's segments (ITU-T T.81 annex B): see the header. Every read is held against the size first. */
#include "capture/picture/markers.h"

#include <string.h>

enum {
  M_TEM = 0x01,
  M_SOF0 = 0xc0,
  M_SOF2 = 0xc2,
  M_DHT = 0xc4,
  M_JPG = 0xc8,
  M_DAC = 0xcc,
  M_SOF15 = 0xcf,
  M_RST0 = 0xd0,
  M_SOI = 0xd8,
  M_EOI = 0xd9,
  M_SOS = 0xda,
  M_DRI = 0xdd,
  M_APP1 = 0xe1
};

static gboolean is_frame_header (guint8 marker)
{
  return marker >= M_SOF0 && marker <= M_SOF15 && marker != M_DHT && marker != M_JPG && marker != M_DAC;
}

static int read_block_height (const guint8 *components, int count)
{
  int most = 1;
  for (int i = 0; i < count; i++)
    most = MAX (most, components[3 * i + 1] & 15);
  return 8 * (count == 1 ? 1 : most); /* a single component is never interleaved */
}

static void read_frame_header (LanmuJpegMarkers *self, guint8 marker, const guint8 *body, gsize size)
{
  if (size < 6 || self->components > 0)
    return;
  self->height = body[1] << 8 | body[2];
  self->width = body[3] << 8 | body[4];
  self->components = body[5];
  self->progressive = marker == M_SOF2;
  self->usual = marker <= M_SOF2 && body[0] == 8 && size >= 6 + 3 * (gsize) self->components;
  if (self->usual)
    self->block_height = read_block_height (body + 6, self->components);
}

static void read_app1 (LanmuJpegMarkers *self, const guint8 *body, gsize size)
{
  static const guint8 tag[6] = "Exif\0";
  if (self->exif != NULL || size < sizeof tag || memcmp (body, tag, sizeof tag) != 0)
    return;
  self->exif = body;
  self->exif_size = size;
}

/* Returns FALSE when the walk is over. */
static gboolean read_segment (LanmuJpegMarkers *self, guint8 marker, const guint8 *data, gsize size, gsize *offset)
{
  gsize length = size - *offset >= 2 ? (gsize) (data[*offset] << 8 | data[*offset + 1]) : 0;
  if (size - *offset < 2 || length > size - *offset) {
    self->state = LANMU_JPEG_MARKERS_TOO_SHORT;
    return FALSE;
  }
  if (length < 2) {
    self->state = LANMU_JPEG_MARKERS_BROKEN;
    return FALSE;
  }
  const guint8 *body = data + *offset + 2;
  *offset += length;
  if (is_frame_header (marker))
    read_frame_header (self, marker, body, length - 2);
  else if (marker == M_APP1)
    read_app1 (self, body, length - 2);
  else if (marker == M_DRI)
    self->restarts = length >= 4 && (body[0] | body[1]) != 0;
  else if (marker == M_SOS) {
    self->scan = *offset;
    self->state = self->components > 0 ? LANMU_JPEG_MARKERS_OK : LANMU_JPEG_MARKERS_BROKEN;
    return FALSE;
  }
  return TRUE;
}

/* Puts *offset behind the next marker's code; FALSE sets the state. */
static gboolean next_marker (LanmuJpegMarkers *self, const guint8 *data, gsize size, gsize *offset, guint8 *marker)
{
  if (*offset < size && data[*offset] != 0xff) {
    self->state = LANMU_JPEG_MARKERS_BROKEN;
    return FALSE;
  }
  while (*offset < size && data[*offset] == 0xff)
    (*offset)++;
  if (*offset >= size) {
    self->state = LANMU_JPEG_MARKERS_TOO_SHORT;
    return FALSE;
  }
  *marker = data[(*offset)++];
  return TRUE;
}

static gboolean stands_alone (guint8 marker)
{
  return marker == M_TEM || (marker >= M_RST0 && marker <= M_SOI);
}

void lanmu_jpeg_markers_read (const guint8 *data, gsize size, LanmuJpegMarkers *out)
{
  *out = (LanmuJpegMarkers){.state = LANMU_JPEG_MARKERS_TOO_SHORT};
  if (size >= 1 && (data[0] != 0xff || (size >= 2 && data[1] != M_SOI))) {
    out->state = LANMU_JPEG_MARKERS_NO_JPEG;
    return;
  }
  gsize offset = MIN (size, 2);
  guint8 marker;
  while (next_marker (out, data, size, &offset, &marker)) {
    if (marker == 0 || marker == M_EOI) {
      out->state = LANMU_JPEG_MARKERS_BROKEN;
      return;
    }
    if (!stands_alone (marker) && !read_segment (out, marker, data, size, &offset))
      return;
  }
}

gboolean lanmu_jpeg_markers_has_end (const LanmuJpegMarkers *self, const guint8 *data, gsize size)
{
  const guint8 *scan = data + self->scan;
  gsize left = size > self->scan ? size - self->scan : 0;
  while (left >= 2) {
    const guint8 *mark = memrchr (scan, 0xff, left - 1); /* from the end: of a sound file the first look hits */
    if (mark == NULL)
      return FALSE;
    if (mark[1] == M_EOI)
      return TRUE;
    left = (gsize) (mark - scan) + 1;
  }
  return FALSE;
}
