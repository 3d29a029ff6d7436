/* What the day asks of the station: whom `next` calls, that nobody passes the health gate unmeasured, readings for the forecast, and the note that a card was
 * looked at. Main thread. */
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
    g_set_error_literal (error, LANMU_STATION_ERROR, LANMU_STATION_ERROR_HELD,
                         "The temperature of this student was not taken today: measure it, then `lanmuctl health add` with the station closed, and bind again.");
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
