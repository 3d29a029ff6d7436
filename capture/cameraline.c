/* The camera's connection: the host's life, opening, losing, the recovery ladder, the end. See camera.h; main thread.
 *
 * One rule keeps it simple: the host never opens by itself. Whatever went wrong ends here in lanmu_camera_line_failed
 * or _lost, which climb one rung and ask again, always for the serial of the first body.
 */
#include "capture/cameraprivate.h"

#include "capture/deadlines.h"
#include "capture/gvfs.h"

static gboolean is_usb (LanmuCamera *self)
{
  return g_str_has_prefix (self->spec, "usb");
}

static void clear_source (GSource **source)
{
  if (*source != NULL) {
    g_source_destroy (*source);
    g_source_unref (*source);
    *source = NULL;
  }
}

static GSource *add_timeout (guint delay_ms, GSourceFunc function, LanmuCamera *self)
{
  GSource *source = g_timeout_source_new (delay_ms);
  g_source_set_callback (source, function, self, NULL);
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

/* Counters of a host that is going. */
static void keep_counters (LanmuCamera *self)
{
  LanmuPulse *pulse = lanmu_host_process_get_pulse (self->host);
  self->past.delivered += atomic_load (&pulse->delivered);
  self->past.dropped += atomic_load (&pulse->dropped) + lanmu_host_process_get_superseded (self->host);
  self->past.host_cpu_us += (double) atomic_load (&pulse->cpu_us);
  self->past_decode_us += atomic_load (&pulse->decode_us);
  lanmu_camera_get_exposure_ms (self);
}

static void forget_host (LanmuCamera *self)
{
  if (self->host == NULL)
    return;
  keep_counters (self);
  lanmu_host_process_detach (self->host);
  g_clear_pointer (&self->host, lanmu_host_process_unref);
  self->open = self->asked = FALSE;
  self->body_trouble = LANMU_TROUBLE_NONE;
}

static gboolean spawn (LanmuCamera *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *program = self->host_path != NULL ? g_strdup (self->host_path) : lanmu_host_process_find_program ();
  if (program == NULL)
    g_set_error (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "the program lanmu-camera is not installed");
  else
    self->host = lanmu_host_process_new (program, self->home_dir, &lanmu_camera_host_events, self, &error);
  if (self->host == NULL) {
    lanmu_camera_line_failed (self, LANMU_TROUBLE_CRASHED, error->message, "");
    return FALSE;
  }
  self->spawned++;
  if (!self->live)
    lanmu_host_process_send (self->host, LANMU_MESSAGE_LIVE, 0, g_variant_new ("(b)", FALSE), -1);
  return TRUE;
}

void lanmu_camera_line_try (LanmuCamera *self)
{
  clear_source (&self->retry);
  if (!self->started || self->stopping || self->open || self->asked)
    return;
  if (self->host == NULL && !spawn (self))
    return;
  self->asked = TRUE;
  lanmu_host_process_send (self->host, LANMU_MESSAGE_OPEN, 0,
                           g_variant_new ("(ssb)", self->spec, self->serial, self->reset_next), -1);
  self->reset_next = FALSE;
  lanmu_camera_update_state (self);
}

static gboolean on_retry (gpointer data)
{
  lanmu_camera_line_try (data);
  return G_SOURCE_REMOVE;
}

static void try_later (LanmuCamera *self, LanmuTrouble last)
{
  if (!self->started || self->stopping)
    return;
  LanmuClimb climb = lanmu_ladder_next (&self->ladder, last);
  self->reset_next = climb.rung == LANMU_RUNG_RESET && is_usb (self);
  if (climb.rung == LANMU_RUNG_RESPAWN && self->host != NULL) {
    lanmu_host_process_kill (self->host);
    forget_host (self);
  }
  clear_source (&self->retry);
  self->retry = add_timeout (climb.delay_ms, on_retry, self);
}

static void on_released (guint released, gpointer data)
{
  LanmuCamera *self = data;
  if (released > 0)
    lanmu_ladder_reset (&self->ladder); /* new hope: try at once */
  try_later (self, LANMU_TROUBLE_CLAIMED);
}

void lanmu_camera_line_failed (LanmuCamera *self, LanmuTrouble trouble, const char *detail, const char *port)
{
  self->asked = self->open = FALSE;
  if (trouble == LANMU_TROUBLE_CABLE && !self->was_open && !is_usb (self))
    trouble = LANMU_TROUBLE_NO_CAMERA; /* nobody answers at that address */
  lanmu_camera_set_trouble (self, trouble, detail);
  lanmu_camera_update_state (self);
  if (trouble == LANMU_TROUBLE_CLAIMED && g_str_has_prefix (port, "usb:"))
    lanmu_gvfs_release (port, self->cancellable, on_released, self);
  else
    try_later (self, trouble);
}

void lanmu_camera_line_lost (LanmuCamera *self, LanmuTrouble trouble, const char *detail)
{
  if (!self->open)
    return;
  self->open = FALSE;
  self->body_trouble = LANMU_TROUBLE_NONE;
  lanmu_ladder_reset (&self->ladder);
  lanmu_camera_set_trouble (self, trouble, detail);
  lanmu_camera_update_state (self);
  try_later (self, trouble);
}

void lanmu_camera_line_opened (LanmuCamera *self, LanmuCameraInfo *info)
{
  self->asked = FALSE;
  self->open = self->was_open = TRUE;
  self->body_trouble = LANMU_TROUBLE_NONE;
  lanmu_ladder_reset (&self->ladder);
  if (self->serial[0] == '\0' && info->serial[0] != '\0') {
    g_free (self->serial);
    self->serial = g_strdup (info->serial);
  }
  lanmu_camera_set_info (self, info);
  lanmu_camera_set_trouble (self, LANMU_TROUBLE_NONE, "");
  lanmu_camera_update_state (self);
  lanmu_camera_emit_opened (self);
}

/* A shoot under way when the host died: whether it may have exposed is in the pulse, which outlives it. */
static gboolean tell_interrupted_release (LanmuCamera *self)
{
  LanmuPulse *pulse = lanmu_host_process_get_pulse (self->host);
  if (self->shoot_id == 0 || self->shoot_triggered || atomic_load (&pulse->release_tag) != self->shoot_tag)
    return FALSE;
  gint64 before = atomic_load (&pulse->release_boot_us);
  self->shoot_triggered = TRUE;
  lanmu_camera_emit_triggered (self, self->shoot_tag, before, before + (gint64) (LANMU_COLLECT_MS + 2 * lanmu_camera_get_exposure_ms (self)) * 1000);
  return TRUE;
}

void lanmu_camera_line_host_ended (LanmuCamera *self, LanmuTrouble trouble, const char *detail)
{
  gboolean was_open = self->open, quiet = trouble == LANMU_TROUBLE_NONE;
  g_autofree char *kept = g_strdup (detail);
  tell_interrupted_release (self);
  forget_host (self);
  if (self->stopping) {
    lanmu_camera_line_stopped (self);
    return;
  }
  lanmu_camera_requests_fail (self, quiet ? LANMU_TROUBLE_HUNG : trouble, kept);
  if (was_open)
    lanmu_ladder_reset (&self->ladder);
  if (!quiet) /* else the trouble that broke the line is already told */
    lanmu_camera_set_trouble (self, trouble, kept);
  lanmu_camera_update_state (self);
  try_later (self, trouble);
}

static void on_usb (const char *port, gboolean plugged, gpointer data)
{
  LanmuCamera *self = data;
  if (plugged && !self->open) {
    lanmu_ladder_reset (&self->ladder);
    if (!self->asked)
      lanmu_camera_line_try (self);
  } else if (!plugged && self->open && self->info != NULL && g_strcmp0 (port, self->info->port) == 0) {
    /* Do not wait for the library to notice: what runs on it would sit out 20 s. */
    lanmu_host_process_kill (self->host);
    lanmu_camera_line_host_ended (self, LANMU_TROUBLE_CABLE, "the camera was unplugged");
  }
}

static void on_released_before_first (guint released, gpointer data)
{
  lanmu_camera_line_try (data);
}

void lanmu_camera_line_start (LanmuCamera *self)
{
  lanmu_ladder_reset (&self->ladder);
  g_autoptr (GPtrArray) ports = NULL;
  if (is_usb (self)) {
    self->usb = lanmu_usb_watch_new (on_usb, self);
    ports = lanmu_usb_watch_list (self->usb);
  }
  if (ports != NULL && ports->len == 1) /* the only camera there: the desktop lets go of it first */
    lanmu_gvfs_release (g_ptr_array_index (ports, 0), self->cancellable, on_released_before_first, self);
  else
    lanmu_camera_line_try (self);
}

static gboolean on_stop_limit (gpointer data)
{
  LanmuCamera *self = data;
  if (self->host != NULL)
    lanmu_host_process_kill (self->host);
  lanmu_camera_line_stopped (self);
  return G_SOURCE_REMOVE;
}

void lanmu_camera_line_stop (LanmuCamera *self)
{
  self->stopping = TRUE;
  clear_source (&self->retry);
  if (self->host == NULL) {
    lanmu_camera_line_stopped (self);
    return;
  }
  lanmu_host_process_send (self->host, LANMU_MESSAGE_QUIT, 0, g_variant_new ("()"), -1);
  self->stop_limit = add_timeout (LANMU_STOP_MS, on_stop_limit, self);
}

void lanmu_camera_line_stopped (LanmuCamera *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->stop);
  clear_source (&self->stop_limit);
  clear_source (&self->retry);
  g_clear_pointer (&self->usb, lanmu_usb_watch_free);
  forget_host (self);
  self->started = self->stopping = FALSE;
  lanmu_camera_requests_fail (self, LANMU_TROUBLE_NO_CAMERA, "the camera was stopped");
  lanmu_camera_set_trouble (self, LANMU_TROUBLE_NONE, "");
  lanmu_camera_update_state (self);
  if (task != NULL)
    g_task_return_boolean (task, TRUE);
}

void lanmu_camera_line_drop (LanmuCamera *self)
{
  g_cancellable_cancel (self->cancellable);
  clear_source (&self->retry);
  clear_source (&self->stop_limit);
  g_clear_pointer (&self->usb, lanmu_usb_watch_free);
  forget_host (self);
}
