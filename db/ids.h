/* Ids of tickets and shots: 26 characters of Crockford base32 (0-9 A-Z without I L O U): 48 bits of wall time in ms, then 80 random bits. They sort as
 * text in the order they were made, also within one millisecond and when the wall clock is set back while the process runs. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANMU_ID_LENGTH 26

char *lanmu_id_new (void);
gboolean lanmu_id_is_valid (const char *id);
gint64 lanmu_id_get_time_ms (const char *id); /* -1 when not valid */

G_END_DECLS
