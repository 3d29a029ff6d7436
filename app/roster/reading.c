/* One row of the file becomes one student, or a line in the report; see reading.h. */
#include "app/roster/reading.h"

#include <string.h>

#include "app/format.h"
#include "app/roster/clean.h"
#include "app/roster/rules.h"

static LanmuCellKind kind_of (LanmuField field)
{
  switch (field) {
  case LANMU_FIELD_NAME:
    return LANMU_CELL_NAME;
  case LANMU_FIELD_STUDENT_NO:
  case LANMU_FIELD_ID_NO:
  case LANMU_FIELD_EXAM_NO:
  case LANMU_FIELD_MAJOR_CODE:
  case LANMU_FIELD_CLASS_CODE:
  case LANMU_FIELD_SEX:
    return LANMU_CELL_CODE;
  default:
    return LANMU_CELL_TEXT;
  }
}

static void say_tidied (LanmuReading *reading, int column, LanmuField field, const char *cell, guint done)
{
  static const struct {
    guint bit;
    LanmuProblemKind kind;
  } notes[] = {
      {LANMU_CLEAN_TRIMMED, LANMU_PROBLEM_TRIMMED},
      {LANMU_CLEAN_FULL_WIDTH, LANMU_PROBLEM_FULL_WIDTH},
      {LANMU_CLEAN_UNWRAPPED, LANMU_PROBLEM_UNWRAPPED},
  };
  g_autofree char *shown = field == LANMU_FIELD_ID_NO ? lanmu_format_masked_id (cell) : g_strdup (cell);
  for (gsize i = 0; i < G_N_ELEMENTS (notes); i++)
    if (done & notes[i].bit)
      lanmu_report_add (reading->report, notes[i].kind, reading->row->number, column, reading->header->names[column],
                        shown, NULL);
}

/* Who somebody is and where they belong: what a spreadsheet must not have changed. */
static gboolean is_text_field (LanmuField field)
{
  return kind_of (field) != LANMU_CELL_TEXT || field == LANMU_FIELD_CLASS || field == LANMU_FIELD_MAJOR ||
         field == LANMU_FIELD_COLLEGE;
}

static LanmuProblemKind kind_of_flags (guint flags)
{
  return (flags & LANMU_CELL_NO_RESULT) != 0 ? LANMU_PROBLEM_FORMULA
         : (flags & LANMU_CELL_DATE) != 0    ? LANMU_PROBLEM_EXCEL_DATE
         : (flags & LANMU_CELL_DRESSED) != 0 ? LANMU_PROBLEM_DRESSED_NUMBER
                                             : LANMU_PROBLEM_EXCEL_ZERO_TAIL;
}

/* What the reader knows and the text does not show. */
static void say_flags (LanmuReading *reading, int column, LanmuField field, const char *cell)
{
  LanmuProblemKind kind = kind_of_flags (reading->row->flags[column]);
  if (kind == LANMU_PROBLEM_EXCEL_ZERO_TAIL ? kind_of (field) != LANMU_CELL_CODE
                                            : kind != LANMU_PROBLEM_FORMULA && !is_text_field (field))
    return;
  g_autofree char *shown = field == LANMU_FIELD_ID_NO ? lanmu_format_masked_id (cell) : g_strdup (cell);
  reading->damaged |= G_GUINT64_CONSTANT (1) << field;
  lanmu_report_add (reading->report, kind, reading->row->number, column, reading->header->names[column], shown, NULL);
}

/* The tidied cell of a field, "" when the list or the row has none. */
static char *take_cell (LanmuReading *reading, LanmuField field)
{
  static char nothing[] = "";
  int column = reading->header->column[field];
  guint done;
  if (column < 0 || (guint) column >= reading->row->n_cells)
    return nothing;
  char *cell = lanmu_clean_cell (reading->row->cells[column], kind_of (field), &done);
  reading->row->cells[column] = cell;
  if (reading->row->flags != NULL && reading->row->flags[column] != 0)
    say_flags (reading, column, field, cell);
  if (done != 0 && *cell != '\0')
    say_tidied (reading, column, field, cell, done);
  return cell;
}

static char *take_id_no (LanmuReading *reading)
{
  char *id_no = take_cell (reading, LANMU_FIELD_ID_NO);
  gsize length = strlen (id_no);
  if (length == 18 && id_no[17] == 'x') {
    id_no[17] = 'X';
    g_autofree char *masked = lanmu_format_masked_id (id_no);
    int column = reading->header->column[LANMU_FIELD_ID_NO];
    lanmu_report_add (reading->report, LANMU_PROBLEM_LOWER_CASE_X, reading->row->number, column,
                      reading->header->names[column], masked, NULL);
  }
  return id_no;
}

