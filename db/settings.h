/* Settings of the station: short texts by key ("capture.iso", "ui.language"). Passwords and keys do not belong here: the audit holds old and new values. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef gboolean (*LanmuSettingFunc) (const char *key, const char *value, gpointer data); /* FALSE stops */

char *lanmu_setting_get (LanmuDb *db, const char *key, const char *fallback, GError **error); /* NULL with an error; also when not set and fallback is NULL */
gboolean lanmu_setting_set (LanmuDb *db, const char *key, const char *value, const char *actor, GError **error); /* value NULL removes; no change writes nothing */
gboolean lanmu_settings_list (LanmuDb *db, LanmuSettingFunc func, gpointer data, GError **error);

G_END_DECLS
