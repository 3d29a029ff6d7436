/* errno into words, folders into being. A new name is durable only when the folder that holds it is fsynced; so
 * everything here does that. */
#include "db/files.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

LanmuDbError lanmu_error_code_from_errno (int number)
{
  switch (number) {
  case ENOSPC:
  case EDQUOT:
  case EFBIG:
    return LANMU_DB_ERROR_FULL;
  case EROFS:
  case EACCES:
  case EPERM:
    return LANMU_DB_ERROR_READ_ONLY;
  default:
    return LANMU_DB_ERROR_IO;
  }
}

static const char *advice_for (int number)
{
  switch (lanmu_error_code_from_errno (number)) {
  case LANMU_DB_ERROR_FULL:
    return "free some space and try again";
  case LANMU_DB_ERROR_READ_ONLY:
    return "choose a folder you may write, or mend its permissions";
  default:
    return number == ENOTDIR || number == EEXIST ? "choose another folder" : "check the disk and the path";
  }
}

gboolean lanmu_file_fail (GError **error, int number, const char *verb, const char *path)
{
  g_set_error (error, LANMU_DB_ERROR, (int)lanmu_error_code_from_errno (number), "%s %s: %s; %s", verb, path,
               g_strerror (number), advice_for (number));
  return FALSE;
}

void lanmu_fd_clear (int *fd)
{
  if (*fd >= 0)
    close (*fd);
  *fd = -1;
}

gboolean lanmu_fsync_folder (const char *path, GError **error)
{
  LANMU_AUTO_FD fd = open (path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);

  if (fd < 0 || (fsync (fd) < 0 && errno != EINVAL)) /* EINVAL: this file system keeps no folder to sync */
    return lanmu_file_fail (error, errno, "Cannot write the folder", path);
  return TRUE;
}

gboolean lanmu_make_folder (const char *path, GError **error)
{
  g_autofree char *parent = g_path_get_dirname (path);
  struct stat info;

  if (stat (path, &info) == 0)
    return S_ISDIR (info.st_mode) || lanmu_file_fail (error, ENOTDIR, "Cannot use", path);
  if (errno != ENOENT)
    return lanmu_file_fail (error, errno, "Cannot use", path);
  if (g_str_equal (parent, path))
    return lanmu_file_fail (error, ENOENT, "Cannot use", path);
  if (!lanmu_make_folder (parent, error))
    return FALSE;
  if (mkdir (path, 0700) < 0 && errno != EEXIST)
    return lanmu_file_fail (error, errno, "Cannot create the folder", path);
  return lanmu_fsync_folder (parent, error);
}

/* Not every file system knows RENAME_NOREPLACE (EINVAL); a hard link never replaces either. */
static int rename_no_replace (const char *from, const char *to)
{
  if (renameat2 (AT_FDCWD, from, AT_FDCWD, to, RENAME_NOREPLACE) == 0)
    return 0;
  if (errno != EINVAL && errno != ENOSYS)
    return -1;
  return link (from, to) == 0 ? unlink (from) : -1;
}

gboolean lanmu_rename_new (const char *from, const char *to, GError **error)
{
  if (rename_no_replace (from, to) == 0)
    return TRUE;
  if (errno == EEXIST) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS,
                 "There is a file %s already: both files were kept, %s as it was", to, from);
    return FALSE;
  }
  if (errno == ENOENT) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW, "There is no file %s", from);
    return FALSE;
  }
  return lanmu_file_fail (error, errno, "Cannot rename to", to);
}
