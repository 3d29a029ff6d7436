/* Private to db/: a student's row is kept before a later list changes it. */
#pragma once

#include "db/roster.h"

G_BEGIN_DECLS

gboolean lanmu_roster_past_keep (LanmuDb *db, gint64 student_id, gint64 until_id, GError **error);

G_END_DECLS
