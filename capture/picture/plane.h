/* The slope of the light over the backdrop: a plane through L*. Internal to capture/picture. Any thread. */
#pragma once

#include "capture/picture/mask.h"

G_BEGIN_DECLS

typedef struct {
  double middle; /* L* in the crop's middle */
  double x, y;   /* L* gained from the left edge to the right, from the top to the bottom */
} LanmuPlane;

/* Least squares over the mask's core, a second time without pixels darker than the first plane by more than `dark`: a shadow must not tilt it. */
LanmuPlane lanmu_plane_fit (const LanmuReduced *picture, const LanmuMask *mask, double dark);
double lanmu_plane_at (const LanmuPlane *self, const LanmuReduced *picture, int x, int y);

G_END_DECLS
