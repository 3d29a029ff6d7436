/* The kinds of values in a profile's text. Internal to capture/profile. Pure, any thread. FALSE: *reason says what is wrong (full). */
#pragma once

#include "capture/profile/profile.h"

G_BEGIN_DECLS

gboolean lanmu_value_number (const char *text, double least, double most, double *number, char **reason);
/* "50 to 110" or "50 to 110 aim 80"; without aim the middle. */
gboolean lanmu_value_band (const char *text, double least, double most, LanmuProfileBand *band, char **reason);
/* "warn 5 fail 8", or "off". */
gboolean lanmu_value_limit (const char *text, double least, double most, LanmuProfileLimit *limit, char **reason);
/* "100 197 255" or "#64c5ff". */
gboolean lanmu_value_colour (const char *text, guint8 rgb[3], char **reason);

G_END_DECLS
