/* A square or oblong part of a picture, turned as wanted, as the numbers a network reads. Internal to capture/face.
 * Pure, any thread. */
#pragma once

#include "capture/face/engine.h"

G_BEGIN_DECLS

/* A part of the upright picture: its middle, size and how far it is turned clockwise; pixels and radians. A negative
 * width shows it mirrored. */
typedef struct {
  double x, y, width, height, angle;
} LanmuPart;

gboolean lanmu_face_view_is_valid (const LanmuFaceView *view);
void lanmu_face_view_get_size (const LanmuFaceView *view, int *width, int *height); /* upright */

/* out: height × width × 3 floats, R G B, value × scale + offset (value 0..1); black outside of the picture. Smaller
 * than the part: averaged, so that nothing flickers. */
void lanmu_sample (const LanmuFaceView *view, const LanmuPart *part, int width, int height, float scale, float offset,
                   float *out);

/* Where a point of the part (0..1 each way) lies in the upright picture. */
LanmuFacePoint lanmu_part_place (const LanmuPart *part, double u, double v);

G_END_DECLS
