/* The list of nobody is a sound list. */
#include "app/sample.h"

#include <string.h>

#include "tests/unit/app/fixture.h"

static void check_sound (guint students, guint classes, guint32 seed)
{
  g_autofree char *csv = lanmu_sample_csv (students, classes, seed);
  g_autoptr (LanmuReport) report = NULL;
  g_autoptr (LanmuList) list = read_text (csv, &report);
  g_assert_nonnull (list);
  g_assert_cmpuint (lanmu_report_get_count (report, LANMU_SEVERITY_ERROR), ==, 0);
  g_assert_cmpuint (lanmu_list_get_size (list), ==, students);
}

static void sound (void)
{
  check_sound (60, 2, 1);
  check_sound (1, 1, 1);
  check_sound (5000, 100, 9);
}

static void same_for_same_numbers (void)
{
  g_autofree char *a = lanmu_sample_csv (60, 2, 1), *b = lanmu_sample_csv (60, 2, 1), *c = lanmu_sample_csv (60, 2, 2);
  g_assert_cmpstr (a, ==, b);
  g_assert_cmpstr (a, !=, c);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sample/sound", sound);
  g_test_add_func ("/sample/same-for-same-numbers", same_for_same_numbers);
  return g_test_run ();
}
