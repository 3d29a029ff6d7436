/* A folder of copies: making, listing, checking, thinning out. Any thread; see backups.h. */
#include "db/backups.h"
#include "db/audit.h"
#include "db/files.h"
#include "db/probe.h"
#include "db/sql.h"
#include "db/vault.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define TIMER_PREFIX "lanmu-2" /* of this millennium; a copy before a migration is lanmu-v… */

void lanmu_backup_row_free (LanmuBackupRow *row)
{
  if (!row)
    return;
  g_free (row->path);
  g_free (row->name);
  g_free (row->sha256);
  g_free (row->campaign);
  g_free (row->audit_hash);
  g_free (row);
}

/* The file alone, without a log and without a lock: nobody writes a copy. */
static LanmuDb *open_copy (const char *path, GError **error)
{
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, NULL);
  g_autofree char *immutable = g_strconcat (uri, "?immutable=1", NULL);
  g_autoptr (LanmuDb) db = g_new0 (LanmuDb, 1);

  db->path = g_strdup (path);
  db->dir = g_path_get_dirname (path);
  if (sqlite3_open_v2 (immutable, &db->sql, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL) != SQLITE_OK) {
    lanmu_sql_fail (db, error);
    return NULL;
  }
  return g_steal_pointer (&db);
}

static gboolean read_end_of_audit (LanmuDb *db, LanmuBackupRow *row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
      lanmu_sql_query (db, error, "SELECT id, hash FROM audit ORDER BY id DESC LIMIT 1", "");
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  row->audit_rows = step == LANMU_SQL_ROW ? lanmu_sql_int64 (stmt, 0) : 0;
  g_free (row->audit_hash);
  row->audit_hash = step == LANMU_SQL_ROW ? lanmu_sql_text (stmt, 1) : g_strdup ("");
  return step != LANMU_SQL_ERROR;
}

static gboolean read_campaign (LanmuDb *db, LanmuBackupRow *row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, "SELECT uuid FROM campaign", "");
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  g_free (row->campaign);
  row->campaign = step == LANMU_SQL_ROW ? lanmu_sql_text (stmt, 0) : g_strdup ("");
  return step != LANMU_SQL_ERROR;
}

static gboolean check_identity (LanmuDb *db, GError **error)
{
  gint64 application_id;

  if (!lanmu_sql_int (db, error, &application_id, 0, "PRAGMA application_id", ""))
    return FALSE;
  return application_id == LANMU_DB_APPLICATION_ID || lanmu_db_fail_foreign (db->path, error);
}

/* What the file itself says, all of it read. */
static gboolean check_copy (LanmuBackupRow *row, GError **error)
{
  g_autoptr (LanmuDb) copy = open_copy (row->path, error);

  return copy && check_identity (copy, error) && lanmu_db_check (copy, TRUE, error) &&
         lanmu_audit_verify (copy, NULL, NULL, error) && read_end_of_audit (copy, row, error) &&
         read_campaign (copy, row, error);
}

static char *hash_file (const char *path, gint64 *size, GError **error)
{
  LANMU_AUTO_FD fd = open (path, O_RDONLY | O_CLOEXEC);

  if (fd < 0) {
    lanmu_file_fail (error, errno, "Cannot read", path);
    return NULL;
  }
  /* What the disk has, not what memory remembers, as far as the kernel lets go of it. */
  posix_fadvise (fd, 0, 0, POSIX_FADV_DONTNEED);
  return lanmu_vault_sha256 (fd, size, error);
}

/* -- the text beside a copy -- */

static char *sum_path (const char *path)
{
  return g_strconcat (path, ".sum", NULL);
}

static gboolean write_durably (const char *path, const char *text, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  LANMU_AUTO_FD fd = open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0 || write (fd, text, strlen (text)) != (gssize)strlen (text) || fsync (fd) < 0 || rename (part, path) < 0) {
    lanmu_file_fail (error, errno, "Cannot write", path);
    unlink (part);
    return FALSE;
  }
  return lanmu_fsync_folder (folder, error);
}

static gboolean write_sum (const LanmuBackupRow *row, GError **error)
{
  g_autofree char *path = sum_path (row->path);
  g_autofree char *text = g_strdup_printf ("lanmu-backup 1\nsha256 %s\nsize %" G_GINT64_FORMAT "\ncampaign %s\n"
                                           "audit %" G_GINT64_FORMAT " %s\nwall_us %" G_GINT64_FORMAT "\n",
                                           row->sha256, row->size, row->campaign, row->audit_rows,
                                           *row->audit_hash ? row->audit_hash : "-", row->wall_us);

  return write_durably (path, text, error);
}

