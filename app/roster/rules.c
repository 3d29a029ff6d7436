/* Rules over one student; see rules.h. Those between rows are in crossrules.c. Pure. */
#include "app/roster/rules.h"

#include <string.h>

#include "app/format.h"
#include "app/roster/idno.h"
#include "app/roster/studentno.h"
#include "app/roster/wrongcharacters.h"

#define NAME_MAX_CHARACTERS 100
#define TEXT_MAX_CHARACTERS 200

typedef LanmuPlaceInFile Place;

static void say (const Place *at, LanmuProblemKind kind, LanmuField field, const char *value, const char *other)
{
  lanmu_report_add (at->report, kind, at->row, at->header->column[field], lanmu_header_get_name (at->header, field),
                    value, other);
}

const char *lanmu_rules_read_sex (const char *text)
{
  static const struct {
    const char *text, *sex;
  } known[] = {
      {"", ""},       {"男", "男"},     {"女", "女"},     {"1", "男"},      {"2", "女"},
      {"M", "男"},    {"F", "女"},      {"m", "男"},      {"f", "女"},      {"男性", "男"},
      {"女性", "女"}, {"male", "男"},   {"Male", "男"},   {"MALE", "男"},   {"男生", "男"},
      {"女生", "女"}, {"female", "女"}, {"Female", "女"}, {"FEMALE", "女"},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].text, text))
      return known[i].sex;
  return NULL;
}

static gboolean check_required (const Place *at, LanmuField field, const char *value)
{
  if (*value != '\0')
    return TRUE;
  if (field == LANMU_FIELD_CLASS && at->header->column[field] < 0)
    field = LANMU_FIELD_CLASS_CODE;
  say (at, LANMU_PROBLEM_MISSING_REQUIRED, field, lanmu_header_get_name (at->header, field), NULL);
  return FALSE;
}

/* What a spreadsheet does to long numbers. TRUE: the number is damaged, further rules have nothing to say about it. */
static gboolean check_number (const Place *at, LanmuField field, const char *value)
{
  LanmuProblemKind kind;
  if ((at->damaged & G_GUINT64_CONSTANT (1) << field) != 0)
    return TRUE;
  if (*value == '=' || *value == '#')
    kind = LANMU_PROBLEM_FORMULA;
  else if (lanmu_number_is_scientific (value))
    kind = LANMU_PROBLEM_EXCEL_SCIENTIFIC;
  else if (lanmu_number_is_decimal (value))
    kind = LANMU_PROBLEM_EXCEL_DECIMAL;
  else
    return FALSE;
  say (at, kind, field, value, NULL);
  return TRUE;
}

static gboolean is_error_value (const char *value)
{
  static const char *const errors[] = {"#N/A", "#REF!", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "#ERROR!"};
  for (gsize i = 0; i < G_N_ELEMENTS (errors); i++)
    if (g_str_equal (value, errors[i]))
      return TRUE;
  return *value == '#' && strspn (value, "#") == strlen (value); /* ####: the column was too narrow */
}

/* A class, major or college that is no text. */
static void check_place (const Place *at, LanmuField field, const char *value)
{
  if ((at->damaged & G_GUINT64_CONSTANT (1) << field) == 0 && (*value == '=' || is_error_value (value)))
    say (at, LANMU_PROBLEM_FORMULA, field, value, NULL);
}

static gboolean check_student_no (const Place *at, const char *student_no)
{
  if (check_number (at, LANMU_FIELD_STUDENT_NO, student_no))
    return FALSE;
  if (lanmu_studentno_is_valid (student_no)) {
    if (strlen (student_no) == 18 && lanmu_idno_classify (student_no) == LANMU_ID_MAINLAND &&
        lanmu_idno_check (student_no) == LANMU_ID_RIGHT) {
      g_autofree char *masked = lanmu_format_masked_id (student_no);
      say (at, LANMU_PROBLEM_ID_AS_STUDENT_NO, LANMU_FIELD_STUDENT_NO, masked, NULL);
    }
    return TRUE;
  }
  say (at, LANMU_PROBLEM_BAD_STUDENT_NO, LANMU_FIELD_STUDENT_NO, student_no, NULL);
  return FALSE;
}

/* -- names -- */

