/* Each kind of damage in both directions: found where it is, and not where it only looks like it. */
#include "tests/unit/app/fixture.h"

#define HEADER "学号,姓名,性别,身份证号,班级\n"
#define SOUND                                                                                                          \
  "0631001,张三,女,11010519491231002X,一班\n0631002,李四,男,440524188001010014,一班\n0631003,王五,男,,一班\n"

typedef struct {
  const char *name;
  LanmuProblemKind kind;
  const char *rows; /* below HEADER and SOUND: row 5 on; NULL = none, for clean cases */
  guint row;        /* 0: the kind must not be found */
  const char *column;
} Case;

static const Case cases[] = {
    {"sound", LANMU_PROBLEM_BAD_CHECK_DIGIT, "", 0, ""},
    {"scientific-no", LANMU_PROBLEM_EXCEL_SCIENTIFIC, "6.31E+11,赵六,男,,一班\n", 5, "学号"},
    {"scientific-id", LANMU_PROBLEM_EXCEL_SCIENTIFIC, "0631004,赵六,男,5.10322E+17,一班\n", 5, "身份证号"},
    {"not-scientific", LANMU_PROBLEM_EXCEL_SCIENTIFIC, "06E1004,赵六,男,,一班\n", 0, ""},
    {"decimal", LANMU_PROBLEM_EXCEL_DECIMAL, "631004.0,赵六,男,,一班\n", 5, "学号"},
    {"zero-tail-000", LANMU_PROBLEM_EXCEL_ZERO_TAIL, "0631004,赵六,男,510322199001011000,一班\n", 5, "身份证号"},
    {"zero-tail-016", LANMU_PROBLEM_EXCEL_ZERO_TAIL, "0631004,赵六,男,510322199001013016,一班\n", 5, "身份证号"},
    {"zero-tail-992", LANMU_PROBLEM_EXCEL_ZERO_TAIL, "0631004,赵六,男,510322199001013992,一班\n", 5, "身份证号"},
    {"real-zero-tail", LANMU_PROBLEM_EXCEL_ZERO_TAIL, "0631004,赵六,女,500100200301010000,一班\n", 0, ""},
    {"zero-tail-column", LANMU_PROBLEM_EXCEL_ZERO_TAIL,
     "202100000000001000,赵,,,一班\n202100000000002000,钱,,,一班\n202100000000003000,孙,,,一班\n202100000000004000,周,,"
     ",一班\n",
     5, "学号"},
    {"one-zero-tail", LANMU_PROBLEM_EXCEL_ZERO_TAIL, "202100000000001000,赵,,,一班\n", 0, ""},
    {"lost-zero", LANMU_PROBLEM_LOST_LEADING_ZERO, "631004,赵六,男,,一班\n", 5, "学号"},
    {"lost-zero-other-class", LANMU_PROBLEM_LOST_LEADING_ZERO, "631004,赵六,男,,二班\n", 5, "学号"},
    {"kept-zero", LANMU_PROBLEM_LOST_LEADING_ZERO, "0631004,赵六,男,,一班\n", 0, ""},
    {"check-digit", LANMU_PROBLEM_BAD_CHECK_DIGIT, "0631004,赵六,男,110105194912310021,一班\n", 5, "身份证号"},
    {"right-check-digit", LANMU_PROBLEM_BAD_CHECK_DIGIT, "0631004,赵六,女,34052419800101001X,一班\n", 0, ""},
    {"id-date", LANMU_PROBLEM_BAD_ID_DATE, "0631004,赵六,男,11010519491331002X,一班\n", 5, "身份证号"},
    {"id-length", LANMU_PROBLEM_BAD_ID_LENGTH, "0631004,赵六,男,1101051949123100,一班\n", 5, "身份证号"},
    {"sex-mismatch", LANMU_PROBLEM_SEX_MISMATCH, "0631004,赵六,女,34052419800101001X,一班\n", 5, "性别"},
    {"sex-agrees", LANMU_PROBLEM_SEX_MISMATCH, "0631004,赵六,1,34052419800101001X,一班\n", 0, ""},
    {"sex-unknown", LANMU_PROBLEM_SEX_MISMATCH, "0631004,赵六,,34052419800101001X,一班\n", 0, ""},
    {"bad-sex", LANMU_PROBLEM_BAD_SEX, "0631004,赵六,未知,,一班\n", 5, "性别"},
    {"same-no", LANMU_PROBLEM_DUPLICATE_STUDENT_NO, "0631001,赵六,男,,一班\n", 5, "学号"},
    {"same-no-after-tidying", LANMU_PROBLEM_DUPLICATE_STUDENT_NO, "０６３１００１,赵六,男,,一班\n", 5, "学号"},
    {"like-no", LANMU_PROBLEM_DUPLICATE_STUDENT_NO, "631001,赵六,男,,一班\n", 0, ""},
    {"same-id", LANMU_PROBLEM_DUPLICATE_ID_NO, "0631004,赵六,女,11010519491231002x,一班\n", 5, "身份证号"},
    {"no-ids", LANMU_PROBLEM_DUPLICATE_ID_NO, "0631004,赵六,女,,一班\n", 0, ""},
    {"question-mark", LANMU_PROBLEM_MISSING_GLYPH, "0631004,赵?,男,,一班\n", 5, "姓名"},
    {"wide-question-mark", LANMU_PROBLEM_MISSING_GLYPH, "0631004,赵？,男,,一班\n", 5, "姓名"},
    {"replacement", LANMU_PROBLEM_MISSING_GLYPH, "0631004,赵\xEF\xBF\xBD,男,,一班\n", 5, "姓名"},
    {"private-use", LANMU_PROBLEM_MISSING_GLYPH, "0631004,赵\xEE\x80\x80,男,,一班\n", 5, "姓名"},
    {"capital", LANMU_PROBLEM_MISSING_GLYPH, "0631004,赵A,男,,一班\n", 5, "姓名"},
    {"latin-name", LANMU_PROBLEM_MISSING_GLYPH, "0631004,ANNA SCHMIDT,女,,一班\n", 0, ""},
    {"rare-name", LANMU_PROBLEM_MISSING_GLYPH, "0631004,司徒𬭎,男,,一班\n", 0, ""},
    {"no-number", LANMU_PROBLEM_MISSING_REQUIRED, ",赵六,男,,一班\n", 5, "学号"},
    {"no-name", LANMU_PROBLEM_MISSING_REQUIRED, "0631004,　,男,,一班\n", 5, "姓名"},
    {"no-class", LANMU_PROBLEM_CLASS_ABOVE, "0631004,赵六,男,\n", 5, "班级"},
    {"class-without-one-above", LANMU_PROBLEM_CLASS_ABOVE, "0631004,赵六,男,,一班\n", 0, ""},
    {"digits-in-name", LANMU_PROBLEM_DIGITS_IN_NAME, "0631004,交通1801班,男,,赵六\n", 5, "姓名"},
    {"id-as-number", LANMU_PROBLEM_ID_AS_STUDENT_NO, "34052419800101001X,赵六,女,,一班\n", 5, "学号"},
    {"long-number", LANMU_PROBLEM_ID_AS_STUDENT_NO, "340524198001010011,赵六,女,,一班\n", 0, ""},
    {"wrong-characters", LANMU_PROBLEM_WRONG_CHARACTERS, "0631004,寮犱笁,女,,一班\n", 5, "姓名"},
    {"lost-characters", LANMU_PROBLEM_WRONG_CHARACTERS, "0631004,锟斤拷,女,,一班\n", 5, "姓名"},
    {"right-characters", LANMU_PROBLEM_WRONG_CHARACTERS, "0631004,欧阳娜娜,女,,一班\n", 0, ""},
    {"class-of-nothing", LANMU_PROBLEM_FORMULA, "0631004,赵六,男,,#REF!\n", 5, "班级"},
    {"class-with-a-sign", LANMU_PROBLEM_FORMULA, "0631004,赵六,男,,#1班\n", 0, ""},
    {"formula", LANMU_PROBLEM_FORMULA, "=A1&\"1\",赵六,男,,一班\n", 5, "学号"},
    {"formula-error", LANMU_PROBLEM_FORMULA, "0631004,#N/A,男,,一班\n", 5, "姓名"},
    {"excel-text", LANMU_PROBLEM_FORMULA, "\"=\"\"0631004\"\"\",赵六,男,,一班\n", 0, ""},
    {"odd-number", LANMU_PROBLEM_BAD_STUDENT_NO, "0631/004,赵六,男,,一班\n", 5, "学号"},
    {"shifted", LANMU_PROBLEM_TOO_MANY_CELLS, "0631004,赵,六,男,,一班\n", 5, ""},
    {"empty-cells-behind", LANMU_PROBLEM_TOO_MANY_CELLS, "0631004,赵六,男,,一班,,,\n", 0, ""},
    {"passport", LANMU_PROBLEM_OTHER_DOCUMENT, "0631004,赵六,男,E12345678,一班\n", 5, "身份证号"},
    {"same-name", LANMU_PROBLEM_SAME_NAME, "0631004,张三,男,,一班\n", 5, "姓名"},
    {"same-name-elsewhere", LANMU_PROBLEM_SAME_NAME, "0631004,张三,男,,二班\n", 0, ""},
    {"look-alike-dot", LANMU_PROBLEM_LOOK_ALIKE_DOT, "0631004,阿里•买买提,男,,一班\n", 5, "姓名"},
    {"right-dot", LANMU_PROBLEM_LOOK_ALIKE_DOT, "0631004,阿里·买买提,男,,一班\n", 0, ""},
    {"trimmed", LANMU_PROBLEM_TRIMMED, "0631004 ,赵六,男,,一班\n", 5, "学号"},
    {"footer", LANMU_PROBLEM_IGNORED_ROW, "\n合计：3 人,,,,\n", 6, ""},
    {"total", LANMU_PROBLEM_IGNORED_ROW, "合计,60,,,\n", 5, ""},
    {"made-by", LANMU_PROBLEM_IGNORED_ROW, ",,,制表人：王,日期\n", 5, ""},
    {"title-between", LANMU_PROBLEM_IGNORED_ROW, ",,,交通学院毕业生名单,\n", 5, ""},
    {"lone-name", LANMU_PROBLEM_IGNORED_ROW, ",赵六,,,\n", 0, ""},
    {"called-like-a-footer", LANMU_PROBLEM_IGNORED_ROW, "0631004,日期,男,,一班\n", 0, ""},
    {"header-again", LANMU_PROBLEM_IGNORED_ROW, HEADER, 5, ""},
    {"open-quote", LANMU_PROBLEM_OPEN_QUOTE, "0631004,\"赵六,男,,一班\n", 5, ""},
};

