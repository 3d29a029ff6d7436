/* LanmuColourSpace: in which colours a camera's JPEG is meant, and the way to sRGB (lcms2). Untrusted input: the profile in a file may be anything.
 * Any thread, one at a time each.
 *
 * Cameras say it in two ways: an embedded ICC profile (APP2 segments), or, set to Adobe RGB, by EXIF alone (colour space "uncalibrated", interoperability R03:
 * the Exif standard's DCF option file). Nothing said is sRGB. */
#pragma once

#include "capture/picture/error.h"

G_BEGIN_DECLS

#define LANMU_ICC_MAX_BYTES (4 * 1024 * 1024)

typedef struct _LanmuColourSpace LanmuColourSpace;

/* data: a JPEG. NULL with an error (UNSUPPORTED) when it names colours that are no RGB or its profile is broken: guessing would tint a face. */
LanmuColourSpace *lanmu_colour_space_read (const guint8 *data, gsize size, GError **error);
void lanmu_colour_space_free (LanmuColourSpace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuColourSpace, lanmu_colour_space_free)

gboolean lanmu_colour_space_is_srgb (const LanmuColourSpace *self);
const char *lanmu_colour_space_get_name (const LanmuColourSpace *self); /* "sRGB" "Adobe RGB" or what the profile calls itself; valid UTF-8 */

/* R G B, 16 bits each, in place. Nothing is done for sRGB. */
void lanmu_colour_space_to_srgb (const LanmuColourSpace *self, guint16 *rgb, gsize pixels);

/* The ICC profile's bytes put together from the file's segments; NULL: none. Full. */
GBytes *lanmu_icc_extract (const guint8 *data, gsize size);

G_END_DECLS
