/* Cells merged over several rows: a class written once beside the block of its students. What the top one says, all of
 * them say. Sideways nothing is repeated: a title or a 合计 over the whole width is no student. Private to roster/.
 * Pure; one thread at a time. */
#pragma once

#include "app/roster/cells.h"

G_BEGIN_DECLS

#define LANMU_MERGES_MOST 200000 /* further ones are left as they are: the rules find the empty cells */

typedef struct {
  GArray *merges; /* of merges.c */
  guint next;     /* those before it have begun */
  gboolean sorted;
} LanmuMerges;

void lanmu_merges_init (LanmuMerges *self);
void lanmu_merges_clear (LanmuMerges *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanmuMerges, lanmu_merges_clear)

/* Rows from 1, columns from 0; a merge of one row only is not kept. */
void lanmu_merges_add (LanmuMerges *self, guint first_row, guint last_row, guint column);
/* "A2:B31" as xlsx writes it. */
void lanmu_merges_add_reference (LanmuMerges *self, const char *reference);
/* Fills a row that is about to be handed over; rows must come rising, a row without anything of its own stays so. */
void lanmu_merges_fill (LanmuMerges *self, guint row, LanmuCells *cells);

G_END_DECLS
