/* A read list against the database; see import.h. On the store thread. */
#include "app/roster/import.h"

#include <string.h>

#include "app/format.h"
#include "db/roster.h"

typedef struct {
  LanmuImport *import;
  GHashTable *by_no; /* student_no → index in the list + 1; an entry goes when its student was met in the database */
} Comparing;

static void say_changed (LanmuImport *import, guint i, LanmuField field, const char *new_text, const char *old_text)
{
  const LanmuSheet *sheet = lanmu_list_get_sheet (import->list, i);
  g_autofree char *new_shown = field == LANMU_FIELD_ID_NO ? lanmu_format_masked_id (new_text) : g_strdup (new_text);
  g_autofree char *old_shown = field == LANMU_FIELD_ID_NO ? lanmu_format_masked_id (old_text) : g_strdup (old_text);
  lanmu_report_set_sheet (import->report, sheet->name);
  lanmu_report_add (import->report, LANMU_PROBLEM_CHANGED_STUDENT, lanmu_list_get_row (import->list, i),
                    sheet->header->column[field], lanmu_header_get_name (sheet->header, field), new_shown, old_shown);
}

/* Every field that tells who somebody is, or where they stand. */
static gboolean is_same (LanmuImport *import, guint i, const LanmuStudentRow *old)
{
  LanmuStudentRow student, *new = &student;
  lanmu_list_get (import->list, i, new);
  const struct {
    LanmuField field;
    const char *new_text, *old_text;
  } fields[] = {
      {LANMU_FIELD_NAME, new->name, old->name},
      {LANMU_FIELD_SEX, new->sex, old->sex},
      {LANMU_FIELD_ID_NO, new->id_no, old->id_no},
      {LANMU_FIELD_EXAM_NO, new->exam_no, old->exam_no},
      {LANMU_FIELD_CLASS, new->class_name, old->class_name},
      {LANMU_FIELD_MAJOR_CODE, new->major_code, old->major_code},
      {LANMU_FIELD_MAJOR, new->major_name, old->major_name},
      {LANMU_FIELD_COLLEGE, new->college_name, old->college_name},
      {LANMU_FIELD_NOTE, new->extra != NULL ? new->extra : "{}", old->extra},
  };
  gboolean same = TRUE;
  for (gsize k = 0; k < G_N_ELEMENTS (fields); k++)
    if (!g_str_equal (fields[k].new_text, fields[k].old_text)) {
      same = FALSE;
      if (!import->replace)
        say_changed (import, i, fields[k].field, fields[k].new_text, fields[k].old_text);
    }
  return same;
}

static gboolean compare_one (const LanmuStudentRow *old, gpointer data)
{
  Comparing *comparing = data;
  LanmuImport *import = comparing->import;
  guint found = GPOINTER_TO_UINT (g_hash_table_lookup (comparing->by_no, old->student_no));
  if (found == 0) {
    import->missing++;
    lanmu_report_set_sheet (import->report, NULL);
    if (!import->replace)
      lanmu_report_add (import->report, LANMU_PROBLEM_NOT_IN_FILE, 0, -1, NULL, old->student_no, old->name);
    return TRUE;
  }
  if (is_same (import, found - 1, old))
    import->unchanged++;
  return TRUE;
}

static gboolean compare (LanmuDb *db, LanmuImport *import, GError **error)
{
  gint64 there = lanmu_students_count (db, LANMU_STUDENT_ANY_STATE, error);
  if (there <= 0)
    return there == 0;
  g_autoptr (GHashTable) by_no = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < lanmu_list_get_size (import->list); i++)
    g_hash_table_insert (by_no, (gpointer) lanmu_list_get_student_no (import->list, i), GUINT_TO_POINTER (i + 1));
  Comparing comparing = {import, by_no};
  return lanmu_students_list (db, 0, LANMU_STUDENT_ANY_STATE, compare_one, &comparing, error);
}

static void get_student (gconstpointer list, gsize i, LanmuStudentRow *row)
{
  lanmu_list_get (list, (guint) i, row);
}

gboolean lanmu_import_work (LanmuDb *db, gpointer data, GError **error)
{
  LanmuImport *import = data;
  const LanmuRosterRows rows = {lanmu_list_get_size (import->list), get_student, import->list};
  import->inserted = import->unchanged = import->missing = 0;
  import->revision_id = 0;
  if (lanmu_report_is_refused (import->report))
    return TRUE;
  if (!compare (db, import, error))
    return FALSE;
  if (lanmu_report_is_refused (import->report))
    return TRUE;
  if (import->dry_run) {
    import->inserted = rows.n_rows - (import->replace ? 0 : import->unchanged);
    return TRUE;
  }
  LanmuRosterSource source = {import->list->file_name, import->list->sha256, import->list->encoding};
  LanmuRosterResult result = {0};
  if (!lanmu_roster_import_rows (db, &source, &rows, import->replace ? LANMU_ROSTER_REPLACE : LANMU_ROSTER_ADD,
                                 import->actor, &result, error))
    return FALSE;
  import->inserted = result.inserted;
  import->unchanged = result.unchanged;
  import->revision_id = result.revision_id;
  return TRUE;
}
