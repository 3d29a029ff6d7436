/* The backdrop check over a picture that was reduced and masked already: so that a full-size shot is walked once for all checks. Internal to capture. Any thread. */
#pragma once

#include "capture/picture/backdrop.h"
#include "capture/picture/mask.h"

G_BEGIN_DECLS

void lanmu_backdrop_judge (const LanmuReduced *picture, const LanmuMask *mask, const LanmuBackdropLimits *limits, LanmuBackdropReading *out);

G_END_DECLS
