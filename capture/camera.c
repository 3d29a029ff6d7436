/* LanmuCamera, the object: properties, signals, state. See the header; main thread. */
#include "capture/camera.h"
#include "capture/cameraprivate.h"

#include <time.h>

G_DEFINE_FINAL_TYPE (LanmuCamera, lanmu_camera, G_TYPE_OBJECT)

enum {
  PROP_0,
  PROP_STATE,
  PROP_TROUBLE,
  PROP_TROUBLE_DETAIL,
  PROP_MODEL,
  PROP_SERIAL,
  PROP_BATTERY,
  PROP_SHOTS_LEFT,
  N_PROPS
};
enum { FRAME, OPENED, CLOCK, TRIGGERED, ANNOUNCED, N_SIGNALS };

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

static void notify (LanmuCamera *self, guint property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

void lanmu_camera_set_trouble (LanmuCamera *self, LanmuTrouble trouble, const char *detail)
{
  if (g_strcmp0 (self->detail, detail) != 0) {
    g_free (self->detail);
    self->detail = g_strdup (detail);
    notify (self, PROP_TROUBLE_DETAIL);
  }
  if (self->trouble != trouble) {
    self->trouble = trouble;
    notify (self, PROP_TROUBLE);
  }
}

static LanmuCameraState derive_state (LanmuCamera *self)
{
  if (!self->started)
    return LANMU_CAMERA_STOPPED;
  if (self->open)
    return self->busy > 0 || self->body_trouble != LANMU_TROUBLE_NONE ? LANMU_CAMERA_BUSY : LANMU_CAMERA_LIVE;
  if (self->was_open)
    return LANMU_CAMERA_LOST;
  return self->asked && self->trouble == LANMU_TROUBLE_NONE ? LANMU_CAMERA_OPENING : LANMU_CAMERA_SEARCHING;
}

void lanmu_camera_update_state (LanmuCamera *self)
{
  LanmuCameraState state = derive_state (self);
  if (state == self->state)
    return;
  self->state = state;
  notify (self, PROP_STATE);
}

void lanmu_camera_set_health (LanmuCamera *self, int battery, int shots_left)
{
  if (self->info != NULL) {
    self->info->battery = battery;
    self->info->shots_left = shots_left;
  }
  if (self->battery != battery) {
    self->battery = battery;
    notify (self, PROP_BATTERY);
  }
  if (self->shots_left != shots_left) {
    self->shots_left = shots_left;
    notify (self, PROP_SHOTS_LEFT);
  }
}

void lanmu_camera_set_info (LanmuCamera *self, LanmuCameraInfo *info)
{
  g_clear_pointer (&self->info, lanmu_camera_info_free);
  self->info = info;
  notify (self, PROP_MODEL);
  notify (self, PROP_SERIAL);
  lanmu_camera_set_health (self, info->battery, info->shots_left);
}

static gint64 boot_us (void)
{
  struct timespec now;
  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

void lanmu_camera_emit_frame (LanmuCamera *self, LanmuFrame *frame)
{
  self->frames++;
  self->latency_sum += (double) (boot_us () - lanmu_frame_get_boot_us (frame));
  g_signal_emit (self, signals[FRAME], 0, frame);
}

void lanmu_camera_emit_opened (LanmuCamera *self)
{
  g_signal_emit (self, signals[OPENED], 0, self->info);
}

void lanmu_camera_emit_clock (LanmuCamera *self, gint64 camera_us, gint64 before_us, gint64 after_us)
{
  g_signal_emit (self, signals[CLOCK], 0, camera_us, before_us, after_us);
}

void lanmu_camera_emit_triggered (LanmuCamera *self, guint64 tag, gint64 before_us, gint64 after_us)
{
  g_signal_emit (self, signals[TRIGGERED], 0, tag, before_us, after_us);
}

void lanmu_camera_emit_announced (LanmuCamera *self, guint64 tag, const LanmuCameraFile *file, gint64 when_us)
{
  g_signal_emit (self, signals[ANNOUNCED], 0, tag, file, when_us);
}

LanmuCameraState lanmu_camera_get_state (LanmuCamera *self)
{
  return self->state;
}

LanmuTrouble lanmu_camera_get_trouble (LanmuCamera *self)
{
  return self->trouble;
}

const LanmuCameraInfo *lanmu_camera_get_info (LanmuCamera *self)
{
  return self->info;
}

void lanmu_camera_set_live (LanmuCamera *self, gboolean live)
{
  self->live = live;
  if (self->host != NULL)
    lanmu_host_process_send (self->host, LANMU_MESSAGE_LIVE, 0, g_variant_new ("(b)", live), -1);
}

void lanmu_camera_start (LanmuCamera *self)
{
  if (self->started)
    return;
  self->started = TRUE;
  self->stopping = FALSE;
  self->was_open = FALSE;
  lanmu_camera_line_start (self);
  lanmu_camera_update_state (self);
}

void lanmu_camera_stop_async (LanmuCamera *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, lanmu_camera_stop_async);
  if (self->stop != NULL) {
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_PENDING, "the camera is being stopped");
  } else if (!self->started) {
    g_task_return_boolean (task, TRUE);
  } else {
    self->stop = g_steal_pointer (&task);
    lanmu_camera_line_stop (self);
  }
}

