/* 核签 at the station: a counselor looks at the person and at the record before the shutter, and says that they agree, or not. A refusal parks the student: binding ended,
 * set aside, held with the reason until somebody lifts it; all of it is one transaction. */
#include "app/station/internal.h"

#include "db/bindings.h"
#include "db/countersigns.h"
#include "db/holds.h"
#include "db/settings.h"
#include "db/shots.h"
#include "db/students.h"

/* -- what the campaign demands -- */

void lanmu_station_load_countersign (LanmuStation *self)
{
  g_autofree char *mode = lanmu_setting_get (lanmu_store_get_reader (self->store), "countersign", "none", NULL);
  self->countersign = g_intern_string (mode ? mode : "none");
  self->countersign_first = g_strcmp0 (mode, "before") == 0;
}

void lanmu_station_set_countersigned (LanmuStation *self, const char *by)
{
  if (g_strcmp0 (self->countersigned, by) == 0)
    return;
  g_free (self->countersigned);
  self->countersigned = g_strdup (by);
  lanmu_station_notify (self, LANMU_STATION_PROP_COUNTERSIGNED);
}

gboolean lanmu_station_refuse_unconfirmed (GError **error)
{
  g_set_error (error, LANMU_STATION_ERROR, LANMU_STATION_ERROR_NOT_COUNTERSIGNED,
               "The counselor has not confirmed this person yet: compare person and record, then countersign.");
  return FALSE;
}

gboolean lanmu_station_is_countersigned (LanmuStation *self, GError **error)
{
  return !self->countersign_first || self->countersigned || lanmu_station_refuse_unconfirmed (error);
}

/* -- a word -- */

/* Of whom it was said is what the job says: by the time it is durable somebody else may be bound. */
typedef struct {
  LanmuCountersignRow row;
  char *student_no, *token;
  LanmuMoment now;
  gboolean then_next;
} SignJob;

static void sign_job_free (gpointer data)
{
  SignJob *job = data;
  g_free (job->row.actor);
  g_free (job->row.how);
  g_free (job->row.reason);
  g_free (job->student_no);
  g_free (job->token);
  g_free (job->row.shot_id);
  g_free (job);
}

static SignJob *sign_job_new (LanmuStation *self, const LanmuVoucher *voucher)
{
  SignJob *job = g_new0 (SignJob, 1);
  job->row.binding_id = self->binding;
  job->row.student_id = self->student_id;
  job->row.staff_id = voucher->staff_id;
  job->row.actor = g_strdup (voucher->name ? voucher->name : self->operator_name);
  job->row.how = g_strdup (voucher->how ? voucher->how : "key");
  job->student_no = self->student ? g_strdup (lanmu_student_get_student_no (self->student)) : NULL;
  job->token = g_strdup (self->token);
  job->now = lanmu_moment_now ();
  return job;
}

static LanmuEvent *sign_event (const SignJob *job)
{
  LanmuEvent *event = lanmu_event_new (LANMU_EVENT_COUNTERSIGNED);
  event->student_no = g_strdup (job->student_no);
  event->token = g_strdup (job->token);
  event->state = g_strdup (job->row.confirmed ? "confirmed" : "refused");
  event->reason = job->row.confirmed ? NULL : g_strdup (job->row.reason);
  return event;
}

const char *lanmu_station_get_countersign (LanmuStation *self)
{
  return self->countersign ? self->countersign : "none";
}

gint64 lanmu_station_get_binding_id (LanmuStation *self)
{
  return self->binding;
}

/* Nobody sits there, or not the one it was said of: a word takes a while to be given, and must not fall on the next one. */
static gboolean refuse_unbound (LanmuStation *self, const LanmuVoucher *voucher, GTask *task)
{
  GError *error = NULL;
  if (!self->binding)
    error = g_error_new (LANMU_STATION_ERROR, LANMU_STATION_ERROR_NOT_BOUND, "Nobody is bound: bind a student first.");
  else if (voucher->binding_id && voucher->binding_id != self->binding)
    error = g_error_new (LANMU_STATION_ERROR, LANMU_STATION_ERROR_SUPERSEDED, "Somebody else sits there now: it was not said of them.");
  return lanmu_station_refuse_task (task, error);
}

