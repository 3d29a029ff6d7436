/* The health gate; see health.h. Runs on the thread that owns the connection. */
#include "db/health.h"
#include "db/audit.h"
#include "db/holds.h"
#include "db/json.h"
#include "db/sql.h"

#define LEAST_TENTHS 300
#define MOST_TENTHS  450

void lanmu_health_row_free (LanmuHealthRow *row)
{
  if (!row)
    return;
  g_free (row->student_no);
  g_free (row->name);
  g_free (row->class_name);
  g_free (row->college_name);
  g_free (row->note);
  g_free (row->actor);
  g_free (row);
}

/* *hold_id 0: nobody asked for one, or there is one already. */
static gboolean hold (LanmuDb *db, gint64 student_id, const char *reason, const char *actor, gint64 *hold_id,
                      GError **error)
{
  g_autoptr (LanmuHoldRow) old = NULL;

  if (!reason)
    return TRUE;
  if (!lanmu_hold_of (db, student_id, &old, error))
    return FALSE;
  *hold_id = old ? old->id : lanmu_hold_begin (db, student_id, "health", reason, actor, error);
  return *hold_id != 0;
}

static gboolean add (LanmuDb *db, gint64 student_id, int tenths, const char *note, const char *hold_reason,
                     const char *actor, gint64 *id, GError **error)
{
  g_autofree char *subject = g_strdup_printf ("student/%" G_GINT64_FORMAT, student_id);
  g_autofree char *detail = lanmu_json_object ("is", "tenths", (gint64) tenths, "note", note && *note ? note : NULL);
  gint64 hold_id = 0;

  if (tenths < LEAST_TENTHS || tenths > MOST_TENTHS) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "%d.%d °C is no body temperature: measure again",
                 tenths / 10, ABS (tenths) % 10);
    return FALSE;
  }
  if (!hold (db, student_id, hold_reason, actor, &hold_id, error) ||
      !lanmu_sql_run (db, error, NULL,
                      "INSERT INTO health (student_id, tenths, note, hold_id, actor, wall_us) VALUES (?, ?, ?, ?, ?, ?)",
                      "iiezsi", student_id, (gint64) tenths, note, hold_id, actor, g_get_real_time ()))
    return FALSE;
  *id = sqlite3_last_insert_rowid (db->sql);
  return lanmu_audit_append (db, actor, "health.add", subject, detail, error);
}

gint64 lanmu_health_add (LanmuDb *db, gint64 student_id, int tenths, const char *note, const char *hold_reason,
                         const char *actor, GError **error)
{
  gint64 id = 0;

  return lanmu_db_begin (db, "health.add", error) &&
                 lanmu_db_end (db, add (db, student_id, tenths, note, hold_reason, actor, &id, error), error)
             ? id
             : 0;
}

static LanmuHealthRow *read_row (sqlite3_stmt *stmt)
{
  LanmuHealthRow *row = g_new0 (LanmuHealthRow, 1);

  row->id = lanmu_sql_int64 (stmt, 0);
  row->student_id = lanmu_sql_int64 (stmt, 1);
  row->student_no = lanmu_sql_text (stmt, 2);
  row->name = lanmu_sql_text (stmt, 3);
  row->class_name = lanmu_sql_text (stmt, 4);
  row->college_name = lanmu_sql_text (stmt, 5);
  row->tenths = sqlite3_column_int (stmt, 6);
  row->note = lanmu_sql_text (stmt, 7);
  row->led_to_hold = sqlite3_column_type (stmt, 8) != SQLITE_NULL;
  row->held_now = sqlite3_column_int (stmt, 9) != 0;
  row->actor = lanmu_sql_text (stmt, 10);
  row->wall_us = lanmu_sql_int64 (stmt, 11);
  return row;
}

GPtrArray *lanmu_health_list (LanmuDb *db, gint64 since_us, gboolean held_only, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_health_row_free);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error,
      "SELECT health.id, student.id, student_no, student.name, class.name, college.name, tenths, note, hold_id, "
      "EXISTS (SELECT 1 FROM hold WHERE hold.student_id = student.id AND ended_us IS NULL), actor, wall_us "
      "FROM health JOIN student ON student.id = student_id JOIN class ON class.id = class_id JOIN major ON major.id = major_id "
      "JOIN college ON college.id = college_id WHERE wall_us >= ? AND (? = 0 OR hold_id NOT NULL) ORDER BY health.id",
      "ii", since_us, (gint64) held_only);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    g_ptr_array_add (rows, read_row (stmt));
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}

gboolean lanmu_health_is_measured (LanmuDb *db, gint64 student_id, gint64 since_us, gboolean *measured, GError **error)
{
  gint64 n = 0;

  if (!lanmu_sql_int (db, error, &n, 0, "SELECT count (*) FROM health WHERE student_id = ? AND wall_us >= ?", "ii",
                      student_id, since_us))
    return FALSE;
  *measured = n > 0;
  return TRUE;
}
