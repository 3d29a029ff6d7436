/* One JPEG in memory → BGRA pixels, by TurboJPEG. Internal to capture/picture. Pure, any thread. */
#pragma once

#include "capture/picture/error.h"
#include "capture/picture/markers.h"
#include "capture/picture/picture.h"

G_BEGIN_DECLS

/* denominator: 1, 2, 4 or 8. strict: any complaint of the decoder is an error; else only what leaves nothing to show. markers: of the same data, state OK and
 * within the bounds. out need not be initialised; orientation is set to 1. */
gboolean lanmu_jpeg_decode (const guint8 *data, gsize size, const LanmuJpegMarkers *markers, int denominator, gboolean strict,
                            LanmuPicture *out, GError **error);

/* Reads the markers and holds them against the bounds of capture/picture/shotfacts.h. */
gboolean lanmu_jpeg_check (const guint8 *data, gsize size, LanmuJpegMarkers *markers, GError **error);

G_END_DECLS
