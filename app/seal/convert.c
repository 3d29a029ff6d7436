/* See convert.h. */
#include "app/seal/convert.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#include "db/backups.h"
#include "db/campaign.h"
#include "db/datadir.h"
#include "db/killpoint.h"
#include "db/seal.h"
#include "db/secondcopy.h"
#include "db/settings.h"
#include "db/vault.h"

#define ROWS_AT_ONCE 20000u

/* Folders of a data folder that hold pictures of people. */
static const char *const picture_folders[] = {LANMU_DATADIR_SHOTS, LANMU_DATADIR_QUARANTINE, LANMU_DATADIR_PORTRAITS, LANMU_DATADIR_INCOMING, "admission",
                                              "thumbnails"};

void lanmu_seal_converted_clear (LanmuSealConverted *self)
{
  g_clear_pointer (&self->second, g_free);
}

static void add_files (const char *dir, const char *relative, GPtrArray *files)
{
  g_autofree char *full = g_build_filename (dir, relative, NULL);
  g_autoptr (GDir) folder = g_file_test (full, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (full, 0, NULL);
  const char *name;
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL) {
    g_autofree char *path = g_build_filename (relative, name, NULL);
    g_autofree char *child = g_build_filename (dir, path, NULL);
    if (g_file_test (child, G_FILE_TEST_IS_SYMLINK))
      continue;
    if (g_file_test (child, G_FILE_TEST_IS_DIR))
      add_files (dir, path, files);
    else
      g_ptr_array_add (files, g_steal_pointer (&path));
  }
}

GPtrArray *lanmu_seal_picture_files (const char *dir)
{
  GPtrArray *files = g_ptr_array_new_with_free_func (g_free);
  for (gsize i = 0; i < G_N_ELEMENTS (picture_folders); i++)
    add_files (dir, picture_folders[i], files);
  return files;
}

static gboolean seal_files (const char *home, const char *dir, LanmuSealConverted *out, GError **error)
{
  g_autoptr (GPtrArray) files = lanmu_seal_picture_files (dir);
  for (guint i = 0; i < files->len; i++) {
    gboolean sealed;
    if (!lanmu_vault_seal (home, dir, files->pdata[i], &sealed, error))
      return FALSE;
    out->files += sealed;
  }
  return TRUE;
}

static gboolean seal_rows (LanmuDb *db, GError **error)
{
  gboolean left = TRUE;
  while (left)
    if (!lanmu_seal_rows (db, ROWS_AT_ONCE, &left, error))
      return FALSE;
  return TRUE;
}

/* Copies of the database from before hold plain rows: a new one first, then they go. */
static gboolean replace_copies (LanmuDb *db, const char *dir, LanmuSealConverted *out, GError **error)
{
  g_autofree char *folder = g_build_filename (dir, LANMU_DATADIR_BACKUPS, NULL);
  if (!g_file_test (folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  g_autoptr (LanmuBackupRow) fresh = lanmu_backup_make (db, folder, error);
  if (fresh == NULL)
    return FALSE;
  lanmu_killpoint ("seal.copies.after-make");
  g_autoptr (GPtrArray) old = g_ptr_array_new_with_free_func (g_free);
  add_files (dir, LANMU_DATADIR_BACKUPS, old);
  for (guint i = 0; i < old->len; i++) {
    const char *path = old->pdata[i];
    g_autofree char *full = g_build_filename (dir, path, NULL);
    g_autofree char *name = g_path_get_basename (path);
    if (g_str_has_prefix (name, fresh->name))
      continue;
    if (g_unlink (full) != 0 && errno != ENOENT) {
      g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_IO, "Cannot remove %s, which holds ID numbers in the clear: %s; remove it and try again", full,
                   g_strerror (errno));
      return FALSE;
    }
    out->copies_removed += g_str_has_suffix (name, ".db");
  }
  return TRUE;
}

static gboolean convert_second (LanmuDb *db, LanmuSealConverted *out, GError **error)
{
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (db, error);
  out->second = campaign != NULL ? lanmu_setting_get (db, LANMU_SETTING_SECOND_COPY, "", error) : NULL;
  if (out->second == NULL)
    return FALSE;
  if (*out->second == '\0' || !lanmu_second_copy_check (out->second, campaign->uuid, NULL))
    return TRUE;
  out->second_sealed = seal_files (lanmu_db_get_data_dir (db), out->second, out, error) && replace_copies (db, out->second, out, error);
  return out->second_sealed;
}

gboolean lanmu_seal_convert (LanmuDb *db, const char *actor, LanmuSealConverted *out, GError **error)
{
  const char *dir = lanmu_db_get_data_dir (db);
  *out = (LanmuSealConverted){0};
  return seal_rows (db, error) && seal_files (dir, dir, out, error) && lanmu_seal_sweep (db, error) && replace_copies (db, dir, out, error) &&
         convert_second (db, out, error) && lanmu_seal_finish (db, actor, error);
}
