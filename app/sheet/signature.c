/* Lines to sign on: they stay together, on the page of the last block when there is room. */
#include "app/sheet/drawing.h"

#define ROW 42.0
#define COLUMNS 2

void lanmu_sheet_signatures (LanmuSheet *self, const char *const *labels)
{
  const SheetText how = { .size = 9.5 };
  double width = SHEET_BREADTH / COLUMNS;
  guint n = g_strv_length ((char **) labels);
  sheet_make_room (self, ROW * ((n + COLUMNS - 1) / COLUMNS) + 10);
  for (guint i = 0; i < n; i++) {
    double x = SHEET_SIDE + (i % COLUMNS) * width, y = self->y + (i / COLUMNS) * ROW + ROW;
    sheet_text_draw (self->cr, &how, labels[i], x, y - 15, width * 0.4);
    sheet_line (self->cr, x + width * 0.4, y, width * 0.55, 0);
  }
  self->y += ROW * ((n + COLUMNS - 1) / COLUMNS) + 10;
}
