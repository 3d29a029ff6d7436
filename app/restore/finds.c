/* Looking for pictures in what is left; see restoring.h. */
#include "app/restore/restoring.h"

#include <unistd.h>

#include "db/secondcopy.h"
#include "db/vault.h"

static void free_found (gpointer data)
{
  LanmuFound *found = data;
  g_free (found->dir);
  g_free (found->path);
  g_free (found);
}

static void free_list (gpointer list)
{
  g_ptr_array_unref (list);
}

LanmuFinds *lanmu_finds_new (void)
{
  LanmuFinds *self = g_new0 (LanmuFinds, 1);
  self->by_name = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_list);
  return self;
}

void lanmu_finds_free (LanmuFinds *self)
{
  g_hash_table_unref (self->by_name);
  g_free (self);
}

static void add_file (LanmuFinds *self, const char *dir, const LanmuVaultFile *file)
{
  g_autofree char *name = g_path_get_basename (file->path);
  GPtrArray *list = g_hash_table_lookup (self->by_name, name);
  LanmuFound *found = g_new0 (LanmuFound, 1);
  if (g_str_has_suffix (name, ".copying")) { /* a second copy that was interrupted */
    g_free (found);
    return;
  }
  if (list == NULL) {
    list = g_ptr_array_new_with_free_func (free_found);
    g_hash_table_insert (self->by_name, g_steal_pointer (&name), list);
  }
  found->dir = g_strdup (dir);
  found->path = g_strdup (file->path);
  found->size = file->size;
  found->mtime_us = file->mtime_us;
  g_ptr_array_add (list, found);
}

void lanmu_finds_add (LanmuFinds *self, const char *dir)
{
  const LanmuVaultPlace places[] = {LANMU_VAULT_SHOTS, LANMU_VAULT_QUARANTINE};
  for (guint i = 0; i < G_N_ELEMENTS (places); i++) {
    g_autoptr (GPtrArray) files = lanmu_vault_list (dir, places[i], NULL);
    for (guint k = 0; files != NULL && k < files->len; k++)
      add_file (self, dir, g_ptr_array_index (files, k));
  }
}

char *lanmu_found_sha256 (const LanmuFound *found)
{
  return lanmu_vault_sum (found->dir, found->path, NULL, NULL);
}

const LanmuFound *lanmu_finds_get (LanmuFinds *self, const char *path, const char *sha256)
{
  g_autofree char *name = g_path_get_basename (path);
  const GPtrArray *list = g_hash_table_lookup (self->by_name, name);
  for (guint i = 0; list != NULL && i < list->len; i++) {
    const LanmuFound *found = g_ptr_array_index (list, i);
    g_autofree char *is = lanmu_found_sha256 (found);
    if (g_strcmp0 (is, sha256) == 0)
      return found;
  }
  return NULL;
}

gboolean lanmu_found_take (const LanmuFound *found, const char *to_dir, const char *path, const char *sha256,
                           GError **error)
{
  g_autofree char *place = g_path_get_dirname (path);
  g_autofree char *folder = g_build_filename (to_dir, place, NULL);
  g_autofree char *from = g_build_filename (found->dir, found->path, NULL), *to = g_build_filename (to_dir, path, NULL);
  if (g_str_equal (found->path, path) && g_mkdir_with_parents (folder, 0700) == 0 && link (from, to) == 0)
    return TRUE; /* its bytes are on the disk already; the name becomes durable with the new folder */
  if (g_str_equal (found->path, path))
    return lanmu_second_copy_keep (found->dir, to_dir, path, sha256, error);
  /* It lay in another place then: copied to there, and from there to where the row says. */
  return lanmu_vault_place_copy (found->dir, found->path, to_dir, path, error);
}
