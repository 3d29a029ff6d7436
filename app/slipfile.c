/* The table of correction slips; see slipfile.h. By libxlsxwriter, beside the file that is to be, then renamed. */
#include "app/slipfile.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <xlsxwriter.h>

#include "app/format.h"

#define HEADER_ROW 2
#define ROW_HEIGHT 24 /* points: room for a name written by hand */

typedef struct {
  lxw_worksheet *sheet;
  lxw_format *bold, *boxed;
  guint line, count;
} Table;

const char *lanmu_slip_field_label (const char *field)
{
  static const struct {
    const char *field, *label;
  } labels[] = {{"student_no", "学号"}, {"name", "姓名"},  {"sex", "性别"},   {"id_no", "证件号码"},
                {"exam_no", "考生号"},  {"class", "班级"}, {"major", "专业"}, {"college", "学院"}};
  for (gsize i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_strcmp0 (labels[i].field, field) == 0)
      return labels[i].label;
  return "其他";
}

static void write_head (Table *self)
{
  static const struct {
    const char *title;
    double width;
  } columns[] = {{"序号", 6},      {"学院", 18},     {"专业", 18},   {"班级", 16}, {"学号", 16},     {"姓名", 12},
                 {"更正项目", 10}, {"名单内容", 22}, {"更正为", 22}, {"说明", 20}, {"登记时间", 19}, {"学生签名", 14}};
  worksheet_write_string (self->sheet, 0, 0, "学生信息更正单", self->bold);
  for (lxw_col_t i = 0; i < G_N_ELEMENTS (columns); i++) {
    worksheet_set_column (self->sheet, i, i, columns[i].width, NULL);
    worksheet_write_string (self->sheet, HEADER_ROW, i, columns[i].title, self->boxed);
  }
  worksheet_set_landscape (self->sheet);
  worksheet_set_paper (self->sheet, 9); /* A4 */
  worksheet_fit_to_pages (self->sheet, 1, 0);
  worksheet_repeat_rows (self->sheet, HEADER_ROW, HEADER_ROW);
  self->line = HEADER_ROW + 1;
}

static gboolean write_slip (const LanmuCorrectionRow *row, gpointer data)
{
  Table *self = data;
  g_autofree char *number = g_strdup_printf ("%u", ++self->count), *time = lanmu_format_time (row->wall_us);
  const char *texts[] = {number,
                         row->college_name,
                         row->major_name,
                         row->class_name,
                         row->student_no,
                         row->name,
                         lanmu_slip_field_label (row->field),
                         row->old_value,
                         row->new_value,
                         row->note,
                         time,
                         ""};
  worksheet_set_row (self->sheet, self->line, ROW_HEIGHT, NULL);
  for (lxw_col_t i = 0; i < G_N_ELEMENTS (texts); i++)
    worksheet_write_string (self->sheet, self->line, i, texts[i], self->boxed);
  self->line++;
  return TRUE;
}

static gboolean write_book (LanmuDb *db, const char *path, guint *count, GError **error)
{
  lxw_workbook *book = workbook_new (path);
  Table table = {workbook_add_worksheet (book, "信息更正单"), workbook_add_format (book), workbook_add_format (book), 0,
                 0};
  format_set_bold (table.bold);
  format_set_border (table.boxed, LXW_BORDER_THIN);
  format_set_text_wrap (table.boxed);
  write_head (&table);
  gboolean good = lanmu_corrections_list (db, FALSE, write_slip, &table, error);
  worksheet_write_string (table.sheet, table.line + 1, 0,
                          "辅导员签名：____________　　摄影师签名：____________　　日期：____ 年 ____ 月 ____ 日",
                          NULL);
  lxw_error failed = workbook_close (book);
  if (good && failed != LXW_NO_ERROR)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", path, lxw_strerror (failed));
  *count = table.count;
  return good && failed == LXW_NO_ERROR;
}

gboolean lanmu_slip_file_save (LanmuDb *db, const char *path, guint *count, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  if (!write_book (db, part, count, error)) {
    g_unlink (part);
    return FALSE;
  }
  if (g_rename (part, path) == 0)
    return TRUE;
  int number = errno;
  g_set_error (error, G_IO_ERROR, (int) g_io_error_from_errno (number), "%s: %s", path, g_strerror (number));
  g_unlink (part);
  return FALSE;
}
