/* Files from several programs, damage in them, and files that mean harm: the kept ones of tests/data/rosters. */
#include "tests/unit/app/fixture.h"

#include <string.h>
#include <sys/resource.h>

static char *data_path (const char *name)
{
  return g_build_filename (g_getenv ("LANMU_TEST_DATA"), "rosters", name, NULL);
}

static LanmuList *read_file (const char *name, const LanmuListOptions *options, LanmuReport *report)
{
  g_autofree char *path = data_path (name);
  LanmuList *list = lanmu_list_read (path, options, report);
  lanmu_report_sort (report);
  return list;
}

static void check_student (const LanmuList *list, guint i, const char *no, const char *name, const char *sex,
                           const char *id_no, const char *class_name)
{
  const LanmuStudentRow *row = student_at (list, i);
  g_assert_cmpstr (row->student_no, ==, no);
  g_assert_cmpstr (row->name, ==, name);
  g_assert_cmpstr (row->sex, ==, sex);
  g_assert_cmpstr (row->id_no, ==, id_no);
  g_assert_cmpstr (row->class_name, ==, class_name);
}

static void sound (gconstpointer data)
{
  g_autoptr (LanmuReport) report = lanmu_report_new ();
  g_autoptr (LanmuList) list = read_file (data, NULL, report);
  g_assert_nonnull (list);
  g_assert_false (lanmu_report_is_refused (report));
  g_assert_cmpuint (lanmu_list_get_size (list), ==, 3);
  check_student (list, 0, "0631001", "张三", "女", "11010519491231002X", "一班");
  check_student (list, 1, "0631002", "李四", "男", "440524188001010014", "一班");
  check_student (list, 2, "0631003", "阿里·买买提", "男", "34052419800101001X", "二班");
  g_assert_cmpuint (strlen (list->sha256), ==, 64);
}

static void dates (void)
{
  g_autoptr (LanmuReport) report = lanmu_report_new ();
  g_autoptr (LanmuList) list = read_file ("sound-openpyxl.xlsx", NULL, report);
  g_assert_cmpstr (student_at (list, 2)->extra, ==, "{\"CSRQ\":\"2001-02-05\"}");
  /* the sheet without students is told, the empty one is not */
  g_assert_cmpuint (lanmu_report_get_kind_count (report, LANMU_PROBLEM_SHEET_LEFT_OUT), ==, 1);
  g_assert_cmpstr (find_problem (report, LANMU_PROBLEM_SHEET_LEFT_OUT)->sheet, ==, "说明");
}

static void lost_digits (void)
{
  g_autoptr (LanmuReport) report = lanmu_report_new ();
  g_autoptr (LanmuList) list = read_file ("damage-numbers.xlsx", NULL, report);
  g_assert_cmpuint (lanmu_report_get_count (report, LANMU_SEVERITY_ERROR), ==, 3);
  for (guint row = 2; row <= 4; row++)
    assert_problem (report, LANMU_PROBLEM_EXCEL_ZERO_TAIL, row, "身份证号");
  g_assert_cmpstr (find_problem (report, LANMU_PROBLEM_EXCEL_ZERO_TAIL)->sheet, ==, "数字");
}

static void hidden (gconstpointer name)
{
  g_autoptr (LanmuReport) report = lanmu_report_new (), chosen = lanmu_report_new ();
  g_autoptr (LanmuList) list = read_file (name, NULL, report);
  assert_problem (report, LANMU_PROBLEM_HIDDEN_ROWS, 3, "");
  g_assert_cmpstr (find_problem (report, LANMU_PROBLEM_HIDDEN_SHEET)->sheet, ==, "旧名单");
  g_assert_true (lanmu_report_is_refused (report));
  const LanmuListOptions options = {.sheet = "旧名单"};
  g_autoptr (LanmuList) other = read_file (name, &options, chosen);
  g_assert_cmpuint (lanmu_list_get_size (other), ==, 3);
  g_assert_cmpuint (lanmu_report_get_size (chosen), ==, 0);
}

static void no_such_sheet (void)
{
  g_autoptr (LanmuReport) report = lanmu_report_new ();
  const LanmuListOptions options = {.sheet = "3"};
  g_assert_null (read_file ("damage-twice.xlsx", &options, report));
  g_assert_cmpstr (find_problem (report, LANMU_PROBLEM_NO_SHEET)->other, ==, "甲, 乙");
}

static void no_result (void)
{
  g_autoptr (LanmuReport) report = lanmu_report_new ();
  g_autoptr (LanmuList) list = read_file ("damage-formula.xlsx", NULL, report);
  assert_problem (report, LANMU_PROBLEM_FORMULA, 3, "姓名");
}

static void twice (void)
{
  g_autoptr (LanmuReport) report = lanmu_report_new ();
  g_autoptr (LanmuList) list = read_file ("damage-twice.xlsx", NULL, report);
  const LanmuProblem *problem = find_problem (report, LANMU_PROBLEM_DUPLICATE_STUDENT_NO);
  g_assert_cmpstr (problem->sheet, ==, "乙");
  g_assert_cmpstr (problem->other, ==, "甲!3");
}

typedef struct {
  const char *name;
  LanmuProblemKind kind;
} Hostile;

