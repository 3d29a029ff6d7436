/* LanmuSmall: a shot made small by averaging whole boxes, upright, so that every check but sharpness walks a few hundred thousand pixels. Internal to
 * capture/checks. Any thread. */
#pragma once

#include "capture/picture/picture.h"

G_BEGIN_DECLS

#define LANMU_SMALL_SIDE 1500 /* at most so many pixels along the longer side */

typedef struct {
  int width, height; /* upright */
  guint8 *pixels;    /* B G R X, width × 4 bytes a row; owned */
  int factor;        /* box side, pixels of the picture it was made of */
} LanmuSmall;

void lanmu_small_init (LanmuSmall *self, const LanmuPicture *picture);
void lanmu_small_clear (LanmuSmall *self);

static inline const guint8 *lanmu_small_at (const LanmuSmall *self, int x, int y)
{
  return self->pixels + ((gsize) y * (gsize) self->width + (gsize) x) * 4;
}

G_END_DECLS
