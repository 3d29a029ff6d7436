/* Rules between rows; see rules.h. Pure. Each is one pass with a hash table. */
#include "app/roster/rules.h"

#include <string.h>

#include "app/format.h"
#include "app/roster/studentno.h"

static void say (const LanmuList *list, LanmuReport *report, LanmuProblemKind kind, guint i, LanmuField field,
                 const char *value, const char *other)
{
  const LanmuSheet *sheet = lanmu_list_get_sheet (list, i);
  lanmu_report_set_sheet (report, sheet->name);
  lanmu_report_add (report, kind, lanmu_list_get_row (list, i), sheet->header->column[field],
                    lanmu_header_get_name (sheet->header, field), value, other);
}

/* Tells of each further owner of a text and which row had it first. TRUE: it is a further one. */
static gboolean is_again (GHashTable *seen, const LanmuList *list, guint i, gconstpointer key, char **first_row)
{
  gpointer first = g_hash_table_lookup (seen, key);
  if (first == NULL) {
    g_hash_table_insert (seen, (gpointer) key, GUINT_TO_POINTER (i + 1));
    return FALSE;
  }
  guint at = GPOINTER_TO_UINT (first) - 1;
  const LanmuSheet *sheet = lanmu_list_get_sheet (list, at);
  *first_row = sheet != lanmu_list_get_sheet (list, i)
                   ? g_strdup_printf ("%s!%u", sheet->name, lanmu_list_get_row (list, at))
                   : g_strdup_printf ("%u", lanmu_list_get_row (list, at));
  return TRUE;
}

static void find_duplicate_numbers (const LanmuList *list, LanmuReport *report)
{
  g_autoptr (GHashTable) numbers = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < lanmu_list_get_size (list); i++) {
    const char *student_no = lanmu_list_get_student_no (list, i);
    g_autofree char *row = NULL;
    if (is_again (numbers, list, i, student_no, &row))
      say (list, report, LANMU_PROBLEM_DUPLICATE_STUDENT_NO, i, LANMU_FIELD_STUDENT_NO, student_no, row);
  }
}

static void find_duplicate_ids (const LanmuList *list, LanmuReport *report)
{
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < lanmu_list_get_size (list); i++) {
    LanmuStudentRow student;
    g_autofree char *row = NULL;
    lanmu_list_get (list, i, &student);
    if (*student.id_no == '\0' || lanmu_number_is_scientific (student.id_no) ||
        !is_again (ids, list, i, student.id_no, &row))
      continue;
    g_autofree char *masked = lanmu_format_masked_id (student.id_no);
    say (list, report, LANMU_PROBLEM_DUPLICATE_ID_NO, i, LANMU_FIELD_ID_NO, masked, row);
  }
}

/* First the class decides, then the whole column: a class of one has nobody to be compared with. */
static void find_lost_zeros (const LanmuList *list, LanmuReport *report)
{
  g_autofree LanmuNumberShape *shapes = g_new0 (LanmuNumberShape, list->places->len + 1);
  LanmuNumberShape column = {0};
  for (guint i = 0; i < lanmu_list_get_size (list); i++) {
    lanmu_number_shape_add (&shapes[lanmu_list_get_place (list, i)], lanmu_list_get_student_no (list, i));
    lanmu_number_shape_add (&column, lanmu_list_get_student_no (list, i));
  }
  for (guint i = 0; i < lanmu_list_get_size (list); i++) {
    const char *student_no = lanmu_list_get_student_no (list, i);
    guint length = lanmu_number_shape_lost_zero (&shapes[lanmu_list_get_place (list, i)], student_no);
    if (length == 0)
      length = lanmu_number_shape_lost_zero (&column, student_no);
    if (length == 0)
      continue;
    g_autofree char *digits = g_strdup_printf ("%u", length);
    say (list, report, LANMU_PROBLEM_LOST_LEADING_ZERO, i, LANMU_FIELD_STUDENT_NO, student_no, digits);
  }
}

/* A long 学号 that ends in zeros may be right; when most of the column does, Excel did it. */
static void find_zero_tails (const LanmuList *list, LanmuReport *report)
{
  guint tails = 0, size = lanmu_list_get_size (list);
  for (guint i = 0; i < size; i++)
    tails += lanmu_number_has_zero_tail (lanmu_list_get_student_no (list, i));
  if (tails < 2 || tails * 2 < size)
    return;
  for (guint i = 0; i < size; i++)
    if (lanmu_number_has_zero_tail (lanmu_list_get_student_no (list, i)))
      say (list, report, LANMU_PROBLEM_EXCEL_ZERO_TAIL, i, LANMU_FIELD_STUDENT_NO, lanmu_list_get_student_no (list, i),
           NULL);
}

typedef struct {
  guint place;
  const char *name;
} Named;

static guint named_hash (gconstpointer key)
{
  const Named *named = key;
  return named->place * 2654435761u ^ g_str_hash (named->name);
}

static gboolean named_equal (gconstpointer a, gconstpointer b)
{
  const Named *left = a, *right = b;
  return left->place == right->place && g_str_equal (left->name, right->name);
}

static void find_same_names (const LanmuList *list, LanmuReport *report)
{
  guint size = lanmu_list_get_size (list);
  g_autofree Named *all = g_new (Named, size + 1);
  g_autoptr (GHashTable) seen = g_hash_table_new (named_hash, named_equal);
  for (guint i = 0; i < size; i++) {
    LanmuStudentRow student;
    g_autofree char *row = NULL;
    lanmu_list_get (list, i, &student);
    all[i] = (Named){lanmu_list_get_place (list, i), student.name};
    if (*student.name != '\0' && is_again (seen, list, i, &all[i], &row))
      say (list, report, LANMU_PROBLEM_SAME_NAME, i, LANMU_FIELD_NAME, student.name, row);
  }
}

void lanmu_rules_check_list (const LanmuList *list, LanmuReport *report)
{
  find_duplicate_numbers (list, report);
  find_duplicate_ids (list, report);
  find_lost_zeros (list, report);
  find_zero_tails (list, report);
  find_same_names (list, report);
}
