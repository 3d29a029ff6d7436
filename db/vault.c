/* From bytes that are still coming to a file that is never lost; see vault.h for the promises. Any thread. */
#include "db/vault.h"
#include "db/datadir.h"
#include "db/files.h"
#include "db/incoming.h"
#include "db/killpoint.h"
#include "db/sealfile.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#define PART_SUFFIX ".part"

static const char *const folder_names[] = {LANMU_DATADIR_INCOMING, LANMU_DATADIR_SHOTS, LANMU_DATADIR_QUARANTINE};

const char *lanmu_vault_place_to_string (LanmuVaultPlace place)
{
  return folder_names[place];
}

static gboolean check_id (const char *id, GError **error)
{
  gsize length = strlen (id);

  if (length > 0 && length <= 64 &&
      strspn (id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") == length)
    return TRUE;
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED,
               "\"%s\" cannot name a file of the vault: letters, digits, - and _ only", id);
  return FALSE;
}

static char *part_path (const char *dir, const char *id)
{
  g_autofree char *name = g_strconcat (id, PART_SUFFIX, NULL);

  return g_build_filename (dir, LANMU_DATADIR_INCOMING, name, NULL);
}

static gboolean fail_earlier (const char *path, GError **error)
{
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS, "There is a file %s of an earlier try already", path);
  return FALSE;
}

gboolean lanmu_vault_incoming (const char *dir, const char *id, int *fd, GError **error)
{
  const LanmuKey *key;

  *fd = -1;
  if (!check_id (id, error) || !lanmu_seal_folder_get_key (lanmu_keyring_folder (dir), &key, error))
    return FALSE;
  g_autofree char *path = part_path (dir, id);
  if (key && access (path, F_OK) == 0)
    return fail_earlier (path, error);
  if (key) {
    if (!lanmu_incoming_make (dir, id, fd, error))
      return FALSE;
  } else {
    *fd = open (path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (*fd < 0)
      return errno == EEXIST ? fail_earlier (path, error) : lanmu_file_fail (error, errno, "Cannot create", path);
  }
  lanmu_killpoint ("vault.incoming.after-create");
  return TRUE;
}

/* A sealed part is one that keep was writing when the process died: what is sound of it, as a half transfer would be. */
gboolean lanmu_vault_open_incoming (const char *dir, const char *id, int *fd, GError **error)
{
  if (!check_id (id, error))
    return FALSE;
  g_autofree char *path = part_path (dir, id);
  *fd = lanmu_incoming_get (dir, id);
  if (*fd >= 0)
    return TRUE;
  LANMU_AUTO_FD file = open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
  if (file < 0 && errno == ENOENT) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW, "There is no file %s", path);
    return FALSE;
  }
  if (file < 0)
    return lanmu_file_fail (error, errno, "Cannot open", path);
  if (lanmu_sealed_file_is (file, NULL))
    return lanmu_sealed_file_open (file, path, TRUE, fd, error);
  *fd = file;
  file = -1;
  return TRUE;
}

gboolean lanmu_vault_drop_incoming (const char *dir, const char *id, GError **error)
{
  if (!check_id (id, error))
    return FALSE;
  g_autofree char *path = part_path (dir, id);
  lanmu_incoming_drop (dir, id);
  return unlink (path) == 0 || errno == ENOENT || lanmu_file_fail (error, errno, "Cannot remove", path);
}

/* Today's folder in a place, durable; *relative is below the data folder. */
static gboolean make_day_folder (const char *dir, LanmuVaultPlace place, char **relative, char **absolute,
                                 GError **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *day = g_date_time_format (now, "%Y%m%d");

  *relative = g_build_filename (folder_names[place], day, NULL);
  *absolute = g_build_filename (dir, *relative, NULL);
  return lanmu_make_folder (*absolute, error);
}

static gboolean sync_part (const char *path, GError **error)
{
  LANMU_AUTO_FD fd = open (path, O_RDWR | O_CLOEXEC | O_NOFOLLOW);

  if (fd < 0 && errno == ENOENT) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW, "There is no file %s", path);
    return FALSE;
  }
  lanmu_killpoint ("vault.keep.before-fsync");
  if (fd < 0 || fsync (fd) < 0)
    return lanmu_file_fail (error, errno, "Cannot write", path);
  lanmu_killpoint ("vault.keep.after-fsync");
  return TRUE;
}

/* From memory to the disk, sealed. When that fails the memory still has it, and no half file stays. */
static gboolean seal_part (const LanmuKey *key, int memory, const char *path, GError **error)
{
  LANMU_AUTO_FD out = open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (out < 0)
    return lanmu_file_fail (error, errno, "Cannot create", path);
  lanmu_killpoint ("vault.keep.before-seal");
  if (lanmu_sealed_file_write (key, memory, out, path, error))
    return TRUE;
  unlink (path);
  return FALSE;
}

/* The part as it may go into the vault: of a sealed campaign a sealed file. */
static gboolean prepare_part (const char *dir, const char *id, const char *path, GError **error)
{
  const LanmuKey *key;
  gboolean sealed;

  if (!lanmu_seal_folder_get_key (lanmu_keyring_folder (dir), &key, error))
    return FALSE;
  LANMU_AUTO_FD memory = lanmu_incoming_get (dir, id);
  if (key && memory >= 0)
    return seal_part (key, memory, path, error);
  if (!key || access (path, F_OK) < 0) /* sync_part says that it is not there */
    return TRUE;
  g_autofree char *relative = g_strconcat (LANMU_DATADIR_INCOMING "/", id, PART_SUFFIX, NULL);
  return lanmu_vault_seal (dir, dir, relative, &sealed, error); /* of the time before it was sealed */
}

