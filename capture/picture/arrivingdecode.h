/* The strict decode of capture/picture/decode.h over bytes that are still arriving. Internal to capture/picture. By libjpeg-turbo's own interface, because
 * TurboJPEG wants all bytes at once; the same library, the same settings: the same pixels and the same complaints. On the reading thread. */
#pragma once

#include "capture/picture/arrivingbytes.h"
#include "capture/picture/markers.h"
#include "capture/picture/shotfacts.h"

G_BEGIN_DECLS

/* markers: of what has arrived, state OK, within the bounds, not progressive. Fills early but its hash. */
void lanmu_arriving_decode (LanmuArrivingBytes *bytes, const LanmuJpegMarkers *markers, LanmuShotEarly *early);

G_END_DECLS
