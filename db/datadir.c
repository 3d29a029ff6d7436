/* The data folder: makes it, looks at it, measures it. */
#include "db/datadir.h"
#include "db/files.h"

#include <errno.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

char *lanmu_datadir_default (void)
{
  const char *dir = g_getenv ("LANMU_DATA");

  return dir && *dir ? g_strdup (dir) : g_build_filename (g_get_user_data_dir (), "lanmu", NULL);
}

gboolean lanmu_datadir_create (const char *dir, GError **error)
{
  static const char *const folders[] = {LANMU_DATADIR_INCOMING, LANMU_DATADIR_SHOTS, LANMU_DATADIR_QUARANTINE, LANMU_DATADIR_PORTRAITS,
                                        LANMU_DATADIR_BACKUPS};

  if (!lanmu_make_folder (dir, error))
    return FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (folders); i++) {
    g_autofree char *path = g_build_filename (dir, folders[i], NULL);
    if (!lanmu_make_folder (path, error))
      return FALSE;
  }
  return lanmu_datadir_check (dir, TRUE, error);
}

gboolean lanmu_datadir_check (const char *dir, gboolean for_writing, GError **error)
{
  struct stat info;

  if (stat (dir, &info) < 0 && errno == ENOENT) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NOT_FOUND,
                 "There is no data folder %s: make it with \"lanmuctl init\", or name another one", dir);
    return FALSE;
  }
  if (stat (dir, &info) < 0)
    return lanmu_file_fail (error, errno, "Cannot open the data folder", dir);
  if (!S_ISDIR (info.st_mode))
    return lanmu_file_fail (error, ENOTDIR, "Cannot use as data folder", dir);
  if (access (dir, for_writing ? R_OK | W_OK | X_OK : R_OK | X_OK) < 0)
    return lanmu_file_fail (error, errno, for_writing ? "Cannot write the data folder" : "Cannot read the data folder",
                            dir);
  return TRUE;
}

gint64 lanmu_datadir_get_free_bytes (const char *dir, GError **error)
{
  struct statvfs info;

  if (statvfs (dir, &info) < 0) {
    lanmu_file_fail (error, errno, "Cannot measure the free space of", dir);
    return -1;
  }
  return (gint64)info.f_bavail * (gint64)info.f_frsize;
}
