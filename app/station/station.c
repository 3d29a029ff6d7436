/* The station object: what it is made of, what it shows, what it says. The work is in the rooms beside this one; see internal.h. */
#include "app/station/internal.h"

#include <string.h>
#include "app/pictures.h"
#include "db/datadir.h"
#include "db/shots.h"
#include "db/students.h"

static GParamSpec *props[LANMU_STATION_N_PROPS];
enum { SIGNAL_EVENT, N_SIGNALS };
static guint signals[N_SIGNALS];

/* Below this much room no shutter moves: one RAW + JPEG of a 45 MP body, the database's journal and some air. */
#define LEAST_FREE_BYTES (200ll * 1024 * 1024)

G_DEFINE_FINAL_TYPE (LanmuStation, lanmu_station, G_TYPE_OBJECT)
G_DEFINE_QUARK (lanmu-station-error-quark, lanmu_station_error)

const char *lanmu_station_error_kind (int code)
{
  static const char *const words[] = { "not-bound", "no-student",   "busy",            "no-camera", "disk-full", "no-take",
                                       "end-of-queue", "nothing-to-undo", "bad-token", "store",     "superseded", "stopped", "code-not-absent",
                                       "not-countersigned", "held", "no-reason", "crop", "checks" };
  return code >= 0 && code < (int) G_N_ELEMENTS (words) ? words[code] : "failed";
}

const char *lanmu_phase_to_string (LanmuPhase phase)
{
  static const char *const words[] = { "idle", "ready", "shooting", "arriving", "review" };
  return (guint) phase < G_N_ELEMENTS (words) ? words[phase] : "unknown";
}

GError *lanmu_station_store_error (const GError *error)
{
  if (g_error_matches (error, LANMU_DB_ERROR, LANMU_DB_ERROR_FULL))
    return g_error_new (LANMU_STATION_ERROR, LANMU_STATION_ERROR_DISK_FULL, "%s", error->message);
  return g_error_new (LANMU_STATION_ERROR, LANMU_STATION_ERROR_STORE, "%s", error ? error->message : "the store answered nothing");
}

double lanmu_station_ms_since (gint64 boot_us)
{
  return (double) (lanmu_moment_now ().boot_us - boot_us) / 1000.0;
}

void lanmu_station_notify (LanmuStation *self, guint prop)
{
  g_object_notify_by_pspec (G_OBJECT (self), props[prop]);
}

void lanmu_station_set_phase (LanmuStation *self, LanmuPhase phase)
{
  if (self->phase == phase)
    return;
  self->phase = phase;
  lanmu_station_notify (self, LANMU_STATION_PROP_PHASE);
}

/* What is new in the vault. */
static gboolean is_to_copy (const LanmuEvent *event)
{
  return event->kind == LANMU_EVENT_SHOT || event->kind == LANMU_EVENT_RAW || event->kind == LANMU_EVENT_QUARANTINED || event->kind == LANMU_EVENT_REPAIRED;
}

void lanmu_station_emit (LanmuStation *self, LanmuEvent *event)
{
  if (self->keeper && is_to_copy (event))
    lanmu_keeper_kick (self->keeper);
  g_signal_emit (self, signals[SIGNAL_EVENT], 0, event);
  lanmu_event_free (event);
}

void lanmu_station_emit_trouble (LanmuStation *self, const char *reason, const char *message)
{
  LanmuEvent *event = lanmu_event_new (LANMU_EVENT_TROUBLE);
  event->reason = g_strdup (reason);
  event->message = g_strdup (message);
  lanmu_station_emit (self, event);
}

void lanmu_station_set_trouble (LanmuStation *self, LanmuTrouble trouble)
{
  if (self->trouble == trouble)
    return;
  self->trouble = trouble;
  self->trouble_since = lanmu_moment_now ().boot_us;
  lanmu_station_notify (self, LANMU_STATION_PROP_TROUBLE_SINCE);
  lanmu_station_notify (self, LANMU_STATION_PROP_TROUBLE);
}

void lanmu_station_set_take (LanmuStation *self, LanmuTake *take)
{
  if (self->take != take)
    lanmu_station_keep_crop (self);
  if (g_set_object (&self->take, take))
    lanmu_station_notify (self, LANMU_STATION_PROP_TAKE);
}

