/* The quarantine tray beside a running station: a picture is given to somebody or put aside, and both are taken back with the keyboard's undo. The store thread does
 * it (app/tray.h); here the counts, the queue and the takes on the screen follow. Main thread. */
#include "app/station/internal.h"

#include "app/owner.h"
#include "app/tray.h"
#include "db/shots.h"
#include "db/students.h"

typedef struct {
  LanmuUndoKind deed;
  char *shot, *student_no, *reason, *actor;
  /* out */
  gint64 student_id; /* 0: a capture code */
  char *token;       /* of a capture code */
  int state_before;
  char *reason_before;
  LanmuShotRow *row;
} TrayJob;

static void tray_job_free (gpointer data)
{
  TrayJob *job = data;
  g_free (job->shot);
  g_free (job->student_no);
  g_free (job->reason);
  g_free (job->actor);
  g_free (job->reason_before);
  g_free (job->token);
  g_clear_pointer (&job->row, lanmu_shot_row_free);
  g_free (job);
}

static gboolean look_before (LanmuDb *db, TrayJob *job, GError **error)
{
  g_autoptr (LanmuShotRow) shot = lanmu_shot_get (db, job->shot, error);
  if (!shot)
    return FALSE;
  job->reason_before = g_strdup (shot->reason);
  if (!job->student_no)
    return TRUE;
  g_autoptr (LanmuStudentRow) owner = lanmu_owner_get (db, job->student_no, error);
  if (!owner)
    return FALSE;
  job->student_id = lanmu_owner_get_student_id (owner);
  job->token = g_strdup (lanmu_owner_get_token (owner));
  job->state_before = (int) owner->state;
  return TRUE;
}

static gboolean tray_work (LanmuDb *db, gpointer data, GError **error)
{
  TrayJob *job = data;
  LanmuTrayWord word = { .shot = job->shot, .student_no = job->student_no, .reason = job->reason, .actor = job->actor };
  if (!look_before (db, job, error))
    return FALSE;
  gboolean done = job->deed == LANMU_UNDO_ASSIGN ? lanmu_tray_assign (db, &word, error) : lanmu_tray_discard (db, &word, error);
  if (done)
    job->row = lanmu_shot_get (db, job->shot, NULL);
  return done;
}

void lanmu_station_recount_tray (LanmuStation *self)
{
  g_autoptr (GPtrArray) shots = lanmu_shots_get_all (lanmu_store_get_reader (self->store), 0, LANMU_SHOT_QUARANTINED, NULL);
  if (!shots)
    return;
  self->quarantined = shots->len;
  lanmu_station_notify (self, LANMU_STATION_PROP_QUARANTINED); /* also when as many: they may be others */
}

/* A picture that was given to who sits there is one more take, not the one on review. */
static void show_given (LanmuStation *self, const TrayJob *job)
{
  gboolean of_code = job->token && !self->student_id && g_strcmp0 (job->token, self->token) == 0;
  if (!job->row || !(of_code || (job->student_id && job->student_id == self->student_id)))
    return;
  guint index = g_list_model_get_n_items (G_LIST_MODEL (self->takes)) + 1;
  g_autoptr (LanmuTake) take = lanmu_take_new (job->row->id, job->row->ticket_id, (guint) job->row->sequence_no, index, job->row->exif_time,
                                               lanmu_origin_to_string (job->row->origin), job->row->proof, FALSE, job->row->path);
  g_list_store_append (self->takes, take);
}

static void hide_taken_back (LanmuStation *self, const char *shot)
{
  if (self->take && g_str_equal (lanmu_take_get_shot (self->take), shot))
    lanmu_station_retake (self, NULL);
  for (guint i = g_list_model_get_n_items (G_LIST_MODEL (self->takes)); i > 0; i--) {
    g_autoptr (LanmuTake) take = g_list_model_get_item (G_LIST_MODEL (self->takes), i - 1);
    if (g_str_equal (lanmu_take_get_shot (take), shot))
      g_list_store_remove (self->takes, i - 1);
  }
}

static void remember (LanmuStation *self, const TrayJob *job)
{
  LanmuUndo *undo = g_new0 (LanmuUndo, 1);
  undo->kind = job->deed;
  undo->shot = g_strdup (job->shot);
  undo->student_id = job->student_id;
  undo->student_no = job->token ? NULL : g_strdup (job->student_no);
  undo->token = g_strdup (job->token);
  undo->previous = job->state_before;
  undo->reason = g_strdup (job->reason_before);
  g_ptr_array_add (self->undo, undo);
}

