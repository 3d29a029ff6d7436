/* LanmuCropHand: the portrait of the take on review, moved by hand: dragged, zoomed with the wheel, or pushed by keys. The rules are the station's
 * (lanmu_station_crop); what it refuses is said at the prompt. Main thread. */
#pragma once

#include "ui/livepicture.h"
#include "ui/prompt.h"

G_BEGIN_DECLS

#define LANMU_TYPE_CROP_HAND (lanmu_crop_hand_get_type ())
G_DECLARE_FINAL_TYPE (LanmuCropHand, lanmu_crop_hand, LANMU, CROP_HAND, GObject)

/* Neither is kept alive by it. */
LanmuCropHand *lanmu_crop_hand_new (LanmuLivePicture *picture, LanmuPrompt *prompt);
void lanmu_crop_hand_set_station (LanmuCropHand *self, LanmuStation *station);
/* step: "left" "right" "up" "down" (a portrait pixel; the picture moves that way), "larger" "smaller" (a hundredth), "home" (back to the proposal). */
void lanmu_crop_hand_step (LanmuCropHand *self, const char *step);

G_END_DECLS
