/* Objects seen on a card. Runs on the thread that owns the connection. */
#include "db/cardfiles.h"
#include "db/audit.h"
#include "db/json.h"
#include "db/sql.h"

static const char *const state_names[] = {"foreign", "shot", "raw", "duplicate", "unreadable"};

const char *lanmu_card_file_state_to_string (LanmuCardFileState state)
{
  return state_names[state];
}

gboolean lanmu_card_file_state_from_string (const char *text, LanmuCardFileState *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (state_names); i++)
    if (g_strcmp0 (text, state_names[i]) == 0) {
      *state = (LanmuCardFileState)i;
      return TRUE;
    }
  return FALSE;
}

void lanmu_card_file_row_free (LanmuCardFileRow *row)
{
  if (!row)
    return;
  g_free (row->camera_serial);
  g_free (row->folder);
  g_free (row->name);
  g_free (row->shot_id);
  g_free (row);
}

char *lanmu_card_file_key (const char *folder, const char *name, gint64 size)
{
  return g_strdup_printf ("%s/%s/%" G_GINT64_FORMAT, folder, name, size);
}

GHashTable *lanmu_card_files_known (LanmuDb *db, const char *camera_serial, GError **error)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error, "SELECT folder, name, size, state FROM card_file WHERE camera_serial = ?", "e", camera_serial);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    LanmuCardFileState state = LANMU_CARD_FOREIGN;
    lanmu_card_file_state_from_string ((const char *)sqlite3_column_text (stmt, 3), &state);
    g_hash_table_insert (known,
                         lanmu_card_file_key ((const char *)sqlite3_column_text (stmt, 0),
                                              (const char *)sqlite3_column_text (stmt, 1), lanmu_sql_int64 (stmt, 2)),
                         GINT_TO_POINTER (state + 1));
  }
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&known);
}

GHashTable *lanmu_card_files_when (LanmuDb *db, const char *camera_serial, GError **error)
{
  g_autoptr (GHashTable) when = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error, "SELECT folder, name, size, wall_us FROM card_file WHERE camera_serial = ?", "e", camera_serial);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    gint64 wall_us = lanmu_sql_int64 (stmt, 3);
    g_hash_table_insert (when,
                         lanmu_card_file_key ((const char *) sqlite3_column_text (stmt, 0),
                                              (const char *) sqlite3_column_text (stmt, 1), lanmu_sql_int64 (stmt, 2)),
                         g_memdup2 (&wall_us, sizeof wall_us));
  }
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&when);
}

static gboolean set (LanmuDb *db, const LanmuCardFileRow *row, const char *actor, GError **error)
{
  g_autofree char *subject = g_strdup_printf ("card/%s/%s", row->folder ? row->folder : "", row->name);
  g_autofree char *detail = lanmu_json_object ("ssis", "camera", row->camera_serial, "state", state_names[row->state],
                                               "size", row->size, "shot", row->shot_id);

  return lanmu_sql_run (
             db, error, NULL,
             "INSERT INTO card_file (camera_serial, folder, name, size, state, shot_id, wall_us) VALUES (?, ?, ?, ?, "
             "?, ?, ?) "
             "ON CONFLICT DO UPDATE SET state = excluded.state, shot_id = excluded.shot_id, wall_us = excluded.wall_us",
             "eesissi", row->camera_serial, row->folder, row->name, row->size, state_names[row->state], row->shot_id,
             row->wall_us ? row->wall_us : g_get_real_time ()) &&
         lanmu_audit_append (db, actor, "card.file", subject, detail, error);
}

gboolean lanmu_card_file_set (LanmuDb *db, const LanmuCardFileRow *row, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "card.file", error) && lanmu_db_end (db, set (db, row, actor, error), error);
}

static gboolean baseline (LanmuDb *db, const LanmuCardFileRow *rows, gsize n_rows, const char *actor, gsize *added,
                          GError **error)
{
  gint64 now = g_get_real_time ();

  for (gsize i = 0; i < n_rows; i++) {
    int changes = 0;
    if (!lanmu_sql_run (db, error, &changes,
                        "INSERT INTO card_file (camera_serial, folder, name, size, state, shot_id, wall_us) VALUES (?, "
                        "?, ?, ?, ?, ?, ?) "
                        "ON CONFLICT DO NOTHING",
                        "eesissi", rows[i].camera_serial, rows[i].folder, rows[i].name, rows[i].size,
                        state_names[rows[i].state], rows[i].shot_id, rows[i].wall_us ? rows[i].wall_us : now))
      return FALSE;
    *added += (gsize)changes;
  }
  g_autofree char *detail = lanmu_json_object ("ii", "files", (gint64)n_rows, "new", (gint64)*added);
  return *added == 0 || lanmu_audit_append (db, actor, "card.baseline", rows[0].camera_serial, detail, error);
}

gboolean lanmu_card_files_baseline (LanmuDb *db, const LanmuCardFileRow *rows, gsize n_rows, const char *actor,
                                    gsize *added, GError **error)
{
  gsize count = 0;

  if (!lanmu_db_begin (db, "card.baseline", error) ||
      !lanmu_db_end (db, baseline (db, rows, n_rows, actor, &count, error), error))
    return FALSE;
  if (added)
    *added = count;
  return TRUE;
}
