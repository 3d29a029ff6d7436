/* Pixels → JPEG bytes, by libjpeg: baseline, Huffman tables made for the picture, JFIF with a resolution and no other
 * segment. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const guint8 *rgb; /* R G B, 8 bits each, rows without a gap */
  int width, height; /* pixels, 1–65,500 */
  int dpi;
  gboolean half_chroma; /* 4:2:0 instead of 4:4:4 */
} LanmuJpegPixels;

/* quality: 1–100, IJG scale. Never fails but for memory. Full. */
GBytes *lanmu_jpeg_write (const LanmuJpegPixels *pixels, int quality);

G_END_DECLS