static void on_tray_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  LanmuStation *self = g_task_get_source_object (task);
  const TrayJob *job = lanmu_store_get_job_data (result);
  g_autoptr (GError) error = NULL;
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    g_task_return_error (task, lanmu_station_store_error (error));
    return;
  }
  remember (self, job);
  show_given (self, job);
  lanmu_station_refresh_student (self, job->student_id);
  if (job->token)
    lanmu_station_refresh_code (self);
  lanmu_station_recount_tray (self);
  g_task_return_boolean (task, TRUE);
}

static void run (LanmuStation *self, LanmuUndoKind deed, const char *shot, const char *student_no, const char *reason, GAsyncReadyCallback callback,
                 gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  GError *error = NULL;
  lanmu_station_may_tray (self, shot, student_no, &error);
  if (lanmu_station_refuse_task (task, error))
    return;
  TrayJob *job = g_new0 (TrayJob, 1);
  job->deed = deed;
  job->shot = g_strdup (shot);
  job->student_no = g_strdup (student_no);
  job->reason = g_strdup (reason);
  job->actor = g_strdup (self->operator_name);
  lanmu_store_run_async (self->store, tray_work, job, tray_job_free, on_tray_done, task);
}

void lanmu_station_tray_assign_async (LanmuStation *self, const char *shot, const char *student_no, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, LANMU_UNDO_ASSIGN, shot, student_no, NULL, callback, user_data);
}

void lanmu_station_tray_discard_async (LanmuStation *self, const char *shot, const char *reason, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, LANMU_UNDO_DISCARD, shot, NULL, reason, callback, user_data);
}

gboolean lanmu_station_tray_finish (LanmuStation *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

/* -- taken back -- */

gboolean lanmu_undo_is_of_tray (const LanmuUndo *undo)
{
  return undo->kind == LANMU_UNDO_ASSIGN || undo->kind == LANMU_UNDO_DISCARD;
}

gboolean lanmu_station_undoes_tray (LanmuStation *self)
{
  return self->undo->len > 0 && lanmu_undo_is_of_tray (self->undo->pdata[self->undo->len - 1]);
}

gboolean lanmu_undo_tray_work (LanmuDb *db, const LanmuUndo *undo, const char *actor, GError **error)
{
  LanmuTrayWord word = { .shot = undo->shot, .student_no = undo->student_no, .reason = undo->reason, .actor = actor, .state_before = undo->previous };
  return undo->kind == LANMU_UNDO_ASSIGN ? lanmu_tray_unassign (db, &word, error) : lanmu_tray_undiscard (db, &word, error);
}

void lanmu_station_show_tray_undone (LanmuStation *self, const LanmuUndo *undo)
{
  hide_taken_back (self, undo->shot);
  lanmu_station_refresh_student (self, undo->student_id);
  if (undo->token)
    lanmu_station_refresh_code (self);
  lanmu_station_recount_tray (self);
}

LanmuStudent *lanmu_station_find_owner (LanmuStation *self, const char *scanned)
{
  LanmuStudent *student = lanmu_queue_find_student (self->queue, scanned);
  LanmuDb *reader = lanmu_store_get_reader (self->store);
  if (student)
    return student;
  g_autoptr (LanmuStudentRow) owner = lanmu_owner_get_code (reader, scanned, NULL);
  if (!owner && g_str_has_prefix (scanned, LANMU_OWNER_CODE))
    owner = lanmu_owner_get (reader, scanned, NULL);
  return owner ? lanmu_student_new (owner, 0) : NULL;
}

/* -- pictures of the vault for a face to show -- */

static void on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  LanmuStation *self = g_task_get_source_object (task);
  LanmuPicture picture = { 0 };
  GError *error = NULL;
  if (!lanmu_vision_review_finish (self->vision, result, &picture, &error)) {
    g_task_return_error (task, error);
    return;
  }
  g_task_set_task_data (task, GINT_TO_POINTER (picture.orientation), NULL);
  g_task_return_pointer (task, lanmu_picture_to_frame (&picture), (GDestroyNotify) lanmu_frame_unref);
  lanmu_picture_clear (&picture);
}

void lanmu_station_load_picture_async (LanmuStation *self, const char *path, int max_side, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  g_autofree char *whole = g_build_filename (lanmu_store_get_data_dir (self->store), path, NULL);
  lanmu_vision_review_async (self->vision, whole, max_side, on_loaded, task);
}

LanmuFrame *lanmu_station_load_picture_finish (LanmuStation *self, GAsyncResult *result, int *orientation, GError **error)
{
  LanmuFrame *frame = g_task_propagate_pointer (G_TASK (result), error);
  *orientation = frame ? GPOINTER_TO_INT (g_task_get_task_data (G_TASK (result))) : 1;
  return frame;
}
