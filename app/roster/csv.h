/* Records and cells of a CSV text, in place, in a buffer that is filled again and again. One thread at a time.
 *
 * Why not libcsv: it leaves out empty lines and joins both halves of a CR LF pair only in one mode, so its row numbers
 * are not those a counselor sees in the spreadsheet, and the report must name the row; and it copies every cell, where
 * 1,000,000 rows can be cut where they lie. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  char *at, *end;      /* *end is writable and '\0' */
  char delimiter;      /* , ; or tab */
  guint row;           /* number of the record read last, from 1; a line break inside quotation marks does not count */
  gboolean open_quote; /* the record's quotation mark never closes (or closes absurdly late) */
} LanmuCsv;

/* text is cut to pieces; cells point into it. length bytes and a '\0' behind them. */
void lanmu_csv_init (LanmuCsv *self, char *text, gsize length, char delimiter);
/* The text goes on elsewhere: what is left of it begins at text now. The row count stays. */
void lanmu_csv_move (LanmuCsv *self, char *text, gsize length);

/* The next record's cells (char *, not owned). FALSE at the end, or when a quotation mark stays open. Line ends:
 * LF, CR LF or CR. A cell in quotation marks may hold delimiters, line ends and "" for one mark. */
gboolean lanmu_csv_next (LanmuCsv *self, GPtrArray *cells);

G_END_DECLS
