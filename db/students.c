/* Students: reading, who is next, states. Runs on the thread that owns the connection. */
#include "db/students.h"
#include "db/audit.h"
#include "db/json.h"
#include "db/rowseal.h"
#include "db/seal.h"

static const char *const state_names[LANMU_STUDENT_N_STATES] = {"waiting", "shot", "accepted", "skipped", "absent"};

const char *lanmu_student_state_to_string (LanmuStudentState state)
{
  return state_names[state];
}

gboolean lanmu_student_state_from_string (const char *text, LanmuStudentState *state)
{
  for (int i = 0; i < LANMU_STUDENT_N_STATES; i++)
    if (g_strcmp0 (text, state_names[i]) == 0) {
      *state = (LanmuStudentState)i;
      return TRUE;
    }
  return FALSE;
}

void lanmu_student_row_clear (LanmuStudentRow *row)
{
  g_free (row->student_no);
  g_free (row->name);
  g_free (row->sex);
  g_free (row->id_no);
  g_free (row->exam_no);
  g_free (row->class_name);
  g_free (row->major_code);
  g_free (row->major_name);
  g_free (row->college_name);
  g_free (row->extra);
  g_free (row->chosen_shot);
  *row = (LanmuStudentRow){0};
}

void lanmu_student_row_free (LanmuStudentRow *row)
{
  if (!row)
    return;
  lanmu_student_row_clear (row);
  g_free (row);
}

LanmuStudentRow *lanmu_student_row_copy (const LanmuStudentRow *row)
{
  LanmuStudentRow *copy = g_memdup2 (row, sizeof *row);

  copy->student_no = g_strdup (row->student_no);
  copy->name = g_strdup (row->name);
  copy->sex = g_strdup (row->sex);
  copy->id_no = g_strdup (row->id_no);
  copy->exam_no = g_strdup (row->exam_no);
  copy->class_name = g_strdup (row->class_name);
  copy->major_code = g_strdup (row->major_code);
  copy->major_name = g_strdup (row->major_name);
  copy->college_name = g_strdup (row->college_name);
  copy->extra = g_strdup (row->extra);
  copy->chosen_shot = g_strdup (row->chosen_shot);
  return copy;
}

#define COLUMNS                                                                                                        \
  "student.id, student_no, student.name, sex, class_id, class.name, major.code, major.name, college.name, "              \
  "student.position, state, chosen_shot, state_us, revision_id, "                                                      \
  "(SELECT count (*) FROM shot WHERE shot.student_id = student.id AND shot.state = 'attached'), "                    \
  LANMU_PRIVATE_COLUMNS ", private.sealed IS NOT NULL"
#define JOINS " JOIN major ON major.id = class.major_id JOIN college ON college.id = major.college_id" LANMU_PRIVATE_JOIN

/* The strings stay SQLite's: they live until the next step. */
static LanmuStudentRow borrow_row (sqlite3_stmt *stmt, gboolean is_open)
{
#define TEXT(column) ((char *)sqlite3_column_text (stmt, column))
  LanmuStudentRow row = {
      .id = lanmu_sql_int64 (stmt, 0),
      .student_no = TEXT (1),
      .name = TEXT (2),
      .sex = TEXT (3),
      .class_id = lanmu_sql_int64 (stmt, 4),
      .class_name = TEXT (5),
      .major_code = TEXT (6),
      .major_name = TEXT (7),
      .college_name = TEXT (8),
      .position = sqlite3_column_int (stmt, 9),
      .chosen_shot = TEXT (11),
      .state_us = lanmu_sql_int64 (stmt, 12),
      .revision_id = lanmu_sql_int64 (stmt, 13),
      .takes = sqlite3_column_int (stmt, 14),
      .id_no = TEXT (15),
      .exam_no = TEXT (16),
      .extra = TEXT (17),
      .closed = sqlite3_column_int (stmt, 18) && !is_open,
  };
  lanmu_student_state_from_string (TEXT (10), &row.state);
#undef TEXT
  return row;
}

static LanmuStudentRow *read_one (LanmuDb *db, sqlite3_stmt *stmt, const char *id, GError **error)
{
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  if (step == LANMU_SQL_END)
    lanmu_sql_no_row (error, "student", id);
  if (step != LANMU_SQL_ROW)
    return NULL;
  LanmuStudentRow row = borrow_row (stmt, lanmu_seal_is_open (db));
  return lanmu_student_row_copy (&row);
}

LanmuStudentRow *lanmu_student_get (LanmuDb *db, gint64 id, GError **error)
{
  g_autofree char *text = g_strdup_printf ("with the internal number %" G_GINT64_FORMAT, id);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error,
      "SELECT " COLUMNS " FROM student JOIN class ON class.id = student.class_id" JOINS " WHERE student.id = ?", "i",
      id);

  return read_one (db, stmt, text, error);
}

LanmuStudentRow *lanmu_student_get_by_no (LanmuDb *db, const char *student_no, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error,
      "SELECT " COLUMNS " FROM student JOIN class ON class.id = student.class_id" JOINS " WHERE student_no = ?", "s",
      student_no);

  return read_one (db, stmt, student_no, error);
}

