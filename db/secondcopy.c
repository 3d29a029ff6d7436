/* See secondcopy.h. */
#include "db/secondcopy.h"
#include "db/datadir.h"
#include "db/files.h"
#include "db/vault.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

#define MARK_TEXT "Lanmu second copy of campaign "

/* Whole or not at all: a mark that a power cut left half would name another campaign for ever. */
static gboolean write_mark (const char *folder, const char *campaign, GError **error)
{
  g_autofree char *path = g_build_filename (folder, LANMU_SECOND_COPY_MARK, NULL), *part = g_strconcat (path, ".part", NULL);
  g_autofree char *text = g_strconcat (MARK_TEXT, campaign, "\n", NULL);
  LANMU_AUTO_FD fd = open (part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0 || write (fd, text, strlen (text)) != (gssize)strlen (text) || fsync (fd) < 0 || rename (part, path) < 0)
    return lanmu_file_fail (error, errno, "Cannot write", path);
  return lanmu_fsync_folder (folder, error);
}

/* *campaign: whose second copy the folder is; NULL when it has no mark. */
static gboolean read_mark (const char *folder, char **campaign, GError **error)
{
  g_autofree char *path = g_build_filename (folder, LANMU_SECOND_COPY_MARK, NULL), *text = NULL;

  *campaign = NULL;
  if (access (path, F_OK) < 0 && (errno == ENOENT || errno == ENOTDIR))
    return TRUE;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return lanmu_file_fail (error, errno, "Cannot read", path);
  g_strchomp (text);
  if (*text == '\0') /* made, and never written: nobody's */
    return TRUE;
  *campaign = g_strdup (g_str_has_prefix (text, MARK_TEXT) ? text + strlen (MARK_TEXT) : "");
  return TRUE;
}

static gboolean is_below (const char *folder, const char *data_dir)
{
  g_autofree char *a = g_canonicalize_filename (folder, NULL), *b = g_canonicalize_filename (data_dir, NULL);
  gsize length = strlen (b);

  return g_str_has_prefix (a, b) && (a[length] == '\0' || a[length] == '/');
}

static gboolean refuse_other (const char *folder, GError **error)
{
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED,
               "The folder %s is the second copy of another campaign: name an empty one", folder);
  return FALSE;
}

gboolean lanmu_second_copy_prepare (const char *folder, const char *data_dir, const char *campaign, GError **error)
{
  g_autofree char *marked = NULL;

  if (!g_path_is_absolute (folder) || is_below (folder, data_dir)) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED,
                 "%s cannot be the second copy: name a folder on another disk by its whole path", folder);
    return FALSE;
  }
  if (!lanmu_datadir_create (folder, error) || !read_mark (folder, &marked, error))
    return FALSE;
  if (marked)
    return g_str_equal (marked, campaign) || refuse_other (folder, error);
  return write_mark (folder, campaign, error);
}

gboolean lanmu_second_copy_check (const char *folder, const char *campaign, GError **error)
{
  g_autofree char *marked = NULL;

  if (!read_mark (folder, &marked, error))
    return FALSE;
  if (!marked) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NOT_FOUND,
                 "The second copy %s is not there: plug its disk in; what is missing is caught up then", folder);
    return FALSE;
  }
  return g_str_equal (marked, campaign) || refuse_other (folder, error);
}

gboolean lanmu_second_copy_has (const char *folder, const char *path, gint64 size)
{
  g_autofree char *full = g_build_filename (folder, path, NULL);
  struct stat info;

  return lstat (full, &info) == 0 && S_ISREG (info.st_mode) &&
         (info.st_size == size || info.st_size == lanmu_vault_size_on_disk (size));
}

static gboolean check_bytes (const char *full, const char *sha256, GError **error)
{
  LANMU_AUTO_FD disk = open (full, O_RDONLY | O_CLOEXEC | O_NOFOLLOW), fd = -1;

  if (disk < 0)
    return lanmu_file_fail (error, errno, "Cannot read", full);
  posix_fadvise (disk, 0, 0, POSIX_FADV_DONTNEED); /* the disk's word, not memory's */
  if (!lanmu_vault_open_file (full, &fd, error))
    return FALSE;
  g_autofree char *is = lanmu_vault_sha256 (fd, NULL, error);
  if (is && !g_str_equal (is, sha256))
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_CORRUPT,
                 "%s does not hold the bytes that were proved: check both disks with \"lanmuctl verify\"", full);
  return is && g_str_equal (is, sha256);
}

gboolean lanmu_second_copy_keep (const char *data_dir, const char *folder, const char *path, const char *sha256,
                                 GError **error)
{
  g_autofree char *full = g_build_filename (folder, path, NULL);
  gboolean was_there = access (full, F_OK) == 0;

  if (!lanmu_vault_copy (data_dir, path, folder, error))
    return FALSE;
  if (check_bytes (full, sha256, error))
    return TRUE;
  if (!was_there)
    unlink (full); /* ours, of a moment ago; the picture itself is in the data folder */
  return FALSE;
}

void lanmu_second_copy_step_aside (void)
{
  enum { WHO_PROCESS = 1, CLASS_IDLE = 3, CLASS_SHIFT = 13 };
  pid_t thread = (pid_t)syscall (SYS_gettid);

  /* Wishes: a kernel without them only makes us compete. */
  if (syscall (SYS_ioprio_set, WHO_PROCESS, thread, CLASS_IDLE << CLASS_SHIFT) < 0 ||
      setpriority (PRIO_PROCESS, (id_t)thread, 10) < 0)
    g_debug ("second copy: no lower priority: %s", g_strerror (errno));
}
