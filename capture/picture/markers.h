/* LanmuJpegMarkers: the segments of a JPEG before its first scan, found without decoding. Internal to capture/picture. Pure, any thread.
 * Why not the decoder: it keeps neither the EXIF segment nor the place where the picture's data begins, and the bounds must be known before it is started. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LANMU_JPEG_MARKERS_OK,        /* frame header and first scan were found */
  LANMU_JPEG_MARKERS_NO_JPEG,   /* does not begin with SOI */
  LANMU_JPEG_MARKERS_TOO_SHORT, /* ends before the first scan */
  LANMU_JPEG_MARKERS_BROKEN,    /* something else stands where a marker must */
} LanmuJpegMarkersState;

typedef struct {
  LanmuJpegMarkersState state;
  int width, height;      /* of the frame header; 0 = none seen */
  int components;
  gboolean progressive;
  gboolean restarts;      /* restart markers are used */
  int block_height;       /* of a row of blocks (MCU), in pixels: 8 × the largest vertical sampling */
  gboolean usual;         /* Huffman-coded 8-bit baseline, extended or progressive: what cameras write */
  const guint8 *exif;     /* content of the EXIF segment, from "Exif\0\0" on, within the data given; NULL = none */
  gsize exif_size;
  gsize scan;             /* offset behind the first scan's header */
} LanmuJpegMarkers;

void lanmu_jpeg_markers_read (const guint8 *data, gsize size, LanmuJpegMarkers *out);

/* Whether an end-of-image marker follows the first scan. Entropy-coded data cannot contain one (its FF bytes are stuffed), so none means a missing end. */
gboolean lanmu_jpeg_markers_has_end (const LanmuJpegMarkers *self, const guint8 *data, gsize size);

G_END_DECLS
