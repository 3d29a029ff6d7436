/* Readings for the forecast; see gauges.h. Runs on the thread that owns the connection. */
#include "db/gauges.h"
#include "db/sql.h"

#define KEPT_US (2 * G_TIME_SPAN_DAY)

void lanmu_gauge_row_free (LanmuGaugeRow *row)
{
  if (!row)
    return;
  g_free (row->camera_serial);
  g_free (row);
}

static gboolean note (LanmuDb *db, const LanmuGaugeRow *row, GError **error)
{
  gint64 now = row->wall_us ? row->wall_us : g_get_real_time ();

  return lanmu_sql_run (db, error, NULL, "DELETE FROM gauge WHERE wall_us < ?", "i", now - KEPT_US) &&
         lanmu_sql_run (db, error, NULL,
                        "INSERT OR REPLACE INTO gauge VALUES (?, ?, ?, ?, ?, (SELECT count (*) FROM shot), "
                        "(SELECT count (*) FROM student WHERE state = 'accepted'))",
                        "ieiii", now, row->camera_serial, (gint64) row->battery, (gint64) row->card_shots, row->disk_shots);
}

gboolean lanmu_gauge_note (LanmuDb *db, const LanmuGaugeRow *row, GError **error)
{
  return lanmu_db_begin (db, NULL, error) && lanmu_db_end (db, note (db, row, error), error);
}

GPtrArray *lanmu_gauges_list (LanmuDb *db, gint64 since_us, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_gauge_row_free);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error,
      "SELECT wall_us, camera_serial, battery, card_shots, disk_shots, shots, people FROM gauge WHERE wall_us >= ? ORDER BY wall_us",
      "i", since_us);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    LanmuGaugeRow *row = g_new0 (LanmuGaugeRow, 1);
    row->wall_us = lanmu_sql_int64 (stmt, 0);
    row->camera_serial = lanmu_sql_text (stmt, 1);
    row->battery = sqlite3_column_int (stmt, 2);
    row->card_shots = sqlite3_column_int (stmt, 3);
    row->disk_shots = lanmu_sql_int64 (stmt, 4);
    row->shots = sqlite3_column_int (stmt, 5);
    row->people = sqlite3_column_int (stmt, 6);
    g_ptr_array_add (rows, row);
  }
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}
