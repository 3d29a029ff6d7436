/* A read list into the database; see import.h. On the store thread. */
#include "app/roster/import.h"

#include "app/roster/compare.h"
#include "db/settings.h"

#define MAP_SETTING "roster.map"

static void get_student (gconstpointer list, gsize i, LanmuStudentRow *row)
{
  lanmu_list_get (list, (guint) i, row);
}

char *lanmu_import_get_map (LanmuDb *db, GError **error)
{
  g_autofree char *map = lanmu_setting_get (db, MAP_SETTING, "", error);
  return map != NULL && *map != '\0' ? g_steal_pointer (&map) : NULL;
}

static gboolean go_on (double fraction, gpointer data)
{
  const LanmuImport *import = data;
  if (import->progress != NULL)
    import->progress (fraction, import->progress_data);
  return !g_cancellable_is_cancelled (import->cancellable);
}

static gboolean write_list (LanmuDb *db, LanmuImport *import, const GArray *missing, GError **error)
{
  const LanmuRosterRows rows = {lanmu_list_get_size (import->list), get_student, import->list, go_on, import};
  const LanmuRosterSource source = {import->list->file_name, import->list->sha256, import->list->encoding};
  LanmuRosterMode mode = import->replace                            ? LANMU_ROSTER_REPLACE
                         : import->changed > 0 || import->moved > 0 ? LANMU_ROSTER_UPDATE
                                                                    : LANMU_ROSTER_ADD;
  LanmuRosterResult result = {0};
  if (!lanmu_roster_import_rows (db, &source, &rows, mode, import->actor, &result, error) ||
      !lanmu_roster_note_missing (db, result.revision_id, (const gint64 *) missing->data, missing->len, error))
    return FALSE;
  if (import->map != NULL &&
      !lanmu_setting_set (db, MAP_SETTING, *import->map != '\0' ? import->map : NULL, import->actor, error))
    return FALSE;
  import->inserted = result.inserted;
  import->unchanged = result.unchanged;
  import->revision_id = result.revision_id;
  return TRUE;
}

gboolean lanmu_import_work (LanmuDb *db, gpointer data, GError **error)
{
  LanmuImport *import = data;
  g_autoptr (GArray) missing = g_array_new (FALSE, FALSE, sizeof (gint64));
  import->inserted = import->unchanged = import->changed = import->moved = import->missing = 0;
  import->revision_id = 0;
  if (lanmu_report_is_refused (import->report))
    return TRUE;
  if (!lanmu_import_compare (db, import, missing, error))
    return FALSE;
  if (import->dry_run || lanmu_report_is_refused (import->report)) {
    gsize there = lanmu_report_get_kind_count (import->report, LANMU_PROBLEM_NEW_STUDENT);
    gboolean first = import->replace || import->unchanged + import->changed + import->moved + import->missing == 0;
    import->inserted = first ? lanmu_list_get_size (import->list) : there;
    return TRUE;
  }
  if (!lanmu_db_begin (db, "roster.import", error))
    return FALSE;
  if (write_list (db, import, missing, error))
    return lanmu_db_commit (db, error);
  lanmu_db_rollback (db);
  return FALSE;
}