static void refresh_counts (LanmuStation *self)
{
  guint accepted = lanmu_queue_get_count (self->queue, LANMU_STUDENT_ACCEPTED);
  guint all = lanmu_queue_get_size (self->queue);
  if (accepted != self->accepted_count) {
    self->accepted_count = accepted;
    lanmu_station_notify (self, LANMU_STATION_PROP_ACCEPTED_COUNT);
  }
  if (all != self->student_count) {
    self->student_count = all;
    lanmu_station_notify (self, LANMU_STATION_PROP_STUDENT_COUNT);
  }
}

void lanmu_station_refresh_student (LanmuStation *self, gint64 student_id)
{
  if (student_id)
    lanmu_queue_refresh (self->queue, lanmu_store_get_reader (self->store), student_id, NULL);
  refresh_counts (self);
  lanmu_station_refresh_next (self);
}

gboolean lanmu_station_measure_disk (LanmuStation *self, GError **error)
{
  gint64 room = lanmu_datadir_get_free_bytes (lanmu_store_get_data_dir (self->store), error);
  gint64 shots = room < 0 ? -1 : MAX (0, room - LEAST_FREE_BYTES) / MAX (self->shot_bytes, 1);
  if (shots != self->disk_shots) {
    self->disk_shots = shots;
    lanmu_station_notify (self, LANMU_STATION_PROP_DISK_SHOTS);
  }
  return room >= 0;
}

/* Accepts per hour over the last twenty. */
static double pace (LanmuStation *self)
{
  guint n = MIN (self->pace_count, G_N_ELEMENTS (self->paces));
  if (n < 3)
    return 0;
  gint64 newest = self->paces[(self->pace_count - 1) % G_N_ELEMENTS (self->paces)];
  gint64 oldest = self->paces[(self->pace_count - n) % G_N_ELEMENTS (self->paces)];
  return newest > oldest ? (n - 1) * 3600e6 / (double) (newest - oldest) : 0;
}

static void lanmu_station_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  LanmuStation *self = LANMU_STATION (object);
  GObject *const objects[LANMU_STATION_N_PROPS] = {
    [LANMU_STATION_PROP_STUDENT] = (GObject *) self->student,
    [LANMU_STATION_PROP_WAITING_STUDENT] = (GObject *) self->waiting_student,
    [LANMU_STATION_PROP_NEXT_STUDENT] = (GObject *) self->next_student,
    [LANMU_STATION_PROP_TAKES] = (GObject *) self->takes,
    [LANMU_STATION_PROP_TAKE] = (GObject *) self->take,
  };
  const guint counts[LANMU_STATION_N_PROPS] = {
    [LANMU_STATION_PROP_PHASE] = self->phase,
    [LANMU_STATION_PROP_TROUBLE] = self->trouble,
    [LANMU_STATION_PROP_QUARANTINED] = self->quarantined,
    [LANMU_STATION_PROP_OPEN_TICKETS] = lanmu_station_get_open_tickets (self),
    [LANMU_STATION_PROP_ACCEPTED_COUNT] = self->accepted_count,
    [LANMU_STATION_PROP_STUDENT_COUNT] = self->student_count,
  };
  if (G_IS_PARAM_SPEC_OBJECT (pspec))
    g_value_set_object (value, objects[id]);
  else if (id == LANMU_STATION_PROP_TOKEN)
    g_value_set_string (value, self->token);
  else if (G_IS_PARAM_SPEC_UINT (pspec))
    g_value_set_uint (value, counts[id]);
  else if (id == LANMU_STATION_PROP_TROUBLE_SINCE)
    g_value_set_int64 (value, self->trouble_since);
  else if (id == LANMU_STATION_PROP_DISK_SHOTS)
    g_value_set_int64 (value, self->disk_shots);
  else if (id == LANMU_STATION_PROP_COUNTERSIGNED)
    g_value_set_string (value, self->countersigned);
  else
    g_value_set_double (value, pace (self));
}

static void on_frame (LanmuCamera *camera, LanmuFrame *frame, LanmuStation *self)
{
  lanmu_station_saw_live (self, lanmu_frame_get_boot_us (frame));
  lanmu_station_look (self, frame);
}

