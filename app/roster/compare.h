/* Private to roster/: a later list held against the students that are there. */
#pragma once

#include "app/roster/import.h"

G_BEGIN_DECLS

/* Counts and reports; missing: ids (gint64) of those the list no longer names. */
gboolean lanmu_import_compare (LanmuDb *db, LanmuImport *import, GArray *missing, GError **error);

G_END_DECLS
