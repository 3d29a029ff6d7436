/* See chosen.h. */
#include "db/chosen.h"
#include "db/sql.h"

static const char query[] =
    "SELECT s.id, s.sha256, s.path, s.exif_time, s.proof, s.sequence_no, "
    "(SELECT c.verdict = 'confirmed' FROM countersign AS c WHERE (c.shot_id = s.id OR c.binding_id = t.binding_id) "
    "AND c.student_id IS s.student_id ORDER BY c.id DESC LIMIT 1), "
    "p.path, p.sha256, iif (p.dx = coalesce (m.dx, 0) AND p.dy = coalesce (m.dy, 0) AND p.zoom = coalesce (m.zoom, 1), "
    "p.profile_sha256, ''), "
    "EXISTS (SELECT 1 FROM delivery_file AS f JOIN delivery AS d ON d.id = f.delivery_id WHERE f.shot_id = s.id "
    "AND d.ended_us IS NOT NULL AND d.kind IN (?1, 'portraits') "
    "AND (d.kind = ?1 OR substr (f.path, 1, 10) = 'originals/')) "
    "FROM shot AS s JOIN ticket AS t ON t.id = s.ticket_id LEFT JOIN portrait AS p ON p.shot_id = s.id "
    "LEFT JOIN crop AS m ON m.shot_id = s.id "
    "WHERE s.id IN (SELECT chosen_shot FROM student WHERE state = 'accepted' "
    "UNION ALL SELECT chosen_shot FROM capture_code WHERE state = 'accepted')";

void lanmu_chosen_row_free (LanmuChosenRow *row)
{
  if (!row)
    return;
  g_free (row->shot_id);
  g_free (row->sha256);
  g_free (row->path);
  g_free (row->exif_time);
  g_free (row->proof);
  g_free (row->portrait_path);
  g_free (row->portrait_sha256);
  g_free (row->portrait_profile);
  g_free (row);
}

static LanmuChosenRow *read_row (sqlite3_stmt *stmt)
{
  LanmuChosenRow *row = g_new0 (LanmuChosenRow, 1);
  row->shot_id = lanmu_sql_text (stmt, 0);
  row->sha256 = lanmu_sql_text (stmt, 1);
  row->path = lanmu_sql_text (stmt, 2);
  row->exif_time = lanmu_sql_text (stmt, 3);
  row->proof = lanmu_sql_text (stmt, 4);
  row->sequence_no = lanmu_sql_int64 (stmt, 5);
  row->countersigned = lanmu_sql_int64 (stmt, 6) == 1;
  if (sqlite3_column_type (stmt, 7) != SQLITE_NULL) {
    row->portrait_path = lanmu_sql_text (stmt, 7);
    row->portrait_sha256 = lanmu_sql_text (stmt, 8);
    row->portrait_profile = lanmu_sql_text (stmt, 9);
  }
  row->delivered = lanmu_sql_int64 (stmt, 10) != 0;
  return row;
}

GHashTable *lanmu_chosen_get_all (LanmuDb *db, const char *kind, GError **error)
{
  g_autoptr (GHashTable) rows =
      g_hash_table_new_full (g_str_hash, g_str_equal, NULL, (GDestroyNotify) lanmu_chosen_row_free);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, query, "s", kind);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    LanmuChosenRow *row = read_row (stmt);
    g_hash_table_insert (rows, row->shot_id, row);
  }
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}
