/* Reading shots. Runs on the thread that owns the connection. */
#include "db/shots.h"
#include "db/codes.h"
#include "db/sql.h"

static const char *const state_names[] = {"attached", "quarantined", "discarded"};

const char *lanmu_shot_state_to_string (LanmuShotState state)
{
  return state_names[state];
}

gboolean lanmu_shot_state_from_string (const char *text, LanmuShotState *state)
{
  for (gsize i = 0; i < G_N_ELEMENTS (state_names); i++)
    if (g_strcmp0 (text, state_names[i]) == 0) {
      *state = (LanmuShotState) i;
      return TRUE;
    }
  return FALSE;
}

void lanmu_shot_row_clear (LanmuShotRow *row)
{
  g_free (row->id);
  g_free (row->ticket_id);
  g_free (row->token);
  g_free (row->reason);
  g_free (row->sha256);
  g_free (row->path);
  g_free (row->camera_serial);
  g_free (row->camera_folder);
  g_free (row->camera_file);
  g_free (row->exif_time);
  g_free (row->proof);
  g_free (row->raw_path);
  g_free (row->raw_sha256);
  g_free (row->raw_file);
  g_free (row->checks);
  *row = (LanmuShotRow){0};
}

void lanmu_shot_row_free (LanmuShotRow *row)
{
  if (!row)
    return;
  lanmu_shot_row_clear (row);
  g_free (row);
}

#define SELECT                                                                                                         \
  "SELECT id, ticket_id, student_id, token, state, reason, likely_student_id, sequence_no, origin, sha256, size, "     \
  "path, width, height, "                                                                                              \
  "camera_serial, camera_folder, camera_file, exif_time, exposed_lo_us, exposed_hi_us, proof, raw_path, raw_sha256, "  \
  "raw_size, raw_file, "                                                                                               \
  "checks, wall_us, EXISTS (SELECT 1 FROM student WHERE student.id = shot.student_id AND chosen_shot = shot.id) "      \
  "OR EXISTS (SELECT 1 FROM capture_code WHERE capture_code.token = shot.token AND shot.student_id IS NULL AND "       \
  "chosen_shot = shot.id) FROM "                                                                                       \
  "shot "

static void read_picture (sqlite3_stmt *stmt, LanmuShotRow *row)
{
  row->sha256 = lanmu_sql_text (stmt, 9);
  row->size = lanmu_sql_int64 (stmt, 10);
  row->path = lanmu_sql_text (stmt, 11);
  row->width = sqlite3_column_int (stmt, 12);
  row->height = sqlite3_column_int (stmt, 13);
  row->camera_serial = lanmu_sql_text (stmt, 14);
  row->camera_folder = lanmu_sql_text (stmt, 15);
  row->camera_file = lanmu_sql_text (stmt, 16);
  row->exif_time = lanmu_sql_text (stmt, 17);
  row->exposed_lo_us = lanmu_sql_int64 (stmt, 18);
  row->exposed_hi_us = lanmu_sql_int64 (stmt, 19);
  row->proof = lanmu_sql_text (stmt, 20);
  row->raw_path = lanmu_sql_text (stmt, 21);
  row->raw_sha256 = lanmu_sql_text (stmt, 22);
  row->raw_size = lanmu_sql_int64 (stmt, 23);
  row->raw_file = lanmu_sql_text (stmt, 24);
  row->checks = lanmu_sql_text (stmt, 25);
}

static LanmuShotRow *read_row (sqlite3_stmt *stmt)
{
  LanmuShotRow *row = g_new0 (LanmuShotRow, 1);

  row->id = lanmu_sql_text (stmt, 0);
  row->ticket_id = lanmu_sql_text (stmt, 1);
  row->student_id = lanmu_sql_int64 (stmt, 2);
  row->token = lanmu_sql_text (stmt, 3);
  lanmu_shot_state_from_string ((const char *) sqlite3_column_text (stmt, 4), &row->state);
  row->reason = lanmu_sql_text (stmt, 5);
  row->likely_student_id = lanmu_sql_int64 (stmt, 6);
  row->sequence_no = lanmu_sql_int64 (stmt, 7);
  row->origin = sqlite3_column_text (stmt, 8)[0] == 'b' ? LANMU_ORIGIN_BODY : LANMU_ORIGIN_HOST;
  read_picture (stmt, row);
  row->wall_us = lanmu_sql_int64 (stmt, 26);
  row->chosen = sqlite3_column_int (stmt, 27) != 0;
  return row;
}

