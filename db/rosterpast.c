/* What a later list changed: the students' former rows, and who is no longer named; see roster.h. Runs on the thread
 * that owns the connection. */
#include "db/rosterpast.h"
#include "db/rowseal.h"

#define FIELDS "student_no, student.name, sex, college.name, major.code, major.name, class.name"
#define JOINS                                                                                                          \
  " FROM student JOIN class ON class.id = student.class_id JOIN major ON major.id = class.major_id"                    \
  " JOIN college ON college.id = major.college_id"

gboolean lanmu_roster_past_keep (LanmuDb *db, gint64 student_id, gint64 until_id, GError **error)
{
  g_autoptr (LanmuStudentRow) row = lanmu_student_get (db, student_id, error);

  return row &&
         lanmu_sql_run (db, error, NULL,
                        "INSERT INTO student_past SELECT student.id, revision_id, ?, " FIELDS JOINS
                        " WHERE student.id = ?",
                        "ii", until_id, student_id) &&
         lanmu_private_put (db, student_id, until_id, row->id_no, row->exam_no, row->extra, error);
}

gboolean lanmu_roster_note_missing (LanmuDb *db, gint64 revision_id, const gint64 *student_ids, gsize n, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
      lanmu_sql_query (db, error, "INSERT INTO roster_missing (revision_id, student_id) VALUES (?, ?)", "");

  for (gsize i = 0; stmt && i < n; i++) {
    sqlite3_bind_int64 (stmt, 1, revision_id);
    sqlite3_bind_int64 (stmt, 2, student_ids[i]);
    if (lanmu_sql_step (db, stmt, error) == LANMU_SQL_ERROR)
      return FALSE;
    sqlite3_reset (stmt);
  }
  return stmt != NULL;
}

/* The row that held when revision_id was the newest: the first one that was changed after it, else the present one. */
LanmuStudentRow *lanmu_roster_get_student_as_of (LanmuDb *db, gint64 student_id, gint64 revision_id, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error,
      "SELECT student_no, name, sex, college, major_code, major, class, " LANMU_PRIVATE_COLUMNS ", revision_id "
      "FROM student_past LEFT JOIN student_private AS private USING (student_id, until_id) "
      "WHERE student_past.student_id = ? AND student_past.until_id > ? ORDER BY student_past.until_id LIMIT 1",
      "ii", student_id, revision_id);
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  if (step == LANMU_SQL_ERROR)
    return NULL;
  LanmuStudentRow *row = lanmu_student_get (db, student_id, error);
  if (!row || step == LANMU_SQL_END)
    return row;
  char **texts[] = {&row->student_no, &row->name,       &row->sex,   &row->college_name, &row->major_code,
                    &row->major_name, &row->class_name, &row->id_no, &row->exam_no,      &row->extra};
  for (int i = 0; i < (int) G_N_ELEMENTS (texts); i++) {
    g_free (*texts[i]);
    *texts[i] = lanmu_sql_text (stmt, i);
  }
  row->revision_id = lanmu_sql_int64 (stmt, 10);
  row->class_id = 0;
  return row;
}
