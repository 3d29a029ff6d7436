/* What the photographer decides about whoever sits there, a student of the list or a capture code: accept a take, take another, set aside, undo. */
#include "app/station/internal.h"

#include "db/audit.h"
#include "db/bindings.h"
#include "db/codes.h"
#include "db/countersigns.h"
#include "db/shots.h"
#include "db/students.h"

typedef struct {
  gint64 student_id, session, binding;
  char *token;            /* a capture code, or NULL: a student */
  char *shot, *actor;
  char *over;             /* accept: the checks that fail, or NULL */
  gboolean wants_word;    /* accept: the counselor said nothing of this sitting, so it must have been said of the take */
  int state;              /* LanmuStudentState or LanmuCodeState */
  LanmuMoment now;
  LanmuUndo *undo;        /* out of accept and set-aside; in of undo */
} SettleJob;

void lanmu_undo_free (gpointer data)
{
  LanmuUndo *undo = data;
  if (!undo)
    return;
  g_free (undo->student_no);
  g_free (undo->token);
  g_free (undo->previous_shot);
  g_free (undo->shot);
  g_free (undo->reason);
  g_free (undo);
}

static void settle_job_free (gpointer data)
{
  SettleJob *job = data;
  g_free (job->token);
  g_free (job->shot);
  g_free (job->over);
  g_free (job->actor);
  lanmu_undo_free (job->undo);
  g_free (job);
}

static SettleJob *settle_job_new (LanmuStation *self)
{
  SettleJob *job = g_new0 (SettleJob, 1);
  job->student_id = self->student_id;
  job->token = self->student_id ? NULL : g_strdup (self->token);
  job->session = self->session;
  job->binding = self->binding;
  job->actor = g_strdup (self->operator_name);
  job->now = lanmu_moment_now ();
  return job;
}

static gboolean remember_code (LanmuDb *db, SettleJob *job, GError **error)
{
  g_autoptr (LanmuCodeRow) row = lanmu_code_get (db, job->token, error);
  if (!row)
    return FALSE;
  job->undo->token = g_strdup (row->token);
  job->undo->previous = (int) row->state;
  job->undo->previous_shot = g_strdup (row->chosen_shot);
  return TRUE;
}

static gboolean remember_student (LanmuDb *db, SettleJob *job, GError **error)
{
  g_autoptr (LanmuStudentRow) row = lanmu_student_get (db, job->student_id, error);
  if (!row)
    return FALSE;
  job->undo->student_id = row->id;
  job->undo->student_no = g_strdup (row->student_no);
  job->undo->previous = (int) row->state;
  job->undo->previous_shot = g_strdup (row->chosen_shot);
  return TRUE;
}

static gboolean remember (LanmuDb *db, SettleJob *job, LanmuUndoKind kind, GError **error)
{
  job->undo = g_new0 (LanmuUndo, 1);
  job->undo->kind = kind;
  return job->token ? remember_code (db, job, error) : remember_student (db, job, error);
}

/* -- accept -- */

static gboolean note_over (LanmuDb *db, const SettleJob *job, GError **error)
{
  if (job->over == NULL)
    return TRUE;
  g_autofree char *subject = g_strconcat ("shot/", job->shot, NULL);
  g_autofree char *detail = g_strdup_printf ("{\"checks\":\"%s\"}", job->over); /* names of checks: no character to escape */
  return lanmu_audit_append (db, job->actor, "shot.accept-over", subject, detail, error);
}

/* A press of the body needs no word; what is handed over does. */
static gboolean has_word (LanmuDb *db, const SettleJob *job, GError **error)
{
  g_autoptr (LanmuCountersignRow) word = NULL;
  if (!job->wants_word)
    return TRUE;
  if (!lanmu_countersign_of_shot (db, job->shot, &word, error))
    return FALSE;
  return (word && word->confirmed) || lanmu_station_refuse_unconfirmed (error);
}

static gboolean accept_work (LanmuDb *db, gpointer data, GError **error)
{
  SettleJob *job = data;
  if (!has_word (db, job, error) || !remember (db, job, LANMU_UNDO_ACCEPT, error))
    return FALSE;
  if (job->token ? !lanmu_code_accept (db, job->token, job->shot, job->actor, error)
                 : !lanmu_shot_accept (db, job->student_id, job->shot, job->actor, error))
    return FALSE;
  return note_over (db, job, error);
}

/* A take that fails a check and was accepted all the same is one decision: both are written, or neither. */
static gboolean accept_all_work (LanmuDb *db, gpointer data, GError **error)
{
  return lanmu_db_transaction (db, "accept", accept_work, data, error);
}

