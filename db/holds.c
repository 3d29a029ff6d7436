/* Holds; see holds.h. Runs on the thread that owns the connection. */
#include "db/holds.h"
#include "db/audit.h"
#include "db/json.h"
#include "db/sql.h"
#include "db/students.h"

#define COLUMNS                                                                                                               \
  "SELECT hold.id, student_id, student_no, kind, reason, actor, began_us FROM hold JOIN student ON student.id = student_id "     \
  "WHERE ended_us IS NULL "

void lanmu_hold_row_free (LanmuHoldRow *row)
{
  if (!row)
    return;
  g_free (row->student_no);
  g_free (row->kind);
  g_free (row->reason);
  g_free (row->actor);
  g_free (row);
}

static gboolean may_begin (LanmuDb *db, gint64 student_id, const char *reason, GError **error)
{
  gint64 held = 0, bound = 0;

  if (!lanmu_sql_int (db, error, &held, 0, "SELECT count (*) FROM hold WHERE student_id = ? AND ended_us IS NULL", "i",
                      student_id) ||
      !lanmu_sql_int (db, error, &bound, 0, "SELECT count (*) FROM binding WHERE student_id = ? AND ended_wall_us IS NULL", "i",
                      student_id))
    return FALSE;
  if (held)
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS, "The student is held already: lift the hold first");
  else if (bound)
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED,
                 "The student sits before the camera: set aside first, then hold");
  else if (!reason || !*reason)
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "A hold needs a reason");
  else
    return TRUE;
  return FALSE;
}

/* Out of the queue and back into it; whoever is in another state stays there. */
static gboolean move (LanmuDb *db, gint64 student_id, LanmuStudentState from, LanmuStudentState to, const char *actor,
                      GError **error)
{
  g_autoptr (LanmuStudentRow) row = lanmu_student_get (db, student_id, error);
  return row && (row->state != from || lanmu_student_set_state (db, student_id, to, actor, error));
}

static gboolean begin (LanmuDb *db, gint64 student_id, const char *kind, const char *reason, const char *actor, gint64 *id,
                       GError **error)
{
  g_autofree char *subject = g_strdup_printf ("student/%" G_GINT64_FORMAT, student_id);
  g_autofree char *detail = lanmu_json_object ("ss", "kind", kind, "reason", reason);

  if (!may_begin (db, student_id, reason, error) ||
      !lanmu_sql_run (db, error, NULL, "INSERT INTO hold (student_id, kind, reason, actor, began_us) VALUES (?, ?, ?, ?, ?)",
                      "isssi", student_id, kind, reason, actor, g_get_real_time ()))
    return FALSE;
  *id = sqlite3_last_insert_rowid (db->sql);
  return move (db, student_id, LANMU_STUDENT_WAITING, LANMU_STUDENT_SKIPPED, actor, error) &&
         lanmu_audit_append (db, actor, "hold.begin", subject, detail, error);
}

gint64 lanmu_hold_begin (LanmuDb *db, gint64 student_id, const char *kind, const char *reason, const char *actor, GError **error)
{
  gint64 id = 0;
  return lanmu_db_begin (db, "hold.begin", error) &&
                 lanmu_db_end (db, begin (db, student_id, kind, reason, actor, &id, error), error)
             ? id
             : 0;
}

static gboolean end (LanmuDb *db, gint64 student_id, const char *why, const char *actor, GError **error)
{
  g_autofree char *subject = g_strdup_printf ("student/%" G_GINT64_FORMAT, student_id);
  g_autofree char *detail = lanmu_json_object ("s", "reason", why);
  int changes = 0;

  if (!lanmu_sql_run (db, error, &changes,
                      "UPDATE hold SET ended_us = ?, ended_by = ?, ended_reason = ? WHERE student_id = ? AND ended_us IS NULL",
                      "issi", g_get_real_time (), actor, why, student_id))
    return FALSE;
  if (changes == 0) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW, "The student is not held");
    return FALSE;
  }
  return move (db, student_id, LANMU_STUDENT_SKIPPED, LANMU_STUDENT_WAITING, actor, error) &&
         lanmu_audit_append (db, actor, "hold.end", subject, detail, error);
}

gboolean lanmu_hold_end (LanmuDb *db, gint64 student_id, const char *why, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "hold.end", error) && lanmu_db_end (db, end (db, student_id, why, actor, error), error);
}

static LanmuHoldRow *read_row (sqlite3_stmt *stmt)
{
  LanmuHoldRow *row = g_new0 (LanmuHoldRow, 1);

  row->id = lanmu_sql_int64 (stmt, 0);
  row->student_id = lanmu_sql_int64 (stmt, 1);
  row->student_no = lanmu_sql_text (stmt, 2);
  row->kind = lanmu_sql_text (stmt, 3);
  row->reason = lanmu_sql_text (stmt, 4);
  row->actor = lanmu_sql_text (stmt, 5);
  row->began_us = lanmu_sql_int64 (stmt, 6);
  return row;
}

gboolean lanmu_hold_of (LanmuDb *db, gint64 student_id, LanmuHoldRow **row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, COLUMNS "AND student_id = ?", "i", student_id);
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  *row = step == LANMU_SQL_ROW ? read_row (stmt) : NULL;
  return step != LANMU_SQL_ERROR;
}

GPtrArray *lanmu_holds_list (LanmuDb *db, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_hold_row_free);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, COLUMNS "ORDER BY began_us, hold.id", "");
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    g_ptr_array_add (rows, read_row (stmt));
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}
