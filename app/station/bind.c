/* Who sits before the camera. A binding is a row before it is on the screen, and it never changes while a released shutter may still be open (promise 3):
 * the newest bind asked for meanwhile waits, an older waiting one is answered "superseded". */
#include "app/station/internal.h"

#include "app/crop.h"
#include "app/standard/rows.h"
#include "db/bindings.h"
#include "db/codes.h"
#include "db/door.h"
#include "db/holds.h"
#include "db/shots.h"
#include "db/students.h"

typedef struct {
  /* in */
  gint64 session, student_id;
  char *student_no, *token, *how, *actor;
  LanmuMoment now;
  /* out */
  gint64 binding, other_until_us;
  LanmuStudentRow *student;
  GPtrArray *shots;
} BindJob;

static void bind_job_free (gpointer data)
{
  BindJob *job = data;
  g_free (job->student_no);
  g_free (job->token);
  g_free (job->how);
  g_free (job->actor);
  g_clear_pointer (&job->student, lanmu_student_row_free);
  g_clear_pointer (&job->shots, g_ptr_array_unref);
  g_free (job);
}

/* Up to when somebody else, or nobody, sat there: the first release keeps clear of it (a picture pressed while nobody was bound is nobody's). Called twice in a
 * row, a student sat there all the time. */
static gboolean find_other_until (LanmuDb *db, BindJob *job, GError **error)
{
  g_autoptr (GPtrArray) rows = lanmu_bindings_overlapping (db, lanmu_boot_id (), job->now.boot_us - 1, job->now.boot_us, error);
  if (!rows)
    return FALSE;
  job->other_until_us = job->now.boot_us;
  for (guint i = 0; i < rows->len; i++) {
    const LanmuBindingRow *row = rows->pdata[i];
    if (row->id != job->binding && job->student_id && row->student_id == job->student_id && row->ended.boot_us == job->now.boot_us)
      job->other_until_us = 0;
  }
  return TRUE;
}

/* In words: the schema would refuse it too. */
static gboolean is_free (LanmuDb *db, gint64 student_id, GError **error)
{
  g_autoptr (LanmuHoldRow) hold = NULL;
  if (!lanmu_hold_of (db, student_id, &hold, error))
    return FALSE;
  if (hold)
    g_set_error (error, LANMU_STATION_ERROR, LANMU_STATION_ERROR_HELD, "This student is held (%s, by %s): a counselor or an administrator lifts it.", hold->reason, hold->actor);
  return hold == NULL && lanmu_station_is_measured (db, student_id, error);
}

/* Beside a list a code may be tied to the student who showed it at the door: both are bound together. */
static gboolean find_owner (LanmuDb *db, BindJob *job, GError **error)
{
  g_autofree char *student_no = lanmu_door_find_student (db, job->token, error);
  if (student_no && *student_no)
    job->student_no = g_steal_pointer (&student_no);
  return student_no || job->student_no;
}

static gboolean bind_work (LanmuDb *db, gpointer data, GError **error)
{
  BindJob *job = data;
  if (job->token && !job->student_no && !find_owner (db, job, error))
    return FALSE;
  if (job->student_no) {
    job->student = lanmu_student_get_by_no (db, job->student_no, error);
    if (!job->student)
      return FALSE;
    job->student_id = job->student->id;
    if (!is_free (db, job->student_id, error))
      return FALSE;
    job->shots = lanmu_shots_get_all (db, job->student_id, LANMU_SHOT_ATTACHED, error);
    if (!job->shots)
      return FALSE;
  }
  if (job->token && !job->student_id && !(job->shots = lanmu_code_get_shots (db, job->token, error)))
    return FALSE;
  job->binding = lanmu_binding_begin (db, job->session, job->student_id, job->token, job->how, job->now, job->actor, error);
  return job->binding && find_other_until (db, job, error);
}

void lanmu_station_refresh_code (LanmuStation *self)
{
  g_clear_pointer (&self->code, lanmu_code_row_free);
  if (self->token && !self->student_id)
    self->code = lanmu_code_get (lanmu_store_get_reader (self->store), self->token, NULL);
  lanmu_station_notify (self, LANMU_STATION_PROP_TOKEN);
}

