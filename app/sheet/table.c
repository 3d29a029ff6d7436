/* Tables of sheet.h: a row is as high as its highest text, and never torn. */
#include "app/sheet/drawing.h"

#define PAD 3.0

static const SheetText TITLE = { .size = 8.5, .bold = TRUE }, CELL = { .size = 9 };

typedef struct {
  const LanmuSheetColumn *columns;
  guint n;
  double total;
} Table;

static double width_of (const Table *table, guint column)
{
  return SHEET_BREADTH * table->columns[column].share / table->total;
}

static double row_height (LanmuSheet *self, const Table *table, const SheetText *how, char **texts)
{
  double height = 0;
  for (guint i = 0; i < table->n; i++) {
    const char *text = texts != NULL ? texts[i] : table->columns[i].title;
    height = MAX (height, sheet_text_height (self->cr, how, text, width_of (table, i) - 2 * PAD));
  }
  return height + 2 * PAD;
}

/* texts NULL: the titles. */
static void draw_row (LanmuSheet *self, const Table *table, const SheetText *how, char **texts)
{
  double x = SHEET_SIDE, height = row_height (self, table, how, texts);
  for (guint i = 0; i < table->n; i++) {
    SheetText cell = *how;
    cell.side = table->columns[i].number ? SHEET_RIGHT : SHEET_LEFT;
    sheet_text_draw (self->cr, &cell, texts != NULL ? texts[i] : table->columns[i].title, x + PAD, self->y + PAD, width_of (table, i) - 2 * PAD);
    x += width_of (table, i);
  }
  self->y += height;
  sheet_line (self->cr, SHEET_SIDE, self->y, SHEET_BREADTH, texts != NULL ? 0.8 : 0);
}

void lanmu_sheet_table (LanmuSheet *self, const LanmuSheetColumn *columns, guint n_columns, GPtrArray *rows)
{
  Table table = { columns, n_columns, 0 };
  for (guint i = 0; i < n_columns; i++)
    table.total += columns[i].share;
  g_return_if_fail (table.total > 0);
  sheet_make_room (self, 44); /* titles and a row */
  draw_row (self, &table, &TITLE, NULL);
  for (guint i = 0; i < rows->len; i++) {
    if (sheet_make_room (self, row_height (self, &table, &CELL, rows->pdata[i])))
      draw_row (self, &table, &TITLE, NULL);
    draw_row (self, &table, &CELL, rows->pdata[i]);
  }
  self->y += 8;
}