static void run_case (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *text = g_strconcat (HEADER, SOUND, test->rows, NULL);
  g_autoptr (LanmuReport) report = NULL;
  g_autoptr (LanmuList) list = read_text (text, &report);
  g_assert_true (list != NULL || test->kind == LANMU_PROBLEM_OPEN_QUOTE); /* nothing behind it can be trusted */
  if (test->row == 0)
    assert_none (report, test->kind);
  else
    assert_problem (report, test->kind, test->row, test->column);
}

/* Documents of other kinds, notes and warnings never block. */
static void warnings_let_pass (void)
{
  g_autoptr (LanmuReport) report = NULL;
  g_autoptr (LanmuList) list = read_text (
      HEADER SOUND
      "0631004,赵六,男,H12345678,一班\n0631005,阿里•买买提,未知,无,一班\n0631006 ,张三,男,810000199408230021,一班\n",
      &report);
  g_assert_false (lanmu_report_is_refused (report));
  g_assert_cmpuint (lanmu_report_get_count (report, LANMU_SEVERITY_WARNING), >=, 4);
  g_assert_cmpuint (lanmu_list_get_size (list), ==, 6);
}

static void sound_list_has_nothing_to_say (void)
{
  g_autoptr (LanmuReport) report = NULL;
  g_autoptr (LanmuList) list = read_text (HEADER SOUND, &report);
  g_assert_cmpuint (lanmu_report_get_size (report), ==, 0);
  g_assert_cmpuint (lanmu_list_get_size (list), ==, 3);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/rules/sound-list", sound_list_has_nothing_to_say);
  g_test_add_func ("/rules/warnings-let-pass", warnings_let_pass);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/rules/", cases[i].name, NULL);
    g_test_add_data_func (path, &cases[i], run_case);
  }
  return g_test_run ();
}
