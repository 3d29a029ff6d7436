/* What the day asks of the station: whom `next` calls, that nobody passes the health gate unmeasured, readings for the forecast, the note that a card was looked at,
 * and the queue read anew after its order or states were changed beside it. */
#include "app/station/internal.h"

#include "app/day/day.h"
#include "db/closings.h"
#include "db/gauges.h"
#include "db/health.h"
#include "db/presence.h"

#define GAUGE_EVERY_US (10 * 60 * (gint64) G_USEC_PER_SEC) /* also when nothing changed, so that standing about counts too */
#define GAUGE_PEOPLE   10

void lanmu_station_refresh_next (LanmuStation *self)
{
  g_autoptr (LanmuStudentRow) row = NULL;
  LanmuDb *reader = lanmu_store_get_reader (self->store);
  if (!lanmu_presence_next (reader, self->student_id, lanmu_day_health_since (reader), &row, NULL))
    return;
  g_autoptr (LanmuStudent) next = row && row->id != self->student_id ? lanmu_queue_find_student (self->queue, row->student_no) : NULL;
  if (g_set_object (&self->next_student, next))
    lanmu_station_notify (self, LANMU_STATION_PROP_NEXT_STUDENT);
}

gboolean lanmu_station_is_measured (LanmuDb *db, gint64 student_id, GError **error)
{
  gint64 since = lanmu_day_health_since (db);
  gboolean measured = TRUE;
  if (since && !lanmu_health_is_measured (db, student_id, since, &measured, error))
    return FALSE;
  if (!measured)
    g_set_error_literal (error, LANMU_STATION_ERROR, LANMU_STATION_ERROR_HELD, "The temperature of this student was not taken today: measure first (lanmuctl health add, or the Day page).");
  return measured;
}

/* -- readings -- */

static void gauge_free (gpointer data)
{
  lanmu_gauge_row_free (data);
}

static gboolean note_gauge (LanmuDb *db, gpointer gauge, GError **error)
{
  return lanmu_gauge_note (db, gauge, error);
}

/* A reading costs one small commit: only when it says something new. Never while a shot is on its way. */
void lanmu_station_read_gauges (LanmuStation *self)
{
  const LanmuCameraInfo *info = self->camera ? lanmu_camera_get_info (self->camera) : NULL;
  gint64 now = lanmu_moment_now ().boot_us;
  int battery = -1, card = -1;
  if (!info || lanmu_camera_get_state (self->camera) != LANMU_CAMERA_LIVE || !lanmu_station_is_idle (self))
    return;
  g_object_get (self->camera, "battery", &battery, "shots-left", &card, NULL);
  if (self->gauge_us && battery == self->gauge_battery && self->accepted_count < self->gauge_people + GAUGE_PEOPLE && now - self->gauge_us < GAUGE_EVERY_US)
    return;
  self->gauge_us = now;
  self->gauge_battery = battery;
  self->gauge_people = self->accepted_count;
  LanmuGaugeRow *row = g_new0 (LanmuGaugeRow, 1);
  *row = (LanmuGaugeRow){.camera_serial = g_strdup (info->serial), .battery = battery, .card_shots = card, .disk_shots = self->disk_shots};
  lanmu_store_run_async (self->store, note_gauge, row, gauge_free, NULL, NULL);
}

/* -- the card was looked at -- */

typedef struct {
  char *serial;
  guint unexplained;
  gint64 wall_us;
} Look;

static void look_free (gpointer data)
{
  g_free (((Look *) data)->serial);
  g_free (data);
}

static gboolean note_look (LanmuDb *db, gpointer data, GError **error)
{
  const Look *look = data;
  return lanmu_card_look_note (db, look->serial, look->unexplained, look->wall_us, error);
}

void lanmu_station_note_card_look (LanmuStation *self, guint unexplained)
{
  const LanmuCameraInfo *info = lanmu_camera_get_info (self->camera);
  LanmuMoment now = lanmu_moment_now ();
  Look *look = g_new (Look, 1);
  *look = (Look){g_strdup (info ? info->serial : ""), unexplained, now.wall_us - (now.boot_us - self->reconcile_began_us)};
  lanmu_store_run_async (self->store, note_look, look, look_free, NULL, NULL);
}

/* -- the queue, read anew -- */

gboolean lanmu_station_reload (LanmuStation *self, gboolean forget_undo, GError **error)
{
  if (!lanmu_queue_load (self->queue, lanmu_store_get_reader (self->store), 0, error))
    return FALSE;
  if (forget_undo)
    g_ptr_array_set_size (self->undo, 0);
  if (self->student) {
    g_autofree char *number = g_strdup (lanmu_student_get_student_no (self->student));
    g_autoptr (LanmuStudent) now = lanmu_queue_find_student (self->queue, number);
    if (g_set_object (&self->student, now))
      lanmu_station_notify (self, LANMU_STATION_PROP_STUDENT);
  }
  lanmu_station_refresh_student (self, 0);
  return TRUE;
}

/* -- changes beside the shooting -- */

static void on_changed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  LanmuStation *self = g_task_get_source_object (task);
  GError *error = NULL;
  gboolean forget_undo = GPOINTER_TO_INT (g_object_get_data (G_OBJECT (task), "forget-undo"));
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &error) || !lanmu_station_reload (self, forget_undo, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

void lanmu_station_change_async (LanmuStation *self, LanmuAction action, gint64 class_id, LanmuStoreWork work, gpointer data, GDestroyNotify data_free, gboolean forget_undo,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  GError *error = NULL;
  g_task_set_task_data (task, data, data_free); /* outlives the store's job: the caller reads what the work wrote */
  lanmu_station_may (self, action, class_id, &error);
  if (lanmu_station_refuse_task (task, error))
    return;
  g_object_set_data (G_OBJECT (task), "forget-undo", GINT_TO_POINTER (forget_undo));
  lanmu_store_run_async (self->store, work, data, NULL, on_changed, task);
}

gpointer lanmu_station_change_finish (LanmuStation *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error) ? g_task_get_task_data (G_TASK (result)) : NULL;
}

const char *lanmu_station_get_operator (LanmuStation *self)
{
  return self->operator_name;
}
