/* Numbers of identity documents: the standard's own examples, and each way to be wrong. */
#include "app/roster/idno.h"

static const char *const valid[] = {"11010519491231002X", "34052419800101001X", "440524188001010014"};

static void valid_examples (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (valid); i++) {
    g_assert_cmpint (lanmu_idno_classify (valid[i]), ==, LANMU_ID_MAINLAND);
    g_assert_cmpint (lanmu_idno_check_character (valid[i]), ==, valid[i][17]);
    g_assert_cmpint (lanmu_idno_check (valid[i]), ==, LANMU_ID_RIGHT);
  }
}

/* Changing any one digit must be seen: that is what the check character is for. */
static void every_single_error (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (valid); i++)
    for (int at = 0; at < 18; at++)
      for (char digit = '0'; digit <= '9'; digit++) {
        g_autofree char *wrong = g_strdup (valid[i]);
        if (wrong[at] == digit)
          continue;
        wrong[at] = digit;
        gboolean refused =
            lanmu_idno_check (wrong) != LANMU_ID_RIGHT || lanmu_idno_classify (wrong) != LANMU_ID_MAINLAND;
        g_assert_true (refused);
      }
}

/* Two neighbours swapped, the commonest slip of a typist. */
static void every_swap (void)
{
  for (int at = 0; at < 16; at++) {
    g_autofree char *wrong = g_strdup (valid[0]);
    wrong[at] = valid[0][at + 1];
    wrong[at + 1] = valid[0][at];
    if (!g_str_equal (wrong, valid[0]))
      g_assert_cmpint (lanmu_idno_check (wrong), !=, LANMU_ID_RIGHT);
  }
}

static void faults (void)
{
  g_assert_cmpint (lanmu_idno_check ("110105194912310021"), ==, LANMU_ID_WRONG_CHECK);
  g_assert_cmpint (lanmu_idno_check ("11010519491331002X"), ==, LANMU_ID_WRONG_DATE);
  g_assert_cmpint (lanmu_idno_check ("11010519490230002X"), ==, LANMU_ID_WRONG_DATE);
  g_assert_cmpint (lanmu_idno_check ("1101051949123100"), ==, LANMU_ID_WRONG_LENGTH);
  g_assert_cmpint (lanmu_idno_check ("1101051949123100211"), ==, LANMU_ID_WRONG_LENGTH);
  g_assert_cmpint (lanmu_idno_check ("11010519491231002x"), ==, LANMU_ID_RIGHT);
  g_assert_cmpint (lanmu_idno_check ("110105491231002"), ==, LANMU_ID_RIGHT); /* fifteen digits, before 1999 */
  g_assert_cmpint (lanmu_idno_check ("110105491331002"), ==, LANMU_ID_WRONG_DATE);
}

static void sexes (void)
{
  g_assert_cmpstr (lanmu_idno_sex ("11010519491231002X"), ==, "女");
  g_assert_cmpstr (lanmu_idno_sex ("440524188001010014"), ==, "男");
  g_assert_cmpstr (lanmu_idno_sex ("110105491231001"), ==, "男");
  g_assert_null (lanmu_idno_sex ("H1234567801"));
  g_assert_null (lanmu_idno_sex (""));
}

static void other_documents (void)
{
  static const struct {
    const char *id_no;
    LanmuIdKind kind;
  } known[] = {
      {"", LANMU_ID_NONE},
      {"H12345678", LANMU_ID_HK_MACAO},
      {"M1234567801", LANMU_ID_HK_MACAO},
      {"12345678", LANMU_ID_TAIWAN},
      {"1234567890(B)", LANMU_ID_TAIWAN},
      {"G12345678", LANMU_ID_PASSPORT},
      {"AB1234567", LANMU_ID_PASSPORT},
      {"USA123456789012", LANMU_ID_FOREIGN},
      {"810000199408230021", LANMU_ID_RESIDENCE},
      {"911124198108030024", LANMU_ID_RESIDENCE},
      {"无", LANMU_ID_OTHER},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    g_assert_cmpint (lanmu_idno_classify (known[i].id_no), ==, known[i].kind);
  g_assert_cmpint (lanmu_idno_check ("H12345678"), ==, LANMU_ID_RIGHT);
  g_assert_cmpint (lanmu_idno_check ("无"), ==, LANMU_ID_RIGHT);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/idno/valid-examples", valid_examples);
  g_test_add_func ("/idno/every-single-error", every_single_error);
  g_test_add_func ("/idno/every-swap", every_swap);
  g_test_add_func ("/idno/faults", faults);
  g_test_add_func ("/idno/sexes", sexes);
  g_test_add_func ("/idno/other-documents", other_documents);
  return g_test_run ();
}