LanmuShotRow *lanmu_shot_get (LanmuDb *db, const char *id, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, SELECT "WHERE id = ?", "s", id);
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  if (step == LANMU_SQL_END)
    lanmu_sql_no_row (error, "shot", id);
  return step == LANMU_SQL_ROW ? read_row (stmt) : NULL;
}

gboolean lanmu_shots_find_sha256 (LanmuDb *db, const char *sha256, char **shot_id, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error,
      "SELECT id FROM shot WHERE sha256 = ?1 UNION ALL SELECT id FROM shot WHERE raw_sha256 = ?1 AND raw_sha256 <> ''",
      "e", sha256);
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  if (shot_id)
    *shot_id = step == LANMU_SQL_ROW ? lanmu_sql_text (stmt, 0) : NULL;
  return step != LANMU_SQL_ERROR;
}

gboolean lanmu_shots_has_sha256 (LanmuDb *db, const char *sha256, gboolean *has, GError **error)
{
  g_autofree char *id = NULL;
  gboolean ok = lanmu_shots_find_sha256 (db, sha256, &id, error);

  *has = id != NULL;
  return ok;
}

static sqlite3_stmt *query_list (LanmuDb *db, gint64 student_id, int state, GError **error)
{
  const char *name = state == LANMU_SHOT_ANY_STATE ? NULL : state_names[state];

  if (student_id)
    return lanmu_sql_query (db, error,
                            SELECT "WHERE student_id = ?1 AND (?2 IS NULL OR state = ?2) ORDER BY sequence_no", "is",
                            student_id, name);
  if (state == LANMU_SHOT_QUARANTINED) /* literally, for the partial index */
    return lanmu_sql_query (db, error, SELECT "WHERE state = 'quarantined' ORDER BY sequence_no", "");
  return lanmu_sql_query (db, error, SELECT "WHERE ?1 IS NULL OR state = ?1 ORDER BY sequence_no", "s", name);
}

gboolean lanmu_shots_list (LanmuDb *db, gint64 student_id, int state, LanmuShotFunc func, gpointer data, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = query_list (db, student_id, state, error);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    g_autoptr (LanmuShotRow) row = read_row (stmt);
    if (!func (row, data))
      break;
  }
  return step != LANMU_SQL_ERROR;
}

static GPtrArray *read_all (LanmuDb *db, sqlite3_stmt *stmt, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_shot_row_free);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    g_ptr_array_add (rows, read_row (stmt));
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}

GPtrArray *lanmu_shots_get_all (LanmuDb *db, gint64 student_id, int state, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = query_list (db, student_id, state, error);

  return read_all (db, stmt, error);
}

GPtrArray *lanmu_code_get_shots (LanmuDb *db, const char *token, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error, SELECT "WHERE token = ? AND student_id IS NULL AND state = 'attached' ORDER BY sequence_no", "s",
      token);

  return read_all (db, stmt, error);
}

GPtrArray *lanmu_shots_get_raw_pending (LanmuDb *db, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
      lanmu_sql_query (db, error, SELECT "WHERE raw_file <> '' AND raw_path = '' ORDER BY sequence_no", "");

  return read_all (db, stmt, error);
}

gint64 lanmu_shots_next_sequence_no (LanmuDb *db, GError **error)
{
  gint64 next = 0;

  return lanmu_sql_int (db, error, &next, 0, "SELECT coalesce (max (sequence_no), 0) + 1 FROM shot", "") ? next : 0;
}
