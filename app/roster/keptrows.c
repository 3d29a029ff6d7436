/* Copies of rows; see keptrows.h. */
#include "app/roster/keptrows.h"

static void row_free (gpointer data)
{
  LanmuRow *row = data;
  g_strfreev (row->cells);
  g_free ((guint8 *) row->flags);
  g_free (row);
}

LanmuKeptRows *lanmu_kept_rows_new (void)
{
  return g_ptr_array_new_with_free_func (row_free);
}

void lanmu_kept_rows_add (LanmuKeptRows *self, const LanmuRow *row)
{
  LanmuRow *copy = g_memdup2 (row, sizeof *row);
  copy->cells = g_new0 (char *, row->n_cells + 1);
  for (guint i = 0; i < row->n_cells; i++)
    copy->cells[i] = g_strdup (row->cells[i]);
  copy->flags = row->flags != NULL ? g_memdup2 (row->flags, row->n_cells) : NULL;
  g_ptr_array_add (self, copy);
}