gboolean lanmu_camera_stop_finish (LanmuCamera *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LanmuCamera *self = LANMU_CAMERA (object);
  switch (id) {
  case PROP_STATE:
    g_value_set_uint (value, self->state);
    break;
  case PROP_TROUBLE:
    g_value_set_uint (value, self->trouble);
    break;
  case PROP_TROUBLE_DETAIL:
    g_value_set_string (value, self->detail);
    break;
  case PROP_MODEL:
    g_value_set_string (value, self->info != NULL ? self->info->model : "");
    break;
  case PROP_SERIAL:
    g_value_set_string (value, self->info != NULL ? self->info->serial : "");
    break;
  case PROP_BATTERY:
    g_value_set_int (value, self->battery);
    break;
  case PROP_SHOTS_LEFT:
    g_value_set_int (value, self->shots_left);
    break;
  default:
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
  }
}

static void dispose (GObject *object)
{
  LanmuCamera *self = LANMU_CAMERA (object);
  lanmu_camera_line_drop (self);
  G_OBJECT_CLASS (lanmu_camera_parent_class)->dispose (object);
}

static void finalize (GObject *object)
{
  LanmuCamera *self = LANMU_CAMERA (object);
  g_clear_pointer (&self->requests, g_hash_table_unref);
  g_clear_pointer (&self->info, lanmu_camera_info_free);
  g_clear_object (&self->cancellable);
  g_free (self->spec);
  g_free (self->host_path);
  g_free (self->home_dir);
  g_free (self->serial);
  g_free (self->detail);
  G_OBJECT_CLASS (lanmu_camera_parent_class)->finalize (object);
}

static void install_properties (GObjectClass *class)
{
  const GParamFlags flags = G_PARAM_READABLE | G_PARAM_STATIC_STRINGS;
  properties[PROP_STATE] = g_param_spec_uint ("state", NULL, NULL, 0, LANMU_CAMERA_LOST, LANMU_CAMERA_STOPPED, flags);
  properties[PROP_TROUBLE] =
      g_param_spec_uint ("trouble", NULL, NULL, 0, LANMU_TROUBLE_OTHER, LANMU_TROUBLE_NONE, flags);
  properties[PROP_TROUBLE_DETAIL] = g_param_spec_string ("trouble-detail", NULL, NULL, "", flags);
  properties[PROP_MODEL] = g_param_spec_string ("model", NULL, NULL, "", flags);
  properties[PROP_SERIAL] = g_param_spec_string ("serial", NULL, NULL, "", flags);
  properties[PROP_BATTERY] = g_param_spec_int ("battery", NULL, NULL, -1, 100, -1, flags);
  properties[PROP_SHOTS_LEFT] = g_param_spec_int ("shots-left", NULL, NULL, -1, G_MAXINT, -1, flags);
  g_object_class_install_properties (class, N_PROPS, properties);
}

/* Boxed arguments are lent (STATIC_SCOPE): no copy a picture. */
static void install_signals (GObjectClass *class)
{
  GType type = G_OBJECT_CLASS_TYPE (class);
  signals[FRAME] = g_signal_new ("frame", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 LANMU_TYPE_FRAME | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[OPENED] = g_signal_new ("opened", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                  LANMU_TYPE_CAMERA_INFO | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[CLOCK] = g_signal_new ("clock", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3, G_TYPE_INT64,
                                 G_TYPE_INT64, G_TYPE_INT64);
  signals[TRIGGERED] = g_signal_new ("triggered", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                     G_TYPE_UINT64, G_TYPE_INT64, G_TYPE_INT64);
  signals[ANNOUNCED] = g_signal_new ("announced", type, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 3,
                                     G_TYPE_UINT64, LANMU_TYPE_CAMERA_FILE | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_INT64);
}

static void lanmu_camera_class_init (LanmuCameraClass *class)
{
  GObjectClass *object = G_OBJECT_CLASS (class);
  object->get_property = get_property;
  object->dispose = dispose;
  object->finalize = finalize;
  install_properties (object);
  install_signals (object);
}

static void lanmu_camera_init (LanmuCamera *self)
{
  self->requests = lanmu_camera_requests_new ();
  self->cancellable = g_cancellable_new ();
  self->detail = g_strdup ("");
  self->serial = g_strdup ("");
  self->live = TRUE;
  self->battery = self->shots_left = -1;
}

LanmuCamera *lanmu_camera_new (const char *spec, const char *host_path, const char *home_dir)
{
  LanmuCamera *self = g_object_new (LANMU_TYPE_CAMERA, NULL);
  self->spec = g_strdup (spec);
  self->host_path = g_strdup (host_path);
  self->home_dir = g_strdup (home_dir);
  if (g_str_has_prefix (spec, "usb:serial=")) {
    g_free (self->serial);
    self->serial = g_strdup (spec + strlen ("usb:serial="));
  }
  return self;
}

static void add_running (LanmuCamera *self, LanmuCameraCounters *out, guint64 *decode_us)
{
  LanmuPulse *pulse = lanmu_host_process_get_pulse (self->host);
  out->delivered += atomic_load_explicit (&pulse->delivered, memory_order_relaxed);
  out->dropped +=
      atomic_load_explicit (&pulse->dropped, memory_order_relaxed) + lanmu_host_process_get_superseded (self->host);
  out->host_cpu_us += (double) atomic_load_explicit (&pulse->cpu_us, memory_order_relaxed);
  *decode_us += atomic_load_explicit (&pulse->decode_us, memory_order_relaxed);
}

void lanmu_camera_get_counters (LanmuCamera *self, LanmuCameraCounters *out)
{
  guint64 decode_us = self->past_decode_us;
  *out = self->past;
  if (self->host != NULL)
    add_running (self, out, &decode_us);
  out->decoded = self->frames;
  out->respawns = self->spawned > 0 ? self->spawned - 1 : 0;
  out->decode_us = self->frames > 0 ? (double) decode_us / (double) self->frames : 0;
  out->latency_us = self->frames > 0 ? self->latency_sum / (double) self->frames : 0;
}
