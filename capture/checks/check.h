/* LanmuCheck: what one check found in a shot. LanmuInspection: all of them, and where the portrait lies. Plain values, any thread.
 *
 * The raw measure is kept with every shot, whatever the verdict: limits are the profile's and may change, a measure may not.
 * Checks warn; a person decides. One that cannot know says UNSURE, one that could not look (no face models, no torso in the picture) NOT_CHECKED. */
#pragma once

#include "capture/picture/verdict.h"
#include "capture/portrait/placement.h"

G_BEGIN_DECLS

typedef struct {
  LanmuCheckId id;
  LanmuVerdict verdict;
  double measure;          /* in the check's unit (capture/profile/checkid.h); NaN = none */
  double warn, fail;       /* the profile's limit; of a band its two ends. NaN: switched off */
  const char *why;         /* static word, "" = nothing to add: "left" "right" "no-face" "upside-down" "cut-off" … see the checks */
  double x, y, width, height; /* where: upright shot pixels; width 0 = nowhere in particular */
} LanmuCheck;

typedef struct {
  LanmuCheck checks[LANMU_N_CHECKS];
  LanmuVerdict worst;      /* of them; OK when all that looked are content */
  int faces;               /* found; −1 = nobody looked */
  int width, height;       /* of the shot, upright */
  LanmuHead head;
  LanmuPlacement placement;
} LanmuInspection;

/* The verdict a measure gets by its limit; NaN: UNSURE; switched off: NOT_CHECKED. */
LanmuVerdict lanmu_check_judge (LanmuCheckId id, double measure, double warn, double fail);

/* How many of the inspection's checks have this verdict. */
guint lanmu_inspection_count (const LanmuInspection *self, LanmuVerdict verdict);

G_END_DECLS
