/* Correction slips; see corrections.h. Runs on the thread that owns the connection. */
#include "db/corrections.h"
#include "db/audit.h"
#include "db/json.h"
#include "db/rowseal.h"

static const char *const fields[] = {"student_no", "name",  "sex",     "id_no", "exam_no",
                                     "class",      "major", "college", "other"};

gboolean lanmu_correction_field_is_known (const char *field)
{
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_strcmp0 (field, fields[i]) == 0)
      return TRUE;
  return FALSE;
}

static const char *value_of (const LanmuStudentRow *row, const char *field)
{
  const char *values[] = {row->student_no, row->name,       row->sex,          row->id_no, row->exam_no,
                          row->class_name, row->major_name, row->college_name, ""};

  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_str_equal (field, fields[i]))
      return values[i] ? values[i] : "";
  return "";
}

static gboolean refuse (GError **error, const char *why)
{
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "The correction was not written: %s", why);
  return FALSE;
}

static gboolean check (const LanmuStudentRow *row, const char *field, const char *new_value, const char *note,
                       GError **error)
{
  if (!lanmu_correction_field_is_known (field))
    return refuse (error,
                   "there is no such field (student_no, name, sex, id_no, exam_no, class, major, college, other)");
  if (!*new_value && !*note)
    return refuse (error, "say what is right, or leave a note");
  if (*new_value && g_str_equal (new_value, value_of (row, field)))
    return refuse (error, "the list says so already");
  return TRUE;
}

/* The audit names the slip and the field, not the value: an ID number does not belong there. */
static gint64 write_slip (LanmuDb *db, const LanmuStudentRow *row, const char *field, const char *new_value,
                          const char *note, const char *actor, GError **error)
{
  gint64 now = g_get_real_time ();
  const char *texts[LANMU_SEALED_TEXTS] = {value_of (row, field), new_value, note};
  g_autoptr (GBytes) sealed = NULL;

  if (!lanmu_row_seal (db, (LanmuSealedPlace){LANMU_SEALED_SLIP, row->id, now}, texts, &sealed, error))
    return 0;
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error,
      "INSERT INTO correction (student_id, field, old_value, new_value, note, actor, wall_us, sealed) VALUES (?, ?, ?, ?, ?, ?, ?, ?)", "isssssi",
      row->id, field, sealed ? "" : texts[0], sealed ? "" : texts[1], sealed ? "" : texts[2], actor, now);
  if (stmt && sealed)
    sqlite3_bind_blob (stmt, 8, g_bytes_get_data (sealed, NULL), (int) g_bytes_get_size (sealed), SQLITE_STATIC);
  if (!stmt || lanmu_sql_step (db, stmt, error) == LANMU_SQL_ERROR)
    return 0;
  gint64 id = sqlite3_last_insert_rowid (db->sql);
  g_autofree char *subject = g_strdup_printf ("student/%" G_GINT64_FORMAT, row->id);
  g_autofree char *detail = lanmu_json_object ("is", "slip", id, "field", field);
  return lanmu_audit_append (db, actor, "correction.add", subject, detail, error) ? id : 0;
}

gint64 lanmu_correction_add (LanmuDb *db, const char *student_no, const char *field, const char *new_value,
                             const char *note, const char *actor, GError **error)
{
  g_autoptr (LanmuStudentRow) row = lanmu_student_get_by_no (db, student_no, error);
  gint64 id = 0;

  if (!row || !check (row, field, new_value, note, error) || !lanmu_db_begin (db, "correction.add", error))
    return 0;
  id = write_slip (db, row, field, new_value, note, actor, error);
  return lanmu_db_end (db, id != 0, error) ? id : 0;
}

static gboolean withdraw (LanmuDb *db, gint64 id, const char *actor, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id), *subject = g_strdup_printf ("correction/%s", text);
  gint64 withdrawn;
  int changes = 0;

  if (!lanmu_sql_int (db, error, &withdrawn, -1, "SELECT withdrawn_us IS NOT NULL FROM correction WHERE id = ?", "i",
                      id))
    return FALSE;
  if (withdrawn < 0)
    return lanmu_sql_no_row (error, "correction slip", text);
  if (withdrawn)
    return refuse (error, "the slip was withdrawn already");
  return lanmu_sql_run (db, error, &changes, "UPDATE correction SET withdrawn_us = ?, withdrawn_by = ? WHERE id = ?",
                        "isi", g_get_real_time (), actor, id) &&
         lanmu_audit_append (db, actor, "correction.withdraw", subject, NULL, error);
}

gboolean lanmu_correction_withdraw (LanmuDb *db, gint64 id, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "correction.withdraw", error) && lanmu_db_end (db, withdraw (db, id, actor, error), error);
}

#define SLIP_TEXT(n, column) "lanmu_open (2, student_id, wall_us, correction.sealed, " #n ", " #column ")"

gboolean lanmu_corrections_list (LanmuDb *db, gboolean all, LanmuCorrectionFunc func, gpointer data, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error,
      "SELECT correction.id, student_id, student_no, student.name, class.name, major.name, college.name, field, "
      SLIP_TEXT (0, old_value) ", " SLIP_TEXT (1, new_value) ", " SLIP_TEXT (2, note) ", actor, wall_us, "
      "withdrawn_us IS NOT NULL FROM correction "
      "JOIN student ON student.id = student_id JOIN class ON class.id = class_id JOIN major ON major.id = major_id "
      "JOIN college ON college.id = college_id WHERE ? OR withdrawn_us IS NULL "
      "ORDER BY class.position, class.id, student.position, correction.id",
      "i", (gint64) all);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
#define TEXT(column) ((char *) sqlite3_column_text (stmt, column))
    const LanmuCorrectionRow row = {.id = lanmu_sql_int64 (stmt, 0),
                                    .student_id = lanmu_sql_int64 (stmt, 1),
                                    .student_no = TEXT (2),
                                    .name = TEXT (3),
                                    .class_name = TEXT (4),
                                    .major_name = TEXT (5),
                                    .college_name = TEXT (6),
                                    .field = TEXT (7),
                                    .old_value = TEXT (8),
                                    .new_value = TEXT (9),
                                    .note = TEXT (10),
                                    .actor = TEXT (11),
                                    .wall_us = lanmu_sql_int64 (stmt, 12),
                                    .withdrawn = lanmu_sql_int64 (stmt, 13) != 0};
#undef TEXT
    if (!func (&row, data))
      break;
  }
  return step != LANMU_SQL_ERROR;
}
