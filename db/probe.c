/* The header of a SQLite file (https://www.sqlite.org/fileformat2.html §1.3): magic at 0, schema cookie at 40,
 * user_version at 60, application_id at 68. */
#include "db/probe.h"
#include "db/datadir.h"
#include "db/files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define HEADER_SIZE 100

static guint32 read_be32 (const guint8 *bytes)
{
  return (guint32)bytes[0] << 24 | (guint32)bytes[1] << 16 | (guint32)bytes[2] << 8 | bytes[3];
}

gboolean lanmu_db_fail_newer (const char *path, int version, int latest_version, GError **error)
{
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NEWER,
               "Database %s was written by a newer version of Lanmu (format %d, this program knows %d): install the "
               "newer version; nothing was changed",
               path, version, latest_version);
  return FALSE;
}

gboolean lanmu_db_fail_foreign (const char *path, GError **error)
{
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_CORRUPT,
               "%s is damaged or not a database of Lanmu: restore the newest copy from the backups, or choose another "
               "folder; nothing was changed",
               path);
  return FALSE;
}

/* A log with something in it may hold a newer first page than the file's. */
static gboolean has_log (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  struct stat info;

  return stat (log, &info) == 0 && info.st_size > 0;
}

static gboolean judge_header (const char *path, const guint8 header[HEADER_SIZE], int latest_version, LanmuProbe *found,
                              GError **error)
{
  guint32 application_id = read_be32 (header + 68);
  int version = (int)read_be32 (header + 60);

  if (memcmp (header, "SQLite format 3", 16) != 0)
    return lanmu_db_fail_foreign (path, error);
  *found = LANMU_PROBE_OURS;
  if (application_id == LANMU_DB_APPLICATION_ID)
    return version <= latest_version || lanmu_db_fail_newer (path, version, latest_version, error);
  if (has_log (path))
    return TRUE;
  if (application_id != 0 || read_be32 (header + 40) != 0)
    return lanmu_db_fail_foreign (path, error);
  *found = LANMU_PROBE_EMPTY;
  return TRUE;
}

gboolean lanmu_db_probe (const char *data_dir, int latest_version, LanmuProbe *found, GError **error)
{
  g_autofree char *path = g_build_filename (data_dir, LANMU_DATADIR_DATABASE, NULL);
  guint8 header[HEADER_SIZE];
  struct stat info;

  if (!lanmu_datadir_check (data_dir, FALSE, error))
    return FALSE;
  LANMU_AUTO_FD fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (fd < 0 && errno == ENOENT) {
    *found = LANMU_PROBE_ABSENT;
    return TRUE;
  }
  if (fd < 0 || fstat (fd, &info) < 0)
    return lanmu_file_fail (error, errno, "Cannot open the database", path);
  if (!S_ISREG (info.st_mode))
    return lanmu_db_fail_foreign (path, error);
  if (info.st_size == 0 && !has_log (path)) {
    *found = LANMU_PROBE_EMPTY;
    return TRUE;
  }
  if (pread (fd, header, sizeof header, 0) != (gssize)sizeof header)
    return lanmu_db_fail_foreign (path, error);
  return judge_header (path, header, latest_version, found, error);
}
