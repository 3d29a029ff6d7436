/* Facts as text. */
#include "app/format.h"

static void check (char *is, const char *expected)
{
  g_assert_cmpstr (is, ==, expected);
  g_free (is);
}

static void masks (void)
{
  check (lanmu_format_masked_name ("张三丰"), "张*");
  check (lanmu_format_masked_name ("𠮷田"), "𠮷*");
  check (lanmu_format_masked_name (""), "");
  check (lanmu_format_masked_name (NULL), "");
  check (lanmu_format_masked_id ("50011219900307123X"), "5001**********123X");
  check (lanmu_format_masked_id ("H12345678"), "H123*5678");
  check (lanmu_format_masked_id ("E1234567"), "E*******");
  check (lanmu_format_masked_id (""), "");
}

static void groups (void)
{
  check (lanmu_format_grouped_no ("631809030112"), "6318 0903 0112");
  check (lanmu_format_grouped_no ("2021001"), "2021 001");
  check (lanmu_format_grouped_no ("202100111"), "2021 00111");
  check (lanmu_format_grouped_no ("202100"), "202100");
  check (lanmu_format_grouped_no ("B-2021-001"), "B-2021-001");
  check (lanmu_format_grouped_no (""), "");
}

static void numbers (void)
{
  check (lanmu_format_count (0), "0");
  check (lanmu_format_count (999), "999");
  check (lanmu_format_count (1050), "1,050");
  check (lanmu_format_count (-1234567), "-1,234,567");
  check (lanmu_format_size (0), "0 B");
  check (lanmu_format_size (812000), "812 KB");
  check (lanmu_format_size (24100000), "24.1 MB");
  check (lanmu_format_size (9300000000), "9.3 GB");
  check (lanmu_format_size (-1), "?");
  check (lanmu_format_duration (45), "45 s");
  check (lanmu_format_duration (245), "4:05");
  check (lanmu_format_duration (3729), "1:02:09");
}

static void folding (void)
{
  static const char *const dots[] = {"阿里·买买提",  "阿里•买买提", "阿里‧买买提",  "阿里・买买提",
                                     "阿里．买买提", "阿里.买买提", "阿里 · 买买提"};
  for (gsize i = 0; i < G_N_ELEMENTS (dots); i++)
    check (lanmu_format_fold (dots[i]), "阿里·买买提");
  check (lanmu_format_fold ("ＡＢ１２ cd"), "ab12cd");
  check (lanmu_format_fold (NULL), "");
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/format/masks", masks);
  g_test_add_func ("/format/groups", groups);
  g_test_add_func ("/format/numbers", numbers);
  g_test_add_func ("/format/folding", folding);
  return g_test_run ();
}
