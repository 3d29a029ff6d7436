/* LanmuPicture: decoded pixels with their geometry, as a plain struct that may cross threads (the bytes are immutable and counted by atomics). */
#pragma once

#include "capture/frame.h"

G_BEGIN_DECLS

typedef struct {
  GBytes *pixels;  /* owned; B G R A (A = 255), top row first, 64-byte aligned; NULL = no picture */
  int width;       /* pixels, as stored: orientation is NOT applied */
  int height;
  gsize stride;    /* bytes; a multiple of 64 */
  int orientation; /* EXIF 1–8: what the drawer has to do to show it upright */
} LanmuPicture;

void lanmu_picture_clear (LanmuPicture *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanmuPicture, lanmu_picture_clear)

/* The same pixels as a frame (no copy), NULL when there is no picture. The frame holds its own reference. */
LanmuFrame *lanmu_picture_to_frame (const LanmuPicture *self);

/* Width and height as seen upright: swapped for orientations 5–8. */
void lanmu_picture_get_upright_size (const LanmuPicture *self, int *width, int *height);

G_END_DECLS
