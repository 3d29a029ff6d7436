/* Who sits before the camera. Runs on the thread that owns the connection. */
#include "db/bindings.h"
#include "db/audit.h"
#include "db/codes.h"
#include "db/json.h"
#include "db/sql.h"

void lanmu_binding_row_free (LanmuBindingRow *row)
{
  if (!row)
    return;
  g_free (row->boot_id);
  g_free (row->token);
  g_free (row->how);
  g_free (row);
}

#define SELECT                                                                                                         \
  "SELECT binding.id, session_id, boot_id, student_id, token, how, began_wall_us, began_boot_us, "                     \
  "binding.ended_wall_us, "                                                                                            \
  "binding.ended_boot_us FROM binding JOIN session ON session.id = session_id "

static LanmuBindingRow *read_row (sqlite3_stmt *stmt)
{
  LanmuBindingRow *row = g_new0 (LanmuBindingRow, 1);

  row->id = lanmu_sql_int64 (stmt, 0);
  row->session_id = lanmu_sql_int64 (stmt, 1);
  row->boot_id = lanmu_sql_text (stmt, 2);
  row->student_id = lanmu_sql_int64 (stmt, 3);
  row->token = lanmu_sql_text (stmt, 4);
  row->how = lanmu_sql_text (stmt, 5);
  row->began = (LanmuMoment){lanmu_sql_int64 (stmt, 6), lanmu_sql_int64 (stmt, 7)};
  row->ended = (LanmuMoment){lanmu_sql_int64 (stmt, 8), lanmu_sql_int64 (stmt, 9)};
  return row;
}

static gboolean check_who (gint64 student_id, const char *token, GError **error)
{
  if (token ? *token != '\0' : student_id != 0)
    return TRUE;
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED,
               "Nobody to bind: give a student or a capture code that is not empty");
  return FALSE;
}

/* boot_us NULL (keep_boot FALSE) says: until the end of that boot. */
static gboolean close_open (LanmuDb *db, LanmuMoment now, gboolean keep_boot, GError **error)
{
  return keep_boot
             ? lanmu_sql_run (db, error, NULL,
                              "UPDATE binding SET ended_wall_us = ?, ended_boot_us = ? WHERE ended_wall_us IS NULL",
                              "ii", now.wall_us, now.boot_us)
             : lanmu_sql_run (db, error, NULL, "UPDATE binding SET ended_wall_us = ? WHERE ended_wall_us IS NULL", "i",
                              now.wall_us);
}

static gboolean begin (LanmuDb *db, const LanmuBindingRow *wanted, const char *actor, gint64 *id, GError **error)
{
  g_autofree char *detail = NULL, *subject = NULL;

  if (!close_open (db, wanted->began, TRUE, error) ||
      (wanted->token && !wanted->student_id &&
       !lanmu_code_note (db, wanted->token, wanted->began.wall_us, actor, error)) ||
      !lanmu_sql_run (db, error, NULL,
                      "INSERT INTO binding (session_id, student_id, token, how, began_wall_us, began_boot_us) VALUES "
                      "(?, ?, ?, ?, ?, ?)",
                      "izssii", wanted->session_id, wanted->student_id, wanted->token, wanted->how,
                      wanted->began.wall_us, wanted->began.boot_us))
    return FALSE;
  *id = sqlite3_last_insert_rowid (db->sql);
  subject = g_strdup_printf ("binding/%" G_GINT64_FORMAT, *id);
  detail = lanmu_json_object ("iss", "student", wanted->student_id, "token", wanted->token, "how", wanted->how);
  return lanmu_audit_append (db, actor, "binding.begin", subject, detail, error);
}

