/* The queue of codes at the door; see door.h. Runs on the thread that owns the connection. */
#include "db/door.h"
#include "db/audit.h"
#include "db/codes.h"
#include "db/json.h"
#include "db/sql.h"
#include "db/students.h"

static const char *const state_names[] = {"waiting", "away", "called"};

const char *lanmu_door_state_to_string (LanmuDoorState state)
{
  return state_names[state];
}

void lanmu_door_row_free (LanmuDoorRow *row)
{
  if (!row)
    return;
  g_free (row->token);
  g_free (row->student_no);
  g_free (row->name);
  g_free (row);
}

#define SELECT                                                                                                         \
  "SELECT number, token, student_id, coalesce (student_no, ''), coalesce (name, ''), door.state, scanned_us, "         \
  "door.state_us FROM door LEFT JOIN student ON student.id = student_id "

static LanmuDoorRow *read_row (sqlite3_stmt *stmt)
{
  LanmuDoorRow *row = g_new0 (LanmuDoorRow, 1);

  row->number = lanmu_sql_int64 (stmt, 0);
  row->token = lanmu_sql_text (stmt, 1);
  row->student_id = lanmu_sql_int64 (stmt, 2);
  row->student_no = lanmu_sql_text (stmt, 3);
  row->name = lanmu_sql_text (stmt, 4);
  for (gsize i = 0; i < G_N_ELEMENTS (state_names); i++)
    if (g_strcmp0 ((const char *) sqlite3_column_text (stmt, 5), state_names[i]) == 0)
      row->state = (LanmuDoorState) i;
  row->scanned_us = lanmu_sql_int64 (stmt, 6);
  row->state_us = lanmu_sql_int64 (stmt, 7);
  return row;
}

/* *row NULL: there is none. */
static gboolean take_one (LanmuDb *db, sqlite3_stmt *stmt, LanmuDoorRow **row, GError **error)
{
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  *row = step == LANMU_SQL_ROW ? read_row (stmt) : NULL;
  return step != LANMU_SQL_ERROR;
}

static gboolean audit (LanmuDb *db, const char *actor, const char *action, gint64 number, const char *detail,
                       GError **error)
{
  g_autofree char *subject = g_strdup_printf ("door/%" G_GINT64_FORMAT, number);

  return lanmu_audit_append (db, actor, action, subject, detail, error);
}

/* -- who was here before -- */

static char *clock_text (gint64 wall_us)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (wall_us / G_USEC_PER_SEC);
  g_autoptr (GDateTime) here = g_date_time_to_local (utc);

  return g_date_time_format (here, "%H:%M");
}

static gboolean refuse_again (const LanmuDoorRow *row, GError **error)
{
  g_autofree char *time = clock_text (row->scanned_us);

  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS,
               "This code was scanned at the door before, at %s as number %" G_GINT64_FORMAT "%s%s; nothing was changed",
               time, row->number, *row->student_no ? " for " : "", row->student_no);
  return FALSE;
}

/* It sat before the camera: the earlier sitting is named. */
static gboolean sat_never (LanmuDb *db, const char *token, GError **error)
{
  g_autoptr (GError) none = NULL;
  g_autoptr (LanmuCodeRow) code = lanmu_code_get (db, token, &none);

  if (!code && !g_error_matches (none, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW)) {
    g_propagate_error (error, g_steal_pointer (&none));
    return FALSE;
  }
  if (!code || code->takes == 0)
    return TRUE;
  g_autofree char *time = clock_text (code->first_us);
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS,
               "This code sat before the camera already, at %s as sitting %" G_GINT64_FORMAT " with %d pictures; is it "
               "somebody else's? Nothing was changed",
               time, code->number, code->takes);
  return FALSE;
}

static gboolean has_no_other (LanmuDb *db, gint64 student_id, const char *token, GError **error)
{
  g_autoptr (LanmuDoorRow) row = NULL;
  g_autoptr (sqlite3_stmt) stmt =
      lanmu_sql_query (db, error, SELECT "WHERE student_id = ? AND token <> ?", "is", student_id, token);

  if (!take_one (db, stmt, &row, error))
    return FALSE;
  if (!row)
    return TRUE;
  g_autofree char *time = clock_text (row->scanned_us);
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS,
               "%s %s showed another code already, at %s as number %" G_GINT64_FORMAT "; one of the two is somebody "
               "else's. Nothing was changed",
               row->student_no, row->name, time, row->number);
  return FALSE;
}

/* -- scanning -- */

static gboolean find (LanmuDb *db, const char *token, LanmuDoorRow **row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, SELECT "WHERE token = ?", "s", token);

  return take_one (db, stmt, row, error);
}

/* It waits already, and now we hear whose it is. */
static gboolean tie (LanmuDb *db, const LanmuDoorRow *row, gint64 student_id, const char *actor, GError **error)
{
  if (!student_id || row->student_id)
    return refuse_again (row, error);
  g_autofree char *detail = lanmu_json_object ("i", "student", student_id);
  return lanmu_sql_run (db, error, NULL, "UPDATE door SET student_id = ? WHERE number = ?", "ii", student_id,
                        row->number) &&
         audit (db, actor, "door.tie", row->number, detail, error);
}

