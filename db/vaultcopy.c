/* What the vault reads: hashes, second copies, lists. Any thread. */
#include "db/vault.h"
#include "db/files.h"
#include "db/killpoint.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define BLOCK (256 * 1024)

char *lanmu_vault_sha256 (int fd, gint64 *size, GError **error)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *block = g_malloc (BLOCK);
  gint64 offset = 0;
  gssize n;

  while ((n = pread (fd, block, BLOCK, offset)) > 0 || (n < 0 && errno == EINTR)) {
    if (n < 0)
      continue;
    g_checksum_update (sum, block, n);
    offset += n;
  }
  if (n < 0) {
    lanmu_file_fail (error, errno, "Cannot read", "a file of the vault");
    return NULL;
  }
  if (size)
    *size = offset;
  return g_strdup (g_checksum_get_string (sum));
}

static char *sha256_of_path (const char *path, GError **error)
{
  LANMU_AUTO_FD fd = -1;

  return lanmu_vault_open_file (path, &fd, error) ? lanmu_vault_sha256 (fd, NULL, error) : NULL;
}

static gboolean write_all (int fd, const guint8 *bytes, gsize n)
{
  while (n > 0) {
    gssize written = write (fd, bytes, n);
    if (written < 0 && errno != EINTR)
      return FALSE;
    bytes += MAX (written, 0);
    n -= (gsize)MAX (written, 0);
  }
  return TRUE;
}

static gboolean copy_bytes (const char *from, const char *to, GError **error)
{
  LANMU_AUTO_FD in = open (from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  LANMU_AUTO_FD out = -1;
  g_autofree guint8 *block = g_malloc (BLOCK);
  gssize n;

  if (in < 0)
    return lanmu_file_fail (error, errno, "Cannot read", from);
  out = open (to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (out < 0)
    return lanmu_file_fail (error, errno, "Cannot create", to);
  while ((n = read (in, block, BLOCK)) > 0)
    if (!write_all (out, block, (gsize)n))
      return lanmu_file_fail (error, errno, "Cannot write", to);
  if (n < 0)
    return lanmu_file_fail (error, errno, "Cannot read", from);
  return fsync (out) == 0 || lanmu_file_fail (error, errno, "Cannot write", to);
}

/* There is a file of that name: the same picture is what was wanted (sealed or not), another is kept and told. */
static gboolean check_copy (const char *from, const char *to, GError **error)
{
  g_autofree char *sum_from = sha256_of_path (from, error);
  g_autofree char *sum_to = sum_from ? sha256_of_path (to, error) : NULL;

  if (!sum_to)
    return FALSE;
  if (!g_str_equal (sum_from, sum_to))
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS,
                 "The copy %s holds other bytes than %s: both were kept; look at them", to, from);
  return g_str_equal (sum_from, sum_to);
}

gboolean lanmu_vault_copy (const char *dir, const char *path, const char *backup_dir, GError **error)
{
  return lanmu_vault_place_copy (dir, path, backup_dir, path, error);
}

gboolean lanmu_vault_place_copy (const char *dir, const char *path, const char *to_dir, const char *to_path,
                                 GError **error)
{
  g_autofree char *from = g_build_filename (dir, path, NULL);
  g_autofree char *to = g_build_filename (to_dir, to_path, NULL);
  g_autofree char *folder = g_path_get_dirname (to);
  g_autofree char *temporary = g_strconcat (to, ".copying", NULL);

  if (g_file_test (to, G_FILE_TEST_EXISTS))
    return check_copy (from, to, error);
  if (!lanmu_make_folder (folder, error))
    return FALSE;
  if (!copy_bytes (from, temporary, error)) {
    unlink (temporary);
    return FALSE;
  }
  lanmu_killpoint ("vault.copy.before-rename");
  if (!lanmu_rename_new (temporary, to, error))
    return FALSE;
  lanmu_killpoint ("vault.copy.after-rename");
  return lanmu_fsync_folder (folder, error);
}

void lanmu_vault_file_free (LanmuVaultFile *file)
{
  if (!file)
    return;
  g_free (file->path);
  g_free (file->id);
  g_free (file);
}

static void add_file (GPtrArray *files, const char *path, const char *name, const struct stat *info)
{
  LanmuVaultFile *file = g_new0 (LanmuVaultFile, 1);
  const char *dot = strrchr (name, '.');

  file->path = g_strdup (path);
  file->id = dot ? g_strndup (name, (gsize)(dot - name)) : g_strdup (name);
  file->size = info->st_size;
  file->mtime_us = (gint64)info->st_mtim.tv_sec * G_USEC_PER_SEC + info->st_mtim.tv_nsec / 1000;
  g_ptr_array_add (files, file);
}

static gboolean list_folder (const char *dir, const char *relative, gboolean deeper, GPtrArray *files, GError **error)
{
  g_autofree char *absolute = g_build_filename (dir, relative, NULL);
  g_autoptr (GDir) folder = g_dir_open (absolute, 0, NULL);
  const char *name;

  if (!folder)
    return lanmu_file_fail (error, errno, "Cannot read the folder", absolute);
  while ((name = g_dir_read_name (folder))) {
    g_autofree char *path = g_build_filename (relative, name, NULL);
    g_autofree char *full = g_build_filename (dir, path, NULL);
    struct stat info;
    if (lstat (full, &info) < 0)
      continue; /* went away while we looked: another thread keeps its part */
    if (S_ISREG (info.st_mode))
      add_file (files, path, name, &info);
    else if (S_ISDIR (info.st_mode) && deeper && !list_folder (dir, path, FALSE, files, error))
      return FALSE;
  }
  return TRUE;
}

static int compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(LanmuVaultFile *const *)a)->path, (*(LanmuVaultFile *const *)b)->path);
}

GPtrArray *lanmu_vault_list (const char *dir, LanmuVaultPlace place, GError **error)
{
  g_autoptr (GPtrArray) files = g_ptr_array_new_with_free_func ((GDestroyNotify)lanmu_vault_file_free);

  if (!list_folder (dir, lanmu_vault_place_to_string (place), place != LANMU_VAULT_INCOMING, files, error))
    return NULL;
  g_ptr_array_sort (files, compare_paths);
  return g_steal_pointer (&files);
}