/* -- they agree -- */

static gboolean confirm_work (LanmuDb *db, gpointer data, GError **error)
{
  SignJob *job = data;
  return lanmu_countersign_add (db, &job->row, error) != 0;
}

static void on_confirmed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  LanmuStation *self = g_task_get_source_object (task);
  const SignJob *job = lanmu_store_get_job_data (result);
  g_autoptr (GError) error = NULL;
  self->settling--;
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    g_task_return_error (task, lanmu_station_store_error (error));
    return;
  }
  if (job->row.binding_id == self->binding)
    lanmu_station_set_countersigned (self, job->row.actor);
  lanmu_station_emit (self, sign_event (job));
  g_task_return_boolean (task, TRUE);
}

void lanmu_station_confirm_async (LanmuStation *self, const LanmuVoucher *voucher, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  if (refuse_unbound (self, voucher, task))
    return;
  SignJob *job = sign_job_new (self, voucher);
  job->row.confirmed = TRUE;
  self->settling++;
  lanmu_store_run_async (self->store, confirm_work, job, sign_job_free, on_confirmed, task);
}

/* -- they do not -- */

static gboolean park (LanmuDb *db, gpointer data, GError **error)
{
  const SignJob *job = data;
  return lanmu_countersign_add (db, &job->row, error) != 0 && lanmu_binding_end (db, job->now, job->row.actor, error)
         && lanmu_hold_begin (db, job->row.student_id, "identity", job->row.reason, job->row.actor, error) != 0;
}

static gboolean park_work (LanmuDb *db, gpointer data, GError **error)
{
  return lanmu_db_transaction (db, "refuse", park, data, error);
}

static void on_next (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  lanmu_station_next_finish (LANMU_STATION (source), result, NULL);
  g_task_return_boolean (task, TRUE); /* the refusal is done; who comes next is on the screen or said there */
}

static void on_parked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  LanmuStation *self = g_task_get_source_object (task);
  const SignJob *job = lanmu_store_get_job_data (result);
  g_autoptr (GError) error = NULL;
  self->settling--;
  self->binding_busy = FALSE;
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    g_task_return_error (task, lanmu_station_store_error (error));
    lanmu_station_try_waiting_bind (self);
    return;
  }
  self->other_until_us = MAX (self->other_until_us, job->now.boot_us);
  lanmu_station_refresh_student (self, job->row.student_id);
  gboolean then_next = job->then_next && self->next_student && !self->bind_waiting;
  lanmu_station_unbind_local (self);
  lanmu_station_emit (self, sign_event (job));
  lanmu_station_emit (self, lanmu_event_new (LANMU_EVENT_UNBOUND));
  lanmu_station_try_waiting_bind (self);
  lanmu_station_check_idle (self);
  if (then_next)
    lanmu_station_next_async (self, on_next, g_steal_pointer (&task));
  else
    g_task_return_boolean (task, TRUE);
}

void lanmu_station_refuse_async (LanmuStation *self, const LanmuVoucher *voucher, const char *reason, gboolean then_next, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  GError *error = NULL;
  if (refuse_unbound (self, voucher, task))
    return;
  if (!self->student_id)
    error = g_error_new (LANMU_STATION_ERROR, LANMU_STATION_ERROR_NOT_BOUND, "A capture code names nobody: there is no record to refuse.");
  else if (!reason || !*reason)
    error = g_error_new (LANMU_STATION_ERROR, LANMU_STATION_ERROR_NO_REASON, "Say why: a refusal needs a reason.");
  else if (!lanmu_station_is_quiet (self) || self->binding_busy)
    error = g_error_new (LANMU_STATION_ERROR, LANMU_STATION_ERROR_BUSY, "A shot is on its way: wait for the camera.");
  if (lanmu_station_refuse_task (task, error))
    return;
  SignJob *job = sign_job_new (self, voucher);
  job->row.reason = g_strdup (reason);
  job->then_next = then_next;
  self->settling++;
  self->binding_busy = TRUE;
  lanmu_store_run_async (self->store, park_work, job, sign_job_free, on_parked, task);
}

