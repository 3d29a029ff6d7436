/* Rules between rows; see rules.h. Pure. Each is one pass with a hash table. */
#include "app/roster/rules.h"

#include <string.h>

#include "app/format.h"
#include "app/roster/studentno.h"

static const LanmuStudentRow *student_at (const LanmuList *list, guint i)
{
  return &g_array_index (list->students, LanmuStudentRow, i);
}

static guint row_at (const LanmuList *list, guint i)
{
  return g_array_index (list->rows, guint, i);
}

static void say (const LanmuList *list, LanmuReport *report, LanmuProblemKind kind, guint i, LanmuField field,
                 const char *value, const char *other)
{
  lanmu_report_add (report, kind, row_at (list, i), list->header->column[field],
                    lanmu_header_get_name (list->header, field), value, other);
}

/* Tells of each further owner of a text and which row had it first. TRUE: it is a further one. */
static gboolean is_again (GHashTable *seen, const LanmuList *list, guint i, gconstpointer key, char **first_row)
{
  gpointer first = g_hash_table_lookup (seen, key);
  if (first == NULL) {
    g_hash_table_insert (seen, (gpointer) key, GUINT_TO_POINTER (i + 1));
    return FALSE;
  }
  *first_row = g_strdup_printf ("%u", row_at (list, GPOINTER_TO_UINT (first) - 1));
  return TRUE;
}

static void find_duplicates (const LanmuList *list, LanmuReport *report)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < list->students->len; i++) {
    const LanmuStudentRow *student = student_at (list, i);
    g_autofree char *number_row = NULL, *id_row = NULL;
    if (*student->student_no != '\0' && is_again (numbers, list, i, student->student_no, &number_row))
      say (list, report, LANMU_PROBLEM_DUPLICATE_STUDENT_NO, i, LANMU_FIELD_STUDENT_NO, student->student_no,
           number_row);
    if (*student->id_no == '\0' || lanmu_number_is_scientific (student->id_no) ||
        !is_again (ids, list, i, student->id_no, &id_row))
      continue;
    g_autofree char *masked = lanmu_format_masked_id (student->id_no);
    say (list, report, LANMU_PROBLEM_DUPLICATE_ID_NO, i, LANMU_FIELD_ID_NO, masked, id_row);
  }
}

/* A class by all that names it. */
static guint class_hash (gconstpointer key)
{
  const LanmuStudentRow *student = key;
  return g_str_hash (student->class_name) ^ (g_str_hash (student->major_name) * 31) ^
         (g_str_hash (student->college_name) * 961);
}

static gboolean class_equal (gconstpointer a, gconstpointer b)
{
  const LanmuStudentRow *left = a, *right = b;
  return g_str_equal (left->class_name, right->class_name) && g_str_equal (left->major_name, right->major_name) &&
         g_str_equal (left->college_name, right->college_name);
}

static LanmuNumberShape *shape_of (GHashTable *shapes, const LanmuStudentRow *student)
{
  LanmuNumberShape *shape = g_hash_table_lookup (shapes, student);
  if (shape == NULL) {
    shape = g_new0 (LanmuNumberShape, 1);
    g_hash_table_insert (shapes, (gpointer) student, shape);
  }
  return shape;
}

/* First the class decides, then the whole column: a class of one has nobody to be compared with. */
static void find_lost_zeros (const LanmuList *list, LanmuReport *report)
{
  g_autoptr (GHashTable) shapes = g_hash_table_new_full (class_hash, class_equal, NULL, g_free);
  LanmuNumberShape column = {0};
  for (guint i = 0; i < list->students->len; i++) {
    lanmu_number_shape_add (shape_of (shapes, student_at (list, i)), student_at (list, i)->student_no);
    lanmu_number_shape_add (&column, student_at (list, i)->student_no);
  }
  for (guint i = 0; i < list->students->len; i++) {
    const LanmuStudentRow *student = student_at (list, i);
    guint length = lanmu_number_shape_lost_zero (shape_of (shapes, student), student->student_no);
    if (length == 0)
      length = lanmu_number_shape_lost_zero (&column, student->student_no);
    if (length == 0)
      continue;
    g_autofree char *digits = g_strdup_printf ("%u", length);
    say (list, report, LANMU_PROBLEM_LOST_LEADING_ZERO, i, LANMU_FIELD_STUDENT_NO, student->student_no, digits);
  }
}

/* A long 学号 that ends in zeros may be right; when most of the column does, Excel did it. */
static void find_zero_tails (const LanmuList *list, LanmuReport *report)
{
  guint tails = 0;
  for (guint i = 0; i < list->students->len; i++)
    tails += lanmu_number_has_zero_tail (student_at (list, i)->student_no);
  if (tails < 2 || tails * 2 < list->students->len)
    return;
  for (guint i = 0; i < list->students->len; i++)
    if (lanmu_number_has_zero_tail (student_at (list, i)->student_no))
      say (list, report, LANMU_PROBLEM_EXCEL_ZERO_TAIL, i, LANMU_FIELD_STUDENT_NO, student_at (list, i)->student_no,
           NULL);
}

static guint name_hash (gconstpointer key)
{
  return class_hash (key) ^ g_str_hash (((const LanmuStudentRow *) key)->name);
}

static gboolean name_equal (gconstpointer a, gconstpointer b)
{
  return class_equal (a, b) && g_str_equal (((const LanmuStudentRow *) a)->name, ((const LanmuStudentRow *) b)->name);
}

static void find_same_names (const LanmuList *list, LanmuReport *report)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (name_hash, name_equal);
  for (guint i = 0; i < list->students->len; i++) {
    const LanmuStudentRow *student = student_at (list, i);
    g_autofree char *first_row = NULL;
    if (*student->name != '\0' && is_again (seen, list, i, student, &first_row))
      say (list, report, LANMU_PROBLEM_SAME_NAME, i, LANMU_FIELD_NAME, student->name, first_row);
  }
}

void lanmu_rules_check_list (const LanmuList *list, LanmuReport *report)
{
  find_duplicates (list, report);
  find_lost_zeros (list, report);
  find_zero_tails (list, report);
  find_same_names (list, report);
}
