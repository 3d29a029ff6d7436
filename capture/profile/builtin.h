/* The profiles that are part of the program: the files of profiles/, so that a lost folder never stops a day's work. Internal to capture/profile. Any thread. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

GBytes *lanmu_builtin_profile (const char *name); /* full; NULL: none of that name */
char **lanmu_builtin_profile_names (void);        /* full */

G_END_DECLS
