/* The order of the day: classes one after the other (class.position), students inside a class (student.position): transfers first, then 学号 as numbers, walk-ins at
 * the bottom (STANDARD §3). Everything that shows or calls students goes by these two numbers. Any thread that owns the connection. */
#pragma once

#include "db/students.h"

G_BEGIN_DECLS

/* Counts the places of a class again; part of the caller's transaction, no audit row: it follows from facts that have one. */
gboolean lanmu_class_order_students (LanmuDb *db, gint64 class_id, GError **error);

/* A class of this name, of this college where one is given ("" or NULL: of any). 0 with an error: NO_ROW; REFUSED: several, name the college too. */
gint64 lanmu_class_find (LanmuDb *db, const char *college, const char *name, GError **error);

/* Before another class; before_id 0 = last of all. Audit class.move with both places. NO_ROW; REFUSED: before itself. *follower (may be NULL) = the class it stood
 * before until now, 0 = it was the last: a move to there takes this one back. */
gboolean lanmu_class_move (LanmuDb *db, gint64 class_id, gint64 before_id, const char *actor, gint64 *follower, GError **error);

/* Transfers (转入) stand first in their class. TRUE also when nothing changes. */
gboolean lanmu_transfer_set (LanmuDb *db, gint64 student_id, gboolean is_transfer, const char *actor, GError **error);
gboolean lanmu_transfer_is (LanmuDb *db, gint64 student_id);

G_END_DECLS
