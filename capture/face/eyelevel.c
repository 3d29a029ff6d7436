/* See eyelevel.h. */
#include "capture/face/eyelevel.h"

#include <math.h>

#define BIN     0.01
#define QUARTER 0.75
#define CLOSED  0.62 /* of what is usual: half a blink */
#define LOWEST  0.65 /* of the profile's limit */
#define HIGHEST 1.2

void lanmu_eye_level_add (LanmuEyeLevel *self, double openness)
{
  if (!isfinite (openness) || self->looks == G_MAXUINT)
    return;
  self->bins[CLAMP ((int) (openness / BIN), 0, LANMU_EYE_LEVEL_BINS - 1)]++;
  self->looks++;
}

double lanmu_eye_level_get (const LanmuEyeLevel *self)
{
  guint below = 0;
  if (self->looks < LANMU_EYE_LEVEL_LEAST)
    return NAN;
  for (int i = 0; i < LANMU_EYE_LEVEL_BINS; i++) {
    below += self->bins[i];
    if (below >= QUARTER * self->looks)
      return (i + 0.5) * BIN;
  }
  return NAN;
}

double lanmu_eye_limit (double usual, double limit)
{
  return isnan (usual) ? limit : CLAMP (CLOSED * usual, LOWEST * limit, HIGHEST * limit);
}
