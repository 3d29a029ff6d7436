/* What the station asks the desk before it changes whose a picture is. The keys of shooting are asked for by the faces (they know what was pressed); the tray and
 * repair are asked for here, because every way to them must be. Main thread. */
#include "app/station/internal.h"

#include "db/shots.h"
#include "db/students.h"

static void on_desk_changed (LanmuStation *self)
{
  lanmu_station_set_operator (self, lanmu_desk_get_operator (self->desk));
}

void lanmu_station_set_desk (LanmuStation *self, LanmuDesk *desk)
{
  if (self->desk)
    g_signal_handlers_disconnect_by_data (self->desk, self);
  if (!g_set_object (&self->desk, desk) || !desk)
    return;
  g_signal_connect_object (desk, "changed", G_CALLBACK (on_desk_changed), self, G_CONNECT_SWAPPED);
  on_desk_changed (self);
}

LanmuDesk *lanmu_station_get_desk (LanmuStation *self)
{
  return self->desk;
}

gint64 lanmu_station_class_of (LanmuStation *self, const char *student_no)
{
  g_autoptr (LanmuStudent) student = student_no ? lanmu_queue_find_student (self->queue, student_no) : NULL;
  return student ? lanmu_student_get_class_id (student) : 0;
}

gboolean lanmu_station_may (LanmuStation *self, LanmuAction action, gint64 class_id, GError **error)
{
  return !self->desk || lanmu_desk_may (self->desk, action, class_id, error);
}

gboolean lanmu_station_may_repair (LanmuStation *self, const LanmuRepairWish *wish, GError **error)
{
  if (!self->desk || !lanmu_desk_is_guarded (self->desk))
    return TRUE;
  g_autoptr (LanmuRepairPlan) plan = lanmu_station_plan_repair (self, wish, error);
  if (!plan || !lanmu_desk_may_for_some (self->desk, LANMU_ACTION_REPAIR, error))
    return FALSE;
  for (guint i = 0; i < plan->pairs->len; i++) {
    const LanmuRepairPair *pair = plan->pairs->pdata[i];
    if (!lanmu_station_may (self, LANMU_ACTION_REPAIR, lanmu_station_class_of (self, pair->student_no), error))
      return FALSE;
  }
  return TRUE;
}

static gint64 likely_class (LanmuStation *self, const char *shot)
{
  LanmuDb *db = lanmu_store_get_reader (self->store);
  g_autoptr (LanmuShotRow) row = lanmu_shot_get (db, shot, NULL);
  g_autoptr (LanmuStudentRow) likely = row && row->likely_student_id ? lanmu_student_get (db, row->likely_student_id, NULL) : NULL;
  return likely ? likely->class_id : 0;
}

gboolean lanmu_station_may_tray (LanmuStation *self, const char *shot, const char *student_no, GError **error)
{
  if (!self->desk || !lanmu_desk_is_guarded (self->desk))
    return TRUE;
  gint64 class_id = student_no ? lanmu_station_class_of (self, student_no) : likely_class (self, shot);
  return lanmu_station_may (self, LANMU_ACTION_TRAY, class_id, error);
}

gboolean lanmu_station_refuse_task (GTask *task, GError *error)
{
  if (!error)
    return FALSE;
  g_task_return_error (task, error);
  g_object_unref (task);
  return TRUE;
}
