/* See purge.h. */
#include "db/purge.h"
#include "db/audit.h"
#include "db/seal.h"
#include "db/sql.h"

static const char kept_tables[] = "'campaign', 'session', 'audit', 'setting', 'purge'";

void lanmu_purge_count_clear (LanmuPurgeCount *self)
{
  g_clear_pointer (&self->hashes, g_free);
  g_clear_pointer (&self->audit_hash, g_free);
}

static gboolean sum_hashes (LanmuDb *db, char **hashes, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, "SELECT sha256 FROM shot ORDER BY sha256", "");
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    g_checksum_update (sum, sqlite3_column_text (stmt, 0), sqlite3_column_bytes (stmt, 0));
    g_checksum_update (sum, (const guchar *) "\n", 1);
  }
  *hashes = step == LANMU_SQL_ERROR ? NULL : g_strdup (g_checksum_get_string (sum));
  return *hashes != NULL;
}

gboolean lanmu_purge_count (LanmuDb *db, LanmuPurgeCount *out, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error,
      "SELECT (SELECT count (*) FROM student), (SELECT count (*) FROM shot), (SELECT count (*) FROM portrait), (SELECT count (*) FROM binding), "
      "(SELECT count (*) FROM correction), (SELECT count (*) FROM student WHERE chosen_shot NOT NULL) + (SELECT count (*) FROM capture_code WHERE chosen_shot NOT NULL), "
      "(SELECT count (*) FROM (SELECT chosen_shot FROM student UNION ALL SELECT chosen_shot FROM capture_code) WHERE chosen_shot IN "
      "(SELECT shot_id FROM delivery_file JOIN delivery ON delivery.id = delivery_id WHERE ended_us NOT NULL)), "
      "(SELECT coalesce (max (id), 0) FROM audit), coalesce ((SELECT hash FROM audit ORDER BY id DESC LIMIT 1), '')",
      "");

  *out = (LanmuPurgeCount){0};
  if (!stmt || lanmu_sql_step (db, stmt, error) != LANMU_SQL_ROW)
    return FALSE;
  gint64 *counts[] = {&out->students, &out->shots, &out->portraits, &out->bindings, &out->slips, &out->chosen, &out->delivered, &out->audit_rows};
  for (int i = 0; i < (int) G_N_ELEMENTS (counts); i++)
    *counts[i] = lanmu_sql_int64 (stmt, i);
  out->audit_hash = lanmu_sql_text (stmt, 8);
  return sum_hashes (db, &out->hashes, error);
}

gboolean lanmu_purge_get (LanmuDb *db, LanmuPurgeState *state, char **record, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, "SELECT state, record FROM purge", "");
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  *state = LANMU_PURGE_NONE;
  if (record)
    *record = NULL;
  if (step != LANMU_SQL_ROW)
    return step == LANMU_SQL_END;
  *state = g_strcmp0 ((const char *) sqlite3_column_text (stmt, 0), "done") == 0 ? LANMU_PURGE_DONE : LANMU_PURGE_BEGUN;
  if (record)
    *record = lanmu_sql_text (stmt, 1);
  return TRUE;
}

gboolean lanmu_purge_require_none (LanmuDb *db, GError **error)
{
  LanmuPurgeState state;

  if (!lanmu_purge_get (db, &state, NULL, error))
    return FALSE;
  if (state != LANMU_PURGE_NONE)
    g_set_error_literal (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED,
                         state == LANMU_PURGE_DONE ? "The data of this campaign was deleted: begin a new campaign in another folder"
                                                   : "The data of this campaign is being deleted: run \"lanmuctl purge\" again to finish it");
  return state == LANMU_PURGE_NONE;
}

gboolean lanmu_purge_begin (LanmuDb *db, const char *record, const char *actor, GError **error)
{
  if (!lanmu_db_begin (db, "purge.begin", error))
    return FALSE;
  return lanmu_db_end (db,
                       lanmu_sql_run (db, error, NULL, "INSERT INTO purge (id, state, record, began_us) VALUES (1, 'begun', ?, ?)", "si", record,
                                      g_get_real_time ()) &&
                           lanmu_audit_append (db, actor, "purge.begin", "campaign", record, error),
                       error);
}

/* One text out of all rows of a query, each with ";" behind it. */
static char *collect (LanmuDb *db, const char *sql, GError **error)
{
  GString *out = g_string_new (NULL);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, sql, "");
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    g_string_append_printf (out, "%s;", (const char *) sqlite3_column_text (stmt, 0));
  return g_string_free (out, step == LANMU_SQL_ERROR);
}

#define OF_EMPTIED "tbl_name NOT IN (%s) AND tbl_name NOT LIKE 'sqlite_%%'"

/* The triggers that forbid forgetting are taken away and put back in the same transaction. */
static gboolean empty_tables (LanmuDb *db, GError **error)
{
  g_autofree char *drops_sql = g_strdup_printf ("SELECT 'DROP TRIGGER \"' || name || '\"' FROM sqlite_schema WHERE type = 'trigger' AND " OF_EMPTIED, kept_tables);
  g_autofree char *makes_sql = g_strdup_printf ("SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND " OF_EMPTIED, kept_tables);
  g_autofree char *empties_sql = g_strdup_printf ("SELECT 'DELETE FROM \"' || name || '\"' FROM sqlite_schema WHERE type = 'table' AND " OF_EMPTIED, kept_tables);
  g_autofree char *drops = collect (db, drops_sql, error);
  g_autofree char *makes = drops ? collect (db, makes_sql, error) : NULL;
  g_autofree char *empties = makes ? collect (db, empties_sql, error) : NULL;

  return empties && lanmu_sql_script (db, "PRAGMA defer_foreign_keys = ON", error) && lanmu_sql_script (db, drops, error) &&
         lanmu_sql_script (db, empties, error) && lanmu_sql_script (db, makes, error);
}

gboolean lanmu_purge_rows (LanmuDb *db, const char *actor, GError **error)
{
  gint64 left;

  if (!lanmu_sql_script (db, "PRAGMA secure_delete = ON", error) ||
      !lanmu_sql_int (db, error, &left, 0, "SELECT (SELECT count (*) FROM student) + (SELECT count (*) FROM shot) + (SELECT count (*) FROM campaign_key)", ""))
    return FALSE;
  if (!lanmu_db_begin (db, "purge.rows", error))
    return FALSE;
  return lanmu_db_end (db, empty_tables (db, error) && (!left || lanmu_audit_append (db, actor, "purge.rows", "campaign", NULL, error)), error) &&
         lanmu_seal_sweep (db, error);
}

gboolean lanmu_purge_finish (LanmuDb *db, const char *record, const char *actor, GError **error)
{
  if (!lanmu_db_begin (db, "purge.finish", error))
    return FALSE;
  return lanmu_db_end (db,
                       lanmu_sql_run (db, error, NULL, "UPDATE purge SET state = 'done', record = ?, ended_us = ? WHERE state = 'begun'", "si", record,
                                      g_get_real_time ()) &&
                           lanmu_audit_append (db, actor, "purge.done", "campaign", record, error),
                       error);
}
