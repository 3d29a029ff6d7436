/* The diploma crop of a picture, made small by averaging whole boxes, upright, in Lab. Internal to capture/picture. Any thread. */
#pragma once

#include "capture/picture/colour.h"
#include "capture/picture/crop.h"

G_BEGIN_DECLS

#define LANMU_REDUCED_SIDE 141 /* about so many pixels along the crop's longer side */

typedef struct {
  int width, height; /* upright */
  LanmuLab *lab;     /* width × height, top row first; owned */
} LanmuReduced;

/* pixels: B G R A. FALSE when the crop is too small to say anything (a side under 24 pixels). */
gboolean lanmu_reduced_init (LanmuReduced *self, const guint8 *pixels, gsize stride, const LanmuCrop *crop);
void lanmu_reduced_clear (LanmuReduced *self);

G_END_DECLS
