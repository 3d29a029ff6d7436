/* What goes on beside the shooting: slip repair (done on the store thread, then queue, counts and undo list are brought up to date) and the second copies. */
#include "app/station/internal.h"

static void job_free (gpointer data)
{
  lanmu_repair_job_free (data);
}

/* An undo of the keyboard would give back a state from before the repair. */
static void forget_undo (LanmuStation *self, gint64 student_id, const char *token)
{
  for (guint i = self->undo->len; i > 0; i--) {
    const LanmuUndo *undo = self->undo->pdata[i - 1];
    if (token != NULL ? undo->student_id == 0 && g_strcmp0 (undo->token, token) == 0 : undo->student_id == student_id)
      g_ptr_array_remove_index (self->undo, i - 1);
  }
}

static void show_repaired (LanmuStation *self, const LanmuRepairJob *job)
{
  LanmuEvent *event = lanmu_event_new (LANMU_EVENT_REPAIRED);
  event->state = g_strdup (lanmu_repair_kind_to_string (job->wish.kind));
  event->reason = g_strdup (job->reason);
  event->attached = job->students->len + job->tokens->len;
  for (guint i = 0; i < job->students->len; i++) {
    gint64 id = g_array_index (job->students, gint64, i);
    forget_undo (self, id, NULL);
    lanmu_station_refresh_student (self, id);
  }
  for (guint i = 0; i < job->tokens->len; i++)
    forget_undo (self, 0, job->tokens->pdata[i]);
  lanmu_station_recount_tray (self); /* who fell off the end lies there */
  lanmu_station_emit (self, event);
}

static void on_repaired (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  LanmuStation *self = g_task_get_source_object (task);
  const LanmuRepairJob *job = lanmu_store_get_job_data (result);
  g_autoptr (GError) error = NULL;
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    g_task_return_error (task, lanmu_station_store_error (error));
    return;
  }
  show_repaired (self, job);
  g_task_return_int (task, (gssize) job->repair_id);
}

void lanmu_station_repair_async (LanmuStation *self, const LanmuRepairWish *wish, const char *fingerprint,
                                 const char *reason, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  GError *refusal = NULL;
  lanmu_station_may_repair (self, wish, &refusal);
  if (lanmu_station_refuse_task (task, refusal))
    return;
  LanmuRepairJob *job = g_new0 (LanmuRepairJob, 1);
  job->wish = lanmu_repair_wish_copy (wish);
  job->wish.session_id = self->session;
  job->fingerprint = g_strdup (fingerprint);
  job->actor = g_strdup (self->operator_name);
  job->reason = g_strdup (reason);
  lanmu_store_run_async (self->store, lanmu_repair_apply, job, job_free, on_repaired, task);
}

gint64 lanmu_station_repair_finish (LanmuStation *self, GAsyncResult *result, GError **error)
{
  gssize id = g_task_propagate_int (G_TASK (result), error);
  return MAX (id, 0);
}

LanmuRepairPlan *lanmu_station_plan_repair (LanmuStation *self, const LanmuRepairWish *wish, GError **error)
{
  LanmuRepairWish mine = *wish;
  mine.session_id = self->session;
  return lanmu_repair_plan (lanmu_store_get_reader (self->store), &mine, error);
}

static void on_copies (LanmuKeeper *keeper, LanmuStation *self)
{
  LanmuEvent *event = lanmu_event_new (LANMU_EVENT_COPIES);
  event->state = g_strdup (lanmu_keeping_to_string (lanmu_keeper_get_state (keeper)));
  event->message = g_strdup (lanmu_keeper_get_message (keeper));
  lanmu_station_emit (self, event);
}

void lanmu_station_begin_copies (LanmuStation *self)
{
  g_autoptr (GError) error = NULL;
  self->keeper = lanmu_keeper_new (lanmu_store_get_data_dir (self->store), &error);
  if (self->keeper != NULL)
    g_signal_connect_object (self->keeper, "changed", G_CALLBACK (on_copies), self, 0);
  else
    lanmu_station_emit_trouble (self, "no-copies", error->message);
}

void lanmu_station_end_copies (LanmuStation *self, GAsyncReadyCallback callback, gpointer user_data)
{
  if (self->keeper != NULL)
    lanmu_keeper_finish_async (self->keeper, callback, user_data);
  else
    callback (G_OBJECT (self), NULL, user_data);
}
