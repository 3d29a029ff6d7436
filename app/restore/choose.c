/* Which copy of the database is believed: the newest that is sound, every byte of it read. */
#include "app/restore/restoring.h"

#include "db/datadir.h"

static gboolean add_copies (GPtrArray *all, const char *folder, GError **error)
{
  g_autoptr (GPtrArray) rows = lanmu_backups_list (folder, error);
  if (rows == NULL)
    return FALSE;
  g_ptr_array_set_free_func (rows, NULL);
  for (guint i = 0; i < rows->len; i++)
    g_ptr_array_add (all, g_ptr_array_index (rows, i));
  return TRUE;
}

/* One without its .sum (made before a migration) comes after all that say how far they reach. */
static int longest_first (gconstpointer a, gconstpointer b)
{
  const LanmuBackupRow *left = *(const LanmuBackupRow *const *) a, *right = *(const LanmuBackupRow *const *) b;
  if (left->audit_rows != right->audit_rows)
    return left->audit_rows > right->audit_rows ? -1 : 1;
  return left->wall_us > right->wall_us ? -1 : left->wall_us < right->wall_us;
}

static void free_row (gpointer row)
{
  lanmu_backup_row_free (row);
}

LanmuBackupRow *lanmu_restore_choose (const char *from, guint *refused, GError **error)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (free_row);
  g_autofree char *backups = g_build_filename (from, LANMU_DATADIR_BACKUPS, NULL);
  *refused = 0;
  if (!lanmu_datadir_check (from, FALSE, error) || !add_copies (all, from, error) || !add_copies (all, backups, error))
    return NULL;
  g_ptr_array_sort (all, longest_first);
  for (guint i = 0; i < all->len; i++) {
    LanmuBackupRow *row = g_ptr_array_index (all, i);
    if (lanmu_backup_check (row, NULL)) {
      all->pdata[i] = NULL;
      *refused = i;
      return row;
    }
  }
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NOT_FOUND,
               "There is no sound copy of a database in %s (%u were looked at): name a data folder or a second copy", from,
               all->len);
  return NULL;
}