/* Word by word; what a damaged text does not say stays unknown. */
static void read_sum (LanmuBackupRow *row)
{
  g_autofree char *path = sum_path (row->path), *text = NULL;

  if (!g_file_get_contents (path, &text, NULL, NULL) || !g_str_has_prefix (text, "lanmu-backup 1\n"))
    return;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (guint i = 1; lines[i]; i++) {
    g_auto (GStrv) words = g_strsplit (lines[i], " ", 3);
    if (!words[0] || !words[1])
      continue;
    if (g_str_equal (words[0], "sha256") || g_str_equal (words[0], "campaign")) {
      char **slot = words[0][0] == 's' ? &row->sha256 : &row->campaign;
      g_free (*slot);
      *slot = g_strdup (words[1]);
    } else if (g_str_equal (words[0], "size")) {
      row->size = g_ascii_strtoll (words[1], NULL, 10);
    } else if (g_str_equal (words[0], "wall_us")) {
      row->wall_us = g_ascii_strtoll (words[1], NULL, 10);
    } else if (g_str_equal (words[0], "audit") && words[2]) {
      row->audit_rows = g_ascii_strtoll (words[1], NULL, 10);
      g_free (row->audit_hash);
      row->audit_hash = g_strdup (g_str_equal (words[2], "-") ? "" : words[2]);
    }
  }
}

/* -- making -- */

static LanmuBackupRow *row_new (const char *folder, const char *name)
{
  LanmuBackupRow *row = g_new0 (LanmuBackupRow, 1);

  row->name = g_strdup (name);
  row->path = g_build_filename (folder, name, NULL);
  row->sha256 = g_strdup ("");
  row->campaign = g_strdup ("");
  row->audit_hash = g_strdup ("");
  return row;
}

static char *name_now (gint64 wall_us)
{
  g_autoptr (GDateTime) when = g_date_time_new_from_unix_utc (wall_us / G_USEC_PER_SEC);
  g_autofree char *time = g_date_time_format (when, "%Y%m%dT%H%M%S");

  return g_strdup_printf ("lanmu-%s.%06dZ.db", time, (int)(wall_us % G_USEC_PER_SEC));
}

LanmuBackupRow *lanmu_backup_make (LanmuDb *db, const char *folder, GError **error)
{
  gint64 now = g_get_real_time ();
  g_autofree char *name = name_now (now);
  g_autoptr (LanmuBackupRow) row = row_new (folder, name);

  row->wall_us = now;
  if (!lanmu_db_backup (db, row->path, error))
    return NULL;
  g_free (row->sha256);
  row->sha256 = hash_file (row->path, &row->size, error);
  if (!row->sha256 || !check_copy (row, error) || !write_sum (row, error)) {
    unlink (row->path); /* ours, of a moment ago, and not to be trusted */
    return NULL;
  }
  return g_steal_pointer (&row);
}

/* -- looking -- */

static void free_row (gpointer row)
{
  lanmu_backup_row_free (row);
}

static int longest_first (gconstpointer a, gconstpointer b)
{
  const LanmuBackupRow *left = *(const LanmuBackupRow *const *)a, *right = *(const LanmuBackupRow *const *)b;

  if (left->audit_rows != right->audit_rows)
    return left->audit_rows > right->audit_rows ? -1 : 1;
  return left->wall_us > right->wall_us ? -1 : left->wall_us < right->wall_us;
}

GPtrArray *lanmu_backups_list (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (free_row);
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;

  if (!entries && errno != ENOENT) {
    lanmu_file_fail (error, errno, "Cannot read the folder", folder);
    return NULL;
  }
  while (entries && (name = g_dir_read_name (entries))) {
    struct stat info;
    if (!g_str_has_prefix (name, "lanmu-") || !g_str_has_suffix (name, ".db"))
      continue;
    LanmuBackupRow *row = row_new (folder, name);
    g_ptr_array_add (rows, row);
    if (stat (row->path, &info) == 0) {
      row->size = info.st_size;
      row->wall_us = (gint64)info.st_mtim.tv_sec * G_USEC_PER_SEC + info.st_mtim.tv_nsec / 1000;
    }
    read_sum (row);
  }
  g_ptr_array_sort (rows, longest_first);
  return g_steal_pointer (&rows);
}