static void on_camera_state (LanmuCamera *camera, GParamSpec *pspec, LanmuStation *self)
{
  LanmuEvent *event = lanmu_event_new (LANMU_EVENT_CAMERA);
  LanmuTrouble trouble = lanmu_camera_get_trouble (camera);
  event->state = g_strdup (lanmu_camera_state_to_string (lanmu_camera_get_state (camera)));
  event->reason = trouble == LANMU_TROUBLE_NONE ? NULL : g_strdup (lanmu_trouble_to_string (trouble));
  lanmu_station_emit (self, event);
}

/* The reason may change without the state: lost by the cable, then the host crashed; busy, then too hot. */
static void on_camera_trouble (LanmuCamera *camera, GParamSpec *pspec, LanmuStation *self)
{
  lanmu_station_set_trouble (self, lanmu_camera_get_trouble (camera));
  if (lanmu_camera_get_state (camera) != LANMU_CAMERA_LIVE && lanmu_camera_get_trouble (camera) != LANMU_TROUBLE_NONE)
    on_camera_state (camera, pspec, self);
}

static void on_opened (LanmuCamera *camera, const LanmuCameraInfo *info, LanmuStation *self)
{
  self->opened = TRUE;
  self->clock_read = FALSE;
  g_hash_table_remove_all (self->seen);
  g_hash_table_remove_all (self->failures);
  g_hash_table_remove_all (self->raw_wanted);
  g_hash_table_remove_all (self->raw_seen);
  self->retry_s = 0;
  lanmu_station_load_clock (self);
  lanmu_station_lengthen_shutters (self);
  lanmu_station_reconcile (self, FALSE);
}

static void on_clock (LanmuCamera *camera, gint64 camera_us, gint64 before_us, gint64 after_us, LanmuStation *self)
{
  if (lanmu_clock_read (&self->clock, camera_us, before_us, after_us) == LANMU_CLOCK_JUMPED)
    lanmu_station_emit_trouble (self, "camera-clock-jumped", "The camera's clock was set; it was learned anew.");
  lanmu_station_save_clock (self);
  lanmu_station_clock_read (self);
}

static void on_announced (LanmuCamera *camera, guint64 tag, const LanmuCameraFile *file, gint64 boot_us, LanmuStation *self)
{
  lanmu_station_announced (self, tag, file, boot_us);
}

static void on_triggered (LanmuCamera *camera, guint64 tag, gint64 before_us, gint64 after_us, LanmuStation *self)
{
  LanmuLiveTicket *ticket = lanmu_station_find_ticket (self, (gint64) tag);
  if (!ticket)
    return;
  ticket->released_us = before_us;
  ticket->ms.triggered = (double) (before_us - ticket->asked.boot_us) / 1000.0;
}

static void watch_camera (LanmuStation *self)
{
  g_signal_connect_object (self->camera, "frame", G_CALLBACK (on_frame), self, 0);
  g_signal_connect_object (self->camera, "notify::state", G_CALLBACK (on_camera_state), self, 0);
  g_signal_connect_object (self->camera, "notify::trouble", G_CALLBACK (on_camera_trouble), self, 0);
  g_signal_connect_object (self->camera, "opened", G_CALLBACK (on_opened), self, 0);
  g_signal_connect_object (self->camera, "clock", G_CALLBACK (on_clock), self, 0);
  g_signal_connect_object (self->camera, "announced", G_CALLBACK (on_announced), self, 0);
  g_signal_connect_object (self->camera, "triggered", G_CALLBACK (on_triggered), self, 0);
}

static void lanmu_station_dispose (GObject *object)
{
  LanmuStation *self = LANMU_STATION (object);
  g_clear_handle_id (&self->heartbeat, g_source_remove);
  g_clear_handle_id (&self->stop_timeout, g_source_remove);
  g_clear_handle_id (&self->shutter_timeout, g_source_remove);
  g_clear_handle_id (&self->clock_timeout, g_source_remove);
  g_clear_handle_id (&self->retry, g_source_remove);
  g_clear_handle_id (&self->crop_timeout, g_source_remove);
  g_clear_object (&self->cropped);
  g_clear_pointer (&self->vision, lanmu_vision_free);
  g_clear_pointer (&self->inspector, lanmu_inspector_free);
  g_clear_pointer (&self->profile, lanmu_profile_unref);
  g_clear_object (&self->keeper);
  g_clear_pointer (&self->guidance, lanmu_guidance_free);
  g_clear_object (&self->camera);
  g_clear_object (&self->student);
  g_clear_object (&self->waiting_student);
  g_clear_object (&self->next_student);
  g_clear_object (&self->take);
  g_clear_object (&self->takes);
  g_clear_object (&self->queue);
  g_clear_object (&self->desk);
  g_clear_object (&self->store);
  G_OBJECT_CLASS (lanmu_station_parent_class)->dispose (object);
}

