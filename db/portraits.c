/* See portraits.h. */
#include "db/portraits.h"
#include "db/audit.h"
#include "db/datadir.h"
#include "db/files.h"
#include "db/json.h"
#include "db/sql.h"
#include "db/vault.h"

#include <errno.h>
#include <gio/gio.h>

void lanmu_portrait_row_free (LanmuPortraitRow *row)
{
  if (!row)
    return;
  g_free (row->shot_id);
  g_free (row->path);
  g_free (row->sha256);
  g_free (row->profile);
  g_free (row->profile_sha256);
  g_free (row->chroma);
  g_free (row);
}

/* GFileError and the store's own words: a full disk must look the same wherever it shows. */
static gboolean write_failed (GError *cause, const char *path, GError **error)
{
  int number = g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_NOSPC)   ? ENOSPC
               : g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_ROFS)  ? EROFS
               : g_error_matches (cause, G_FILE_ERROR, G_FILE_ERROR_ACCES) ? EACCES
                                                                           : EIO;
  g_error_free (cause);
  return lanmu_file_fail (error, number, "Cannot write the portrait", path);
}

static gboolean write_file (LanmuDb *db, const char *path, GBytes *jpeg, GError **error)
{
  GError *cause = NULL;
  gsize size;
  const char *bytes = g_bytes_get_data (jpeg, &size);
  g_autofree char *full = g_build_filename (db->dir, path, NULL);
  g_autofree char *folder = g_path_get_dirname (full);
  const LanmuKey *key;
  if (!lanmu_make_folder (folder, error) || !lanmu_seal_folder_get_key (db->folder, &key, error))
    return FALSE;
  if (key)
    return lanmu_vault_write_sealed (db->dir, path, jpeg, error);
  if (!g_file_set_contents_full (full, bytes, (gssize) size,
                                 G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0600, &cause))
    return write_failed (cause, full, error);
  return lanmu_fsync_folder (folder, error);
}

/* The file lies where a person last put its edges. */
#define AS_CROPPED "(p.dx = coalesce (c.dx, 0) AND p.dy = coalesce (c.dy, 0) AND p.zoom = coalesce (c.zoom, 1))"

static gboolean write_row (LanmuDb *db, const LanmuPortraitRow *row, const char *path, gint64 size, const char *actor,
                           GError **error)
{
  g_autofree char *subject = g_strconcat ("shot/", row->shot_id, NULL);
  g_autofree char *detail = lanmu_json_object ("ssi", "sha256", row->sha256, "profile", row->profile, "size", size);
  return lanmu_sql_run (
             db, error, NULL,
             "INSERT INTO portrait (shot_id, path, sha256, size, profile, profile_sha256, quality, chroma, x, y, "
             "width, height, "
             "dx, dy, zoom, wall_us) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16) "
             "ON CONFLICT (shot_id) DO UPDATE SET path = ?2, sha256 = ?3, size = ?4, profile = ?5, profile_sha256 = "
             "?6, "
             "quality = ?7, chroma = ?8, x = ?9, y = ?10, width = ?11, height = ?12, dx = ?13, dy = ?14, zoom = ?15, "
             "wall_us = ?16",
             "sssissisdddddddi", row->shot_id, path, row->sha256, size, row->profile, row->profile_sha256,
             (gint64) row->quality, row->chroma, row->x, row->y, row->width, row->height, row->dx, row->dy,
             row->zoom > 0 ? row->zoom : 1.0, row->wall_us ? row->wall_us : g_get_real_time ()) &&
         lanmu_audit_append (db, actor, "portrait.make", subject, detail, error);
}

gboolean lanmu_portrait_set (LanmuDb *db, const LanmuPortraitRow *row, GBytes *jpeg, const char *actor, GError **error)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.jpg", LANMU_DATADIR_PORTRAITS, row->shot_id);
  if (!write_file (db, path, jpeg, error) || !lanmu_db_begin (db, "portrait", error))
    return FALSE;
  return lanmu_db_end (db, write_row (db, row, path, (gint64) g_bytes_get_size (jpeg), actor, error), error);
}

