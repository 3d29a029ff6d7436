/* The report: severities, what may be accepted, caps, and sentences in both languages. */
#include "app/roster/report.h"

#include <string.h>

static void refusal (void)
{
  g_autoptr (LanmuReport) report = lanmu_report_new ();
  lanmu_report_add (report, LANMU_PROBLEM_TRIMMED, 2, 0, "学号", "1", NULL);
  lanmu_report_add (report, LANMU_PROBLEM_SAME_NAME, 2, 1, "姓名", "张三", "3");
  g_assert_false (lanmu_report_is_refused (report));
  lanmu_report_add (report, LANMU_PROBLEM_BAD_CHECK_DIGIT, 2, 2, "证件", "1", NULL);
  g_assert_true (lanmu_report_is_refused (report));
}

static void accepting (void)
{
  g_autoptr (LanmuReport) report = lanmu_report_new ();
  g_assert_true (lanmu_report_accept (report, LANMU_PROBLEM_BAD_CHECK_DIGIT));
  g_assert_false (lanmu_report_accept (report, LANMU_PROBLEM_DUPLICATE_STUDENT_NO));
  g_assert_false (lanmu_report_accept (report, LANMU_PROBLEM_MISSING_REQUIRED));
  lanmu_report_add (report, LANMU_PROBLEM_BAD_CHECK_DIGIT, 2, 2, "证件", "1", NULL);
  g_assert_false (lanmu_report_is_refused (report));
  g_assert_cmpuint (lanmu_report_get_count (report, LANMU_SEVERITY_WARNING), ==, 1);
}

static void caps (void)
{
  g_autoptr (LanmuReport) report = lanmu_report_new ();
  for (guint i = 0; i < LANMU_REPORT_KEPT + 500; i++)
    lanmu_report_add (report, LANMU_PROBLEM_TRIMMED, LANMU_REPORT_KEPT + 500 - i, 0, "", "", NULL);
  lanmu_report_add (report, LANMU_PROBLEM_BAD_SEX, 1, 3, "", "", NULL);
  lanmu_report_sort (report);
  g_assert_cmpuint (lanmu_report_get_size (report), ==, LANMU_REPORT_KEPT + 1);
  g_assert_cmpuint (lanmu_report_get_left_out (report), ==, 500);
  g_assert_cmpuint (lanmu_report_get_kind_count (report, LANMU_PROBLEM_TRIMMED), ==, LANMU_REPORT_KEPT + 500);
  for (guint i = 1; i < lanmu_report_get_size (report); i++)
    g_assert_cmpuint (lanmu_report_get (report, i - 1)->row, <=, lanmu_report_get (report, i)->row);
}

/* Every kind has a word, both sentences, and puts in what it is given. */
static void sentences (void)
{
  for (int kind = 0; kind < LANMU_N_PROBLEMS; kind++) {
    LanmuProblem problem = {.sheet = (char *) "", .row = 1, .column_name = (char *) "", .kind = kind, .value = (char *) "VALUE", .other = (char *) "OTHER"};
    g_autofree char *english = lanmu_problem_dup_message (&problem, FALSE),
                    *chinese = lanmu_problem_dup_message (&problem, TRUE);
    LanmuProblemKind back;
    g_assert_true (g_str_has_suffix (english, "."));
    g_assert_true (g_str_has_suffix (chinese, "。"));
    g_assert_null (strchr (english, '{'));
    g_assert_null (strchr (chinese, '{'));
    g_assert_cmpint (strstr (english, "VALUE") != NULL, ==, strstr (chinese, "VALUE") != NULL);
    g_assert_cmpint (strstr (english, "OTHER") != NULL, ==, strstr (chinese, "OTHER") != NULL);
    g_assert_true (lanmu_problem_kind_from_string (lanmu_problem_kind_to_string (kind), &back));
    g_assert_cmpstr (lanmu_problem_kind_to_string (back), ==, lanmu_problem_kind_to_string (kind));
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/report/refusal", refusal);
  g_test_add_func ("/report/accepting", accepting);
  g_test_add_func ("/report/caps", caps);
  g_test_add_func ("/report/sentences", sentences);
  return g_test_run ();
}
