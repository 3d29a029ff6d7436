/* The station's portraits: finished files, and where a hand moved them. Internal to app/station; main thread. */
#pragma once

#include "app/station.h"

G_BEGIN_DECLS

/* Of any attached shot. path: of its file; by_hand: where a person moved it. Ends with an event PORTRAIT. */
void lanmu_station_make_portrait_of (LanmuStation *self, const char *shot, const char *path, const LanmuAdjustment *by_hand);
void lanmu_station_make_portrait (LanmuStation *self, const char *shot); /* of a take of the bound student */

void lanmu_station_keep_crop (LanmuStation *self); /* writes what was moved and is not written yet */

G_END_DECLS
