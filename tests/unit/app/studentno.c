/* 学号: what may stand in it, what a spreadsheet does to it, and zeros in front. */
#include "app/roster/studentno.h"

static void validity (void)
{
  g_assert_true (lanmu_studentno_is_valid ("631809030112"));
  g_assert_true (lanmu_studentno_is_valid ("007"));
  g_assert_true (lanmu_studentno_is_valid ("B2021-03_4"));
  g_assert_false (lanmu_studentno_is_valid (""));
  g_assert_false (lanmu_studentno_is_valid ("6318 0903"));
  g_assert_false (lanmu_studentno_is_valid ("学号1"));
  g_assert_false (lanmu_studentno_is_valid ("123456789012345678901234567890123"));
}

static void spreadsheets (void)
{
  g_assert_true (lanmu_number_is_scientific ("6.31809E+11"));
  g_assert_true (lanmu_number_is_scientific ("5.10322E+17"));
  g_assert_true (lanmu_number_is_scientific ("6E+11"));
  g_assert_true (lanmu_number_is_scientific ("6.3e11"));
  g_assert_false (lanmu_number_is_scientific ("631809030112"));
  g_assert_false (lanmu_number_is_scientific ("6E11")); /* may be a real number of a school */
  g_assert_false (lanmu_number_is_scientific ("20E0101"));
  g_assert_false (lanmu_number_is_scientific (""));
  g_assert_true (lanmu_number_is_decimal ("631809030112.0"));
  g_assert_false (lanmu_number_is_decimal ("6318.09"));
  g_assert_false (lanmu_number_is_decimal ("631809030112"));
  g_assert_true (lanmu_number_has_zero_tail ("510322199001010000"));
  g_assert_false (lanmu_number_has_zero_tail ("510322199001010"));
  g_assert_false (lanmu_number_has_zero_tail ("510322199001010001"));
}

static guint lost (const char *const *numbers, const char *number)
{
  LanmuNumberShape shape = {0};
  for (; *numbers != NULL; numbers++)
    lanmu_number_shape_add (&shape, *numbers);
  lanmu_number_shape_add (&shape, number);
  return lanmu_number_shape_lost_zero (&shape, number);
}

static void lost_zeros (void)
{
  const char *const zeros[] = {"0631809030111", "0631809030112", "0631809030113", NULL};
  const char *const plain[] = {"631809030111", "631809030112", "631809030113", NULL};
  const char *const alone[] = {"0631809030111", NULL};
  g_assert_cmpuint (lost (zeros, "631809030114"), ==, 13);
  g_assert_cmpuint (lost (zeros, "0631809030114"), ==, 0);
  g_assert_cmpuint (lost (zeros, "63180903011499"), ==, 0); /* longer: something else */
  g_assert_cmpuint (lost (zeros, "B63180903011"), ==, 0);
  g_assert_cmpuint (lost (plain, "31809030114"), ==, 0);  /* nobody begins with 0 */
  g_assert_cmpuint (lost (alone, "631809030114"), ==, 0); /* one witness is none */
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/studentno/validity", validity);
  g_test_add_func ("/studentno/spreadsheets", spreadsheets);
  g_test_add_func ("/studentno/lost-zeros", lost_zeros);
  return g_test_run ();
}
