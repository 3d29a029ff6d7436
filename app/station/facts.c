/* Plain facts of the station for its faces, and who works it. Main thread. */
#include "app/station/internal.h"


LanmuPhase lanmu_station_get_phase (LanmuStation *self)
{
  return self->phase;
}

LanmuStudent *lanmu_station_get_student (LanmuStation *self)
{
  return self->student;
}

LanmuStudent *lanmu_station_get_next_student (LanmuStation *self)
{
  return self->next_student;
}

LanmuTake *lanmu_station_get_take (LanmuStation *self)
{
  return self->take;
}

GListModel *lanmu_station_get_takes (LanmuStation *self)
{
  return G_LIST_MODEL (self->takes);
}

LanmuQueue *lanmu_station_get_queue (LanmuStation *self)
{
  return self->queue;
}

LanmuCamera *lanmu_station_get_camera (LanmuStation *self)
{
  return self->camera;
}

LanmuStore *lanmu_station_get_store (LanmuStation *self)
{
  return self->store;
}

guint lanmu_station_get_open_tickets (LanmuStation *self)
{
  return g_hash_table_size (self->tickets);
}

guint lanmu_station_get_quarantined (LanmuStation *self)
{
  return self->quarantined;
}

void lanmu_station_set_operator (LanmuStation *self, const char *operator_name)
{
  g_free (self->operator_name);
  self->operator_name = g_strdup (operator_name);
}

LanmuKeeper *lanmu_station_get_keeper (LanmuStation *self)
{
  return self->keeper;
}
