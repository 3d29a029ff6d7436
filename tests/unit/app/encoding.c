/* Every encoding a list comes in, and bytes that are none. */
#include "tests/unit/app/fixture.h"

#include <string.h>

#define LIST "学号,姓名,班级\n2021001,张三丰,一班\n2021002,阿里·买买提,一班\n"

static void check_list (LanmuList *list, LanmuReport *report, const char *encoding)
{
  g_assert_nonnull (list);
  g_assert_false (lanmu_report_is_refused (report));
  g_assert_cmpstr (list->encoding, ==, encoding);
  g_assert_cmpuint (lanmu_list_get_size (list), ==, 2);
  g_assert_cmpstr (student_at (list, 0)->name, ==, "张三丰");
  g_assert_cmpstr (student_at (list, 1)->name, ==, "阿里·买买提");
}

static void check_converted (const char *charset, const char *mark, gsize mark_length, const char *encoding)
{
  gsize length;
  g_autoptr (GError) error = NULL;
  g_autofree char *converted = g_convert (LIST, -1, charset, "UTF-8", NULL, &length, &error);
  g_assert_no_error (error);
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_byte_array_append (bytes, (const guint8 *) mark, (guint) mark_length);
  g_byte_array_append (bytes, (const guint8 *) converted, (guint) length);
  g_autoptr (LanmuReport) report = NULL;
  g_autoptr (LanmuList) list = read_bytes ((const char *) bytes->data, bytes->len, NULL, &report);
  check_list (list, report, encoding);
}

static void all_encodings (void)
{
  check_converted ("UTF-8", "", 0, "utf-8");
  check_converted ("UTF-8", "\xEF\xBB\xBF", 3, "utf-8-bom");
  check_converted ("GB18030", "", 0, "gb18030");
  check_converted ("GBK", "", 0, "gb18030");
  check_converted ("UTF-16LE", "\xFF\xFE", 2, "utf-16le");
  check_converted ("UTF-16BE", "\xFE\xFF", 2, "utf-16be");
  check_converted ("UTF-16LE", "", 0, "utf-16le");
}

/* Four-byte characters of GB 18030 (rare names) come through whole. */
static void rare_characters (void)
{
  gsize length;
  g_autofree char *bytes = g_convert ("学号,姓名,班级\n1,司徒𬭎,一班\n2,王㛃,一班\n", -1, "GB18030",
                                      "UTF-8", NULL, &length, NULL);
  g_autoptr (LanmuReport) report = NULL;
  g_autoptr (LanmuList) list = read_bytes (bytes, length, NULL, &report);
  g_assert_nonnull (list);
  g_assert_cmpstr (student_at (list, 0)->name, ==, "司徒𬭎");
  g_assert_cmpstr (student_at (list, 1)->name, ==, "王㛃");
}

static void check_refused (const char *bytes, gsize length, LanmuProblemKind kind)
{
  g_autoptr (LanmuReport) report = NULL;
  g_autoptr (LanmuList) list = read_bytes (bytes, length, NULL, &report);
  g_assert_null (list);
  g_assert_nonnull (find_problem (report, kind));
  g_assert_cmpuint (lanmu_report_get_size (report), ==, 1);
}

/* A UTF-8 list with one broken byte must not come in as GB18030 with other names in it. */
static void damaged_utf8 (void)
{
  char bytes[] = LIST;
  bytes[strlen ("学号,姓名,班级\n2021001,张") + 1] = 'x';
  check_refused (bytes, strlen (bytes), LANMU_PROBLEM_ENCODING);
  g_autoptr (LanmuReport) report = NULL;
  g_assert_null (read_bytes (bytes, strlen (bytes), NULL, &report));
  g_assert_cmpstr (find_problem (report, LANMU_PROBLEM_ENCODING)->value, ==, "2"); /* the line */
}

static void no_text (void)
{
  check_refused ("", 0, LANMU_PROBLEM_EMPTY_FILE);
  check_refused ("PK\x03\x04rest", 8, LANMU_PROBLEM_DAMAGED);
  check_refused ("\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", 8, LANMU_PROBLEM_DAMAGED);
  check_refused ("%PDF-1.4 rest", 13, LANMU_PROBLEM_OTHER_FORMAT);
  check_refused ("学号,姓名\0,班级", 20, LANMU_PROBLEM_BINARY);
  check_refused ("a,b\n\x80\xFF\xFF", 7, LANMU_PROBLEM_ENCODING);
}

static void noise (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);
  char bytes[4096];
  for (int round = 0; round < 200; round++) {
    for (gsize i = 0; i < sizeof bytes; i++)
      bytes[i] = (char) g_rand_int_range (rand, 0, 256);
    g_autoptr (LanmuReport) report = NULL;
    g_autoptr (LanmuList) list = read_bytes (bytes, sizeof bytes, NULL, &report);
    g_assert_true (lanmu_report_is_refused (report));
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/encoding/all", all_encodings);
  g_test_add_func ("/encoding/rare-characters", rare_characters);
  g_test_add_func ("/encoding/damaged-utf8", damaged_utf8);
  g_test_add_func ("/encoding/no-text", no_text);
  g_test_add_func ("/encoding/noise", noise);
  return g_test_run ();
}
