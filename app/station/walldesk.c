/* What somebody decides before the review wall, beside a running station: another take of a student, or another picture. The store thread does it; here queue,
 * counts and the finished file follow. Main thread. */
#include "app/station/internal.h"

#include "app/crop.h"
#include "db/audit.h"
#include "db/countersigns.h"
#include "db/inspections.h"
#include "db/retakes.h"
#include "db/shots.h"
#include "db/students.h"

typedef struct {
  char *student_no, *shot, *reason, *actor;
  gboolean wants_word;
  /* out */
  gint64 student_id;
  char *path;
  LanmuAdjustment crop;
} WallJob;

static void wall_job_free (gpointer data)
{
  WallJob *job = data;
  g_free (job->student_no);
  g_free (job->shot);
  g_free (job->reason);
  g_free (job->actor);
  g_free (job->path);
  g_free (job);
}

/* Where the counselor's word comes before the shutter, it comes before a choice too. */
static gboolean has_word (LanmuDb *db, const WallJob *job, GError **error)
{
  g_autoptr (LanmuCountersignRow) word = NULL;
  if (!job->wants_word)
    return TRUE;
  return lanmu_countersign_of_shot (db, job->shot, &word, error) && ((word && word->confirmed) || lanmu_station_refuse_unconfirmed (error));
}

static gboolean note_over (LanmuDb *db, const WallJob *job, GError **error)
{
  g_autoptr (LanmuInspectionRow) row = lanmu_inspection_get (db, job->shot, NULL);
  g_autoptr (GString) names = g_string_new (NULL);
  for (guint i = 0; row && i < row->checks->len; i++) {
    const LanmuCheckRow *check = row->checks->pdata[i];
    if (g_str_equal (check->verdict, "fail"))
      g_string_append_printf (names, "%s%s", names->len ? "," : "", check->name);
  }
  if (!names->len)
    return TRUE;
  g_autofree char *subject = g_strconcat ("shot/", job->shot, NULL), *detail = g_strdup_printf ("{\"checks\":\"%s\"}", names->str);
  return lanmu_audit_append (db, job->actor, "shot.accept-over", subject, detail, error);
}

static gboolean choose (LanmuDb *db, WallJob *job, GError **error)
{
  g_autoptr (LanmuShotRow) shot = lanmu_shot_get (db, job->shot, error);
  if (!shot)
    return FALSE;
  job->path = g_strdup (shot->path);
  job->crop = lanmu_crop_load (db, job->shot);
  return has_word (db, job, error) && lanmu_shot_accept (db, job->student_id, job->shot, job->actor, error) && note_over (db, job, error);
}

static gboolean wall_work (LanmuDb *db, gpointer data, GError **error)
{
  WallJob *job = data;
  g_autoptr (LanmuStudentRow) student = lanmu_student_get_by_no (db, job->student_no, error);
  if (!student)
    return FALSE;
  job->student_id = student->id;
  return job->shot ? choose (db, job, error) : lanmu_retake_request (db, student->id, job->reason, job->actor, error);
}

/* A choice and that it was one over a fault are one decision. */
static gboolean wall_all_work (LanmuDb *db, gpointer data, GError **error)
{
  return lanmu_db_transaction (db, "wall", wall_work, data, error);
}

static void on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  LanmuStation *self = g_task_get_source_object (task);
  const WallJob *job = lanmu_store_get_job_data (result);
  g_autoptr (GError) error = NULL;
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    g_task_return_error (task, error->domain == LANMU_STATION_ERROR ? g_steal_pointer (&error) : lanmu_station_store_error (error));
    return;
  }
  lanmu_station_refresh_student (self, job->student_id);
  if (job->shot)
    lanmu_station_make_portrait_of (self, job->shot, job->path, &job->crop);
  g_task_return_boolean (task, TRUE);
}

static void run (LanmuStation *self, const char *student_no, const char *shot, const char *reason, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  if (self->student && g_str_equal (lanmu_student_get_student_no (self->student), student_no)) {
    g_task_return_new_error (task, LANMU_STATION_ERROR, LANMU_STATION_ERROR_BUSY, "%s sits before the camera: decide it there.", student_no);
    g_object_unref (task);
    return;
  }
  WallJob *job = g_new0 (WallJob, 1);
  job->student_no = g_strdup (student_no);
  job->shot = g_strdup (shot);
  job->reason = g_strdup (reason);
  job->actor = g_strdup (self->operator_name);
  job->wants_word = self->countersign_first;
  lanmu_store_run_async (self->store, wall_all_work, job, wall_job_free, on_done, task);
}

void lanmu_station_wall_choose_async (LanmuStation *self, const char *student_no, const char *shot, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, student_no, shot, NULL, callback, user_data);
}

void lanmu_station_wall_retake_async (LanmuStation *self, const char *student_no, const char *reason, GAsyncReadyCallback callback, gpointer user_data)
{
  run (self, student_no, NULL, reason, callback, user_data);
}

gboolean lanmu_station_wall_finish (LanmuStation *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
