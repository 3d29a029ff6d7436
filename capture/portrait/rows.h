/* The rows of a part of a JPEG, one after the other, without holding the picture: what lies outside of the portrait is not even transformed.
 * By libjpeg-turbo's own interface, as TurboJPEG gives whole pictures only. Internal to capture/portrait. Any thread. */
#pragma once

#include "capture/picture/error.h"

G_BEGIN_DECLS

typedef struct {
  int left, top, right, bottom; /* pixels of the scaled picture; right and bottom are behind the last; cut to the picture */
} LanmuRowsPart;

/* row: of the scaled picture. pixels: B G R X, the first is column `left`. */
typedef void (*LanmuRowsFunc) (int row, int left, int count, const guint8 *pixels, gpointer user_data);

/* data must have passed lanmu_jpeg_check. denominator: 1, 2, 4, 8. Strict: any complaint of the decoder up to the part's last row is an error (DAMAGED). */
gboolean lanmu_rows_decode (const guint8 *data, gsize size, int denominator, const LanmuRowsPart *part, LanmuRowsFunc func, gpointer user_data,
                            GError **error);

G_END_DECLS
