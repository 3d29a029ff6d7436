/* Where lists lie; see ui/listfiles.h. */
#include "ui/listfiles.h"

#include <glib/gstdio.h>
#include <string.h>

#define MOST_LOOKED_AT 2000 /* names in a folder */

typedef struct {
  char *path;
  gint64 changed;
} Found;

static void clear_found (gpointer data)
{
  g_free (((Found *) data)->path);
}

static gboolean is_list (const char *name)
{
  static const char *const ends[] = {".xlsx", ".xls", ".csv", ".dbf", ".txt"};
  g_autofree char *small = g_ascii_strdown (name, -1);
  for (gsize i = 0; i < G_N_ELEMENTS (ends); i++)
    if (*name != '.' && *name != '~' && g_str_has_suffix (small, ends[i]))
      return TRUE;
  return FALSE;
}

static void look_into (const char *folder, GArray *found)
{
  g_autoptr (GDir) dir = folder != NULL ? g_dir_open (folder, 0, NULL) : NULL;
  const char *name;
  for (guint i = 0; dir != NULL && i < MOST_LOOKED_AT && (name = g_dir_read_name (dir)) != NULL; i++) {
    GStatBuf info;
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (!is_list (name) || g_stat (path, &info) != 0 || !S_ISREG (info.st_mode))
      continue;
    const Found one = {g_steal_pointer (&path), (gint64) info.st_mtime};
    g_array_append_val (found, one);
  }
}

/* Sticks are mounted one a folder. */
static void look_at_sticks (GArray *found)
{
  g_autofree char *media = g_build_filename ("/media", g_get_user_name (), NULL);
  g_autoptr (GDir) dir = g_dir_open (media, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *stick = g_build_filename (media, name, NULL);
    look_into (stick, found);
  }
}

static int newest_first (gconstpointer a, gconstpointer b)
{
  const Found *left = a, *right = b;
  if (left->changed != right->changed)
    return left->changed > right->changed ? -1 : 1;
  return strcmp (left->path, right->path);
}

GPtrArray *lanmu_list_files_find (const char *data_dir)
{
  g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (Found));
  GPtrArray *paths = g_ptr_array_new_with_free_func (g_free);
  g_array_set_clear_func (found, clear_found);
  look_into (data_dir, found);
  look_into (g_get_user_special_dir (G_USER_DIRECTORY_DOWNLOAD), found);
  look_into (g_get_user_special_dir (G_USER_DIRECTORY_DESKTOP), found);
  look_at_sticks (found);
  g_array_sort (found, newest_first);
  for (guint i = 0; i < MIN (found->len, LANMU_LIST_FILES_MOST); i++)
    g_ptr_array_add (paths, g_strdup (g_array_index (found, Found, i).path));
  return paths;
}
