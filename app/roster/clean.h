/* Tidying one cell, in place, and saying so. Nothing that identifies a person is guessed: only spaces, invisible
 * characters, Excel's text marks and, in codes, full-width forms go. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LANMU_CLEAN_TRIMMED = 1 << 0,
  LANMU_CLEAN_FULL_WIDTH = 1 << 1,
  LANMU_CLEAN_UNWRAPPED = 1 << 2, /* ="…" or '… */
} LanmuCleaned;

typedef enum {
  LANMU_CELL_TEXT, /* class, college…: ends only */
  LANMU_CELL_NAME, /* also spaces between two Chinese characters (王　强) */
  LANMU_CELL_CODE, /* 学号, ID number…: every space, and full-width letters and digits become plain */
} LanmuCellKind;

/* cell: UTF-8, not longer afterwards. Returns where it begins now; *done = LanmuCleaned bits. */
char *lanmu_clean_cell (char *cell, LanmuCellKind kind, guint *done);

G_END_DECLS
