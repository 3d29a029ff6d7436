/* Classes and how far each has come. Runs on the thread that owns the connection. */
#include "db/students.h"
#include "db/sql.h"

void lanmu_class_row_free (LanmuClassRow *row)
{
  if (!row)
    return;
  g_free (row->name);
  g_free (row->major_name);
  g_free (row->college_name);
  g_free (row);
}

static LanmuClassRow *read_row (sqlite3_stmt *stmt)
{
  LanmuClassRow *row = g_new0 (LanmuClassRow, 1);

  row->id = lanmu_sql_int64 (stmt, 0);
  row->name = lanmu_sql_text (stmt, 1);
  row->major_name = lanmu_sql_text (stmt, 2);
  row->college_name = lanmu_sql_text (stmt, 3);
  row->position = sqlite3_column_int (stmt, 4);
  for (int i = 0; i < LANMU_STUDENT_N_STATES; i++) {
    row->counts[i] = sqlite3_column_int (stmt, 5 + i);
    row->total += row->counts[i];
  }
  return row;
}

GPtrArray *lanmu_classes_list (LanmuDb *db, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)lanmu_class_row_free);
  /* The states in the order of LanmuStudentState. */
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error,
      "SELECT class.id, class.name, major.name, college.name, class.position, "
      "count (student.id) FILTER (WHERE state = 'waiting'), count (student.id) FILTER (WHERE state = 'shot'), "
      "count (student.id) FILTER (WHERE state = 'accepted'), count (student.id) FILTER (WHERE state = 'skipped'), "
      "count (student.id) FILTER (WHERE state = 'absent') "
      "FROM class LEFT JOIN student ON student.class_id = class.id JOIN major ON major.id = class.major_id "
      "JOIN college ON college.id = major.college_id GROUP BY class.id ORDER BY class.position, class.id",
      "");
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    g_ptr_array_add (rows, read_row (stmt));
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}
