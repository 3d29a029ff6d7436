/* What the EXIF segment of a camera's file says, as far as proofs need it. Internal to capture/picture. Pure, any thread.
 * The segment is hostile input: it is at most 64 KB (a JPEG segment), read by libexif without its repairs (those would invent a date). */
#pragma once

#include "capture/picture/shotfacts.h"

G_BEGIN_DECLS

/* Fills the EXIF members of facts (make … image_number, orientation); they keep their value where the segment says nothing valid.
 * segment: from "Exif\0\0" on, NULL = none. Strings of facts must be set before (to ""). */
void lanmu_exif_read (const guint8 *segment, gsize size, LanmuShotFacts *facts);

/* The orientation alone: EXIF 1–8, 1 when nothing valid is said. */
int lanmu_exif_orientation (const guint8 *segment, gsize size);

/* "2018:09:03 10:11:12" and the digits of SubSecTime (may be "") → naive µs and resolution. FALSE when it is not a date of the calendar. */
gboolean lanmu_exif_time_parse (const char *date_time, const char *sub_seconds, gint64 *time_us, gint64 *resolution_us);

G_END_DECLS
