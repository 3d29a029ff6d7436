/* See inspections.h. */
#include "db/inspections.h"
#include "db/sql.h"

#include <math.h>

static void check_row_free (gpointer data)
{
  LanmuCheckRow *row = data;
  g_free (row->name);
  g_free (row->verdict);
  g_free (row->why);
  g_free (row);
}

LanmuInspectionRow *lanmu_inspection_row_new (void)
{
  LanmuInspectionRow *row = g_new0 (LanmuInspectionRow, 1);
  row->checks = g_ptr_array_new_with_free_func (check_row_free);
  return row;
}

void lanmu_inspection_row_free (LanmuInspectionRow *row)
{
  if (!row)
    return;
  g_free (row->shot_id);
  g_free (row->profile);
  g_free (row->profile_sha256);
  g_free (row->verdict);
  g_free (row->head);
  g_ptr_array_unref (row->checks);
  g_free (row);
}

static gboolean insert_check (LanmuDb *db, const char *shot_id, const LanmuCheckRow *row, GError **error)
{
  return lanmu_sql_run (
      db, error, NULL,
      "INSERT INTO check_result (shot_id, name, verdict, measure, warn, fail, why, x, y, width, height) VALUES "
      "(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      "sssdddedddd", shot_id, row->name, row->verdict, row->measure, row->warn, row->fail, row->why, row->x, row->y,
      row->width, row->height);
}

static gboolean insert_inspection (LanmuDb *db, const LanmuInspectionRow *row, GError **error)
{
  return lanmu_sql_run (
      db, error, NULL,
      "INSERT INTO inspection (shot_id, profile, profile_sha256, verdict, faces, width, height, head, middle, eyes, "
      "face_width, eye_distance, chin, crown, wall_us) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      "ssssiiisddddddi", row->shot_id, row->profile, row->profile_sha256, row->verdict, (gint64) row->faces,
      (gint64) row->width, (gint64) row->height, row->head, row->middle, row->eyes, row->face_width, row->eye_distance,
      row->chin, row->crown, row->wall_us ? row->wall_us : g_get_real_time ());
}

static gboolean replace (LanmuDb *db, const LanmuInspectionRow *row, GError **error)
{
  if (!lanmu_sql_run (db, error, NULL, "DELETE FROM check_result WHERE shot_id = ?", "s", row->shot_id) ||
      !lanmu_sql_run (db, error, NULL, "DELETE FROM inspection WHERE shot_id = ?", "s", row->shot_id) ||
      !insert_inspection (db, row, error))
    return FALSE;
  for (guint i = 0; i < row->checks->len; i++)
    if (!insert_check (db, row->shot_id, row->checks->pdata[i], error))
      return FALSE;
  return TRUE;
}

gboolean lanmu_inspection_set (LanmuDb *db, const LanmuInspectionRow *row, GError **error)
{
  if (!lanmu_db_begin (db, "inspection", error))
    return FALSE;
  return lanmu_db_end (db, replace (db, row, error), error);
}

static double number (sqlite3_stmt *stmt, int column)
{
  return sqlite3_column_type (stmt, column) == SQLITE_NULL ? NAN : sqlite3_column_double (stmt, column);
}

static gboolean read_checks (LanmuDb *db, LanmuInspectionRow *row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error,
      "SELECT name, verdict, measure, warn, fail, why, x, y, width, height FROM check_result WHERE shot_id = ?", "s",
      row->shot_id);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;
  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    LanmuCheckRow *check = g_new0 (LanmuCheckRow, 1);
    check->name = lanmu_sql_text (stmt, 0);
    check->verdict = lanmu_sql_text (stmt, 1);
    check->measure = number (stmt, 2);
    check->warn = number (stmt, 3);
    check->fail = number (stmt, 4);
    check->why = lanmu_sql_text (stmt, 5);
    check->x = number (stmt, 6);
    check->y = number (stmt, 7);
    check->width = number (stmt, 8);
    check->height = number (stmt, 9);
    g_ptr_array_add (row->checks, check);
  }
  return step != LANMU_SQL_ERROR;
}

LanmuInspectionRow *lanmu_inspection_get (LanmuDb *db, const char *shot_id, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error,
                                                   "SELECT profile, profile_sha256, verdict, faces, width, height, "
                                                   "head, middle, eyes, face_width, eye_distance, chin, "
                                                   "crown, wall_us FROM inspection WHERE shot_id = ?",
                                                   "s", shot_id);
  if (!stmt || lanmu_sql_step (db, stmt, error) != LANMU_SQL_ROW)
    return NULL;
  g_autoptr (LanmuInspectionRow) row = lanmu_inspection_row_new ();
  row->shot_id = g_strdup (shot_id);
  row->profile = lanmu_sql_text (stmt, 0);
  row->profile_sha256 = lanmu_sql_text (stmt, 1);
  row->verdict = lanmu_sql_text (stmt, 2);
  row->faces = sqlite3_column_int (stmt, 3);
  row->width = sqlite3_column_int (stmt, 4);
  row->height = sqlite3_column_int (stmt, 5);
  row->head = lanmu_sql_text (stmt, 6);
  row->middle = number (stmt, 7);
  row->eyes = number (stmt, 8);
  row->face_width = number (stmt, 9);
  row->eye_distance = number (stmt, 10);
  row->chin = number (stmt, 11);
  row->crown = number (stmt, 12);
  row->wall_us = lanmu_sql_int64 (stmt, 13);
  return read_checks (db, row, error) ? g_steal_pointer (&row) : NULL;
}

gboolean lanmu_inspections_measures (LanmuDb *db, LanmuMeasureFunc func, gpointer data, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error,
                                                   "SELECT c.name, c.measure, EXISTS (SELECT 1 FROM student WHERE "
                                                   "chosen_shot = s.id) OR EXISTS (SELECT 1 FROM capture_code WHERE "
                                                   "chosen_shot = s.id) FROM check_result AS c JOIN shot AS s ON s.id "
                                                   "= c.shot_id WHERE s.state = 'attached' AND c.measure NOT NULL "
                                                   "ORDER BY c.name, c.measure",
                                                   "");
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;
  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    if (!func ((const char *) sqlite3_column_text (stmt, 0), sqlite3_column_double (stmt, 1),
               sqlite3_column_int (stmt, 2) != 0, data))
      break;
  return step != LANMU_SQL_ERROR;
}