const LanmuCodeRow *lanmu_station_get_code (LanmuStation *self)
{
  return self->code;
}

void lanmu_station_unbind_local (LanmuStation *self)
{
  lanmu_station_set_take (self, NULL);
  g_list_store_remove_all (self->takes);
  self->binding = self->student_id = 0;
  if (self->token) {
    g_clear_pointer (&self->token, g_free);
    lanmu_station_refresh_code (self);
  }
  lanmu_station_set_countersigned (self, NULL);
  if (g_set_object (&self->student, NULL))
    lanmu_station_notify (self, LANMU_STATION_PROP_STUDENT);
  lanmu_station_set_phase (self, LANMU_PHASE_IDLE);
}

/* What an earlier look found; one that was never looked over is left so: nobody waits for it here. */
static void recall_inspection (LanmuStation *self, LanmuTake *take)
{
  LanmuInspection found;
  g_autoptr (LanmuInspectionRow) row = lanmu_inspection_get (lanmu_store_get_reader (self->store), lanmu_take_get_shot (take), NULL);
  if (!row)
    return;
  const LanmuAdjustment crop = lanmu_crop_load (lanmu_store_get_reader (self->store), lanmu_take_get_shot (take));
  lanmu_inspection_from_row (&found, row);
  lanmu_take_set_inspection (take, &found);
  lanmu_take_set_crop (take, &crop);
}

static void show_takes (LanmuStation *self, const BindJob *job)
{
  for (guint i = 0; job->shots && i < job->shots->len; i++) {
    const LanmuShotRow *shot = job->shots->pdata[i];
    g_autoptr (LanmuTake) take = lanmu_take_new (shot->id, shot->ticket_id, (guint) shot->sequence_no, i + 1, shot->exif_time,
                                                 lanmu_origin_to_string (shot->origin), shot->proof, shot->chosen, shot->path);
    recall_inspection (self, take);
    g_list_store_append (self->takes, take);
  }
}

static void adopt_binding (LanmuStation *self, BindJob *job)
{
  lanmu_station_unbind_local (self); /* the previous student's face and takes go first */
  self->binding = job->binding;
  self->student_id = job->student_id;
  self->token = g_strdup (job->token);
  self->other_until_us = MAX (self->other_until_us, job->other_until_us);
  show_takes (self, job);
  self->student = job->student_no ? lanmu_queue_find_student (self->queue, job->student_no) : NULL;
  lanmu_station_set_phase (self, LANMU_PHASE_READY);
  if (self->token)
    lanmu_station_refresh_code (self);
  lanmu_station_notify (self, LANMU_STATION_PROP_STUDENT);
  lanmu_station_refresh_student (self, 0);
  LanmuEvent *event = lanmu_event_new (LANMU_EVENT_BOUND);
  event->student_no = g_strdup (job->student_no);
  event->token = g_strdup (job->token);
  if (job->student)
    event->state = g_strdup (lanmu_student_state_to_string (job->student->state));
  else if (self->code)
    event->state = g_strdup (lanmu_code_state_to_string (self->code->state));
  lanmu_station_emit (self, event);
}

static void on_bound (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  LanmuStation *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  self->binding_busy = FALSE;
  if (lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    adopt_binding (self, lanmu_store_get_job_data (result));
    g_task_return_boolean (task, TRUE);
  } else if (g_error_matches (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW)) {
    g_task_return_new_error (task, LANMU_STATION_ERROR, LANMU_STATION_ERROR_NO_STUDENT, "There is no such student in the list: %s",
                             error->message);
  } else {
    g_task_return_error (task, error->domain == LANMU_STATION_ERROR ? g_steal_pointer (&error) : lanmu_station_store_error (error));
  }
  lanmu_station_try_waiting_bind (self);
  lanmu_station_check_idle (self);
}

