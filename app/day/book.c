/* See book.h. By libxlsxwriter. */
#include "app/day/book.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <xlsxwriter.h>

struct _LanmuBook {
  char *path, *part;
  lxw_workbook *book;
  lxw_worksheet *sheet;
  lxw_format *bold, *boxed, *strong, *money, *strong_money;
  const LanmuBookColumn *columns;
  guint n_columns;
  lxw_row_t line;
};

static lxw_format *make_format (LanmuBook *self, gboolean bold, gboolean money)
{
  lxw_format *format = workbook_add_format (self->book);
  format_set_border (format, LXW_BORDER_THIN);
  if (bold)
    format_set_bold (format);
  if (money)
    format_set_num_format (format, "0.00");
  else
    format_set_text_wrap (format);
  return format;
}

static void write_lines (LanmuBook *self, const char *text, lxw_format *format)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL; line++)
    worksheet_write_string (self->sheet, self->line++, 0, *line, format);
}

LanmuBook *lanmu_book_new (const char *path, const char *sheet, const char *heading, const LanmuBookColumn *columns, guint n_columns)
{
  LanmuBook *self = g_new0 (LanmuBook, 1);
  self->path = g_strdup (path);
  self->part = g_strconcat (path, ".part", NULL);
  self->book = workbook_new (self->part);
  self->sheet = workbook_add_worksheet (self->book, sheet);
  self->columns = columns;
  self->n_columns = n_columns;
  self->bold = workbook_add_format (self->book);
  format_set_bold (self->bold);
  self->boxed = make_format (self, FALSE, FALSE);
  self->strong = make_format (self, TRUE, FALSE);
  self->money = make_format (self, FALSE, TRUE);
  self->strong_money = make_format (self, TRUE, TRUE);
  write_lines (self, heading, self->bold);
  for (guint i = 0; i < n_columns; i++) {
    worksheet_set_column (self->sheet, (lxw_col_t) i, (lxw_col_t) i, columns[i].width, NULL);
    worksheet_write_string (self->sheet, self->line, (lxw_col_t) i, columns[i].title, self->strong);
  }
  worksheet_repeat_rows (self->sheet, self->line, self->line);
  worksheet_set_landscape (self->sheet);
  worksheet_set_paper (self->sheet, 9); /* A4 */
  worksheet_fit_to_pages (self->sheet, 1, 0);
  self->line++;
  return self;
}

void lanmu_book_add (LanmuBook *self, const char *const *texts, gboolean strong)
{
  for (guint i = 0; i < self->n_columns; i++) {
    lxw_col_t column = (lxw_col_t) i;
    lxw_format *format = strong ? self->strong : self->boxed;
    if (self->columns[i].kind == LANMU_BOOK_TEXT || *texts[i] == '\0')
      worksheet_write_string (self->sheet, self->line, column, texts[i], format);
    else if (self->columns[i].kind == LANMU_BOOK_COUNT)
      worksheet_write_number (self->sheet, self->line, column, (double) g_ascii_strtoll (texts[i], NULL, 10), format);
    else /* a spreadsheet knows no other numbers; two places are exact enough below 10^13 yuan */
      worksheet_write_number (self->sheet, self->line, column, (double) g_ascii_strtoll (texts[i], NULL, 10) / 100,
                              strong ? self->strong_money : self->money);
  }
  self->line++;
}

void lanmu_book_say (LanmuBook *self, const char *text)
{
  self->line++;
  write_lines (self, text, NULL);
}

gboolean lanmu_book_save (LanmuBook *self, GError **error)
{
  lxw_error failed = workbook_close (self->book);
  self->book = NULL;
  if (failed != LXW_NO_ERROR) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", self->path, lxw_strerror (failed));
    return FALSE;
  }
  if (g_rename (self->part, self->path) == 0)
    return TRUE;
  int number = errno;
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (number), "%s: %s", self->path, g_strerror (number));
  return FALSE;
}

void lanmu_book_free (LanmuBook *self)
{
  if (self->book != NULL)
    workbook_close (self->book);
  g_unlink (self->part); /* gone already when it was saved */
  g_free (self->path);
  g_free (self->part);
  g_free (self);
}

char *lanmu_book_yuan (gint64 fen)
{
  return g_strdup_printf ("%s%" G_GINT64_FORMAT ".%02d", fen < 0 ? "-" : "", ABS (fen) / 100, (int) (ABS (fen) % 100));
}