static gboolean move_part (const char *dir, const char *part, const char *folder, const char *target, GError **error)
{
  g_autofree char *incoming = g_build_filename (dir, LANMU_DATADIR_INCOMING, NULL);

  lanmu_killpoint ("vault.keep.before-rename");
  if (!lanmu_rename_new (part, target, error))
    return FALSE;
  lanmu_killpoint ("vault.keep.after-rename");
  /* The new name first: between the two a crash may leave both names, never none. */
  if (!lanmu_fsync_folder (folder, error) || !lanmu_fsync_folder (incoming, error))
    return FALSE;
  lanmu_killpoint ("vault.keep.after-folder-fsync");
  return TRUE;
}

gboolean lanmu_vault_keep (const char *dir, const char *id, const char *shot_id, LanmuVaultPlace place,
                           const char *extension, char **path, GError **error)
{
  g_autofree char *relative = NULL, *absolute = NULL;

  g_return_val_if_fail (place != LANMU_VAULT_INCOMING && extension[0] == '.', FALSE);
  if (!check_id (id, error) || !check_id (shot_id, error) || !check_id (extension + 1, error))
    return FALSE;
  g_autofree char *part = part_path (dir, id);
  if (!prepare_part (dir, id, part, error) || !sync_part (part, error) || !make_day_folder (dir, place, &relative, &absolute, error))
    return FALSE;
  g_autofree char *name = g_strconcat (shot_id, extension, NULL);
  g_autofree char *target = g_build_filename (absolute, name, NULL);
  gboolean moved = move_part (dir, part, absolute, target, error);
  if (moved || access (part, F_OK) < 0) /* its bytes are in the vault now */
    lanmu_incoming_drop (dir, id);
  if (!moved)
    return FALSE;
  *path = g_build_filename (relative, name, NULL);
  return TRUE;
}

/* A path from the database must stay below the two folders of the vault, whoever wrote it. */
static gboolean check_path (const char *path, GError **error)
{
  if ((g_str_has_prefix (path, LANMU_DATADIR_SHOTS "/") || g_str_has_prefix (path, LANMU_DATADIR_QUARANTINE "/")) &&
      !strstr (path, ".."))
    return TRUE;
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "\"%s\" is no file of the vault", path);
  return FALSE;
}

static gboolean is_same_file (const char *a, const char *b)
{
  struct stat info_a, info_b;

  return lstat (a, &info_a) == 0 && lstat (b, &info_b) == 0 && info_a.st_dev == info_b.st_dev &&
         info_a.st_ino == info_b.st_ino;
}

/* A second name; where the file system has none to give, the only name moves. */
static gboolean link_or_rename (const char *from, const char *to, GError **error)
{
  if (link (from, to) == 0 || (errno == EEXIST && is_same_file (from, to)))
    return TRUE;
  return errno == EPERM || errno == EOPNOTSUPP ? lanmu_rename_new (from, to, error)
                                               : lanmu_file_fail (error, errno, "Cannot link to", to);
}

gboolean lanmu_vault_link (const char *dir, const char *path, LanmuVaultPlace place, char **new_path, GError **error)
{
  g_autofree char *relative = NULL, *absolute = NULL;

  g_return_val_if_fail (place != LANMU_VAULT_INCOMING, FALSE);
  if (!check_path (path, error) || !make_day_folder (dir, place, &relative, &absolute, error))
    return FALSE;
  g_autofree char *from = g_build_filename (dir, path, NULL);
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *to = g_build_filename (absolute, name, NULL);
  lanmu_killpoint ("vault.link.before-link");
  if (!link_or_rename (from, to, error) || !lanmu_fsync_folder (absolute, error))
    return FALSE;
  lanmu_killpoint ("vault.link.after-link");
  *new_path = g_build_filename (relative, name, NULL);
  return TRUE;
}

gboolean lanmu_vault_drop_copy (const char *dir, const char *path, const char *other, GError **error)
{
  if (!check_path (path, error) || !check_path (other, error))
    return FALSE;
  g_autofree char *copy = g_build_filename (dir, path, NULL);
  g_autofree char *kept = g_build_filename (dir, other, NULL);
  g_autofree char *folder = g_path_get_dirname (copy);
  if (access (copy, F_OK) < 0 && errno == ENOENT)
    return TRUE;
  g_autofree char *a = lanmu_vault_sum (dir, path, NULL, error);
  g_autofree char *b = a ? lanmu_vault_sum (dir, other, NULL, error) : NULL;
  if (!b)
    return FALSE;
  if (g_str_equal (path, other) || !g_str_equal (a, b)) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "%s was kept: %s is not a second copy of it", copy, kept);
    return FALSE;
  }
  if (unlink (copy) < 0)
    return lanmu_file_fail (error, errno, "Cannot remove the second copy", copy);
  return lanmu_fsync_folder (folder, error);
}

gboolean lanmu_vault_unlink_old (const char *dir, const char *old_path, const char *new_path, GError **error)
{
  if (!check_path (old_path, error) || !check_path (new_path, error))
    return FALSE;
  g_autofree char *old = g_build_filename (dir, old_path, NULL);
  g_autofree char *new = g_build_filename (dir, new_path, NULL);
  g_autofree char *folder = g_path_get_dirname (old);
  if (access (old, F_OK) < 0 && errno == ENOENT)
    return TRUE;
  if (g_str_equal (old, new) || !is_same_file (old, new)) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "%s was kept: %s is not a second name of it", old, new);
    return FALSE;
  }
  if (unlink (old) < 0)
    return lanmu_file_fail (error, errno, "Cannot remove the old name", old);
  lanmu_killpoint ("vault.unlink-old.after-unlink");
  return lanmu_fsync_folder (folder, error);
}
