/* The queue after another list; see app/relist.h. */
#include "app/relist.h"
#include "app/station/internal.h"

gboolean lanmu_station_reload_list (LanmuStation *self, GError **error)
{
  if (!lanmu_queue_load (self->queue, lanmu_store_get_reader (self->store), 0, error))
    return FALSE;
  if (self->student != NULL) { /* the same person, as the new list has them */
    g_autofree char *student_no = g_strdup (lanmu_student_get_student_no (self->student));
    g_autoptr (LanmuStudent) now = lanmu_queue_find_student (self->queue, student_no);
    if (now != NULL && g_set_object (&self->student, now))
      lanmu_station_notify (self, LANMU_STATION_PROP_STUDENT);
  }
  g_clear_object (&self->next_student);
  lanmu_station_refresh_student (self, 0);
  return TRUE;
}
