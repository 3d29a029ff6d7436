/* Where the portrait lies in a shot: the place the standard proposes, and what a person made of it within the standard's bands. One step of a key, a drag, and a
 * number on the command line are the same wish. Pure but for the connection given; any thread with its own. */
#pragma once

#include "capture/checks/check.h"
#include "db/crops.h"

G_BEGIN_DECLS

/* The place with this adjustment. inspection: of the shot. */
LanmuPlacement lanmu_crop_place (const LanmuInspection *inspection, const LanmuProfile *profile, const LanmuAdjustment *by_hand);

/* Wish for a place: *kept becomes the nearest that may be (as far as the bands and the shot allow), in canonical form: what it gives, it gives again. NONE: as
 * wished. The proposal itself is {0, 0, 1}. */
LanmuPlacementStop lanmu_crop_wish (const LanmuInspection *inspection, const LanmuProfile *profile, const LanmuAdjustment *wish, LanmuAdjustment *kept);

/* Why not, in a photographer's words; translated, static; "" for NONE. */
const char *lanmu_crop_stop_sentence (LanmuPlacementStop stop);
const char *lanmu_crop_stop_word (LanmuPlacementStop stop); /* stable: "edge" "crown-high" …; "" for NONE */

/* What is kept with a shot; the proposal when nobody moved it or it cannot be read. */
LanmuAdjustment lanmu_crop_load (LanmuDb *db, const char *shot_id);

G_END_DECLS
