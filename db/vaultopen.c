/* The one way a picture is opened for reading: what is sealed comes as memory, what is not as its file. See vault.h. Any thread. */
#include "db/vault.h"
#include "db/files.h"
#include "db/sealfile.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#define SEALING "sealing.part" /* in the folder itself: no list of pictures shows it */

gboolean lanmu_vault_open_file (const char *path, int *fd, GError **error)
{
  LANMU_AUTO_FD file = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* not to hang on a pipe that stands in the file's place */

  *fd = -1;
  if (file < 0 && errno == ENOENT) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW, "There is no file %s", path);
    return FALSE;
  }
  if (file < 0)
    return lanmu_file_fail (error, errno, "Cannot open", path);
  if (lanmu_sealed_file_is (file, NULL))
    return lanmu_sealed_file_open (file, path, FALSE, fd, error);
  *fd = file;
  file = -1;
  return TRUE;
}

gboolean lanmu_vault_open (const char *dir, const char *path, int *fd, GError **error)
{
  g_autofree char *full = g_build_filename (dir, path, NULL);

  return lanmu_vault_open_file (full, fd, error);
}

static GBytes *read_bytes (int fd, const char *path, GError **error)
{
  struct stat info;
  gsize done = 0;

  if (fstat (fd, &info) < 0) {
    lanmu_file_fail (error, errno, "Cannot read", path);
    return NULL;
  }
  g_autofree guint8 *bytes = g_malloc ((gsize) info.st_size + 1);
  while (done < (gsize) info.st_size) {
    gssize n = pread (fd, bytes + done, (gsize) info.st_size - done, (off_t) done);
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0) {
      lanmu_file_fail (error, errno, "Cannot read", path);
      return NULL;
    }
    if (n == 0)
      break;
    done += (gsize) n;
  }
  return g_bytes_new_take (g_steal_pointer (&bytes), done);
}

GBytes *lanmu_vault_read (const char *dir, const char *path, GError **error)
{
  LANMU_AUTO_FD fd = -1;

  return lanmu_vault_open (dir, path, &fd, error) ? read_bytes (fd, path, error) : NULL;
}

char *lanmu_vault_sum (const char *dir, const char *path, gint64 *size, GError **error)
{
  LANMU_AUTO_FD fd = -1;

  return lanmu_vault_open (dir, path, &fd, error) ? lanmu_vault_sha256 (fd, size, error) : NULL;
}

gboolean lanmu_vault_is_sealed (const char *dir, const char *path)
{
  g_autofree char *full = g_build_filename (dir, path, NULL);
  LANMU_AUTO_FD fd = open (full, O_RDONLY | O_CLOEXEC | O_NONBLOCK);

  return fd >= 0 && lanmu_sealed_file_is (fd, NULL);
}

gint64 lanmu_vault_size_on_disk (gint64 size)
{
  return lanmu_sealed_file_size (size);
}

/* A name beside it, whole and synced, then over it: at every moment the path holds the picture, sealed or not. */
static gboolean write_over (const LanmuKey *key, int plain, const char *full, const char *beside, GError **error)
{
  LANMU_AUTO_FD out = open (beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  g_autofree char *folder = g_path_get_dirname (full);

  if (out < 0)
    return lanmu_file_fail (error, errno, "Cannot create", beside);
  if (!lanmu_sealed_file_write (key, plain, out, beside, error))
    return FALSE;
  if (fsync (out) < 0)
    return lanmu_file_fail (error, errno, "Cannot write", beside);
  if (rename (beside, full) < 0)
    return lanmu_file_fail (error, errno, "Cannot replace", full);
  return lanmu_fsync_folder (folder, error);
}

/* The old bytes, before their last name goes: what a plain disk kept there is zero. An SSD may have kept it elsewhere. */
static void overwrite (int fd, gint64 size)
{
  static const guint8 zeros[64 * 1024];

  for (gint64 at = 0; at < size; at += (gint64) sizeof zeros)
    if (pwrite (fd, zeros, (gsize) MIN (size - at, (gint64) sizeof zeros), (off_t) at) < 0)
      return;
  fdatasync (fd);
}

gboolean lanmu_vault_seal (const char *home, const char *dir, const char *path, gboolean *sealed, GError **error)
{
  g_autofree char *full = g_build_filename (dir, path, NULL), *beside = g_build_filename (dir, SEALING, NULL);
  const LanmuKey *key;
  struct stat info;

  *sealed = FALSE;
  if (!lanmu_seal_folder_get_key (lanmu_keyring_folder (home), &key, error))
    return FALSE;
  if (!key)
    return TRUE;
  LANMU_AUTO_FD plain = open (full, O_RDWR | O_CLOEXEC | O_NOFOLLOW);
  if (plain < 0 || fstat (plain, &info) < 0)
    return lanmu_file_fail (error, errno, "Cannot open", full);
  if (lanmu_sealed_file_is (plain, NULL))
    return TRUE;
  if (!write_over (key, plain, full, beside, error)) {
    unlink (beside);
    return FALSE;
  }
  if (info.st_nlink == 1)
    overwrite (plain, info.st_size);
  *sealed = TRUE;
  return TRUE;
}

gboolean lanmu_vault_write_sealed (const char *dir, const char *path, GBytes *plain, GError **error)
{
  g_autofree char *full = g_build_filename (dir, path, NULL), *beside = g_build_filename (dir, SEALING, NULL);
  LANMU_AUTO_FD memory = lanmu_memory_file_new (error);
  const LanmuKey *key;
  gsize size = 0;
  const guint8 *bytes = g_bytes_get_data (plain, &size);

  if (memory < 0 || !lanmu_seal_folder_get_key (lanmu_keyring_folder (dir), &key, error))
    return FALSE;
  g_return_val_if_fail (key, FALSE);
  if (write (memory, bytes, size) != (gssize) size)
    return lanmu_file_fail (error, ENOMEM, "Cannot make room in memory for", full);
  gboolean ok = write_over (key, memory, full, beside, error);
  if (!ok)
    unlink (beside);
  return ok;
}

gboolean lanmu_vault_erase (const char *dir, const char *path, GError **error)
{
  g_autofree char *full = g_build_filename (dir, path, NULL);
  LANMU_AUTO_FD fd = open (full, O_WRONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
  struct stat info;

  if (fd >= 0 && fstat (fd, &info) == 0 && S_ISREG (info.st_mode) && info.st_nlink == 1)
    overwrite (fd, info.st_size);
  return unlink (full) == 0 || errno == ENOENT || lanmu_file_fail (error, errno, "Cannot remove", full);
}
