/* A later list against the students that are there; see compare.h and import.h. On the store thread. */
#include "app/roster/compare.h"

#include <string.h>

#include "app/format.h"

typedef struct {
  LanmuImport *import;
  GHashTable *by_no; /* student_no → index in the list + 1 */
  guint8 *met;       /* by index */
  GArray *missing;
} Comparing;

static void say (LanmuImport *import, guint i, LanmuProblemKind kind, LanmuField field, const char *value,
                 const char *other)
{
  const LanmuSheet *sheet = lanmu_list_get_sheet (import->list, i);
  const LanmuHeader *header = sheet->header;
  if (header->column[field] < 0 && field == LANMU_FIELD_CLASS)
    field = LANMU_FIELD_CLASS_CODE;
  lanmu_report_set_sheet (import->report, sheet->name);
  lanmu_report_add (import->report, kind, lanmu_list_get_row (import->list, i), header->column[field],
                    lanmu_header_get_name (header, field), value, other);
}

/* Who somebody is, or only what is known of them. */
static gboolean is_identity (LanmuField field)
{
  return field == LANMU_FIELD_NAME || field == LANMU_FIELD_SEX || field == LANMU_FIELD_ID_NO;
}

static gboolean is_place (LanmuField field)
{
  return field == LANMU_FIELD_CLASS || field == LANMU_FIELD_MAJOR_CODE || field == LANMU_FIELD_MAJOR ||
         field == LANMU_FIELD_COLLEGE;
}

/* A number under which somebody was photographed must not quietly become somebody else: that is how rows that slipped
 * in Excel would give a face away. */
static LanmuProblemKind kind_of (LanmuField field, const LanmuStudentRow *old)
{
  if (is_place (field))
    return LANMU_PROBLEM_MOVED_CLASS;
  return is_identity (field) && old->takes > 0 ? LANMU_PROBLEM_CHANGED_SHOT_STUDENT : LANMU_PROBLEM_CHANGED_STUDENT;
}

static void say_change (LanmuImport *import, guint i, LanmuField field, const char *new_text,
                        const LanmuStudentRow *old, const char *old_text)
{
  gboolean secret = field == LANMU_FIELD_ID_NO;
  g_autofree char *new_shown = secret ? lanmu_format_masked_id (new_text) : g_strdup (new_text);
  g_autofree char *old_shown = secret ? lanmu_format_masked_id (old_text) : g_strdup (old_text);
  say (import, i, kind_of (field, old), field, *new_shown != '\0' ? new_shown : "–",
       *old_shown != '\0' ? old_shown : "–");
}

/* Every field that tells who somebody is, or where they stand. */
static void compare_fields (LanmuImport *import, guint i, const LanmuStudentRow *old, gboolean *changed,
                            gboolean *moved)
{
  LanmuStudentRow new;
  lanmu_list_get (import->list, i, &new);
  const struct {
    LanmuField field;
    const char *new_text, *old_text;
  } fields[] = {
      {LANMU_FIELD_NAME, new.name, old->name},
      {LANMU_FIELD_SEX, new.sex, old->sex},
      {LANMU_FIELD_ID_NO, new.id_no, old->id_no},
      {LANMU_FIELD_EXAM_NO, new.exam_no, old->exam_no},
      {LANMU_FIELD_CLASS, new.class_name, old->class_name},
      {LANMU_FIELD_MAJOR_CODE, new.major_code, old->major_code},
      {LANMU_FIELD_MAJOR, new.major_name, old->major_name},
      {LANMU_FIELD_COLLEGE, new.college_name, old->college_name},
      {LANMU_FIELD_NOTE, new.extra != NULL ? new.extra : "{}", old->extra},
  };
  for (gsize k = 0; k < G_N_ELEMENTS (fields); k++) {
    if (g_str_equal (fields[k].new_text, fields[k].old_text))
      continue;
    *(is_place (fields[k].field) ? moved : changed) = TRUE;
    if (!import->replace)
      say_change (import, i, fields[k].field, fields[k].new_text, old, fields[k].old_text);
  }
}

static void take_missing (Comparing *self, const LanmuStudentRow *old)
{
  self->import->missing++;
  if (self->import->replace)
    return;
  g_array_append_val (self->missing, old->id);
  lanmu_report_set_sheet (self->import->report, NULL);
  lanmu_report_add (self->import->report, LANMU_PROBLEM_NOT_IN_FILE, 0, -1, NULL, old->student_no, old->name);
}

static gboolean compare_one (const LanmuStudentRow *old, gpointer data)
{
  Comparing *self = data;
  gboolean changed = FALSE, moved = FALSE;
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (self->by_no, old->student_no));
  if (found == 0) {
    take_missing (self, old);
    return TRUE;
  }
  self->met[found - 1] = TRUE;
  compare_fields (self->import, found - 1, old, &changed, &moved);
  self->import->changed += changed;
  self->import->moved += moved;
  self->import->unchanged += !changed && !moved;
  return TRUE;
}

static void say_new (Comparing *self)
{
  for (guint i = 0; i < lanmu_list_get_size (self->import->list); i++) {
    LanmuStudentRow student;
    if (self->met[i])
      continue;
    lanmu_list_get (self->import->list, i, &student);
    say (self->import, i, LANMU_PROBLEM_NEW_STUDENT, LANMU_FIELD_STUDENT_NO, student.student_no, student.name);
  }
}

gboolean lanmu_import_compare (LanmuDb *db, LanmuImport *import, GArray *missing, GError **error)
{
  gint64 there = lanmu_students_count (db, LANMU_STUDENT_ANY_STATE, error);
  guint size = lanmu_list_get_size (import->list);
  if (there <= 0)
    return there == 0;
  g_autoptr (GHashTable) by_no = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree guint8 *met = g_new0 (guint8, size + 1);
  for (guint i = 0; i < size; i++)
    g_hash_table_insert (by_no, (gpointer) lanmu_list_get_student_no (import->list, i), GUINT_TO_POINTER (i + 1));
  Comparing comparing = {import, by_no, met, missing};
  if (!lanmu_students_list (db, 0, LANMU_STUDENT_ANY_STATE, compare_one, &comparing, error))
    return FALSE;
  if (!import->replace)
    say_new (&comparing);
  return TRUE;
}
