/* See record.h. */
#include "app/delivery/record.h"

#include "db/students.h"

gboolean lanmu_delivery_record_begin (LanmuDb *db, gpointer data, GError **error)
{
  LanmuDeliveryRecord *record = data;
  const LanmuDeliveryPlan *plan = record->plan;
  g_autofree LanmuDeliveredFile *files = g_new0 (LanmuDeliveredFile, plan->files->len + 1);
  for (guint i = 0; i < plan->files->len; i++) {
    const LanmuDeliveryFile *file = plan->files->pdata[i];
    const LanmuDeliverable *person = plan->people->pdata[file->person];
    files[i] = (LanmuDeliveredFile){file->path, file->sha256, person->shot_id};
  }
  record->id = lanmu_delivery_begin (db, &record->row, files, plan->files->len, error);
  return record->id != 0;
}

gboolean lanmu_delivery_record_end (LanmuDb *db, gpointer data, GError **error)
{
  const LanmuDeliveryRecord *record = data;
  return lanmu_delivery_end (db, record->id, record->row.actor, error);
}

gboolean lanmu_delivery_record_settle (LanmuDb *db, gpointer actor, GError **error)
{
  g_autoptr (GPtrArray) rows = lanmu_deliveries_list (db, error);
  if (!rows)
    return FALSE;
  for (guint i = 0; i < rows->len; i++) {
    const LanmuDeliveryRow *row = rows->pdata[i];
    if (row->ended_us != 0)
      continue;
    g_autofree char *uuid = lanmu_delivery_read_uuid (row->place);
    gboolean there = g_strcmp0 (uuid, row->uuid) == 0;
    if (there ? !lanmu_delivery_end (db, row->id, actor, error) : !lanmu_delivery_forget (db, row->id, actor, error))
      return FALSE;
  }
  return TRUE;
}

gboolean lanmu_delivery_add_default_scheme (LanmuDb *db, const LanmuProfile *profile, GPtrArray *schemes,
                                            GError **error)
{
  gint64 students = lanmu_students_count (db, LANMU_STUDENT_ANY_STATE, error);
  g_autofree char *text =
      students > 0 ? g_strconcat ("{college}/{major}/{class}/", profile->file_name, NULL) : g_strdup ("{sequence_no}");
  LanmuScheme *scheme = students >= 0 ? lanmu_scheme_new (text, error) : NULL;
  if (scheme)
    g_ptr_array_add (schemes, scheme);
  return scheme != NULL;
}