gint64 lanmu_binding_begin (LanmuDb *db, gint64 session_id, gint64 student_id, const char *token, const char *how,
                            LanmuMoment now, const char *actor, GError **error)
{
  const LanmuBindingRow wanted = {
      .session_id = session_id, .student_id = student_id, .token = (char *) token, .how = (char *) how, .began = now};
  gint64 id = 0;

  if (!check_who (student_id, token, error) || !lanmu_db_begin (db, "binding.begin", error))
    return 0;
  return lanmu_db_end (db, begin (db, &wanted, actor, &id, error), error) ? id : 0;
}

static gboolean end (LanmuDb *db, LanmuMoment now, gboolean keep_boot, const char *action, const char *actor,
                     GError **error)
{
  gint64 id;

  if (!lanmu_sql_int (db, error, &id, 0, "SELECT id FROM binding WHERE ended_wall_us IS NULL", ""))
    return FALSE;
  if (!id)
    return TRUE;
  g_autofree char *subject = g_strdup_printf ("binding/%" G_GINT64_FORMAT, id);
  return close_open (db, now, keep_boot, error) && lanmu_audit_append (db, actor, action, subject, NULL, error);
}

gboolean lanmu_binding_end (LanmuDb *db, LanmuMoment now, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "binding.end", error) &&
         lanmu_db_end (db, end (db, now, TRUE, "binding.end", actor, error), error);
}

gboolean lanmu_bindings_close_stale (LanmuDb *db, gint64 session_id, LanmuMoment now, const char *actor, gint64 *closed,
                                     GError **error)
{
  g_autoptr (LanmuBindingRow) open = NULL;

  if (closed)
    *closed = 0;
  if (!lanmu_db_begin (db, "binding.close-stale", error))
    return FALSE;
  gboolean ok = lanmu_binding_get_open (db, &open, error);
  if (ok && open && open->session_id != session_id) {
    ok = end (db, now, g_str_equal (open->boot_id, lanmu_boot_id ()), "binding.close-stale", actor, error);
    if (closed)
      *closed = open->id;
  }
  return lanmu_db_end (db, ok, error);
}

LanmuBindingRow *lanmu_binding_get (LanmuDb *db, gint64 id, GError **error)
{
  g_autofree char *text = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, SELECT "WHERE binding.id = ?", "i", id);
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  if (step == LANMU_SQL_END)
    lanmu_sql_no_row (error, "binding", text);
  return step == LANMU_SQL_ROW ? read_row (stmt) : NULL;
}

gboolean lanmu_binding_get_open (LanmuDb *db, LanmuBindingRow **row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, SELECT "WHERE binding.ended_wall_us IS NULL", "");
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  *row = step == LANMU_SQL_ROW ? read_row (stmt) : NULL;
  return step != LANMU_SQL_ERROR;
}

static GPtrArray *read_all (LanmuDb *db, sqlite3_stmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_binding_row_free);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    g_ptr_array_add (rows, read_row (stmt));
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}

GPtrArray *lanmu_bindings_overlapping (LanmuDb *db, const char *boot_id, gint64 lo_us, gint64 hi_us, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;

  if (boot_id)
    stmt = lanmu_sql_query (
        db, error,
        SELECT
        "WHERE boot_id = ?1 AND began_boot_us <= ?3 AND (binding.ended_boot_us IS NULL OR binding.ended_boot_us > ?2) "
        "ORDER BY binding.id",
        "sii", boot_id, lo_us, hi_us);
  else
    stmt = lanmu_sql_query (db, error,
                            SELECT "WHERE began_wall_us <= ?2 AND (binding.ended_wall_us IS NULL OR "
                                   "binding.ended_wall_us > ?1) ORDER BY binding.id",
                            "ii", lo_us, hi_us);
  return read_all (db, stmt, error);
}

gboolean lanmu_bindings_find_token (LanmuDb *db, const char *token, gint64 *binding_id, GError **error)
{
  return lanmu_sql_int (db, error, binding_id, 0, "SELECT id FROM binding WHERE token = ? ORDER BY id DESC LIMIT 1",
                        "s", token);
}
