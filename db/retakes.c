/* Wishes for another picture; see retakes.h. */
#include "db/retakes.h"
#include "db/audit.h"
#include "db/json.h"
#include "db/shots.h"
#include "db/sql.h"
#include "db/students.h"

void lanmu_retake_row_free (LanmuRetakeRow *row)
{
  if (!row)
    return;
  g_free (row->student_no);
  g_free (row->name);
  g_free (row->class_name);
  g_free (row->shot_id);
  g_free (row->reason);
  g_free (row->actor);
  g_free (row);
}

char *lanmu_retake_reason (LanmuDb *db, gint64 student_id, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
      lanmu_sql_query (db, error, "SELECT reason FROM retake WHERE student_id = ? AND ended_us IS NULL", "i", student_id);
  return stmt && lanmu_sql_step (db, stmt, error) == LANMU_SQL_ROW ? lanmu_sql_text (stmt, 0) : NULL;
}

static gboolean may_ask (LanmuDb *db, const LanmuStudentRow *student, const char *reason, GError **error)
{
  gint64 open = 0;
  if (!reason || !*reason)
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "Another picture of %s cannot be asked for without a reason", student->student_no);
  else if (!lanmu_sql_int (db, error, &open, 0, "SELECT count (*) FROM retake WHERE student_id = ? AND ended_us IS NULL", "i", student->id))
    return FALSE;
  else if (open)
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "Another picture of %s is asked for already", student->student_no);
  else
    return TRUE;
  return FALSE;
}

static gboolean request (LanmuDb *db, gint64 student_id, const char *reason, const char *actor, GError **error)
{
  g_autoptr (LanmuStudentRow) student = lanmu_student_get (db, student_id, error);
  if (!student || !may_ask (db, student, reason, error))
    return FALSE;
  g_autofree char *subject = g_strconcat ("student/", student->student_no, NULL);
  g_autofree char *detail = lanmu_json_object ("ss", "reason", reason, "shot", student->chosen_shot);
  if (student->state == LANMU_STUDENT_ACCEPTED && !lanmu_shot_unaccept (db, student_id, actor, error))
    return FALSE;
  return (student->state == LANMU_STUDENT_WAITING || lanmu_student_set_state (db, student_id, LANMU_STUDENT_WAITING, actor, error)) &&
         lanmu_sql_run (db, error, NULL, "INSERT INTO retake (student_id, shot_id, reason, actor, wall_us) VALUES (?, ?, ?, ?, ?)", "isssi",
                        student_id, student->chosen_shot, reason, actor, g_get_real_time ()) &&
         lanmu_audit_append (db, actor, "retake.request", subject, detail, error);
}

gboolean lanmu_retake_request (LanmuDb *db, gint64 student_id, const char *reason, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "retake", error) && lanmu_db_end (db, request (db, student_id, reason, actor, error), error);
}

static LanmuRetakeRow *read_row (sqlite3_stmt *stmt)
{
  LanmuRetakeRow *row = g_new0 (LanmuRetakeRow, 1);
  char **texts[] = {&row->student_no, &row->name, &row->class_name, &row->shot_id, &row->reason, &row->actor};
  row->id = lanmu_sql_int64 (stmt, 0);
  row->student_id = lanmu_sql_int64 (stmt, 1);
  for (int i = 0; i < (int) G_N_ELEMENTS (texts); i++)
    *texts[i] = lanmu_sql_text (stmt, 2 + i);
  row->wall_us = lanmu_sql_int64 (stmt, 8);
  return row;
}

GPtrArray *lanmu_retakes_open (LanmuDb *db, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_retake_row_free);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error,
      "SELECT r.id, r.student_id, s.student_no, s.name, c.name, r.shot_id, r.reason, r.actor, r.wall_us FROM retake AS r "
      "JOIN student AS s ON s.id = r.student_id JOIN class AS c ON c.id = s.class_id WHERE r.ended_us IS NULL "
      "ORDER BY c.position, c.id, s.position",
      "");
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    g_ptr_array_add (rows, read_row (stmt));
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}