static gboolean join (LanmuDb *db, const char *token, gint64 student_id, const char *actor, GError **error)
{
  gint64 number;
  g_autofree char *detail = lanmu_json_object ("i", "student", student_id);

  return sat_never (db, token, error) &&
         lanmu_sql_int (db, error, &number, 0, "SELECT coalesce (max (number), 0) + 1 FROM door", "") &&
         lanmu_sql_run (db, error, NULL, "INSERT INTO door (number, token, student_id, actor, scanned_us) VALUES (?, ?, ?, ?, ?)",
                        "iszsi", number, token, student_id, actor, g_get_real_time ()) &&
         audit (db, actor, "door.scan", number, detail, error);
}

static gboolean scan (LanmuDb *db, const char *token, const char *student_no, const char *actor, GError **error)
{
  g_autoptr (LanmuDoorRow) row = NULL;
  g_autoptr (LanmuStudentRow) student = student_no ? lanmu_student_get_by_no (db, student_no, error) : NULL;
  gint64 student_id = student ? student->id : 0;

  if ((student_no && !student) || (student && !has_no_other (db, student_id, token, error)) ||
      !find (db, token, &row, error))
    return FALSE;
  return row ? tie (db, row, student_id, actor, error) : join (db, token, student_id, actor, error);
}

LanmuDoorRow *lanmu_door_scan (LanmuDb *db, const char *token, const char *student_no, const char *actor,
                               GError **error)
{
  LanmuDoorRow *row = NULL;

  if (!token || !*token) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "The scanned code is empty; scan it again");
    return NULL;
  }
  if (!lanmu_db_begin (db, "door.scan", error) ||
      !lanmu_db_end (db, scan (db, token, student_no, actor, error), error))
    return NULL;
  return find (db, token, &row, error) ? row : NULL;
}

/* -- leaving, returning, being called -- */

static gboolean change (LanmuDb *db, gint64 number, LanmuDoorState from, LanmuDoorState to, const char *actor,
                        GError **error)
{
  g_autoptr (LanmuDoorRow) row = NULL;
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, SELECT "WHERE number = ?", "i", number);
  g_autofree char *detail = lanmu_json_object ("ss", "was", state_names[from], "now", state_names[to]);

  if (!take_one (db, stmt, &row, error))
    return FALSE;
  if (!row || row->state != from) {
    g_set_error (error, LANMU_DB_ERROR, row ? LANMU_DB_ERROR_REFUSED : LANMU_DB_ERROR_NO_ROW,
                 "Number %" G_GINT64_FORMAT " at the door is %s; nothing was changed", number,
                 row ? state_names[row->state] : "not there");
    return FALSE;
  }
  return lanmu_sql_run (db, error, NULL, "UPDATE door SET state = ?, state_us = ? WHERE number = ?", "sii",
                        state_names[to], g_get_real_time (), number) &&
         audit (db, actor, "door.state", number, detail, error);
}

gboolean lanmu_door_leave (LanmuDb *db, gint64 number, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "door.leave", error) &&
         lanmu_db_end (db, change (db, number, LANMU_DOOR_WAITING, LANMU_DOOR_AWAY, actor, error), error);
}

gboolean lanmu_door_return (LanmuDb *db, gint64 number, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "door.return", error) &&
         lanmu_db_end (db, change (db, number, LANMU_DOOR_AWAY, LANMU_DOOR_WAITING, actor, error), error);
}

static gboolean call_first (LanmuDb *db, const char *actor, LanmuDoorRow **row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
      lanmu_sql_query (db, error, SELECT "WHERE door.state = 'waiting' ORDER BY number LIMIT 1", "");

  if (!take_one (db, stmt, row, error))
    return FALSE;
  if (!*row) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW, "Nobody waits at the door");
    return FALSE;
  }
  (*row)->state = LANMU_DOOR_CALLED;
  return change (db, (*row)->number, LANMU_DOOR_WAITING, LANMU_DOOR_CALLED, actor, error);
}

LanmuDoorRow *lanmu_door_call (LanmuDb *db, const char *actor, GError **error)
{
  LanmuDoorRow *row = NULL;

  if (lanmu_db_begin (db, "door.call", error) && lanmu_db_end (db, call_first (db, actor, &row, error), error))
    return row;
  g_clear_pointer (&row, lanmu_door_row_free);
  return NULL;
}

/* -- looking -- */

char *lanmu_door_find_student (LanmuDb *db, const char *token, GError **error)
{
  g_autoptr (LanmuDoorRow) row = NULL;

  if (!find (db, token, &row, error))
    return NULL;
  return g_strdup (row ? row->student_no : "");
}

GPtrArray *lanmu_door_list (LanmuDb *db, gboolean all, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_door_row_free);
  g_autoptr (sqlite3_stmt) stmt =
      lanmu_sql_query (db, error, SELECT "WHERE ? OR door.state <> 'called' ORDER BY number", "i", (gint64) all);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    g_ptr_array_add (rows, read_row (stmt));
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}
