/* The table as a workbook, by libxlsxwriter; see tablewriters.h. */
#include "app/delivery/tablewriters.h"

#include <gio/gio.h>
#include <xlsxwriter.h>

static lxw_error fill (lxw_worksheet *sheet, const LanmuTable *table, lxw_format *bold, lxw_format *text)
{
  lxw_error failed = LXW_NO_ERROR;
  for (guint j = 0; j < table->columns->len; j++)
    worksheet_write_string (sheet, 0, (lxw_col_t) j, g_array_index (table->columns, LanmuTableColumn, j).title, bold);
  for (guint i = 0; i < table->rows->len && failed == LXW_NO_ERROR; i++) {
    char **row = table->rows->pdata[i];
    for (guint j = 0; row[j] != NULL && failed == LXW_NO_ERROR; j++)
      failed = worksheet_write_string (sheet, i + 1, (lxw_col_t) j, row[j], text);
  }
  worksheet_freeze_panes (sheet, 1, 0);
  worksheet_set_column (sheet, 0, (lxw_col_t) (table->columns->len - 1), 16, NULL);
  return failed;
}

gboolean lanmu_table_write_xlsx (const LanmuTable *table, const char *path, GError **error)
{
  lxw_workbook *book = workbook_new (path);
  lxw_error failed = book == NULL ? LXW_ERROR_CREATING_XLSX_FILE : LXW_NO_ERROR;
  if (book != NULL) {
    lxw_format *bold = workbook_add_format (book), *text = workbook_add_format (book);
    format_set_bold (bold);
    format_set_num_format (text, "@");
    failed = fill (workbook_add_worksheet (book, "名单"), table, bold, text);
    lxw_error closed = workbook_close (book);
    failed = failed != LXW_NO_ERROR ? failed : closed;
  }
  if (failed != LXW_NO_ERROR)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "Cannot write %s: %s", path, lxw_strerror (failed));
  return failed == LXW_NO_ERROR;
}