static void run_bind (LanmuStation *self, GTask *task)
{
  BindJob *wanted = g_task_get_task_data (task);
  BindJob *job = g_new0 (BindJob, 1);
  job->session = self->session;
  job->student_no = g_strdup (wanted->student_no);
  job->token = g_strdup (wanted->token);
  job->how = g_strdup (wanted->how);
  job->actor = g_strdup (self->operator_name);
  job->now = lanmu_moment_now ();
  self->binding_busy = TRUE;
  lanmu_store_run_async (self->store, bind_work, job, bind_job_free, on_bound, task);
}

static void set_waiting (LanmuStation *self, GTask *task)
{
  BindJob *wanted = task ? g_task_get_task_data (task) : NULL;
  g_autoptr (LanmuStudent) student = wanted && wanted->student_no ? lanmu_queue_find_student (self->queue, wanted->student_no) : NULL;
  self->bind_waiting = task;
  if (g_set_object (&self->waiting_student, student))
    lanmu_station_notify (self, LANMU_STATION_PROP_WAITING_STUDENT);
}

void lanmu_station_try_waiting_bind (LanmuStation *self)
{
  GTask *task = self->bind_waiting;
  if (!task || self->binding_busy || !lanmu_station_may_bind (self, ((BindJob *) g_task_get_task_data (task))->student_no))
    return;
  set_waiting (self, NULL);
  run_bind (self, task);
}

void lanmu_station_refuse_waiting_bind (LanmuStation *self)
{
  g_autoptr (GTask) task = self->bind_waiting;
  if (!task)
    return;
  set_waiting (self, NULL);
  g_task_return_new_error (task, LANMU_STATION_ERROR, LANMU_STATION_ERROR_STOPPED, "The station is stopping.");
}

void lanmu_station_want_bind (LanmuStation *self, const char *student_no, const char *token, const char *how, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  BindJob *wanted = g_new0 (BindJob, 1);
  wanted->student_no = g_strdup (student_no);
  wanted->token = g_strdup (token);
  wanted->how = g_strdup (how);
  g_task_set_task_data (task, wanted, bind_job_free);
  if (self->stopping) {
    g_task_return_new_error (task, LANMU_STATION_ERROR, LANMU_STATION_ERROR_STOPPED, "The station is stopping.");
    g_object_unref (task);
    return;
  }
  if (self->bind_waiting) {
    g_autoptr (GTask) older = self->bind_waiting;
    self->bind_waiting = NULL;
    g_task_return_new_error (older, LANMU_STATION_ERROR, LANMU_STATION_ERROR_SUPERSEDED, "Another student was called before this one was bound.");
  }
  set_waiting (self, task);
  lanmu_station_try_waiting_bind (self);
}

void lanmu_station_bind_async (LanmuStation *self, const char *student_no, const char *how, GAsyncReadyCallback callback, gpointer user_data)
{
  lanmu_station_want_bind (self, student_no, NULL, how, callback, user_data);
}

gboolean lanmu_station_bind_finish (LanmuStation *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void lanmu_station_code_async (LanmuStation *self, const char *token, GAsyncReadyCallback callback, gpointer user_data)
{
  if (!token || !*token) {
    g_task_report_new_error (self, callback, user_data, NULL, LANMU_STATION_ERROR, LANMU_STATION_ERROR_BAD_TOKEN,
                             "The scanned code is empty; scan it again.");
    return;
  }
  lanmu_station_want_bind (self, NULL, token, "scan", callback, user_data);
}

gboolean lanmu_station_code_finish (LanmuStation *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

void lanmu_station_next_async (LanmuStation *self, GAsyncReadyCallback callback, gpointer user_data)
{
  if (!self->next_student) {
    g_task_report_new_error (self, callback, user_data, NULL, LANMU_STATION_ERROR, LANMU_STATION_ERROR_END_OF_QUEUE,
                             "Nobody is waiting any more: call back a skipped or absent student by number.");
    return;
  }
  lanmu_station_want_bind (self, lanmu_student_get_student_no (self->next_student), NULL, "queue", callback, user_data);
}

gboolean lanmu_station_next_finish (LanmuStation *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
