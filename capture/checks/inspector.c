/* The worker: see the header. One mutex guards the two queues; pthread's own, because ThreadSanitizer sees those. */
#include "capture/checks/inspector.h"

#include "capture/checks/threadengine.h"
#include "capture/picture/filebytes.h"
#include "capture/picture/shotfacts.h"
#include <math.h>
#include <pthread.h>

typedef struct {
  LanmuInspectorWish wish; /* path, profile and reference owned */
  LanmuReference reference;
  LanmuInspectorAnswer answer;
  LanmuInspectorFunc func;
  gpointer user_data;
  GDestroyNotify free_func;
} Job;

struct _LanmuInspector {
  GThread *thread;
  GSource *source;
  pthread_mutex_t mutex;
  pthread_cond_t work;
  gboolean stopping;
  GQueue portraits, checks; /* Job *, waiting */
  GQueue done;
};

typedef struct {
  GSource source;
  LanmuInspector *inspector;
} InspectorSource;

void lanmu_inspector_answer_clear (LanmuInspectorAnswer *answer)
{
  g_clear_error (&answer->inspect_error);
  g_clear_error (&answer->portrait_error);
  lanmu_portrait_clear (&answer->portrait);
}

static void job_free (Job *job)
{
  if (job->free_func != NULL)
    job->free_func (job->user_data);
  g_free ((char *) job->wish.path);
  lanmu_profile_unref (job->wish.profile);
  lanmu_inspector_answer_clear (&job->answer);
  g_free (job);
}

/* ---- the worker */

static void look (const LanmuInspectorWish *wish, const guint8 *bytes, gsize size, LanmuInspectorAnswer *answer)
{
  g_auto (LanmuScene) scene = {0};
  g_autofree LanmuFace *faces = g_new (LanmuFace, LANMU_SCENE_MOST_FACES);
  if (!lanmu_scene_init (&scene, bytes, size, wish->profile, &answer->inspect_error))
    return;
  scene.eyes_usual = wish->eyes_usual > 0 ? wish->eyes_usual : NAN;
  lanmu_scene_find_faces (&scene, lanmu_thread_engine (NULL), faces, &wish->by_hand);
  lanmu_checks_run (&scene, wish->reference, &answer->inspection);
  LanmuDecodedShot decoded = {&scene.picture, (int) scene.denominator};
  if (wish->want_portrait)
    lanmu_portrait_make (bytes, size, wish->profile, &scene.placement, &decoded, &answer->portrait, &answer->portrait_error);
}

void lanmu_inspector_work (const LanmuInspectorWish *wish, LanmuInspectorAnswer *answer)
{
  gsize size;
  *answer = (LanmuInspectorAnswer){0};
  g_autofree guint8 *bytes = lanmu_file_bytes_read_path (wish->path, LANMU_SHOT_MAX_BYTES, &size, &answer->inspect_error);
  if (bytes != NULL)
    look (wish, bytes, size, answer);
}

static Job *take_job (LanmuInspector *self)
{
  pthread_mutex_lock (&self->mutex);
  while (!self->stopping && self->portraits.length == 0 && self->checks.length == 0)
    pthread_cond_wait (&self->work, &self->mutex);
  Job *job = self->stopping ? NULL : g_queue_pop_head (self->portraits.length > 0 ? &self->portraits : &self->checks);
  pthread_mutex_unlock (&self->mutex);
  return job;
}

static gpointer run (gpointer data)
{
  LanmuInspector *self = data;
  Job *job;
  while ((job = take_job (self)) != NULL) {
    lanmu_inspector_work (&job->wish, &job->answer);
    pthread_mutex_lock (&self->mutex);
    g_queue_push_tail (&self->done, job);
    g_source_set_ready_time (self->source, 0);
    pthread_mutex_unlock (&self->mutex);
  }
  return NULL;
}

/* ---- main */

static gboolean dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  LanmuInspector *self = ((InspectorSource *) source)->inspector;
  g_source_set_ready_time (source, -1); /* before taking: what comes later makes it ready again */
  pthread_mutex_lock (&self->mutex);
  Job *job = g_queue_pop_head (&self->done);
  if (self->done.length > 0)
    g_source_set_ready_time (source, 0);
  pthread_mutex_unlock (&self->mutex);
  if (job == NULL)
    return G_SOURCE_CONTINUE;
  job->func (&job->answer, job->user_data);
  job_free (job);
  return G_SOURCE_CONTINUE;
}

LanmuInspector *lanmu_inspector_new (void)
{
  static GSourceFuncs functions = {.dispatch = dispatch};
  LanmuInspector *self = g_new0 (LanmuInspector, 1);
  pthread_mutex_init (&self->mutex, NULL);
  pthread_cond_init (&self->work, NULL);
  g_queue_init (&self->portraits);
  g_queue_init (&self->checks);
  g_queue_init (&self->done);
  self->source = g_source_new (&functions, sizeof (InspectorSource));
  ((InspectorSource *) self->source)->inspector = self;
  g_source_set_static_name (self->source, "lanmu inspector");
  g_source_attach (self->source, g_main_context_get_thread_default ());
  self->thread = g_thread_new ("lanmu-inspector", run, self);
  return self;
}

void lanmu_inspector_ask (LanmuInspector *self, const LanmuInspectorWish *wish, LanmuInspectorFunc func, gpointer user_data,
                          GDestroyNotify free_func)
{
  Job *job = g_new0 (Job, 1);
  job->wish = *wish;
  job->wish.path = g_strdup (wish->path);
  job->wish.profile = lanmu_profile_ref (wish->profile);
  if (wish->reference != NULL) {
    job->reference = *wish->reference;
    job->wish.reference = &job->reference;
  }
  job->func = func;
  job->user_data = user_data;
  job->free_func = free_func;
  pthread_mutex_lock (&self->mutex);
  g_queue_push_tail (wish->want_portrait ? &self->portraits : &self->checks, job);
  pthread_cond_signal (&self->work);
  pthread_mutex_unlock (&self->mutex);
}

void lanmu_inspector_free (LanmuInspector *self)
{
  pthread_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  pthread_cond_signal (&self->work);
  pthread_mutex_unlock (&self->mutex);
  g_thread_join (self->thread);
  g_source_destroy (self->source);
  g_source_unref (self->source);
  g_queue_clear_full (&self->portraits, (GDestroyNotify) job_free);
  g_queue_clear_full (&self->checks, (GDestroyNotify) job_free);
  g_queue_clear_full (&self->done, (GDestroyNotify) job_free);
  pthread_cond_destroy (&self->work);
  pthread_mutex_destroy (&self->mutex);
  g_free (self);
}