static void lanmu_station_finalize (GObject *object)
{
  LanmuStation *self = LANMU_STATION (object);
  g_hash_table_unref (self->tickets);
  g_hash_table_unref (self->seen);
  g_hash_table_unref (self->failures);
  g_queue_clear_full (&self->reconcile_todo, lanmu_todo_free);
  g_hash_table_unref (self->raw_wanted);
  g_hash_table_unref (self->raw_seen);
  g_hash_table_unref (self->raw_fetching);
  g_ptr_array_unref (self->undo);
  g_ptr_array_unref (self->waiters);
  g_clear_pointer (&self->leftovers, g_ptr_array_unref);
  g_clear_pointer (&self->reconcile_files, g_ptr_array_unref);
  g_clear_pointer (&self->reconcile_counts, lanmu_event_free);
  g_free (self->program);
  g_free (self->warned_shot);
  g_free (self->operator_name);
  g_free (self->countersigned);
  g_free (self->token);
  g_clear_pointer (&self->code, lanmu_code_row_free);
  g_free (self->last_file);
  G_OBJECT_CLASS (lanmu_station_parent_class)->finalize (object);
}

static void install_properties (GObjectClass *klass)
{
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
#define OBJECT_PROP(id, name, type) props[LANMU_STATION_PROP_##id] = g_param_spec_object (name, NULL, NULL, type, flags)
#define UINT_PROP(id, name) props[LANMU_STATION_PROP_##id] = g_param_spec_uint (name, NULL, NULL, 0, G_MAXUINT, 0, flags)
#define INT64_PROP(id, name, least) props[LANMU_STATION_PROP_##id] = g_param_spec_int64 (name, NULL, NULL, least, G_MAXINT64, least, flags)
  OBJECT_PROP (STUDENT, "student", LANMU_TYPE_STUDENT);
  props[LANMU_STATION_PROP_TOKEN] = g_param_spec_string ("token", NULL, NULL, NULL, flags);
  OBJECT_PROP (WAITING_STUDENT, "waiting-student", LANMU_TYPE_STUDENT);
  OBJECT_PROP (NEXT_STUDENT, "next-student", LANMU_TYPE_STUDENT);
  OBJECT_PROP (TAKES, "takes", G_TYPE_LIST_MODEL);
  OBJECT_PROP (TAKE, "take", LANMU_TYPE_TAKE);
  UINT_PROP (PHASE, "phase");
  UINT_PROP (TROUBLE, "trouble");
  UINT_PROP (QUARANTINED, "quarantined");
  UINT_PROP (OPEN_TICKETS, "open-tickets");
  UINT_PROP (ACCEPTED_COUNT, "accepted-count");
  UINT_PROP (STUDENT_COUNT, "student-count");
  INT64_PROP (TROUBLE_SINCE, "trouble-since", 0);
  INT64_PROP (DISK_SHOTS, "disk-shots", -1);
  props[LANMU_STATION_PROP_COUNTERSIGNED] = g_param_spec_string ("countersigned", NULL, NULL, NULL, flags);
  props[LANMU_STATION_PROP_PACE] = g_param_spec_double ("pace", NULL, NULL, 0, G_MAXDOUBLE, 0, flags);
  g_object_class_install_properties (klass, LANMU_STATION_N_PROPS, props);
}