static void on_then_next (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  lanmu_station_next_finish (LANMU_STATION (source), result, &error);
  g_task_return_boolean (task, TRUE); /* what was asked first is done; who comes next is on the screen or said there */
}

static void on_end_of_queue (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  lanmu_store_run_finish (LANMU_STORE (source), result, NULL);
  g_task_return_boolean (task, TRUE);
}

static gboolean unbind_work (LanmuDb *db, gpointer data, GError **error)
{
  SettleJob *job = data;
  return lanmu_binding_end (db, job->now, job->actor, error);
}

static void unbind (LanmuStation *self, GAsyncReadyCallback callback, gpointer user_data)
{
  SettleJob *job = settle_job_new (self);
  self->other_until_us = MAX (self->other_until_us, job->now.boot_us);
  lanmu_station_unbind_local (self);
  lanmu_station_emit (self, lanmu_event_new (LANMU_EVENT_UNBOUND));
  lanmu_station_refresh_student (self, 0);
  lanmu_store_run_async (self->store, unbind_work, job, settle_job_free, callback, user_data);
}

/* Somebody called by name meanwhile goes before whoever is merely next. After a capture code nobody is called: the list does not say who holds up the next one. */
static void go_on (LanmuStation *self, GTask *task, gint64 binding, gboolean then_next)
{
  gboolean by_code = self->token && !self->student_id;
  if (self->binding != binding || self->binding_busy || self->bind_waiting)
    then_next = FALSE;
  if (then_next && self->next_student && !by_code)
    lanmu_station_next_async (self, on_then_next, task);
  else if (then_next)
    unbind (self, on_end_of_queue, task);
  else {
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
  }
}

static void mark_chosen (LanmuStation *self, const char *shot)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->takes));
  for (guint i = 0; i < n; i++) {
    g_autoptr (LanmuTake) take = g_list_model_get_item (G_LIST_MODEL (self->takes), i);
    lanmu_take_set_chosen (take, g_strcmp0 (lanmu_take_get_shot (take), shot) == 0);
  }
}

static void on_accepted (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  LanmuStation *self = g_task_get_source_object (task);
  SettleJob *job = lanmu_store_get_job_data (result);
  g_autoptr (GError) error = NULL;
  self->settling--;
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    g_task_return_error (task, error->domain == LANMU_STATION_ERROR ? g_steal_pointer (&error) : lanmu_station_store_error (error));
    g_object_unref (task);
    return;
  }
  LanmuEvent *event = lanmu_event_new (LANMU_EVENT_ACCEPTED);
  event->student_no = g_strdup (job->undo->student_no);
  event->token = g_strdup (job->undo->token);
  event->shot = g_strdup (job->shot);
  self->paces[self->pace_count++ % G_N_ELEMENTS (self->paces)] = lanmu_moment_now ().boot_us;
  g_ptr_array_add (self->undo, g_steal_pointer (&job->undo));
  mark_chosen (self, job->shot);
  lanmu_station_make_portrait (self, job->shot);
  lanmu_station_refresh_student (self, job->student_id);
  if (job->token)
    lanmu_station_refresh_code (self);
  lanmu_station_notify (self, LANMU_STATION_PROP_PACE);
  lanmu_station_emit (self, event);
  go_on (self, task, job->binding, GPOINTER_TO_INT (g_task_get_task_data (task)));
}

