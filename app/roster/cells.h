/* LanmuCells: one row being put together, cell by cell, in any order of columns. Private to roster/. */
#pragma once

#include "app/roster/reader.h"

G_BEGIN_DECLS

typedef struct {
  GString *texts;  /* '\0', then the texts with a '\0' behind each */
  GArray *offsets; /* guint32 into texts, by column; 0 = empty */
  GByteArray *flags;
  GPtrArray *pointers; /* what LanmuRow.cells shows */
  gboolean too_wide;   /* something stood beyond the last column that is taken */
} LanmuCells;

void lanmu_cells_init (LanmuCells *self);
void lanmu_cells_clear (LanmuCells *self);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LanmuCells, lanmu_cells_clear)

void lanmu_cells_begin (LanmuCells *self); /* a new row */
/* length -1: text ends with '\0'. Empty texts leave no trace. A second text in one place replaces the first. */
void lanmu_cells_put (LanmuCells *self, guint column, const char *text, gssize length, guint flags);
/* A number as a person would have typed it: 631809030112, 3.5; sets LOST_DIGITS beyond fifteen digits. zeros: digits
 * the cell's format shows at least ("000000"), 0 = none. */
void lanmu_cells_put_number (LanmuCells *self, guint column, double number, guint zeros);
/* One flag more for what stands there. */
void lanmu_cells_mark (LanmuCells *self, guint column, guint flag);
/* Days since 1899-12-30 (or 1904-01-01) as 2000-01-31, with the time of day where there is one. */
void lanmu_cells_put_date (LanmuCells *self, guint column, double days, gboolean from_1904);
/* What stands there now, "" for nothing; until the next put. */
const char *lanmu_cells_get (const LanmuCells *self, guint column);

/* The row; its pointers live until the next begin. */
void lanmu_cells_end (LanmuCells *self, guint number, gboolean hidden, LanmuRow *row);

G_END_DECLS