static void lanmu_station_class_init (LanmuStationClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  object_class->get_property = lanmu_station_get_property;
  object_class->dispose = lanmu_station_dispose;
  object_class->finalize = lanmu_station_finalize;
  install_properties (object_class);
  signals[SIGNAL_EVENT] = g_signal_new ("event", LANMU_TYPE_STATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                        LANMU_TYPE_EVENT | G_SIGNAL_TYPE_STATIC_SCOPE);
  g_signal_new ("backdrop", LANMU_TYPE_STATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT64, G_TYPE_POINTER);
  g_signal_new ("guide", LANMU_TYPE_STATION, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void lanmu_station_init (LanmuStation *self)
{
  self->tickets = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL, lanmu_live_ticket_free);
  self->seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->failures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_queue_init (&self->reconcile_todo);
  self->raw_wanted = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, lanmu_raw_wanted_free);
  self->raw_fetching = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->raw_seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) lanmu_camera_file_free);
  self->undo = g_ptr_array_new_with_free_func (lanmu_undo_free);
  self->waiters = g_ptr_array_new_with_free_func (g_object_unref);
  self->takes = g_list_store_new (LANMU_TYPE_TAKE);
  self->last_number = self->last_folder_number = -1;
  self->resolution_us = G_USEC_PER_SEC;
  self->shot_bytes = 10 * 1024 * 1024;
  self->disk_shots = -1;
  g_queue_init (&self->arrivals);
}

LanmuStation *lanmu_station_new (LanmuStore *store, LanmuCamera *camera, const char *program, const char *operator_name)
{
  LanmuStation *self = g_object_new (LANMU_TYPE_STATION, NULL);
  lanmu_pictures_init ();
  self->store = g_object_ref (store);
  self->camera = camera ? g_object_ref (camera) : NULL;
  self->program = g_strdup (program);
  self->operator_name = g_strdup (operator_name);
  self->vision = lanmu_vision_new (lanmu_station_guide_seen, self);
  self->queue = lanmu_queue_new ();
  if (camera)
    watch_camera (self);
  return self;
}

/* -- start and stop -- */

static gboolean on_heartbeat (gpointer data)
{
  LanmuStation *self = data;
  lanmu_station_touch_alive (self);
  lanmu_station_measure_disk (self, NULL);
  lanmu_station_read_gauges (self);
  return G_SOURCE_CONTINUE;
}

static void on_recovered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  LanmuStation *self = LANMU_STATION (source);
  GError *error = NULL;
  if (!lanmu_station_recover_finish (self, result, &error)) {
    g_task_return_error (task, error);
    return;
  }
  if (!lanmu_queue_load (self->queue, lanmu_store_get_reader (self->store), 0, &error)) {
    g_task_return_error (task, error);
    return;
  }
  lanmu_station_load_countersign (self);
  lanmu_station_load_standard (self);
  self->started = TRUE;
  lanmu_station_begin_copies (self);
  lanmu_station_guide_start (self);
  self->heartbeat = g_timeout_add (1000, on_heartbeat, self);
  on_heartbeat (self);
  lanmu_station_refresh_student (self, 0);
  if (self->camera)
    lanmu_camera_start (self->camera);
  g_task_return_boolean (task, TRUE);
}

void lanmu_station_start_async (LanmuStation *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  lanmu_station_recover_async (self, on_recovered, task);
}

gboolean lanmu_station_start_finish (LanmuStation *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

gboolean lanmu_station_camera_is_open (LanmuStation *self)
{
  LanmuCameraState state = self->camera ? lanmu_camera_get_state (self->camera) : LANMU_CAMERA_STOPPED;
  return state == LANMU_CAMERA_LIVE || state == LANMU_CAMERA_BUSY;
}

gboolean lanmu_station_is_idle (LanmuStation *self)
{
  GHashTableIter iter;
  gpointer ticket;
  if (self->jobs || self->raw_pending || self->reconciling || self->binding_busy || self->bind_waiting || !g_queue_is_empty (&self->arrivals)
      || (self->retry && !self->stopping))
    return FALSE;
  g_hash_table_iter_init (&iter, self->tickets);
  while (g_hash_table_iter_next (&iter, NULL, &ticket))
    if (((LanmuLiveTicket *) ticket)->ours)
      return FALSE;
  return TRUE;
}

void lanmu_station_check_idle (LanmuStation *self)
{
  if (!lanmu_station_is_idle (self) || self->waiters->len == 0)
    return;
  GPtrArray *tasks = self->waiters;
  self->waiters = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < tasks->len; i++)
    g_task_return_boolean (tasks->pdata[i], TRUE);
  g_ptr_array_unref (tasks);
}

void lanmu_station_wait_async (LanmuStation *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_ptr_array_add (self->waiters, g_task_new (self, NULL, callback, user_data));
  lanmu_station_check_idle (self);
}

gboolean lanmu_station_wait_finish (LanmuStation *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
