/* A whole list: what of it arrives in the rows. */
#include "tests/unit/app/fixture.h"

#include <string.h>

static void every_field (void)
{
  g_autoptr (LanmuReport) report = NULL;
  g_autoptr (LanmuList) list = read_text ("KSH,XH,XM,XB,CSRQ,SFZH,FY,ZYDM,ZYMC,BJ,BH,XZ,备注\n"
                                          "22500100,0631001,张三,男,20000101,34052419800101001X,交通学院,081802,"
                                          "交通工程,一班,B01,4,\"他说 \"\"好\"\"\\\"\n",
                                          &report);
  const LanmuStudentRow *row = student_at (list, 0);
  g_assert_cmpuint (lanmu_report_get_size (report), ==, 0);
  g_assert_cmpstr (row->exam_no, ==, "22500100");
  g_assert_cmpstr (row->student_no, ==, "0631001");
  g_assert_cmpstr (row->name, ==, "张三");
  g_assert_cmpstr (row->sex, ==, "男");
  g_assert_cmpstr (row->id_no, ==, "34052419800101001X");
  g_assert_cmpstr (row->college_name, ==, "交通学院");
  g_assert_cmpstr (row->major_code, ==, "081802");
  g_assert_cmpstr (row->major_name, ==, "交通工程");
  g_assert_cmpstr (row->class_name, ==, "一班");
  g_assert_cmpstr (row->extra, ==,
                   "{\"BH\":\"B01\",\"CSRQ\":\"20000101\",\"XZ\":\"4\",\"BZ\":\"他说 \\\"好\\\"\\\\\"}");
}

static void only_the_required (void)
{
  g_autoptr (LanmuReport) report = NULL;
  g_autoptr (LanmuList) list = read_text ("班号,学号,姓名\nB01,0631001,张三\n", &report);
  const LanmuStudentRow *row = student_at (list, 0);
  g_assert_cmpstr (row->class_name, ==, "B01");
  g_assert_cmpstr (row->college_name, ==, "");
  g_assert_cmpstr (row->major_name, ==, "");
  g_assert_cmpstr (row->sex, ==, "");
  g_assert_null (row->extra);
}

static void quoted_cells (void)
{
  g_autoptr (LanmuReport) report = NULL;
  g_autoptr (LanmuList) list = read_text ("学号,姓名,班级\n1,\"张,三\",\"一\n班\"\n\n3,李四,一班\n", &report);
  g_assert_cmpuint (lanmu_list_get_size (list), ==, 2);
  g_assert_cmpstr (student_at (list, 0)->name, ==, "张,三");
  g_assert_cmpstr (student_at (list, 0)->class_name, ==, "一\n班");
  /* the line break inside the mark is no row, the empty line is one: as a spreadsheet counts */
  g_assert_cmpuint (lanmu_list_get_row (list, 1), ==, 4);
}

static void empty_list (void)
{
  g_autoptr (LanmuReport) report = NULL;
  g_autoptr (LanmuList) list = read_text ("学号,姓名,班级\n\n\n", &report);
  g_assert_nonnull (find_problem (report, LANMU_PROBLEM_NO_STUDENTS));
}

static void many_rows (void)
{
  g_autoptr (GString) text = g_string_new ("学号,姓名,班级\n");
  for (guint i = 0; i < 100000; i++)
    g_string_append_printf (text, "2021%06u,张三%c%c,交通%u班\n", i, 'a' + i % 26, 'a' + i % 40 / 26, i / 40);
  g_autoptr (LanmuReport) report = NULL;
  gint64 began = g_get_monotonic_time ();
  g_autoptr (LanmuList) list = read_bytes (text->str, text->len, NULL, &report);
  g_test_message ("100,000 rows read and judged in %.0f ms", (double) (g_get_monotonic_time () - began) / 1000);
  g_assert_cmpuint (lanmu_report_get_size (report), ==, 0);
  g_assert_cmpuint (lanmu_list_get_size (list), ==, 100000);
  g_assert_cmpstr (student_at (list, 99999)->student_no, ==, "2021099999");
}

static void missing_file (void)
{
  g_autoptr (LanmuReport) report = lanmu_report_new ();
  g_assert_null (lanmu_list_read ("/nowhere/list.csv", NULL, report));
  g_assert_nonnull (find_problem (report, LANMU_PROBLEM_NO_FILE));
}

static void folder (void)
{
  g_autoptr (LanmuReport) report = lanmu_report_new ();
  g_assert_null (lanmu_list_read ("/", NULL, report));
  g_assert_nonnull (find_problem (report, LANMU_PROBLEM_NOT_A_FILE));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/list/every-field", every_field);
  g_test_add_func ("/list/only-the-required", only_the_required);
  g_test_add_func ("/list/quoted-cells", quoted_cells);
  g_test_add_func ("/list/empty", empty_list);
  g_test_add_func ("/list/many-rows", many_rows);
  g_test_add_func ("/list/missing-file", missing_file);
  g_test_add_func ("/list/folder", folder);
  return g_test_run ();
}
