/* LanmuDetection: a box with a face in it, by BlazeFace (short range, 128×128). Internal to capture/face. The network
 * is run by the caller's thread. */
#pragma once

#include "capture/face/network.h"
#include "capture/face/sample.h"

G_BEGIN_DECLS

#define LANMU_DETECT_SIDE   128
#define LANMU_DETECT_BOXES  896
#define LANMU_DETECT_VALUES 16 /* of a box: its middle, size, and six places */

typedef struct {
  double score;               /* 0..1 */
  double x, y, width, height; /* its middle; upright pixels */
  LanmuFacePoint eyes[2];     /* the picture's left one first */
} LanmuDetection;

/* The answers of the network for the part it was shown, as boxes that do not overlap much, best first. values: BOXES ×
 * VALUES, scores: BOXES. Returns how many, at most max. */
int lanmu_detect_read (const float *values, const float *scores, const LanmuPart *part, LanmuDetection *out, int max);

/* Looks at the whole picture, then, when there is nobody, once more at its middle. any_way_up: when no face stands
 * upright for sure, also at the picture turned round and on its sides (8 ms more): a camera may hang upside down. */
int lanmu_detect (LanmuNetwork *network, const LanmuFaceView *view, gboolean any_way_up, LanmuDetection *out, int max);

/* The square, level with the eyes, in which the mesh looks for the face. */
LanmuPart lanmu_detection_get_part (const LanmuDetection *self);

G_END_DECLS
