/* Private to db/: rows that lie in memory as a table of SQL, so that one INSERT … SELECT writes a whole list: half the work of a million statements.
 * Runs on the thread that owns the connection. */
#pragma once

#include "db/sql.h"
#include "db/students.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id, class_id, position;
  LanmuStudentRow student; /* student_no, name, sex, id_no, exam_no, extra; borrowed until the next row is asked for */
} LanmuRosterFeedRow;

typedef struct {
  gsize n_rows;
  gboolean (*get) (gpointer data, gsize index, LanmuRosterFeedRow *row, GError **error); /* FALSE ends the statement */
  gpointer data;
  gsize at; /* out: the row that was being written when it ended */
} LanmuRosterFeed;

/* Runs sql, which may select id, student_no, name, sex, class_id, position, id_no, exam_no, extra, sealed FROM lanmu_feed. In a campaign that is sealed id_no and
 * exam_no are '' and extra '{}', and sealed holds them (db/rowseal.h); else it is NULL. */
gboolean lanmu_roster_feed_run (LanmuDb *db, LanmuRosterFeed *feed, const char *sql, GError **error);

G_END_DECLS
