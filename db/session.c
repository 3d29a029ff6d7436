/* Runs of programs on the folder. Runs on the thread that owns the connection. */
#include "db/session.h"
#include "db/audit.h"
#include "db/json.h"
#include "db/sql.h"

void lanmu_session_row_free (LanmuSessionRow *row)
{
  if (!row)
    return;
  g_free (row->program);
  g_free (row->operator_name);
  g_free (row->boot_id);
  g_free (row);
}

static gboolean begin (LanmuDb *db, const char *program, const char *operator_name, LanmuMoment now, gint64 *id,
                       GError **error)
{
  g_autofree char *detail = lanmu_json_object ("ss", "program", program, "boot_id", lanmu_boot_id ());

  if (!lanmu_sql_run (
          db, error, NULL,
          "INSERT INTO session (program, operator, boot_id, started_wall_us, started_boot_us) VALUES (?, ?, ?, ?, ?)",
          "sssii", program, operator_name, lanmu_boot_id (), now.wall_us, now.boot_us))
    return FALSE;
  *id = sqlite3_last_insert_rowid (db->sql);
  g_autofree char *subject = g_strdup_printf ("session/%" G_GINT64_FORMAT, *id);
  return lanmu_audit_append (db, operator_name, "session.begin", subject, detail, error);
}

gint64 lanmu_session_begin (LanmuDb *db, const char *program, const char *operator_name, LanmuMoment now,
                            GError **error)
{
  gint64 id = 0;

  if (!lanmu_db_begin (db, "session.begin", error))
    return 0;
  return lanmu_db_end (db, begin (db, program, operator_name, now, &id, error), error) ? id : 0;
}

static gboolean end (LanmuDb *db, gint64 session_id, LanmuMoment now, const char *actor, GError **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, session_id);
  g_autofree char *subject = g_strconcat ("session/", id, NULL);
  int changes = 0;

  if (!lanmu_sql_run (db, error, &changes,
                      "UPDATE session SET ended_wall_us = ?, ended_boot_us = ? WHERE id = ? AND ended_wall_us IS NULL",
                      "iii", now.wall_us, now.boot_us, session_id))
    return FALSE;
  return changes ? lanmu_audit_append (db, actor, "session.end", subject, NULL, error)
                 : lanmu_sql_no_row (error, "running session", id);
}

gboolean lanmu_session_end (LanmuDb *db, gint64 session_id, LanmuMoment now, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "session.end", error) && lanmu_db_end (db, end (db, session_id, now, actor, error), error);
}

LanmuSessionRow *lanmu_session_get (LanmuDb *db, gint64 session_id, GError **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, session_id);
  g_autoptr (sqlite3_stmt) stmt =
      lanmu_sql_query (db, error,
                       "SELECT program, operator, boot_id, started_wall_us, started_boot_us, ended_wall_us, "
                       "ended_boot_us FROM session WHERE id = ?",
                       "i", session_id);
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  if (step == LANMU_SQL_END)
    lanmu_sql_no_row (error, "session", id);
  if (step != LANMU_SQL_ROW)
    return NULL;
  LanmuSessionRow *row = g_new0 (LanmuSessionRow, 1);
  row->id = session_id;
  row->program = lanmu_sql_text (stmt, 0);
  row->operator_name = lanmu_sql_text (stmt, 1);
  row->boot_id = lanmu_sql_text (stmt, 2);
  row->started = (LanmuMoment){lanmu_sql_int64 (stmt, 3), lanmu_sql_int64 (stmt, 4)};
  row->ended = (LanmuMoment){lanmu_sql_int64 (stmt, 5), lanmu_sql_int64 (stmt, 6)};
  return row;
}
