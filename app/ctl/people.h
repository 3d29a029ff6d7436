/* 学号 by student id, for lists that name people by row id. Private to ctl/. */
#pragma once

#include "db/students.h"

G_BEGIN_DECLS

/* id (gint64 *) → 学号 (char *). One reading of the whole list: cheaper than a question a row. */
GHashTable *lanmu_people_load (LanmuDb *db, GError **error);
const char *lanmu_people_get_no (GHashTable *people, gint64 student_id); /* "" for 0 and for nobody */

G_END_DECLS
