/* LanmuEyeLevel: how far this person's eyes are open when they are open, learned from the live pictures of one sitting,
 * so that narrow eyes are not called closed and wide ones half shut are noticed. Plain values, any thread; all zero is
 * a level of nobody. Nothing of it is kept: it ends with the sitting. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANMU_EYE_LEVEL_LEAST 25 /* looks: a second of live pictures; fewer say nothing */
#define LANMU_EYE_LEVEL_BINS  60

typedef struct {
  guint bins[LANMU_EYE_LEVEL_BINS]; /* looks by openness, 0.01 each */
  guint looks;
} LanmuEyeLevel;

void lanmu_eye_level_add (LanmuEyeLevel *self, double openness);
/* The third quarter of all looks: blinks and a moment's stare do not move it. NaN: too few. */
double lanmu_eye_level_get (const LanmuEyeLevel *self);

/* Below what this person's eyes count as closed: usual × 0.62, but never under 0.65 nor over 1.2 of the profile's
 * limit, so that somebody who keeps them shut all the time is not taken for narrow-eyed. usual NaN: the profile's
 * limit. */
double lanmu_eye_limit (double usual, double limit);

G_END_DECLS
