/* Cells merged over several rows; see merges.h. */
#include "app/roster/merges.h"

#include <stdlib.h>

typedef struct {
  guint first, last, column;
  char *text; /* of the top one, once it was seen */
} Merge;

#define MOST_AT_ONCE 1024

#define MERGE(self, i) (&g_array_index ((self)->merges, Merge, i))

static void clear_merge (gpointer data)
{
  g_free (((Merge *) data)->text);
}

void lanmu_merges_init (LanmuMerges *self)
{
  *self = (LanmuMerges){.merges = g_array_new (FALSE, FALSE, sizeof (Merge))};
  g_array_set_clear_func (self->merges, clear_merge);
}

void lanmu_merges_clear (LanmuMerges *self)
{
  g_clear_pointer (&self->merges, g_array_unref);
}

void lanmu_merges_add (LanmuMerges *self, guint first_row, guint last_row, guint column)
{
  const Merge merge = {first_row, last_row, column, NULL};
  if (last_row > first_row && column < LANMU_READER_MAX_COLUMNS && self->merges->len < LANMU_MERGES_MOST)
    g_array_append_val (self->merges, merge);
}

/* One corner; returns what stands behind it, NULL when it is none. */
static const char *read_corner (const char *p, guint *row, guint *column)
{
  char *end;
  *column = 0;
  while (*p == '$')
    p++;
  for (; g_ascii_isalpha (*p) && *column <= LANMU_READER_MAX_COLUMNS * 26; p++)
    *column = *column * 26 + (guint) (g_ascii_toupper (*p) - 'A' + 1);
  while (*p == '$')
    p++;
  gulong number = strtoul (p, &end, 10);
  *row = (guint) MIN (number, G_MAXINT);
  return end > p && *column > 0 && number > 0 ? end : NULL;
}

void lanmu_merges_add_reference (LanmuMerges *self, const char *reference)
{
  guint top, left, bottom, right;
  const char *colon = read_corner (reference, &top, &left);
  if (colon != NULL && *colon == ':' && read_corner (colon + 1, &bottom, &right) != NULL)
    lanmu_merges_add (self, top, bottom, left - 1);
}

static int by_first (gconstpointer a, gconstpointer b)
{
  const Merge *left = a, *right = b;
  return left->first < right->first ? -1 : left->first > right->first;
}

static void fill_one (Merge *merge, guint row, LanmuCells *cells)
{
  const char *own = lanmu_cells_get (cells, merge->column);
  if (row == merge->first) {
    g_free (merge->text);
    merge->text = g_strdup (own);
  } else if (merge->text != NULL && *own == '\0') {
    lanmu_cells_put (cells, merge->column, merge->text, -1, 0);
  }
}

void lanmu_merges_fill (LanmuMerges *self, guint row, LanmuCells *cells)
{
  guint kept = 0;
  if (self->merges->len == 0)
    return;
  if (!self->sorted)
    g_array_sort (self->merges, by_first);
  self->sorted = TRUE;
  while (self->next < self->merges->len && MERGE (self, self->next)->first <= row)
    if (++self->next > MOST_AT_ONCE) { /* they lie over each other: no program writes that */
      g_array_set_size (self->merges, 0);
      self->next = 0;
      return;
    }
  gboolean empty = cells->offsets->len == 0;
  for (guint i = 0; i < self->next; i++) { /* those that are over go */
    Merge *merge = MERGE (self, i);
    if (!empty && row <= merge->last)
      fill_one (merge, row, cells);
    if (row >= merge->last)
      continue;
    if (kept != i) {
      Merge other = *MERGE (self, kept);
      *MERGE (self, kept) = *merge;
      *merge = other;
    }
    kept++;
  }
  if (kept < self->next)
    g_array_remove_range (self->merges, kept, self->next - kept);
  self->next = kept;
}
