/* Tidying a cell: what goes, what must stay. */
#include "app/roster/clean.h"

static void check (const char *text, LanmuCellKind kind, const char *expected, guint expected_done)
{
  g_autofree char *cell = g_strdup (text);
  guint done = 99;
  g_assert_cmpstr (lanmu_clean_cell (cell, kind, &done), ==, expected);
  g_assert_cmpuint (done, ==, expected_done);
}

static void untouched (void)
{
  check ("", LANMU_CELL_CODE, "", 0);
  check ("631809030112", LANMU_CELL_CODE, "631809030112", 0);
  check ("张三丰", LANMU_CELL_NAME, "张三丰", 0);
  check ("阿里·买买提", LANMU_CELL_NAME, "阿里·买买提", 0);
  check ("阿里•买买提", LANMU_CELL_NAME, "阿里•买买提", 0); /* as the school wrote it */
  check ("Anna Maria", LANMU_CELL_NAME, "Anna Maria", 0);
  check ("软件 1 班", LANMU_CELL_TEXT, "软件 1 班", 0);
  check ("１班", LANMU_CELL_TEXT, "１班", 0);
  check ("司徒𬭎", LANMU_CELL_NAME, "司徒𬭎", 0);
}

static void trimmed (void)
{
  check (" 张三 ", LANMU_CELL_NAME, "张三", LANMU_CLEAN_TRIMMED);
  check ("王　强", LANMU_CELL_NAME, "王强", LANMU_CLEAN_TRIMMED);
  check ("王   强", LANMU_CELL_NAME, "王强", LANMU_CLEAN_TRIMMED);
  check ("Li 强", LANMU_CELL_NAME, "Li 强", 0);
  check ("631809030112\t", LANMU_CELL_CODE, "631809030112", LANMU_CLEAN_TRIMMED);
  check ("6318 0903 0112", LANMU_CELL_CODE, "631809030112", LANMU_CLEAN_TRIMMED);
  check ("\xEF\xBB\xBF张三", LANMU_CELL_NAME, "张三", LANMU_CLEAN_TRIMMED);
  check ("张\xE2\x80\x8B三", LANMU_CELL_NAME, "张三", LANMU_CLEAN_TRIMMED);
  check ("\xC2\xA0一班\xC2\xA0", LANMU_CELL_TEXT, "一班", LANMU_CLEAN_TRIMMED);
  check ("   ", LANMU_CELL_NAME, "", LANMU_CLEAN_TRIMMED);
}

static void codes (void)
{
  check ("６３１８０９０３０１１２", LANMU_CELL_CODE, "631809030112", LANMU_CLEAN_FULL_WIDTH);
  check ("Ｘ", LANMU_CELL_CODE, "X", LANMU_CLEAN_FULL_WIDTH);
  check (" １２", LANMU_CELL_CODE, "12", LANMU_CLEAN_FULL_WIDTH | LANMU_CLEAN_TRIMMED);
}

static void unwrapped (void)
{
  check ("=\"0631\"", LANMU_CELL_CODE, "0631", LANMU_CLEAN_UNWRAPPED);
  check ("'0631", LANMU_CELL_CODE, "0631", LANMU_CLEAN_UNWRAPPED);
  check ("=A1+1", LANMU_CELL_CODE, "=A1+1", 0); /* a formula: rules refuse it */
  check ("'", LANMU_CELL_CODE, "'", 0);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clean/untouched", untouched);
  g_test_add_func ("/clean/trimmed", trimmed);
  g_test_add_func ("/clean/codes", codes);
  g_test_add_func ("/clean/unwrapped", unwrapped);
  return g_test_run ();
}
