/* The report as a workbook; see reportfile.h. By libxlsxwriter, beside the file that is to be, then renamed. */
#include "app/roster/reportfile.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <xlsxwriter.h>

#include "app/roster/columnmap.h"

#define HEADER_ROW 2

typedef struct {
  lxw_worksheet *sheet;
  lxw_format *plain, *bold, *by_severity[LANMU_SEVERITY_ERROR + 1];
} Page;

static lxw_format *make_format (lxw_workbook *book, gboolean bold, lxw_color_t background)
{
  lxw_format *format = workbook_add_format (book);
  format_set_text_wrap (format);
  format_set_align (format, LXW_ALIGN_VERTICAL_TOP);
  if (bold)
    format_set_bold (format);
  if (background != LXW_COLOR_UNSET)
    format_set_bg_color (format, background);
  return format;
}

static void write_head (const Page *page, LanmuReport *report, const char *list_name)
{
  static const struct {
    const char *title;
    double width;
  } columns[] = {{"工作表 Sheet", 14}, {"单元格 Cell", 10}, {"列名 Column", 16}, {"程度 Severity", 12},
                 {"类型 Kind", 22},    {"说明", 60},        {"Message", 60}};
  g_autofree char *counts = g_strdup_printf (
      "错误 errors %u · 提醒 warnings %u · 已整理 tidied %u", lanmu_report_get_count (report, LANMU_SEVERITY_ERROR),
      lanmu_report_get_count (report, LANMU_SEVERITY_WARNING), lanmu_report_get_count (report, LANMU_SEVERITY_NOTE));
  worksheet_write_string (page->sheet, 0, 0, list_name, page->bold);
  worksheet_write_string (page->sheet, 1, 0, counts, NULL);
  for (lxw_col_t i = 0; i < G_N_ELEMENTS (columns); i++) {
    worksheet_set_column (page->sheet, i, i, columns[i].width, NULL);
    worksheet_write_string (page->sheet, HEADER_ROW, i, columns[i].title, page->bold);
  }
  worksheet_freeze_panes (page->sheet, HEADER_ROW + 1, 0);
}

static const char *severity_text (LanmuSeverity severity)
{
  return severity == LANMU_SEVERITY_ERROR     ? "错误 error"
         : severity == LANMU_SEVERITY_WARNING ? "提醒 warning"
                                              : "已整理 note";
}

static void write_problem (const Page *page, guint line, const LanmuProblem *problem)
{
  g_autofree char *letter = problem->column >= 0 ? lanmu_column_letter ((guint) problem->column) : g_strdup ("");
  g_autofree char *cell = problem->row > 0 ? g_strdup_printf ("%s%u", letter, problem->row) : g_strdup ("");
  g_autofree char *chinese = lanmu_problem_dup_message (problem, TRUE),
                  *english = lanmu_problem_dup_message (problem, FALSE);
  const char *texts[] = {problem->sheet,
                         cell,
                         problem->column_name,
                         severity_text (problem->severity),
                         lanmu_problem_kind_to_string (problem->kind),
                         chinese,
                         english};
  for (lxw_col_t i = 0; i < G_N_ELEMENTS (texts); i++)
    worksheet_write_string (page->sheet, line, i, texts[i],
                            i == 3 ? page->by_severity[problem->severity] : page->plain);
}

static lxw_error write_book (LanmuReport *report, const char *list_name, const char *path)
{
  lxw_workbook *book = workbook_new (path);
  if (book == NULL)
    return LXW_ERROR_CREATING_XLSX_FILE;
  const Page page = {workbook_add_worksheet (book, "报告 Report"),
                     make_format (book, FALSE, LXW_COLOR_UNSET),
                     make_format (book, TRUE, LXW_COLOR_UNSET),
                     {make_format (book, FALSE, LXW_COLOR_UNSET), make_format (book, FALSE, 0xFFE699),
                      make_format (book, FALSE, 0xF8CBAD)}};
  write_head (&page, report, list_name);
  guint line = HEADER_ROW + 1;
  for (guint i = 0; i < lanmu_report_get_size (report); i++)
    write_problem (&page, line++, lanmu_report_get (report, i));
  if (lanmu_report_get_left_out (report) > 0) {
    g_autofree char *more = g_strdup_printf ("另有 %u 条同类问题 … and %u more like these",
                                             lanmu_report_get_left_out (report), lanmu_report_get_left_out (report));
    worksheet_write_string (page.sheet, line, 0, more, NULL);
  }
  return workbook_close (book);
}

gboolean lanmu_report_save (LanmuReport *report, const char *list_name, const char *path, GError **error)
{
  g_autofree char *part = g_strconcat (path, ".part", NULL);
  lxw_error failed = write_book (report, list_name, part);
  if (failed != LXW_NO_ERROR) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: %s", path, lxw_strerror (failed));
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
