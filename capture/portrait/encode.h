/* Writing the portrait's JPEG so that it falls into the window of bytes at the best quality. Internal to capture/portrait. Any thread.
 *
 * Fixed quality cannot hold a window: the same picture at 60 gives 15–28 KB, at 90 38–60. Baseline, Huffman tables made for the picture, JFIF with the profile's
 * resolution and no other segment: nothing in the file tells of camera, time or person. */
#pragma once

#include "capture/profile/profile.h"

G_BEGIN_DECLS

typedef struct {
  GBytes *bytes;      /* owned */
  int quality;        /* IJG scale */
  LanmuChroma chroma; /* never AUTO */
} LanmuEncoded;

/* rgb: R G B, 8 bits, profile->width × profile->height. FALSE: no quality fits; *least and *most are then the nearest sizes there are. */
gboolean lanmu_encode_portrait (const guint8 *rgb, const LanmuProfile *profile, LanmuEncoded *out, int *least, int *most);

G_END_DECLS