gboolean lanmu_backup_check (const LanmuBackupRow *row, GError **error)
{
  gint64 size = 0;
  g_autofree char *sha256 = hash_file (row->path, &size, error);
  g_autoptr (LanmuBackupRow) found = row_new ("", row->name);

  if (!sha256)
    return FALSE;
  if (*row->sha256 && (size != row->size || !g_str_equal (sha256, row->sha256))) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_CORRUPT,
                 "The copy %s is not as it was written: use an older one", row->path);
    return FALSE;
  }
  g_free (found->path);
  found->path = g_strdup (row->path);
  return check_copy (found, error);
}

gboolean lanmu_backup_is_current (LanmuDb *db, const LanmuBackupRow *row, gboolean *same, GError **error)
{
  g_autoptr (LanmuBackupRow) now = row_new ("", "");

  if (!read_end_of_audit (db, now, error))
    return FALSE;
  *same = now->audit_rows == row->audit_rows && g_str_equal (now->audit_hash, row->audit_hash);
  return TRUE;
}

gboolean lanmu_backup_copy (const LanmuBackupRow *row, const char *folder, GError **error)
{
  g_autofree char *from = g_path_get_dirname (row->path), *sum = g_strconcat (row->name, ".sum", NULL);
  g_autofree char *sum_from = sum_path (row->path);

  return lanmu_vault_copy (from, row->name, folder, error) &&
         (!g_file_test (sum_from, G_FILE_TEST_EXISTS) || lanmu_vault_copy (from, sum, folder, error));
}

/* -- thinning out -- */

static gboolean remove_copy (const LanmuBackupRow *row, GError **error)
{
  g_autofree char *sum = sum_path (row->path);

  if (unlink (row->path) < 0 && errno != ENOENT)
    return lanmu_file_fail (error, errno, "Cannot remove the old copy", row->path);
  if (unlink (sum) < 0 && errno != ENOENT)
    return lanmu_file_fail (error, errno, "Cannot remove the old copy", sum);
  return TRUE;
}

gboolean lanmu_backups_rotate (const char *folder, guint keep, GError **error)
{
  g_autoptr (GPtrArray) rows = lanmu_backups_list (folder, error);
  g_autoptr (GHashTable) days = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint seen = 0;

  for (guint i = 0; rows && i < rows->len; i++) {
    const LanmuBackupRow *row = g_ptr_array_index (rows, i);
    if (!g_str_has_prefix (row->name, TIMER_PREFIX))
      continue;
    gboolean first_of_day = g_hash_table_add (days, g_strndup (row->name, strlen ("lanmu-yyyymmdd")));
    if (seen++ >= MAX (keep, 1) && !first_of_day && !remove_copy (row, error))
      return FALSE;
  }
  return rows != NULL;
}

/* -- after a restore -- */

static gboolean rename_copy (const LanmuBackupRow *row, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (row->path), *sum = sum_path (row->path);
  g_autofree char *name = g_strconcat ("given-up-", row->name, NULL);
  g_autofree char *to = g_build_filename (folder, name, NULL), *sum_to = sum_path (to);

  if (rename (row->path, to) < 0 || (rename (sum, sum_to) < 0 && errno != ENOENT))
    return lanmu_file_fail (error, errno, "Cannot rename", row->path);
  return lanmu_fsync_folder (folder, error);
}

/* Does the database's own audit hold the row that a copy ends with? */
static gboolean is_ours (LanmuDb *db, const LanmuBackupRow *row, gboolean *ours, GError **error)
{
  gint64 count = 0;

  if (!lanmu_sql_int (db, error, &count, 0, "SELECT count (*) FROM audit WHERE id = ? AND hash = ?", "is", row->audit_rows,
                      row->audit_hash))
    return FALSE;
  *ours = count > 0;
  return TRUE;
}

gboolean lanmu_backups_give_up (LanmuDb *db, const char *folder, GError **error)
{
  gint64 restored = 0;

  if (!lanmu_sql_int (db, error, &restored, 0,
                      "SELECT coalesce (max (id), 0) FROM audit WHERE action = 'database.restore'", ""))
    return FALSE;
  g_autoptr (GPtrArray) rows = restored ? lanmu_backups_list (folder, error) : NULL;
  for (guint i = 0; rows && i < rows->len; i++) {
    const LanmuBackupRow *row = g_ptr_array_index (rows, i);
    gboolean ours;
    if (!is_ours (db, row, &ours, error) || (row->audit_rows >= restored && !ours && !rename_copy (row, error)))
      return FALSE;
  }
  return !restored || rows;
}
