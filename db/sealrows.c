/* What was plain before a campaign was sealed is sealed row by row; see seal.h. Killed anywhere, the next call finds the rows that are still plain. */
#include "db/seal.h"
#include "db/audit.h"
#include "db/rowseal.h"

typedef struct {
  LanmuSealedPlace place;
  gint64 rowid; /* of a slip */
  char *texts[LANMU_SEALED_TEXTS];
} Plain;

static void clear_plain (gpointer data)
{
  Plain *plain = data;

  for (int i = 0; i < LANMU_SEALED_TEXTS; i++)
    g_free (plain->texts[i]);
}

/* Read first, written afterwards: nobody changes a table that is being read. */
static GArray *find_plain (LanmuDb *db, guint most, GError **error)
{
  g_autoptr (GArray) rows = g_array_new (FALSE, TRUE, sizeof (Plain));
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error,
      "SELECT 1, student_id, until_id, id_no, exam_no, extra, 0 FROM student_private WHERE sealed IS NULL "
      "UNION ALL SELECT 2, student_id, wall_us, old_value, new_value, note, id FROM correction WHERE sealed IS NULL LIMIT ?",
      "i", (gint64) most);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  g_array_set_clear_func (rows, clear_plain);
  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    Plain plain = {.place = {(LanmuSealedKind) lanmu_sql_int64 (stmt, 0), lanmu_sql_int64 (stmt, 1), lanmu_sql_int64 (stmt, 2)},
                   .rowid = lanmu_sql_int64 (stmt, 6)};
    for (int i = 0; i < LANMU_SEALED_TEXTS; i++)
      plain.texts[i] = lanmu_sql_text (stmt, 3 + i);
    g_array_append_val (rows, plain);
  }
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}

static gboolean seal_slip (LanmuDb *db, const Plain *plain, GError **error)
{
  g_autoptr (GBytes) sealed = NULL;

  if (!lanmu_row_seal (db, plain->place, (const char *const *) plain->texts, &sealed, error))
    return FALSE;
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error, "UPDATE correction SET old_value = '', new_value = '', note = '', sealed = ?2 WHERE id = ?1", "i", plain->rowid);
  if (!stmt)
    return FALSE;
  sqlite3_bind_blob (stmt, 2, g_bytes_get_data (sealed, NULL), (int) g_bytes_get_size (sealed), SQLITE_STATIC);
  return lanmu_sql_step (db, stmt, error) != LANMU_SQL_ERROR;
}

static gboolean seal_all (LanmuDb *db, const GArray *rows, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_private_prepare (db, error);

  for (guint i = 0; stmt && i < rows->len; i++) {
    const Plain *plain = &g_array_index (rows, Plain, i);
    gboolean ok = plain->place.kind == LANMU_SEALED_SLIP
                      ? seal_slip (db, plain, error)
                      : lanmu_private_put_with (db, stmt, plain->place.a, plain->place.b, plain->texts[0], plain->texts[1], plain->texts[2], error);
    if (!ok)
      return FALSE;
  }
  return stmt != NULL;
}

gboolean lanmu_seal_rows (LanmuDb *db, guint most, gboolean *left, GError **error)
{
  g_autoptr (GArray) rows = lanmu_seal_require_open (db, error) ? find_plain (db, most, error) : NULL;

  *left = rows && rows->len == most;
  return rows && lanmu_db_begin (db, "seal.rows", error) && lanmu_db_end (db, seal_all (db, rows, error), error);
}

static gboolean finish (LanmuDb *db, const char *actor, GError **error)
{
  gint64 plain;
  int changes = 0;

  if (!lanmu_sql_int (db, error, &plain, 0,
                      "SELECT (SELECT count (*) FROM student_private WHERE sealed IS NULL) + (SELECT count (*) FROM correction WHERE sealed IS NULL)", ""))
    return FALSE;
  if (plain) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "%" G_GINT64_FORMAT " rows are not sealed yet: run \"lanmuctl seal on\" again", plain);
    return FALSE;
  }
  if (!lanmu_sql_run (db, error, &changes, "UPDATE campaign_key SET state = 'sealed' WHERE state = 'sealing'", ""))
    return FALSE;
  return changes == 0 || lanmu_audit_append (db, actor, "seal.done", "campaign/key", NULL, error);
}

gboolean lanmu_seal_finish (LanmuDb *db, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "seal.finish", error) && lanmu_db_end (db, finish (db, actor, error), error);
}

/* Freed pages and the log's old frames are overwritten; the rest of the log goes with its file's length. */
gboolean lanmu_seal_sweep (LanmuDb *db, GError **error)
{
  return lanmu_sql_script (db, "PRAGMA wal_checkpoint (TRUNCATE); VACUUM; PRAGMA wal_checkpoint (TRUNCATE);", error);
}