static void append_json (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *p = text; *p != '\0'; p++) {
    if (*p == '"' || *p == '\\')
      g_string_append_c (out, '\\');
    if ((guchar) *p < 0x20)
      g_string_append_printf (out, "\\u%04x", (guint) (guchar) *p);
    else
      g_string_append_c (out, *p);
  }
  g_string_append_c (out, '"');
}

static void append_member (GString *out, LanmuField field, const char *cell)
{
  g_string_append (out, out->len > 1 ? "," : "");
  append_json (out, lanmu_field_get_code (field));
  g_string_append_c (out, ':');
  append_json (out, cell);
}

/* The list's other columns by their code, {"CSRQ":"19990101"}, until the next row; NULL when there are none. */
static char *take_extra (LanmuReading *reading)
{
  const LanmuHeader *header = reading->header;
  g_string_assign (reading->extra, "{");
  for (LanmuField field = LANMU_FIELD_DEPARTMENT; field < LANMU_N_FIELDS; field++) {
    gboolean used = field == LANMU_FIELD_MAJOR_CODE || field == LANMU_FIELD_MAJOR ||
                    (field == LANMU_FIELD_DEPARTMENT && header->column[LANMU_FIELD_COLLEGE] < 0) ||
                    (field == LANMU_FIELD_CLASS_CODE && header->column[LANMU_FIELD_CLASS] < 0);
    if (header->column[field] < 0 || used)
      continue;
    const char *cell = take_cell (reading, field);
    if (*cell != '\0')
      append_member (reading->extra, field, cell);
  }
  if (reading->extra->len == 1)
    return NULL;
  g_string_append_c (reading->extra, '}');
  return reading->extra->str;
}

static gboolean is_blank (const LanmuRow *row)
{
  for (guint i = 0; i < row->n_cells; i++)
    for (const char *p = row->cells[i]; *p != '\0'; p = g_utf8_next_char (p))
      if (!g_unichar_isspace (g_utf8_get_char (p)) && g_utf8_get_char (p) != 0x1A)
        return FALSE;
  return TRUE;
}

/* The header again, as it stands on every printed page: each cell says what its column is called. */
static gboolean is_header_again (LanmuReading *reading, const LanmuStudentRow *student)
{
  const LanmuHeader *header = reading->header;
  const char *no = student->student_no, *name = student->name;
  guint same = 0;
  if ((*no != '\0' && !g_str_equal (no, lanmu_header_get_name (header, LANMU_FIELD_STUDENT_NO))) ||
      (*name != '\0' && !g_str_equal (name, lanmu_header_get_name (header, LANMU_FIELD_NAME))))
    return FALSE; /* nearly every row */
  for (guint i = 0; i < reading->row->n_cells; i++) {
    const char *cell = reading->row->cells[i];
    if (*cell == '\0')
      continue;
    if (i < header->n_columns && g_str_equal (cell, header->names[i]))
      same++;
    else if (lanmu_field_from_text (cell) == LANMU_FIELD_NONE)
      return FALSE;
  }
  return same > 0;
}

/* The first words of a line that stands below a list or between its pages. */
static gboolean is_footer (const char *text)
{
  static const char *const words[] = {"合计", "总计", "小计", "共计",   "总人数", "人数", "制表", "审核",
                                      "填表", "打印", "注：", "注:",    "备注",   "说明", "签名", "签字",
                                      "日期", "统计", "经办", "负责人", "Total",  "total"};
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_has_prefix (text, words[i]))
      return TRUE;
  return (g_str_has_prefix (text, "第") && strstr (text, "页") != NULL) ||
         (g_str_has_prefix (text, "共") && (strstr (text, "人") != NULL || strstr (text, "页") != NULL));
}

static const char *first_cell (const LanmuRow *row, guint *n_filled)
{
  const char *first = "";
  *n_filled = 0;
  for (guint i = 0; i < row->n_cells; i++) {
    if (*row->cells[i] == '\0')
      continue;
    first = *n_filled == 0 ? row->cells[i] : first;
    ++*n_filled;
  }
  return first;
}

/* The header again (each class with its own), or a line below the list (合计：60 人, 制表人：…), or a title between two
 * pages: one cell that is neither number nor name. */
