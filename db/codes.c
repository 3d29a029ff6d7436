/* Rows of capture codes; see codes.h. Runs on the thread that owns the connection. */
#include "db/codes.h"
#include "db/audit.h"
#include "db/json.h"
#include "db/sql.h"

static const char *const state_names[] = {"waiting", "shot", "accepted", "skipped"};

const char *lanmu_code_state_to_string (LanmuCodeState state)
{
  return state_names[state];
}

void lanmu_code_row_free (LanmuCodeRow *row)
{
  if (!row)
    return;
  g_free (row->token);
  g_free (row->chosen_shot);
  g_free (row);
}

static gboolean refuse (GError **error, const char *why)
{
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "Capture code: %s", why);
  return FALSE;
}

/* The audit names a code by its number: the token itself stands once, in the row. */
static gboolean audit (LanmuDb *db, const char *actor, const char *action, gint64 number, const char *detail,
                       GError **error)
{
  g_autofree char *subject = g_strdup_printf ("code/%" G_GINT64_FORMAT, number);

  return lanmu_audit_append (db, actor, action, subject, detail, error);
}

gboolean lanmu_code_note (LanmuDb *db, const char *token, gint64 wall_us, const char *actor, GError **error)
{
  gint64 number;

  if (!token || !*token)
    return refuse (error, "it is empty");
  if (!lanmu_sql_int (db, error, &number, 0, "SELECT number FROM capture_code WHERE token = ?", "s", token))
    return FALSE;
  if (number)
    return TRUE;
  return lanmu_sql_int (db, error, &number, 0, "SELECT coalesce (max (number), 0) + 1 FROM capture_code", "") &&
         lanmu_sql_run (db, error, NULL, "INSERT INTO capture_code (token, number, first_us) VALUES (?, ?, ?)", "sii",
                        token, number, wall_us) &&
         audit (db, actor, "code.first", number, NULL, error);
}

gboolean lanmu_code_mark_shot (LanmuDb *db, const char *token, GError **error)
{
  return lanmu_sql_run (
      db, error, NULL,
      "UPDATE capture_code SET state = 'shot', state_us = ? WHERE token = ? AND state NOT IN ('accepted', 'shot')",
      "is", g_get_real_time (), token);
}

#define SELECT                                                                                                         \
  "SELECT token, number, state, chosen_shot, first_us, state_us, "                                                     \
  "(SELECT count (*) FROM shot WHERE shot.token = c.token AND student_id IS NULL AND shot.state = 'attached'), "       \
  "(SELECT sequence_no FROM shot WHERE shot.id = c.chosen_shot) FROM capture_code AS c "

static LanmuCodeState read_state (const char *text)
{
  for (gsize i = 0; i < G_N_ELEMENTS (state_names); i++)
    if (g_strcmp0 (text, state_names[i]) == 0)
      return (LanmuCodeState) i;
  return LANMU_CODE_WAITING;
}

static LanmuCodeRow *read_row (sqlite3_stmt *stmt)
{
  LanmuCodeRow *row = g_new0 (LanmuCodeRow, 1);

  row->token = lanmu_sql_text (stmt, 0);
  row->number = lanmu_sql_int64 (stmt, 1);
  row->state = read_state ((const char *) sqlite3_column_text (stmt, 2));
  row->chosen_shot = lanmu_sql_text (stmt, 3);
  row->first_us = lanmu_sql_int64 (stmt, 4);
  row->state_us = lanmu_sql_int64 (stmt, 5);
  row->takes = sqlite3_column_int (stmt, 6);
  row->chosen_sequence_no = lanmu_sql_int64 (stmt, 7);
  return row;
}

LanmuCodeRow *lanmu_code_get (LanmuDb *db, const char *token, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, SELECT "WHERE token = ?", "s", token);
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  if (step == LANMU_SQL_END)
    lanmu_sql_no_row (error, "capture code", token);
  return step == LANMU_SQL_ROW ? read_row (stmt) : NULL;
}

GPtrArray *lanmu_codes_get_all (LanmuDb *db, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_code_row_free);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, SELECT "ORDER BY number", "");
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    g_ptr_array_add (rows, read_row (stmt));
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}

static gboolean accept_take (LanmuDb *db, const char *token, const char *shot_id, const char *actor, GError **error)
{
  g_autoptr (LanmuCodeRow) code = lanmu_code_get (db, token, error);
  g_autoptr (LanmuShotRow) shot = code ? lanmu_shot_get (db, shot_id, error) : NULL;

  if (!shot)
    return FALSE;
  if (shot->state != LANMU_SHOT_ATTACHED || shot->student_id || g_strcmp0 (shot->token, token) != 0)
    return refuse (error, "the take is not an attached one of this code");
  if (g_strcmp0 (code->chosen_shot, shot_id) == 0)
    return TRUE;
  g_autofree char *detail = lanmu_json_object ("s", "shot", shot_id);
  return lanmu_sql_run (db, error, NULL,
                        "UPDATE capture_code SET chosen_shot = ?, state = 'accepted', state_us = ? WHERE token = ?",
                        "sis", shot_id, g_get_real_time (), token) &&
         audit (db, actor, "code.accept", code->number, detail, error);
}

gboolean lanmu_code_accept (LanmuDb *db, const char *token, const char *shot_id, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "code.accept", error) &&
         lanmu_db_end (db, accept_take (db, token, shot_id, actor, error), error);
}

static gboolean unaccept (LanmuDb *db, const char *token, const char *actor, GError **error)
{
  g_autoptr (LanmuCodeRow) code = lanmu_code_get (db, token, error);

  if (!code)
    return FALSE;
  if (code->state != LANMU_CODE_ACCEPTED)
    return refuse (error, "it has no accepted take to give back");
  g_autofree char *detail = lanmu_json_object ("s", "shot", code->chosen_shot);
  return lanmu_sql_run (db, error, NULL,
                        "UPDATE capture_code SET chosen_shot = NULL, state = 'shot', state_us = ? WHERE token = ?",
                        "is", g_get_real_time (), token) &&
         audit (db, actor, "code.unaccept", code->number, detail, error);
}

gboolean lanmu_code_unaccept (LanmuDb *db, const char *token, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "code.unaccept", error) && lanmu_db_end (db, unaccept (db, token, actor, error), error);
}

static gboolean set_state (LanmuDb *db, const char *token, LanmuCodeState state, const char *actor, GError **error)
{
  g_autoptr (LanmuCodeRow) code = lanmu_code_get (db, token, error);

  if (!code)
    return FALSE;
  if (state == LANMU_CODE_ACCEPTED || code->state == LANMU_CODE_ACCEPTED)
    return refuse (error, "an accepted take is chosen or given back, not set aside");
  if (state == LANMU_CODE_SHOT && code->takes == 0)
    return refuse (error, "it has no take");
  if (state == code->state)
    return TRUE;
  g_autofree char *detail = lanmu_json_object ("ss", "was", state_names[code->state], "now", state_names[state]);
  return lanmu_sql_run (db, error, NULL, "UPDATE capture_code SET state = ?, state_us = ? WHERE token = ?", "sis",
                        state_names[state], g_get_real_time (), token) &&
         audit (db, actor, "code.state", code->number, detail, error);
}

gboolean lanmu_code_set_state (LanmuDb *db, const char *token, LanmuCodeState state, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "code.state", error) &&
         lanmu_db_end (db, set_state (db, token, state, actor, error), error);
}
