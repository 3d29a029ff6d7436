/* The orderly stop: open shots are waited for, but not for ever. Main thread. */
#include "app/station/internal.h"

#include "db/bindings.h"
#include "db/session.h"

#define STOP_PATIENCE_MS 20000

typedef struct {
  gint64 session;
  char *actor;
  LanmuMoment now;
} EndJob;

static void end_job_free (gpointer data)
{
  EndJob *job = data;
  g_free (job->actor);
  g_free (job);
}

static EndJob *end_job_new (LanmuStation *self)
{
  EndJob *job = g_new0 (EndJob, 1);
  job->session = self->session;
  job->actor = g_strdup (self->operator_name);
  job->now = lanmu_moment_now ();
  return job;
}

static gboolean end_work (LanmuDb *db, gpointer data, GError **error)
{
  const EndJob *job = data;
  return lanmu_binding_end (db, job->now, job->actor, error) && (!job->session || lanmu_session_end (db, job->session, job->now, job->actor, error));
}

static void on_copied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_task_return_boolean (task, TRUE);
}

static void on_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  LanmuStation *self = data;
  GTask *task = g_steal_pointer (&self->stop_task);
  GError *error = NULL;
  if (lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    lanmu_station_end_copies (self, on_copied, task);
    return;
  }
  g_task_return_error (task, error);
  g_object_unref (task);
}

static void on_camera_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  LanmuStation *self = data;
  if (source)
    lanmu_camera_stop_finish (LANMU_CAMERA (source), result, NULL);
  EndJob *job = end_job_new (self);
  lanmu_station_unbind_local (self);
  lanmu_store_run_async (self->store, end_work, job, end_job_free, on_ended, self);
}

static void stop_camera (LanmuStation *self)
{
  if (!self->stop_task || self->stopping_camera)
    return;
  self->stopping_camera = TRUE;
  g_clear_handle_id (&self->stop_timeout, g_source_remove);
  if (self->camera)
    lanmu_camera_stop_async (self->camera, on_camera_stopped, self);
  else
    on_camera_stopped (NULL, NULL, self);
}

static void on_idle_to_stop (GObject *source, GAsyncResult *result, gpointer data)
{
  lanmu_station_wait_finish (LANMU_STATION (source), result, NULL);
  stop_camera (LANMU_STATION (source));
}

static gboolean on_stop_timeout (gpointer data)
{
  LanmuStation *self = data;
  self->stop_timeout = 0;
  stop_camera (self);
  return G_SOURCE_REMOVE;
}

void lanmu_station_stop_async (LanmuStation *self, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  if (self->stopping || !self->session) {
    g_task_return_boolean (task, TRUE);
    g_object_unref (task);
    return;
  }
  self->stopping = TRUE;
  self->stop_task = task;
  lanmu_station_refuse_waiting_bind (self);
  self->stop_timeout = g_timeout_add (STOP_PATIENCE_MS, on_stop_timeout, self);
  lanmu_station_wait_async (self, on_idle_to_stop, NULL);
}

gboolean lanmu_station_stop_finish (LanmuStation *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
