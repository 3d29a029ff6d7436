/* lanmu_db_backup: a copy by SQLite's own backup, first under a temporary name. Runs on the thread that owns the
 * connection. */
#include "db/files.h"
#include "db/sql.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

/* The copy is one file that needs no log beside it. */
static gboolean copy_pages (LanmuDb *db, LanmuDb *copy, GError **error)
{
  if (sqlite3_open_v2 (copy->path, &copy->sql, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
    return lanmu_sql_fail (copy, error);
  sqlite3_backup *backup = sqlite3_backup_init (copy->sql, "main", db->sql, "main");
  if (!backup)
    return lanmu_sql_fail (copy, error);
  sqlite3_backup_step (backup, -1);
  if (sqlite3_backup_finish (backup) != SQLITE_OK)
    return lanmu_sql_fail (copy, error);
  return lanmu_sql_script (copy, "PRAGMA journal_mode = DELETE", error);
}

static gboolean publish (const char *part, const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  LANMU_AUTO_FD fd = open (part, O_RDWR | O_CLOEXEC);

  if (fd < 0 || fsync (fd) < 0)
    return lanmu_file_fail (error, errno, "Cannot write the copy", part);
  if (!lanmu_rename_new (part, path, error))
    return FALSE;
  return lanmu_fsync_folder (folder, error);
}

gboolean lanmu_db_backup (LanmuDb *db, const char *path, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  LanmuDb copy = {.path = part};

  if (g_file_test (path, G_FILE_TEST_EXISTS)) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS,
                 "There is a file %s already: choose another name for the copy", path);
    return FALSE;
  }
  int fd = open (part, O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return lanmu_file_fail (error, errno, "Cannot create the copy", part);
  close (fd);
  gboolean copied = copy_pages (db, &copy, error);
  sqlite3_close (copy.sql);
  if (!copied || !publish (part, path, error)) {
    unlink (part);
    return FALSE;
  }
  return TRUE;
}