static gboolean is_no_student (LanmuReading *reading, const LanmuStudentRow *student)
{
  guint n_filled;
  const char *first = first_cell (reading->row, &n_filled);
  if (is_header_again (reading, student))
    return TRUE;
  if ((!g_ascii_isdigit (*student->student_no) || *student->name == '\0') && is_footer (first))
    return TRUE;
  if (n_filled == 1 && *student->student_no == '\0' && *student->name == '\0' && !g_ascii_isalnum (*student->id_no))
    return TRUE;
  if (*student->name != '\0' || *student->class_name != '\0' || *student->id_no != '\0')
    return FALSE;
  return *student->student_no == '\0' || (guchar) *student->student_no >= 0x80;
}

static void ignore_row (LanmuReading *reading)
{
  for (guint i = 0; i < reading->row->n_cells; i++) {
    const char *cell = reading->row->cells[i];
    if (*cell == '\0')
      continue;
    lanmu_report_add (reading->report, LANMU_PROBLEM_IGNORED_ROW, reading->row->number, -1, NULL, cell, NULL);
    return;
  }
}

static gboolean has_too_many_cells (LanmuReading *reading)
{
  for (guint i = reading->header->n_columns; i < reading->row->n_cells; i++) {
    guint done;
    if (*lanmu_clean_cell (reading->row->cells[i], LANMU_CELL_TEXT, &done) == '\0')
      continue;
    g_autofree char *is = g_strdup_printf ("%u", reading->row->n_cells),
                    *should = g_strdup_printf ("%u", reading->header->n_columns);
    lanmu_report_add (reading->report, LANMU_PROBLEM_TOO_MANY_CELLS, reading->row->number, -1, NULL, is, should);
    return TRUE;
  }
  return FALSE;
}

/* Where the list has no column for it, or a class was written once for a block of rows: what would be taken, for a
 * person to decide. */
static char *take_class (LanmuReading *reading)
{
  const LanmuHeader *header = reading->header;
  if (reading->class_name != NULL)
    return reading->class_name;
  LanmuField field = header->column[LANMU_FIELD_CLASS] >= 0 ? LANMU_FIELD_CLASS : LANMU_FIELD_CLASS_CODE;
  return take_cell (reading, field);
}

static void take_class_above (LanmuReading *reading, LanmuStudentRow *student)
{
  const LanmuHeader *header = reading->header;
  LanmuField field = header->column[LANMU_FIELD_CLASS] >= 0 ? LANMU_FIELD_CLASS : LANMU_FIELD_CLASS_CODE;
  if (*student->class_name != '\0')
    g_string_assign (reading->above, student->class_name);
  else if (reading->above->len > 0 && *student->student_no != '\0' && *student->name != '\0') {
    student->class_name = reading->above->str;
    lanmu_report_add (reading->report, LANMU_PROBLEM_CLASS_ABOVE, reading->row->number, header->column[field],
                      lanmu_header_get_name (header, field), reading->above->str, NULL);
  }
}

void lanmu_reading_take_row (LanmuReading *reading)
{
  const LanmuHeader *header = reading->header;
  reading->damaged = 0;
  if (is_blank (reading->row) || has_too_many_cells (reading))
    return;
  LanmuStudentRow student = {
      .student_no = take_cell (reading, LANMU_FIELD_STUDENT_NO),
      .name = take_cell (reading, LANMU_FIELD_NAME),
      .id_no = take_id_no (reading),
      .exam_no = take_cell (reading, LANMU_FIELD_EXAM_NO),
      .class_name = take_class (reading),
      .major_code = take_cell (reading, LANMU_FIELD_MAJOR_CODE),
      .major_name = take_cell (reading, LANMU_FIELD_MAJOR),
      .college_name =
          take_cell (reading, header->column[LANMU_FIELD_COLLEGE] >= 0 ? LANMU_FIELD_COLLEGE : LANMU_FIELD_DEPARTMENT),
  };
  if (is_no_student (reading, &student)) {
    ignore_row (reading);
    return;
  }
  take_class_above (reading, &student);
  const char *sex_text = take_cell (reading, LANMU_FIELD_SEX);
  const char *sex = lanmu_rules_read_sex (sex_text);
  student.sex = (char *) (sex != NULL ? sex : "");
  student.extra = take_extra (reading);
  const LanmuPlaceInFile place = {header, reading->row->number, reading->damaged, reading->report};
  if (lanmu_rules_check_student (&place, &student, sex_text))
    lanmu_list_add (reading->list, &student, reading->row->number, reading->sheet);
}
