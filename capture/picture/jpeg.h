/* Decoding stored JPEGs for the eye: review pictures of shots taken earlier. For proving a new shot use
 * capture/picture/shotfacts.h. Pure, any thread. */
#pragma once

#include "capture/picture/error.h"
#include "capture/picture/picture.h"

G_BEGIN_DECLS

/* Decodes the file with its longer side at least max_side where the file allows, by the decoder's own scales (1, 1/2,
 * 1/4, 1/8): the smallest such. Orientation is read from the EXIF, not applied. Lenient: a damaged picture is shown as
 * far as it goes; errors only when nothing can be shown. out need not be initialised; clear it with
 * lanmu_picture_clear. */
gboolean lanmu_picture_load_review (const char *path, int max_side, LanmuPicture *out, GError **error);
/* The same of bytes in memory. */
gboolean lanmu_picture_decode_review (const guint8 *data, gsize size, int max_side, LanmuPicture *out, GError **error);

G_END_DECLS
