/* Where the header stands and what its columns are. */
#include "tests/unit/app/fixture.h"

#include <string.h>

static void check_one (const char *text, const char *map, guint header_row)
{
  g_autoptr (LanmuReport) report = NULL;
  g_autoptr (LanmuList) list = read_bytes (text, strlen (text), map, &report);
  g_assert_nonnull (list);
  g_assert_false (lanmu_report_is_refused (report));
  g_assert_cmpuint (((LanmuSheet *) list->sheets->pdata[0])->header->row, ==, header_row);
  g_assert_cmpuint (lanmu_list_get_size (list), ==, 1);
  g_assert_cmpstr (student_at (list, 0)->student_no, ==, "0631");
  g_assert_cmpstr (student_at (list, 0)->name, ==, "张三");
  g_assert_cmpstr (student_at (list, 0)->class_name, ==, "一班");
}

static void names (void)
{
  check_one ("学号,姓名,班级\n0631,张三,一班\n", NULL, 1);
  check_one ("XH,XM,BJ\n0631,张三,一班\n", NULL, 1);
  check_one ("xh,xm,bh\n0631,张三,一班\n", NULL, 1);
  check_one ("student_no,name,class\n0631,张三,一班\n", NULL, 1);
  check_one ("Student No,Full Name,Class Name\n0631,张三,一班\n", NULL, 1);
  check_one ("*学号（必填）, 姓 名 ,行政班级\n0631,张三,一班\n", NULL, 1);
  check_one ("班级,备注,姓名,学号\n一班,,张三,0631\n", NULL, 1);
}

static void separators (void)
{
  check_one ("学号;姓名;班级\n0631;张三;一班\n", NULL, 1);
  check_one ("学号\t姓名\t班级\n0631\t张三\t一班\n", NULL, 1);
  check_one ("\"学号\",\"姓名\",\"班级\"\r\n\"0631\",\"张三\",\"一班\"\r\n", NULL, 1);
  check_one ("学号,姓名,班级\r0631,张三,一班\r", NULL, 1);
  check_one ("学号,姓名,班级\n0631,张三,一班", NULL, 1);
}

static void titles (void)
{
  check_one ("某某大学 2027 届毕业生名单,,\n,,\n制表：教务处,,2026-11-01\n学号,姓名,班级\n0631,张三,一班\n", NULL, 4);
  check_one ("sep=;\n学号;姓名;班级\n0631;张三;一班\n", NULL, 2);
  check_one ("共 1,234 人，含 交换生\n学号\t姓名\t班级\n0631\t张三\t一班\n", NULL, 2);
}

static void maps (void)
{
  check_one ("编号,姓名,班级\n0631,张三,一班\n", "编号=学号", 1);
  check_one ("编号,学生,班\n0631,张三,一班\n", "编号=student_no,学生=XM", 1);
  check_one ("a,b,c\n0631,张三,一班\n", "#1=student_no,#2=name,#3=class", 1);
  check_one ("编号,姓名,单位\n0631,张三,一班\n", "学号=A,class=C", 1);
  check_one ("a,b,c\n0631,张三,一班\n", "A=学号,B=姓名,C=班级", 1);
  /* two columns could be the 学号: the person says which */
  check_one ("学号,学生编号,姓名,班级\n9,0631,张三,一班\n", "学生编号=student_no", 1);
}

/* Merged cells: names over two rows, and a name over two columns with theirs below it. */
static void two_rows (void)
{
  check_one ("名单,,,\n学号,姓名,所在单位,\n,,学院,班级\n0631,张三,交通学院,一班\n", NULL, 3);
  check_one ("序号,学生信息,,,\n,学号,姓名,班级,备注\n1,0631,张三,一班,\n", NULL, 2);
}

static void bad_maps (void)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (lanmu_column_map_parse ("编号", &error));
  g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
  g_clear_error (&error);
  g_assert_null (lanmu_column_map_parse ("编号=nothing", &error));
  g_assert_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE);
}

static void check_refused (const char *text, const char *map, LanmuProblemKind kind, const char *word)
{
  g_autoptr (LanmuReport) report = NULL;
  g_autoptr (LanmuList) list = read_bytes (text, strlen (text), map, &report);
  g_assert_null (list);
  const LanmuProblem *problem = find_problem (report, kind);
  g_assert_nonnull (problem);
  g_autofree char *message = lanmu_problem_dup_message (problem, TRUE);
  g_assert_nonnull (strstr (message, word));
}

static void missing (void)
{
  check_refused ("编号,姓名,班级\n1,张三,一班\n", NULL, LANMU_PROBLEM_HEADER_NOT_FOUND, "学号");
  check_refused ("学号,姓名\n1,张三\n", NULL, LANMU_PROBLEM_HEADER_NOT_FOUND, "班级");
  check_refused ("hello world\n", NULL, LANMU_PROBLEM_HEADER_NOT_FOUND, "姓名");
  check_refused ("学号,姓名,班级\n1,张三,一班\n", "工号=student_no", LANMU_PROBLEM_HEADER_NOT_FOUND, "学号");
}

static void twice (void)
{
  check_refused ("学号,姓名,姓名,班级\n1,张三,李四,一班\n", NULL, LANMU_PROBLEM_DUPLICATE_COLUMN, "姓名");
  check_refused ("学号,学生编号,姓名,班级\n9,0631,张三,一班\n", NULL, LANMU_PROBLEM_DUPLICATE_COLUMN, "学号");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/header/names", names);
  g_test_add_func ("/header/separators", separators);
  g_test_add_func ("/header/titles", titles);
  g_test_add_func ("/header/maps", maps);
  g_test_add_func ("/header/two-rows", two_rows);
  g_test_add_func ("/header/bad-maps", bad_maps);
  g_test_add_func ("/header/missing", missing);
  g_test_add_func ("/header/twice", twice);
  return g_test_run ();
}