/* Characters that stand where a font or an old system had none: ? ？ U+FFFD □ 〓 and private ones. */
static gboolean is_hole (gunichar c)
{
  return c == '?' || c == 0xFF1F || c == 0xFFFD || c == 0x25A1 || c == 0x3013 ||
         g_unichar_type (c) == G_UNICODE_PRIVATE_USE;
}

static gboolean is_capital (gunichar c)
{
  return (c >= 'A' && c <= 'Z') || (c >= 0xFF21 && c <= 0xFF3A);
}

static gboolean has_han (const char *name)
{
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_get_script (g_utf8_get_char (p)) == G_UNICODE_SCRIPT_HAN)
      return TRUE;
  return FALSE;
}

/* TRUE: it was said. */
static gboolean check_characters (const Place *at, const char *name)
{
  g_autofree char *meant = strstr (name, "锟斤") != NULL ? g_strdup ("?") : lanmu_wrong_characters_read (name);
  if (meant != NULL)
    say (at, LANMU_PROBLEM_WRONG_CHARACTERS, LANMU_FIELD_NAME, name, meant);
  return meant != NULL;
}

static void check_look_alike (const Place *at, const char *name)
{
  static const gunichar dots[] = {0x2027, 0x2022, 0x30FB, 0xFF65, 0xFF0E, 0x2219,
                                  0x22C5, 0x2024, 0x2E31, 0x387,  0x25CF};
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p))
    for (gsize i = 0; i < G_N_ELEMENTS (dots); i++)
      if (g_utf8_get_char (p) == dots[i]) {
        g_autofree char *dot = g_strndup (p, (gsize) (g_utf8_next_char (p) - p));
        say (at, LANMU_PROBLEM_LOOK_ALIKE_DOT, LANMU_FIELD_NAME, name, dot);
        return;
      }
}

static void check_name (const Place *at, const char *name)
{
  if ((at->damaged & G_GUINT64_CONSTANT (1) << LANMU_FIELD_NAME) != 0)
    return;
  if (*name == '=' || *name == '#') {
    say (at, LANMU_PROBLEM_FORMULA, LANMU_FIELD_NAME, name, NULL);
    return;
  }
  gboolean han = has_han (name);
  if (strpbrk (name, "0123456789") != NULL) {
    say (at, LANMU_PROBLEM_DIGITS_IN_NAME, LANMU_FIELD_NAME, name, NULL);
    return;
  }
  if (han && check_characters (at, name))
    return;
  for (const char *p = name; *p != '\0'; p = g_utf8_next_char (p)) {
    gunichar c = g_utf8_get_char (p);
    if (!is_hole (c) && !(han && is_capital (c)))
      continue;
    g_autofree char *hole = g_strndup (p, (gsize) (g_utf8_next_char (p) - p));
    g_autofree char *quoted = g_strdup_printf ("“%s”", hole);
    say (at, LANMU_PROBLEM_MISSING_GLYPH, LANMU_FIELD_NAME, name, quoted);
    return;
  }
  check_look_alike (at, name);
}

/* -- ID numbers -- */

static const char *document (LanmuIdKind kind)
{
  switch (kind) {
  case LANMU_ID_RESIDENCE:
    return "居住证/永久居留 residence permit";
  case LANMU_ID_HK_MACAO:
    return "港澳通行证 Hong Kong/Macao permit";
  case LANMU_ID_TAIWAN:
    return "台湾通行证 Taiwan permit";
  case LANMU_ID_FOREIGN:
    return "永久居留 permanent residence";
  case LANMU_ID_PASSPORT:
    return "护照 passport";
  default:
    return "其他 other";
  }
}

/* Excel keeps fifteen digits; the rest becomes 000, or by the way through a double 016 or 992. */
static gboolean has_excel_tail (const char *id_no)
{
  return strlen (id_no) == 18 &&
         (g_str_has_suffix (id_no, "000") || g_str_has_suffix (id_no, "016") || g_str_has_suffix (id_no, "992"));
}

