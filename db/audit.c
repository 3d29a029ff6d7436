/* The chain of who did what. Runs on the thread that owns the connection, inside the caller's transaction. */
#include "db/audit.h"
#include "db/sql.h"

#include <string.h>

#define FIRST_PREV "0000000000000000000000000000000000000000000000000000000000000000"

/* SHA-256 of prev, id, wall_us, actor, action, subject, detail joined by newlines; no part holds a newline, so no two
 * rows share a text. */
static char *hash_of (const LanmuAuditRow *row)
{
  g_autofree char *text = g_strdup_printf ("%s\n%" G_GINT64_FORMAT "\n%" G_GINT64_FORMAT "\n%s\n%s\n%s\n%s", row->prev,
                                           row->id, row->wall_us, row->actor, row->action, row->subject, row->detail);

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

static gboolean is_one_line (const char *text)
{
  return text && !strpbrk (text, "\n\r");
}

static gboolean check_parts (const LanmuAuditRow *row, GError **error)
{
  if (is_one_line (row->actor) && *row->actor && is_one_line (row->action) && *row->action &&
      is_one_line (row->subject) && is_one_line (row->detail) && row->detail[0] == '{')
    return TRUE;
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED,
               "The audit refuses a row for \"%s\": actor and action must be given, each part on one line, the detail "
               "a JSON object",
               row->action ? row->action : "");
  return FALSE;
}

/* The next id and the hash of the row before it; under the write lock of the transaction nobody can come between. */
static gboolean find_end (LanmuDb *db, gint64 *id, char **prev, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
      lanmu_sql_query (db, error, "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1", "");
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  if (step == LANMU_SQL_ERROR)
    return FALSE;
  *id = step == LANMU_SQL_ROW ? lanmu_sql_int64 (stmt, 0) + 1 : 1;
  *prev = step == LANMU_SQL_ROW ? lanmu_sql_text (stmt, 1) : g_strdup (FIRST_PREV);
  return TRUE;
}

static gboolean append (LanmuDb *db, gpointer data, GError **error)
{
  LanmuAuditRow *row = data;
  g_autofree char *prev = NULL, *hash = NULL;

  if (!find_end (db, &row->id, &prev, error))
    return FALSE;
  row->prev = prev;
  hash = hash_of (row);
  return lanmu_sql_run (
      db, error, NULL,
      "INSERT INTO audit (id, wall_us, actor, action, subject, detail, prev, hash) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
      "iissssss", row->id, row->wall_us, row->actor, row->action, row->subject, row->detail, prev, hash);
}

gboolean lanmu_audit_append (LanmuDb *db, const char *actor, const char *action, const char *subject,
                             const char *detail, GError **error)
{
  LanmuAuditRow row = {
      .wall_us = g_get_real_time (),
      .actor = (char *)actor,
      .action = (char *)action,
      .subject = (char *)(subject ? subject : ""),
      .detail = (char *)(detail ? detail : "{}"),
  };

  return check_parts (&row, error) && lanmu_db_transaction (db, "audit.append", append, &row, error);
}

/* The strings stay SQLite's: they live until the next step. */
static LanmuAuditRow borrow_row (sqlite3_stmt *stmt)
{
  return (LanmuAuditRow){
      .id = lanmu_sql_int64 (stmt, 0),
      .wall_us = lanmu_sql_int64 (stmt, 1),
      .actor = (char *)sqlite3_column_text (stmt, 2),
      .action = (char *)sqlite3_column_text (stmt, 3),
      .subject = (char *)sqlite3_column_text (stmt, 4),
      .detail = (char *)sqlite3_column_text (stmt, 5),
      .prev = (char *)sqlite3_column_text (stmt, 6),
      .hash = (char *)sqlite3_column_text (stmt, 7),
  };
}

gboolean lanmu_audit_list (LanmuDb *db, gint64 after_id, LanmuAuditFunc func, gpointer data, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error, "SELECT id, wall_us, actor, action, subject, detail, prev, hash FROM audit WHERE id > ? ORDER BY id",
      "i", after_id);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    LanmuAuditRow row = borrow_row (stmt);
    if (!func (&row, data))
      break;
  }
  return step != LANMU_SQL_ERROR;
}

typedef struct {
  gint64 rows;
  gint64 bad_id; /* 0: none so far */
  char prev[65];
} Chain;

static gboolean follow_chain (const LanmuAuditRow *row, gpointer data)
{
  Chain *chain = data;
  g_autofree char *hash = hash_of (row);

  chain->rows++;
  if (row->id != chain->rows || !g_str_equal (row->prev, chain->prev) || !g_str_equal (row->hash, hash))
    chain->bad_id = row->id < chain->rows ? row->id : chain->rows;
  g_strlcpy (chain->prev, row->hash, sizeof chain->prev);
  return chain->bad_id == 0;
}

/* AUTOINCREMENT remembers the highest id ever given: rows cut off the end show as a gap. */
static gboolean check_end (LanmuDb *db, Chain *chain, GError **error)
{
  gint64 highest;

  if (!lanmu_sql_int (db, error, &highest, 0, "SELECT seq FROM sqlite_sequence WHERE name = 'audit'", ""))
    return FALSE;
  if (chain->bad_id == 0 && highest != chain->rows)
    chain->bad_id = chain->rows + 1;
  return TRUE;
}

gboolean lanmu_audit_verify (LanmuDb *db, gint64 *rows, gint64 *bad_id, GError **error)
{
  Chain chain = {.prev = FIRST_PREV};

  if (!lanmu_audit_list (db, 0, follow_chain, &chain, error) || !check_end (db, &chain, error))
    return FALSE;
  if (rows)
    *rows = chain.rows;
  if (bad_id)
    *bad_id = chain.bad_id;
  if (chain.bad_id == 0)
    return TRUE;
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_CORRUPT,
               "The audit of %s was changed by hand: row %" G_GINT64_FORMAT
               " does not follow from the row before it; compare with a backup",
               db->path, chain.bad_id);
  return FALSE;
}
