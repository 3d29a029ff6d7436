/* lanmuctl reconcile: hold the card against the records now, without a photographer: what is proved is attached, the rest goes to the tray. */
#include "app/ctl/ctl.h"
#include "app/station.h"

#define PATIENCE_S 30 /* for the camera to be found and opened; the reconcile itself takes as long as its pictures take */

typedef struct {
  LanmuCtl *ctl;
  GMainLoop *loop;
  LanmuStation *station;
  guint patience;
  gboolean done, stopped;
  LanmuEvent *counts;
  GError *error;
} Reconcile;

static void on_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  Reconcile *self = data;
  lanmu_station_stop_finish (LANMU_STATION (source), result, self->error ? NULL : &self->error);
  g_main_loop_quit (self->loop);
}

static void stop (Reconcile *self)
{
  if (self->stopped)
    return;
  self->stopped = TRUE;
  g_clear_handle_id (&self->patience, g_source_remove);
  lanmu_station_stop_async (self->station, on_stopped, self);
}

static gboolean on_patience (gpointer data)
{
  Reconcile *self = data;
  self->patience = 0;
  stop (self);
  return G_SOURCE_REMOVE;
}

static void on_event (LanmuStation *station, const LanmuEvent *event, Reconcile *self)
{
  if (event->kind != LANMU_EVENT_RECONCILED || self->counts)
    return;
  self->counts = lanmu_event_copy (event);
  stop (self); /* waits for RAW siblings still on their way */
}

static void on_camera_state (LanmuCamera *camera, GParamSpec *pspec, Reconcile *self)
{
  LanmuCameraState state = lanmu_camera_get_state (camera);
  if (state == LANMU_CAMERA_LIVE || state == LANMU_CAMERA_BUSY)
    g_clear_handle_id (&self->patience, g_source_remove);
}

static void on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  Reconcile *self = data;
  if (!lanmu_station_start_finish (LANMU_STATION (source), result, &self->error))
    g_main_loop_quit (self->loop);
}

static int report (Reconcile *self, LanmuCamera *camera)
{
  if (self->error)
    return lanmu_ctl_fail (self->ctl, self->error);
  if (!self->counts)
    return lanmu_ctl_refuse (self->ctl, "no-camera", _ ("No camera answered within %d seconds (%s): check cable, power and battery, then try again."), PATIENCE_S,
                             lanmu_trouble_to_string (lanmu_camera_get_trouble (camera)));
  if (!self->ctl->json) {
    lanmu_ctl_print (_ ("Attached %u, to the tray %u, foreign %u, tickets without a picture %u, unexplained files %u.\n"), self->counts->attached, self->counts->quarantined,
                     self->counts->foreign, self->counts->failed, self->counts->unexplained);
    return LANMU_CTL_DONE;
  }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_bool (builder, "ok", TRUE);
  lanmu_ctl_json_int (builder, "attached", self->counts->attached);
  lanmu_ctl_json_int (builder, "quarantined", self->counts->quarantined);
  lanmu_ctl_json_int (builder, "foreign", self->counts->foreign);
  lanmu_ctl_json_int (builder, "failed", self->counts->failed);
  lanmu_ctl_json_int (builder, "unexplained", self->counts->unexplained);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
  return LANMU_CTL_DONE;
}

int lanmu_ctl_reconcile (LanmuCtl *ctl, int argc, char **argv)
{
  g_auto (GStrv) rest = NULL;
  int code;
  if (!lanmu_ctl_parse (ctl, argc, argv, NULL, 0, 0, &rest, &code))
    return code;
  g_autoptr (LanmuStore) store = lanmu_ctl_open_writing (ctl, LANMU_DB_READ_WRITE, &code);
  if (!store)
    return code;
  g_autofree char *home = g_build_filename (ctl->data_dir, "camera-home", NULL);
  g_autoptr (LanmuCamera) camera = lanmu_camera_new (ctl->camera, NULL, home);
  Reconcile self = { .ctl = ctl, .loop = g_main_loop_new (NULL, FALSE) };
  lanmu_camera_set_live (camera, FALSE);
  self.station = lanmu_station_new (store, camera, "lanmuctl", lanmu_ctl_actor ());
  self.patience = g_timeout_add_seconds (PATIENCE_S, on_patience, &self);
  g_signal_connect (self.station, "event", G_CALLBACK (on_event), &self);
  g_signal_connect (camera, "notify::state", G_CALLBACK (on_camera_state), &self);
  lanmu_station_start_async (self.station, on_started, &self);
  g_main_loop_run (self.loop);
  g_clear_handle_id (&self.patience, g_source_remove);
  g_signal_handlers_disconnect_by_data (self.station, &self);
  g_signal_handlers_disconnect_by_data (camera, &self);
  code = report (&self, camera);
  g_object_unref (self.station);
  g_main_loop_unref (self.loop);
  g_clear_pointer (&self.counts, lanmu_event_free);
  g_clear_error (&self.error);
  lanmu_store_close (store);
  return code;
}