/* CROSS JOIN keeps the classes outermost, so that the order comes from the two indexes and nothing is sorted. */
gboolean lanmu_students_list (LanmuDb *db, gint64 class_id, int state, LanmuStudentFunc func, gpointer data,
                              GError **error)
{
  const char *name = state == LANMU_STUDENT_ANY_STATE ? NULL : state_names[state];
  g_autoptr (sqlite3_stmt) stmt =
      lanmu_sql_query (db, error,
                       "SELECT " COLUMNS " FROM class CROSS JOIN student ON student.class_id = class.id" JOINS
                       " WHERE (?1 = 0 OR class.id = ?1) AND (?2 IS NULL OR state = ?2) ORDER BY class.position, "
                       "class.id, student.position",
                       "is", class_id, name);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    LanmuStudentRow row = borrow_row (stmt, lanmu_seal_is_open (db));
    if (!func (&row, data))
      break;
  }
  return step != LANMU_SQL_ERROR;
}

static gboolean collect (const LanmuStudentRow *row, gpointer data)
{
  g_ptr_array_add (data, lanmu_student_row_copy (row));
  return TRUE;
}

GPtrArray *lanmu_students_get_all (LanmuDb *db, gint64 class_id, int state, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)lanmu_student_row_free);

  return lanmu_students_list (db, class_id, state, collect, rows, error) ? g_steal_pointer (&rows) : NULL;
}

gint64 lanmu_students_count (LanmuDb *db, int state, GError **error)
{
  const char *name = state == LANMU_STUDENT_ANY_STATE ? NULL : state_names[state];
  gint64 count;

  return lanmu_sql_int (db, error, &count, 0, "SELECT count (*) FROM student WHERE ?1 IS NULL OR state = ?1", "s", name)
             ? count
             : -1;
}

static gboolean find_in_class (LanmuDb *db, gint64 after_id, gint64 *next, GError **error)
{
  return lanmu_sql_int (
      db, error, next, 0,
      "SELECT next.id FROM student AS here JOIN student AS next ON next.class_id = here.class_id "
      "WHERE here.id = ? AND next.position > here.position AND next.state = 'waiting' ORDER BY next.position LIMIT 1",
      "i", after_id);
}

static gboolean find_in_later_classes (LanmuDb *db, gint64 after_id, gint64 *next, GError **error)
{
  return lanmu_sql_int (
      db, error, next, 0,
      "SELECT student.id FROM class CROSS JOIN student ON student.class_id = class.id AND student.state = 'waiting' "
      "WHERE ?1 = 0 OR (class.position, class.id) > "
      "(SELECT position, id FROM class WHERE id = (SELECT class_id FROM student WHERE id = ?1)) "
      "ORDER BY class.position, class.id, student.position LIMIT 1",
      "i", after_id);
}

gboolean lanmu_students_next_waiting (LanmuDb *db, gint64 after_id, gboolean same_class, LanmuStudentRow **next,
                                      GError **error)
{
  gint64 id = 0;

  *next = NULL;
  if (after_id && !find_in_class (db, after_id, &id, error))
    return FALSE;
  if (!id && !(same_class && after_id) && !find_in_later_classes (db, after_id, &id, error))
    return FALSE;
  return !id || (*next = lanmu_student_get (db, id, error));
}

static gboolean check_change (const LanmuStudentRow *row, LanmuStudentState state, GError **error)
{
  const char *why = NULL;

  if (state == LANMU_STUDENT_ACCEPTED)
    why = "a student is accepted by accepting a shot";
  else if (row->state == LANMU_STUDENT_ACCEPTED)
    why = "the accepted shot must be taken back first";
  else if (state == LANMU_STUDENT_SHOT && row->takes == 0)
    why = "there is no shot";
  if (why)
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "Student %s cannot become \"%s\": %s", row->student_no,
                 state_names[state], why);
  return why == NULL;
}

static gboolean set_state (LanmuDb *db, gint64 student_id, LanmuStudentState state, const char *actor, GError **error)
{
  g_autofree char *subject = g_strdup_printf ("student/%" G_GINT64_FORMAT, student_id);
  g_autoptr (LanmuStudentRow) row = lanmu_student_get (db, student_id, error);

  if (!row || !check_change (row, state, error))
    return FALSE;
  if (row->state == state)
    return TRUE;
  g_autofree char *detail = lanmu_json_object ("ss", "from", state_names[row->state], "to", state_names[state]);
  return lanmu_sql_run (db, error, NULL, "UPDATE student SET state = ?, state_us = ? WHERE id = ?", "sii",
                        state_names[state], g_get_real_time (), student_id) &&
         lanmu_audit_append (db, actor, "student.state", subject, detail, error);
}

gboolean lanmu_student_set_state (LanmuDb *db, gint64 student_id, LanmuStudentState state, const char *actor,
                                  GError **error)
{
  return lanmu_db_begin (db, "student.state", error) &&
         lanmu_db_end (db, set_state (db, student_id, state, actor, error), error);
}