static void check_resident (const Place *at, const char *id_no, LanmuIdFault fault)
{
  g_autofree char *masked = lanmu_format_masked_id (id_no);
  g_autofree char *length = g_strdup_printf ("%d", (int) strlen (id_no));
  if (fault == LANMU_ID_WRONG_LENGTH)
    say (at, LANMU_PROBLEM_BAD_ID_LENGTH, LANMU_FIELD_ID_NO, masked, length);
  else if (fault == LANMU_ID_WRONG_CHECK && has_excel_tail (id_no))
    say (at, LANMU_PROBLEM_EXCEL_ZERO_TAIL, LANMU_FIELD_ID_NO, masked, NULL);
  else if (fault == LANMU_ID_WRONG_DATE)
    say (at, LANMU_PROBLEM_BAD_ID_DATE, LANMU_FIELD_ID_NO, masked, NULL);
  else if (fault == LANMU_ID_WRONG_CHECK)
    say (at, LANMU_PROBLEM_BAD_CHECK_DIGIT, LANMU_FIELD_ID_NO, masked, NULL);
}

static void check_id_no (const Place *at, const char *id_no, const char *sex)
{
  if (*id_no == '\0' || check_number (at, LANMU_FIELD_ID_NO, id_no))
    return;
  LanmuIdKind kind = lanmu_idno_classify (id_no);
  LanmuIdFault fault = lanmu_idno_check (id_no);
  if (kind != LANMU_ID_MAINLAND) {
    g_autofree char *masked = lanmu_format_masked_id (id_no);
    say (at, LANMU_PROBLEM_OTHER_DOCUMENT, LANMU_FIELD_ID_NO, masked, document (kind));
    return; /* never blocks, so its sex is not held against the list either */
  }
  check_resident (at, id_no, fault);
  const char *says = fault == LANMU_ID_RIGHT ? lanmu_idno_sex (id_no) : NULL;
  if (says != NULL && *sex != '\0' && !g_str_equal (says, sex))
    say (at, LANMU_PROBLEM_SEX_MISMATCH, LANMU_FIELD_SEX, sex, says);
}

/* -- all of it -- */

static void check_length (const Place *at, LanmuField field, const char *text, glong most)
{
  if (strlen (text) <= (gsize) most)
    return; /* as many bytes: not more characters */
  glong length = g_utf8_strlen (text, -1);
  if (length <= most)
    return;
  g_autofree char *is = g_strdup_printf ("%ld", length), *may = g_strdup_printf ("%ld", most);
  say (at, LANMU_PROBLEM_TOO_LONG, field, is, may);
}

gboolean lanmu_rules_check_student (const LanmuPlaceInFile *at, const LanmuStudentRow *student, const char *sex_text)
{
  gboolean numbered =
      check_required (at, LANMU_FIELD_STUDENT_NO, student->student_no) && check_student_no (at, student->student_no);
  gboolean named = check_required (at, LANMU_FIELD_NAME, student->name);
  gboolean placed = check_required (at, LANMU_FIELD_CLASS, student->class_name);
  if (named)
    check_name (at, student->name);
  if (lanmu_rules_read_sex (sex_text) == NULL)
    say (at, LANMU_PROBLEM_BAD_SEX, LANMU_FIELD_SEX, sex_text, NULL);
  check_id_no (at, student->id_no, student->sex);
  if (*student->exam_no != '\0')
    check_number (at, LANMU_FIELD_EXAM_NO, student->exam_no);
  check_place (at, at->header->column[LANMU_FIELD_CLASS] >= 0 ? LANMU_FIELD_CLASS : LANMU_FIELD_CLASS_CODE,
               student->class_name);
  check_place (at, LANMU_FIELD_MAJOR, student->major_name);
  check_place (at, LANMU_FIELD_COLLEGE, student->college_name);
  check_length (at, LANMU_FIELD_NAME, student->name, NAME_MAX_CHARACTERS);
  check_length (at, at->header->column[LANMU_FIELD_CLASS] >= 0 ? LANMU_FIELD_CLASS : LANMU_FIELD_CLASS_CODE,
                student->class_name, TEXT_MAX_CHARACTERS);
  check_length (at, LANMU_FIELD_MAJOR, student->major_name, TEXT_MAX_CHARACTERS);
  check_length (at, LANMU_FIELD_COLLEGE, student->college_name, TEXT_MAX_CHARACTERS);
  check_length (at, LANMU_FIELD_ID_NO, student->id_no, TEXT_MAX_CHARACTERS);
  return numbered && named && placed;
}