static void refuse_accept (GTask *task, GError *error)
{
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void accept (LanmuStation *self, gboolean then_next, gboolean ask_first, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_task_set_task_data (task, GINT_TO_POINTER (then_next), NULL);
  if (!self->take || self->phase != LANMU_PHASE_REVIEW || !self->binding) {
    refuse_accept (task, g_error_new (LANMU_STATION_ERROR, LANMU_STATION_ERROR_NO_TAKE, "There is no picture to accept: shoot first."));
    return;
  }
  GError *doubt = ask_first ? lanmu_station_check_accept (self, self->take) : NULL;
  if (doubt) {
    refuse_accept (task, doubt);
    return;
  }
  lanmu_station_keep_crop (self); /* before the accept: the store works in order */
  SettleJob *job = settle_job_new (self);
  job->shot = g_strdup (lanmu_take_get_shot (self->take));
  job->over = lanmu_station_failed_checks (self->take);
  job->wants_word = !lanmu_station_is_countersigned (self, NULL);
  self->settling++;
  lanmu_store_run_async (self->store, accept_all_work, job, settle_job_free, on_accepted, task);
}

void lanmu_station_accept_async (LanmuStation *self, gboolean then_next, GAsyncReadyCallback callback, gpointer user_data)
{
  accept (self, then_next, TRUE, callback, user_data);
}

void lanmu_station_accept_over_async (LanmuStation *self, gboolean then_next, GAsyncReadyCallback callback, gpointer user_data)
{
  accept (self, then_next, FALSE, callback, user_data);
}

gboolean lanmu_station_accept_finish (LanmuStation *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- retake, choose -- */

gboolean lanmu_station_retake (LanmuStation *self, GError **error)
{
  if (!self->binding) {
    g_set_error (error, LANMU_STATION_ERROR, LANMU_STATION_ERROR_NOT_BOUND, "Nobody is bound: bind a student first.");
    return FALSE;
  }
  if (self->phase == LANMU_PHASE_REVIEW) {
    lanmu_station_set_take (self, NULL);
    lanmu_station_set_phase (self, LANMU_PHASE_READY);
  }
  return TRUE;
}

typedef struct {
  LanmuStation *station;
  LanmuTake *take;
} PictureWanted;

static void on_picture (GObject *source, GAsyncResult *result, gpointer data)
{
  PictureWanted *wanted = data;
  LanmuPicture picture = { 0 };
  if (lanmu_vision_review_finish (wanted->station->vision, result, &picture, NULL)) {
    g_autoptr (LanmuFrame) frame = lanmu_picture_to_frame (&picture);
    lanmu_take_set_picture (wanted->take, frame, picture.orientation);
    lanmu_picture_clear (&picture);
  }
  g_object_unref (wanted->take);
  g_object_unref (wanted->station);
  g_free (wanted);
}

gboolean lanmu_station_choose_take (LanmuStation *self, guint index, GError **error)
{
  g_autoptr (LanmuTake) take = index ? g_list_model_get_item (G_LIST_MODEL (self->takes), index - 1) : NULL;
  if (!take || (self->phase != LANMU_PHASE_READY && self->phase != LANMU_PHASE_REVIEW)) {
    g_set_error (error, LANMU_STATION_ERROR, LANMU_STATION_ERROR_NO_TAKE, "There is no take %u of this student.", index);
    return FALSE;
  }
  if (!lanmu_take_get_frame (take)) {
    g_autofree char *path = g_build_filename (lanmu_store_get_data_dir (self->store), lanmu_take_get_path (take), NULL);
    PictureWanted *wanted = g_new0 (PictureWanted, 1);
    wanted->station = g_object_ref (self);
    wanted->take = g_object_ref (take);
    lanmu_vision_review_async (self->vision, path, 1600, on_picture, wanted);
  }
  lanmu_station_set_take (self, take);
  lanmu_station_set_phase (self, LANMU_PHASE_REVIEW);
  return TRUE;
}

/* -- skip, absent -- */

static gboolean aside_work (LanmuDb *db, gpointer data, GError **error)
{
  SettleJob *job = data;
  if (!remember (db, job, LANMU_UNDO_STATE, error))
    return FALSE;
  if (job->token)
    return lanmu_code_set_state (db, job->token, (LanmuCodeState) job->state, job->actor, error);
  return lanmu_student_set_state (db, job->student_id, (LanmuStudentState) job->state, job->actor, error);
}

static void on_set_aside (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  LanmuStation *self = g_task_get_source_object (task);
  SettleJob *job = lanmu_store_get_job_data (result);
  g_autoptr (GError) error = NULL;
  self->settling--;
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    g_task_return_error (task, lanmu_station_store_error (error));
    g_object_unref (task);
    return;
  }
  g_ptr_array_add (self->undo, g_steal_pointer (&job->undo));
  lanmu_station_refresh_student (self, job->student_id);
  if (GPOINTER_TO_INT (g_task_get_task_data (task)))
    go_on (self, task, job->binding, TRUE);
  else if (self->binding == job->binding)
    unbind (self, on_end_of_queue, task);
  else
    go_on (self, task, job->binding, FALSE);
}

static gboolean may_set_aside (LanmuStation *self, const char *state, SettleJob *job, GError **error)
{
  LanmuStudentState student_state;
  if (!self->binding)
    g_set_error (error, LANMU_STATION_ERROR, LANMU_STATION_ERROR_NOT_BOUND, "Nobody is bound: bind a student first.");
  else if (!lanmu_station_is_quiet (self) || self->binding_busy)
    g_set_error (error, LANMU_STATION_ERROR, LANMU_STATION_ERROR_BUSY, "A shot is on its way: wait for the camera.");
  else if (!lanmu_student_state_from_string (state, &student_state))
    g_set_error (error, LANMU_STATION_ERROR, LANMU_STATION_ERROR_STORE, "There is no state \"%s\".", state);
  else if (job->token && student_state != LANMU_STUDENT_SKIPPED)
    g_set_error (error, LANMU_STATION_ERROR, LANMU_STATION_ERROR_CODE_NOT_ABSENT, "Who shows a capture code is here: skip it instead.");
  else {
    job->state = job->token ? (int) LANMU_CODE_SKIPPED : (int) student_state;
    return TRUE;
  }
  return FALSE;
}

void lanmu_station_set_aside_async (LanmuStation *self, const char *state, gboolean then_next, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  SettleJob *job = settle_job_new (self);
  GError *error = NULL;
  g_task_set_task_data (task, GINT_TO_POINTER (then_next), NULL);
  may_set_aside (self, state, job, &error);
  if (error) {
    settle_job_free (job);
    g_task_return_error (task, error);
    g_object_unref (task);
    return;
  }
  self->settling++;
  lanmu_store_run_async (self->store, aside_work, job, settle_job_free, on_set_aside, task);
}

gboolean lanmu_station_set_aside_finish (LanmuStation *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- undo -- */

static gboolean undo_code (LanmuDb *db, const LanmuUndo *undo, const char *actor, GError **error)
{
  if (undo->kind == LANMU_UNDO_STATE)
    return lanmu_code_set_state (db, undo->token, (LanmuCodeState) undo->previous, actor, error);
  if (undo->previous_shot)
    return lanmu_code_accept (db, undo->token, undo->previous_shot, actor, error);
  return lanmu_code_unaccept (db, undo->token, actor, error);
}

static gboolean undo_work (LanmuDb *db, gpointer data, GError **error)
{
  SettleJob *job = data;
  const LanmuUndo *undo = job->undo;
  if (lanmu_undo_is_of_tray (undo))
    return lanmu_undo_tray_work (db, undo, job->actor, error);
  if (undo->token)
    return undo_code (db, undo, job->actor, error);
  if (undo->kind == LANMU_UNDO_STATE)
    return lanmu_student_set_state (db, undo->student_id, (LanmuStudentState) undo->previous, job->actor, error);
  if (undo->previous_shot)
    return lanmu_shot_accept (db, undo->student_id, undo->previous_shot, job->actor, error);
  return lanmu_shot_unaccept (db, undo->student_id, job->actor, error);
}

static void on_bound_again (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  if (lanmu_station_bind_finish (LANMU_STATION (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void on_undone (GObject *source, GAsyncResult *result, gpointer data)
{
  GTask *task = data;
  LanmuStation *self = g_task_get_source_object (task);
  SettleJob *job = lanmu_store_get_job_data (result);
  g_autoptr (GError) error = NULL;
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    if (!g_error_matches (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED)) /* the disk's fault, not the deed's: it can be asked again */
      g_ptr_array_add (self->undo, g_steal_pointer (&job->undo));
    g_task_return_error (task, lanmu_station_store_error (error));
    g_object_unref (task);
    return;
  }
  if (lanmu_undo_is_of_tray (job->undo)) { /* whoever sits there stays */
    lanmu_station_show_tray_undone (self, job->undo);
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
    return;
  }
  lanmu_station_refresh_student (self, job->undo->student_id);
  lanmu_station_want_bind (self, job->undo->student_no, job->undo->token, "recall", on_bound_again, task);
}

const char *lanmu_station_get_undo_no (LanmuStation *self)
{
  const LanmuUndo *last = self->undo->len > 0 ? g_ptr_array_index (self->undo, self->undo->len - 1) : NULL;
  return last ? last->student_no : NULL;
}

void lanmu_station_undo_async (LanmuStation *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  if (self->undo->len == 0) {
    g_task_return_new_error (task, LANMU_STATION_ERROR, LANMU_STATION_ERROR_NOTHING_TO_UNDO, "There is nothing to undo.");
    g_object_unref (task);
    return;
  }
  GError *error = NULL;
  const LanmuUndo *last = g_ptr_array_index (self->undo, self->undo->len - 1);
  if (lanmu_undo_is_of_tray (last))
    lanmu_station_may_tray (self, last->shot, last->student_no, &error);
  if (lanmu_station_refuse_task (task, error))
    return;
  SettleJob *job = settle_job_new (self);
  job->undo = g_ptr_array_steal_index (self->undo, self->undo->len - 1);
  lanmu_store_run_async (self->store, undo_work, job, settle_job_free, on_undone, task);
}

gboolean lanmu_station_undo_finish (LanmuStation *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
