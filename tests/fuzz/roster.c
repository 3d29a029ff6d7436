/* A list is whatever a college's mail made of it: each reader must end with students or with a sentence. */
#include "app/roster/list.h"

#include <string.h>
#include "tests/fuzz/fuzz.h"

static void check_student (const LanmuList *list, guint i)
{
  LanmuStudentRow row;
  lanmu_list_get (list, i, &row);
  const char *texts[] = {row.student_no, row.name, row.sex, row.id_no, row.exam_no, row.class_name, row.major_code,
                         row.major_name, row.college_name, row.extra != NULL ? row.extra : ""};
  for (gsize k = 0; k < G_N_ELEMENTS (texts); k++)
    g_assert_true (g_utf8_validate (texts[k], -1, NULL));
  g_assert_true (*row.student_no != '\0' && *row.name != '\0' && *row.class_name != '\0');
}

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (LanmuReport) report = lanmu_report_new ();
  g_autoptr (LanmuList) list = lanmu_list_read_bytes ((const char *) data, size, "fuzz", NULL, report);
  g_assert_true (list != NULL || lanmu_report_is_refused (report));
  lanmu_report_sort (report);
  for (guint i = 0; i < lanmu_report_get_size (report); i++) {
    g_autofree char *english = lanmu_problem_dup_message (lanmu_report_get (report, i), FALSE);
    g_assert_true (g_utf8_validate (english, -1, NULL));
  }
  for (guint i = 0; list != NULL && i < lanmu_list_get_size (list); i++)
    check_student (list, i);
  return 0;
}

GPtrArray *fuzz_seeds (void)
{
  static const char list[] = "2027 届,,,\n学号,姓名,性别,身份证号,班级\n0631001,张三,女,11010519491231002X,\"一\n班\"\n"
                             "0631002,李·四,男,440524188001010014,一班\n";
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_ptr_array_add (seeds, g_bytes_new_static (list, strlen (list)));
  for (const char *charset = "GB18030"; charset != NULL; charset = g_str_equal (charset, "GB18030") ? "UTF-16" : NULL) {
    gsize length;
    char *converted = g_convert (list, -1, charset, "UTF-8", NULL, &length, NULL);
    g_ptr_array_add (seeds, g_bytes_new_take (converted, length));
  }
  return seeds;
}