LanmuPortraitRow *lanmu_portrait_get (LanmuDb *db, const char *shot_id, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
      lanmu_sql_query (db, error,
                       "SELECT path, sha256, size, profile, profile_sha256, quality, chroma, x, y, width, "
                       "height, p.dx, p.dy, p.zoom, p.wall_us, " AS_CROPPED
                       " FROM portrait AS p LEFT JOIN crop AS c ON c.shot_id = p.shot_id WHERE p.shot_id = ?",
                       "s", shot_id);
  if (!stmt || lanmu_sql_step (db, stmt, error) != LANMU_SQL_ROW)
    return NULL;
  LanmuPortraitRow *row = g_new0 (LanmuPortraitRow, 1);
  row->shot_id = g_strdup (shot_id);
  row->path = lanmu_sql_text (stmt, 0);
  row->sha256 = lanmu_sql_text (stmt, 1);
  row->size = lanmu_sql_int64 (stmt, 2);
  row->profile = lanmu_sql_text (stmt, 3);
  row->profile_sha256 = lanmu_sql_text (stmt, 4);
  row->quality = sqlite3_column_int (stmt, 5);
  row->chroma = lanmu_sql_text (stmt, 6);
  double *numbers[] = {&row->x, &row->y, &row->width, &row->height, &row->dx, &row->dy, &row->zoom};
  for (int i = 0; i < (int) G_N_ELEMENTS (numbers); i++)
    *numbers[i] = sqlite3_column_double (stmt, 7 + i);
  row->wall_us = lanmu_sql_int64 (stmt, 14);
  row->as_cropped = sqlite3_column_int (stmt, 15) != 0;
  return row;
}

void lanmu_portrait_wanted_free (gpointer data)
{
  LanmuPortraitWanted *wanted = data;
  g_free (wanted->shot_id);
  g_free (wanted->path);
  g_free (wanted->student_no);
  g_free (wanted);
}

GPtrArray *lanmu_portraits_wanted (LanmuDb *db, const char *profile_sha256, GError **error)
{
  g_autoptr (GPtrArray) list = g_ptr_array_new_with_free_func (lanmu_portrait_wanted_free);
  g_autoptr (sqlite3_stmt) stmt =
      lanmu_sql_query (db, error,
                       "SELECT s.id, s.path, coalesce (w.student_no, ''), p.profile_sha256 IS ?1 AND " AS_CROPPED
                       ", coalesce (c.dx, 0), coalesce (c.dy, 0), coalesce (c.zoom, 1) "
                       "FROM (SELECT chosen_shot, student_no FROM student WHERE chosen_shot NOT NULL UNION ALL SELECT "
                       "chosen_shot, NULL FROM capture_code WHERE "
                       "chosen_shot NOT NULL) AS w JOIN shot AS s ON s.id = w.chosen_shot LEFT JOIN portrait AS p ON "
                       "p.shot_id = s.id LEFT JOIN crop AS c ON c.shot_id = s.id ORDER BY s.sequence_no",
                       "s", profile_sha256);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;
  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    LanmuPortraitWanted *wanted = g_new0 (LanmuPortraitWanted, 1);
    wanted->shot_id = lanmu_sql_text (stmt, 0);
    wanted->path = lanmu_sql_text (stmt, 1);
    wanted->student_no = lanmu_sql_text (stmt, 2);
    wanted->made = sqlite3_column_int (stmt, 3) != 0;
    wanted->dx = sqlite3_column_double (stmt, 4);
    wanted->dy = sqlite3_column_double (stmt, 5);
    wanted->zoom = sqlite3_column_double (stmt, 6);
    g_ptr_array_add (list, wanted);
  }
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&list);
}
