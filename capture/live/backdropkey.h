/* Is a pixel of the backdrop's colour, in light or in shade? For live frames: plain sRGB arithmetic, no table. Internal
 * to capture/live. Pure, any thread.
 *
 * Crown of the hair by this key: from the face upwards, the first place where the column above the face is backdrop for
 * 3 % of the picture's height; a loose strand is ignored (30 % of the column). Measured against drawn heads: within 1 %
 * of the picture's height. */
#pragma once

#include "capture/face/engine.h"
#include "capture/picture/backdrop.h"

G_BEGIN_DECLS

typedef struct {
  float b, g, r, square; /* of the backdrop's mean, 0..255; its length² */
} LanmuBackdropKey;

/* FALSE: there is no backdrop to know. */
gboolean lanmu_backdrop_key_init (LanmuBackdropKey *self, const LanmuBackdropReading *reading);
gboolean lanmu_backdrop_key_matches (const LanmuBackdropKey *self, const guint8 *bgr);

/* y of the crown in upright pixels, NaN: not seen (hair reaches the edge, or no edge at all). view: B G R A. */
double lanmu_backdrop_key_find_crown (const LanmuFaceView *view, const LanmuBackdropKey *key, const LanmuFace *face);

/* Where an upright pixel of the view lies; NULL: outside. */
const guint8 *lanmu_view_pixel (const LanmuFaceView *view, int x, int y);

G_END_DECLS
