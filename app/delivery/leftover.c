/* See leftover.h. */
#include "app/delivery/leftover.h"

#include <errno.h>
#include <gio/gio.h>
#include <stdio.h>
#include <string.h>

#define DEEPEST 32

static gboolean list (const char *folder, const char *below, guint depth, GPtrArray *found, GError **error)
{
  g_autofree char *path = *below != '\0' ? g_build_filename (folder, below, NULL) : g_strdup (folder);
  g_autoptr (GDir) dir = g_dir_open (path, 0, error);
  const char *name;
  if (!dir)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *relative = *below != '\0' ? g_strconcat (below, "/", name, NULL) : g_strdup (name);
    g_autofree char *full = g_build_filename (folder, relative, NULL);
    gboolean is_folder = g_file_test (full, G_FILE_TEST_IS_DIR) && !g_file_test (full, G_FILE_TEST_IS_SYMLINK);
    if (!is_folder)
      g_ptr_array_add (found, g_steal_pointer (&relative));
    else if (depth == DEEPEST || !list (folder, relative, depth + 1, found, error))
      return depth == DEEPEST
                 ? (g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The folders in %s are too deep", folder), FALSE)
                 : FALSE;
  }
  return TRUE;
}

static gint by_name (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

GPtrArray *lanmu_delivery_list_files (const char *folder, GError **error)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  if (!list (folder, "", 0, found, error))
    return NULL;
  g_ptr_array_sort (found, by_name);
  return g_steal_pointer (&found);
}

gboolean lanmu_delivery_drop_leftovers (const char *part, const LanmuManifest *manifest, GError **error)
{
  g_autoptr (GPtrArray) found = lanmu_delivery_list_files (part, error);
  g_autoptr (GHashTable) wanted = g_hash_table_new (g_str_hash, g_str_equal);
  if (!found)
    return FALSE;
  for (guint i = 0; i < manifest->lines->len; i++)
    g_hash_table_add (wanted, ((LanmuManifestLine *) manifest->lines->pdata[i])->path);
  for (guint i = 0; i < found->len; i++) {
    g_autofree char *full = g_build_filename (part, found->pdata[i], NULL);
    if (!g_hash_table_contains (wanted, found->pdata[i]) && remove (full) != 0) {
      g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (errno), "Cannot remove %s: %s", full,
                   g_strerror (errno));
      return FALSE;
    }
  }
  return TRUE;
}