static const Hostile hostiles[] = {
    {"hostile-cell.xlsx", LANMU_PROBLEM_TOO_LARGE},    {"hostile-column.xlsx", LANMU_PROBLEM_DAMAGED},
    {"hostile-count.dbf", LANMU_PROBLEM_DAMAGED},      {"hostile-entities.xlsx", LANMU_PROBLEM_DAMAGED},
    {"hostile-external.xlsx", LANMU_PROBLEM_DAMAGED},  {"hostile-html.xls", LANMU_PROBLEM_TOO_LARGE},
    {"hostile-noise.xls", LANMU_PROBLEM_DAMAGED},      {"hostile-ods.xlsx", LANMU_PROBLEM_OTHER_FORMAT},
    {"hostile-password.xls", LANMU_PROBLEM_PASSWORD},  {"hostile-password.xlsx", LANMU_PROBLEM_PASSWORD},
    {"hostile-paths.xlsx", LANMU_PROBLEM_DAMAGED},     {"hostile-rows.xlsx", LANMU_PROBLEM_DAMAGED},
    {"hostile-sparse.xlsx", LANMU_PROBLEM_DAMAGED},    {"hostile-strings.xlsx", LANMU_PROBLEM_TOO_LARGE},
    {"hostile-truncated.dbf", LANMU_PROBLEM_DAMAGED},  {"hostile-truncated.xls", LANMU_PROBLEM_DAMAGED},
    {"hostile-truncated.xlsx", LANMU_PROBLEM_DAMAGED}, {"hostile-unbalanced.xlsx", LANMU_PROBLEM_DAMAGED},
    {"hostile-wide.xlsx", LANMU_PROBLEM_TOO_LARGE},    {"hostile-zeros.xlsx", LANMU_PROBLEM_DAMAGED},
    {"hostile-zip.xlsx", LANMU_PROBLEM_OTHER_FORMAT},
};

/* One sentence, nothing else, and the process stays small (a sanitizer's shadow would not). */
static void hostile (gconstpointer data)
{
  const Hostile *test = data;
  struct rusage usage;
  g_autoptr (LanmuReport) report = lanmu_report_new ();
  g_assert_null (read_file (test->name, NULL, report));
  g_assert_cmpuint (lanmu_report_get_size (report), ==, 1);
  g_assert_cmpint (lanmu_report_get (report, 0)->kind, ==, test->kind);
  g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);
#if !defined __SANITIZE_ADDRESS__ && !defined __SANITIZE_THREAD__ /* their shadow counts too */
  g_assert_cmpint (usage.ru_maxrss, <, 300 * 1024);
#endif
}

static void stop_at_half (double fraction, gpointer data)
{
  if (fraction > 0.5)
    g_cancellable_cancel (data);
}

/* Cancelled in the middle: no list, and no sentence about a file that has no fault. */
static void cancelled (void)
{
  g_autoptr (GString) text = g_string_new ("学号,姓名,班级\n");
  for (guint i = 0; i < 60000; i++)
    g_string_append_printf (text, "2021%06u,张三%u,交通%u班\n", i, i, i / 40);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (LanmuReport) report = lanmu_report_new ();
  const LanmuListOptions options = {.cancellable = cancellable, .progress = stop_at_half, .progress_data = cancellable};
  g_assert_null (lanmu_list_read_bytes (text->str, text->len, "a.csv", &options, report));
  g_assert_true (g_cancellable_is_cancelled (cancellable));
  g_assert_false (lanmu_report_is_refused (report));
}

static void add_sound (void)
{
  static const char *const names[] = {"sound-openpyxl.xlsx",
                                      "sound-xlsxwriter.xlsx",
                                      "sound-inline.xlsx",
                                      "sound-libreoffice.xlsx",
                                      "sound-own.xlsx",
                                      "sound-stored.xlsx",
                                      "sound-wrong-name.csv",
                                      "sound-xlwt.xls",
                                      "sound-libreoffice.xls",
                                      "sound-gb.html.xls",
                                      "sound-libreoffice.html.xls",
                                      "sound-spans.html",
                                      "sound-spreadsheet.xml.xls",
                                      "sound-gbk.dbf",
                                      "sound-unmarked.dbf",
                                      "sound-utf8.dbf"};
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_strconcat ("/readers/", names[i], NULL);
    g_test_add_data_func (path, names[i], sound);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK); /* libgsf complains about damaged containers; we keep that from people */
  add_sound ();
  g_test_add_func ("/readers/dates", dates);
  g_test_add_func ("/readers/lost-digits", lost_digits);
  g_test_add_data_func ("/readers/hidden-xlsx", "damage-hidden.xlsx", hidden);
  g_test_add_data_func ("/readers/hidden-xls", "damage-hidden.xls", hidden);
  g_test_add_func ("/readers/no-such-sheet", no_such_sheet);
  g_test_add_func ("/readers/no-result", no_result);
  g_test_add_func ("/readers/twice", twice);
  for (gsize i = 0; i < G_N_ELEMENTS (hostiles); i++) {
    g_autofree char *path = g_strconcat ("/readers/", hostiles[i].name, NULL);
    g_test_add_data_func (path, &hostiles[i], hostile);
  }
  g_test_add_func ("/readers/cancelled", cancelled);
  return g_test_run ();
}