/* -- afterwards: of a picture, and of a hold -- */

static void emit_word (LanmuStation *self, const SignJob *job, const char *state)
{
  LanmuEvent *event = sign_event (job);
  g_free (event->state);
  event->state = g_strdup (state);
  event->shot = g_strdup (job->row.shot_id);
  lanmu_station_emit (self, event);
}

static gboolean confirm_shot_work (LanmuDb *db, gpointer data, GError **error)
{
  SignJob *job = data;
  g_autoptr (LanmuShotRow) shot = lanmu_shot_get (db, job->row.shot_id, error);
  if (!shot)
    return FALSE;
  g_autoptr (LanmuStudentRow) owner = shot->student_id ? lanmu_student_get (db, shot->student_id, NULL) : NULL;
  job->row.student_id = shot->student_id;
  job->student_no = owner ? g_strdup (owner->student_no) : NULL;
  return lanmu_countersign_add (db, &job->row, error) != 0;
}

static void on_shot_confirmed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  LanmuStation *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    g_task_return_error (task, lanmu_station_store_error (error));
    return;
  }
  emit_word (self, lanmu_store_get_job_data (result), "confirmed");
  g_task_return_boolean (task, TRUE);
}

void lanmu_station_confirm_shot_async (LanmuStation *self, const LanmuVoucher *voucher, const char *shot, GAsyncReadyCallback callback, gpointer user_data)
{
  SignJob *job = sign_job_new (self, voucher);
  job->row.binding_id = job->row.student_id = 0;
  g_clear_pointer (&job->student_no, g_free);
  g_clear_pointer (&job->token, g_free);
  job->row.shot_id = g_strdup (shot);
  job->row.confirmed = TRUE;
  lanmu_store_run_async (self->store, confirm_shot_work, job, sign_job_free, on_shot_confirmed, g_task_new (self, NULL, callback, user_data));
}

static gboolean lift_work (LanmuDb *db, gpointer data, GError **error)
{
  SignJob *job = data;
  g_autoptr (LanmuStudentRow) row = lanmu_student_get_by_no (db, job->student_no, error);
  if (!row)
    return FALSE;
  job->row.student_id = row->id;
  return lanmu_hold_end (db, row->id, job->row.reason, job->row.actor, error);
}

static void on_lifted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  LanmuStation *self = g_task_get_source_object (task);
  const SignJob *job = lanmu_store_get_job_data (result);
  g_autoptr (GError) error = NULL;
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    g_task_return_error (task, g_steal_pointer (&error)); /* NO_ROW: is not held */
    return;
  }
  lanmu_station_refresh_student (self, job->row.student_id);
  emit_word (self, job, "lifted");
  g_task_return_boolean (task, TRUE);
}

void lanmu_station_lift_async (LanmuStation *self, const char *student_no, const char *why, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  GError *error = NULL;
  lanmu_station_may (self, LANMU_ACTION_LIFT, lanmu_station_class_of (self, student_no), &error);
  if (lanmu_station_refuse_task (task, error))
    return;
  SignJob *job = sign_job_new (self, &(LanmuVoucher){ 0 });
  g_free (job->student_no);
  job->student_no = g_strdup (student_no);
  job->row.reason = g_strdup (why);
  lanmu_store_run_async (self->store, lift_work, job, sign_job_free, on_lifted, task);
}

gboolean lanmu_station_countersign_finish (LanmuStation *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
