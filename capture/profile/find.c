/* Where profiles lie: see profile.h. */
#include "capture/profile/builtin.h"
#include "capture/profile/lanmu-profile-resources.h"
#include "capture/profile/profile.h"

#include <string.h>

#define RESOURCE "/lanmu/profiles/"

GBytes *lanmu_builtin_profile (const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCE, name, LANMU_PROFILE_EXTENSION, NULL);
  return g_resource_lookup_data (lanmu_profile_get_resource (), path, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

char **lanmu_builtin_profile_names (void)
{
  char **names =
      g_resource_enumerate_children (lanmu_profile_get_resource (), RESOURCE, G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
  for (int i = 0; names != NULL && names[i] != NULL; i++)
    if (g_str_has_suffix (names[i], LANMU_PROFILE_EXTENSION))
      names[i][strlen (names[i]) - strlen (LANMU_PROFILE_EXTENSION)] = '\0';
  return names;
}

/* Nearest first. */
static GPtrArray *folders (const char *own_dir)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
  if (own_dir != NULL)
    g_ptr_array_add (list, g_strdup (own_dir));
  g_ptr_array_add (list, g_build_filename (g_get_user_config_dir (), "lanmu", "profiles", NULL));
  for (const char *const *dir = g_get_system_data_dirs (); *dir != NULL; dir++)
    g_ptr_array_add (list, g_build_filename (*dir, "lanmu", "profiles", NULL));
  return list;
}

static LanmuProfile *parse_builtin (GBytes *text, GError **error)
{
  gsize size;
  const char *bytes = g_bytes_get_data (text, &size);
  return lanmu_profile_parse (bytes, size, NULL, error);
}

static LanmuProfile *not_found (const char *name, GError **error)
{
  g_set_error (error, LANMU_PROFILE_ERROR, LANMU_PROFILE_ERROR_NOT_FOUND,
               "There is no profile “%s”; lanmuctl profile list shows those there are.", name);
  return NULL;
}

LanmuProfile *lanmu_profile_find (const char *name, const char *own_dir, GError **error)
{
  if (strchr (name, '/') != NULL)
    return lanmu_profile_load (name, error);
  if (!lanmu_profile_is_name (name))
    return not_found (name, error);
  g_autoptr (GPtrArray) list = folders (own_dir);
  g_autofree char *file = g_strconcat (name, LANMU_PROFILE_EXTENSION, NULL);
  for (guint i = 0; i < list->len; i++) {
    g_autofree char *path = g_build_filename (list->pdata[i], file, NULL);
    if (g_file_test (path, G_FILE_TEST_EXISTS))
      return lanmu_profile_load (path, error);
  }
  g_autoptr (GBytes) text = lanmu_builtin_profile (name);
  return text != NULL ? parse_builtin (text, error) : not_found (name, error);
}

typedef struct {
  GHashTable *by_name; /* name → LanmuProfile */
  LanmuProfileWrong wrong;
  gpointer user_data;
} Listing;

static void take (Listing *listing, const char *path, LanmuProfile *profile, const GError *error)
{
  if (profile == NULL) {
    if (listing->wrong != NULL)
      listing->wrong (path, error, listing->user_data);
    return;
  }
  if (g_hash_table_contains (listing->by_name, profile->name))
    lanmu_profile_unref (profile);
  else
    g_hash_table_insert (listing->by_name, profile->name, profile);
}

static void take_folder (Listing *listing, const char *folder)
{
  const char *name;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autoptr (GError) error = NULL;
    g_autofree char *path = g_build_filename (folder, name, NULL);
    if (g_str_has_suffix (name, LANMU_PROFILE_EXTENSION)) {
      LanmuProfile *profile = lanmu_profile_load (path, &error);
      take (listing, path, profile, error);
    }
  }
}

static void take_builtin (Listing *listing)
{
  g_auto (GStrv) names = lanmu_builtin_profile_names ();
  for (int i = 0; names != NULL && names[i] != NULL; i++) {
    g_autoptr (GError) error = NULL;
    g_autoptr (GBytes) text = lanmu_builtin_profile (names[i]);
    LanmuProfile *profile = parse_builtin (text, &error);
    take (listing, names[i], profile, error);
  }
}

static int by_name (gconstpointer a, gconstpointer b)
{
  return strcmp ((*(LanmuProfile *const *) a)->name, (*(LanmuProfile *const *) b)->name);
}

GPtrArray *lanmu_profile_list (const char *own_dir, LanmuProfileWrong wrong, gpointer user_data)
{
  g_autoptr (GHashTable) found = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GPtrArray) list = folders (own_dir);
  Listing listing = {found, wrong, user_data};
  for (guint i = 0; i < list->len; i++)
    take_folder (&listing, list->pdata[i]);
  take_builtin (&listing);
  GPtrArray *profiles = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_profile_unref);
  GHashTableIter iter;
  gpointer profile;
  g_hash_table_iter_init (&iter, found);
  while (g_hash_table_iter_next (&iter, NULL, &profile))
    g_ptr_array_add (profiles, profile);
  g_ptr_array_sort (profiles, by_name);
  return profiles;
}

char *lanmu_profile_get_text (const LanmuProfile *self, GError **error)
{
  char *text = NULL;
  if (*self->path != '\0') {
    g_file_get_contents (self->path, &text, NULL, error);
    return text;
  }
  gsize size;
  g_autoptr (GBytes) bytes = lanmu_builtin_profile (self->name);
  const char *data = g_bytes_get_data (bytes, &size);
  return g_strndup (data, size);
}
