/* LanmuBook: a table of the day as xlsx: a title, lines of words, titled columns, rows. Written beside the file that is to be, then renamed. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const char *title; /* static */
  double width;      /* characters */
  enum { LANMU_BOOK_TEXT, LANMU_BOOK_COUNT, LANMU_BOOK_FEN } kind; /* COUNT, FEN: figures in the cell; fen are shown as yuan */
} LanmuBookColumn;

typedef struct _LanmuBook LanmuBook;

/* columns must live as long. heading: above the table, lines of it parted by "\n". */
LanmuBook *lanmu_book_new (const char *path, const char *sheet, const char *heading, const LanmuBookColumn *columns, guint n_columns);
/* n_columns texts; figures as whole numbers, fen as fen; "" stays empty. strong: a sum. */
void lanmu_book_add (LanmuBook *self, const char *const *texts, gboolean strong);
void lanmu_book_say (LanmuBook *self, const char *text); /* a line below the table; lines parted by "\n" */
gboolean lanmu_book_save (LanmuBook *self, GError **error); /* once */
void lanmu_book_free (LanmuBook *self); /* without save: nothing is left behind */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuBook, lanmu_book_free)

char *lanmu_book_yuan (gint64 fen); /* 1500 → "15.00". Full */

G_END_DECLS
