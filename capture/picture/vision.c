/* The vision thread: see the header for why and for the promises.
 *
 * One mutex guards everything both sides touch; pthread's own, because ThreadSanitizer sees those. Jobs and frames go
 * over in queues, answers come back in one, and a GSource of the creator's context is made ready for them.
 */
#include "capture/picture/vision.h"

#include "capture/picture/job.h"
#include <pthread.h>

struct _LanmuVision {
  LanmuVisionFunc func; /* main only, as the next three */
  gpointer user_data;
  GThread *thread; /* NULL after stop */
  GSource *source;
  LanmuSighter *sighter; /* the worker's, while there is one */

  pthread_mutex_t mutex;
  pthread_cond_t work;
  gboolean stopping;
  GQueue facts, reviews; /* LanmuVisionJob *, waiting */
  LanmuFrame *frame;     /* newest unread, or NULL */
  gboolean sitter;       /* look at the sitter too */
  LanmuBackdropLimits limits;
  GQueue done; /* LanmuVisionJob *, to be answered */
  gboolean has_verdict;
  LanmuVisionSeen verdict;
};

typedef struct {
  GSource source;
  LanmuVision *vision;
  gboolean orphaned; /* the vision is to be freed when its last answer was given; main only */
} VisionSource;

/* ---- the worker */

typedef struct {
  LanmuVisionJob *job;
  LanmuFrame *frame;
  LanmuBackdropLimits limits;
  gboolean sitter;
} Work;

/* Waits for something to do; FALSE when stopping and no job is left. */
static gboolean take_work (LanmuVision *self, Work *work)
{
  *work = (Work){0};
  pthread_mutex_lock (&self->mutex);
  while (!self->stopping && self->frame == NULL && self->facts.length == 0 && self->reviews.length == 0)
    pthread_cond_wait (&self->work, &self->mutex);
  work->job = g_queue_pop_head (self->facts.length > 0 ? &self->facts : &self->reviews);
  if (work->job == NULL && !self->stopping) {
    work->frame = g_steal_pointer (&self->frame);
    work->limits = self->limits;
    work->sitter = self->sitter;
    self->sitter = FALSE;
  }
  pthread_mutex_unlock (&self->mutex);
  return work->job != NULL || work->frame != NULL;
}

static void hand_back_job (LanmuVision *self, LanmuVisionJob *job)
{
  lanmu_vision_job_work (job);
  pthread_mutex_lock (&self->mutex);
  g_queue_push_tail (&self->done, job);
  g_source_set_ready_time (self->source, 0);
  pthread_mutex_unlock (&self->mutex);
}

/* A verdict that nobody took yet is replaced; what it says of the sitter stays until there is something newer. */
static void keep_sight (const LanmuVisionSeen *before, LanmuVisionSeen *verdict)
{
  if (!before->looked || verdict->looked)
    return;
  verdict->sight = before->sight;
  verdict->looked = TRUE;
}

static void hand_back_verdict (LanmuVision *self, LanmuFrame *frame, const LanmuBackdropLimits *limits, gboolean sitter)
{
  LanmuVisionSeen verdict = {
      .number = lanmu_frame_get_number (frame), .boot_us = lanmu_frame_get_boot_us (frame), .looked = sitter};
  lanmu_backdrop_read_frame (frame, limits, &verdict.backdrop);
  if (sitter)
    lanmu_sighter_look (self->sighter, frame, limits->orientation, &verdict.backdrop, &verdict.sight);
  lanmu_frame_unref (frame);
  pthread_mutex_lock (&self->mutex);
  if (self->has_verdict)
    keep_sight (&self->verdict, &verdict);
  self->verdict = verdict;
  self->has_verdict = TRUE;
  g_source_set_ready_time (self->source, 0);
  pthread_mutex_unlock (&self->mutex);
}

static gpointer run (gpointer data)
{
  LanmuVision *self = data;
  Work work;
  while (take_work (self, &work)) {
    if (work.job != NULL)
      hand_back_job (self, work.job);
    else
      hand_back_verdict (self, work.frame, &work.limits, work.sitter);
  }
  return NULL;
}

/* ---- the main side */

static void destroy (LanmuVision *self)
{
  g_source_destroy (self->source);
  g_source_unref (self->source);
  lanmu_sighter_free (self->sighter);
  pthread_cond_destroy (&self->work);
  pthread_mutex_destroy (&self->mutex);
  g_free (self);
}

/* One thing at a time, so that a callback may stop or free the vision. */
static LanmuVisionJob *take_done (LanmuVision *self)
{
  pthread_mutex_lock (&self->mutex);
  LanmuVisionJob *job = g_queue_pop_head (&self->done);
  pthread_mutex_unlock (&self->mutex);
  return job;
}

static gboolean take_verdict (LanmuVision *self, LanmuVisionSeen *verdict)
{
  pthread_mutex_lock (&self->mutex);
  gboolean taken = self->has_verdict;
  *verdict = self->verdict;
  self->has_verdict = FALSE;
  pthread_mutex_unlock (&self->mutex);
  return taken;
}

static gboolean dispatch (GSource *source, GSourceFunc callback, gpointer user_data)
{
  VisionSource *self = (VisionSource *) source;
  LanmuVisionJob *job;
  LanmuVisionSeen verdict;
  g_source_set_ready_time (source, -1); /* before taking: what comes later makes it ready again */
  while ((job = take_done (self->vision)) != NULL)
    lanmu_vision_job_answer (job);
  if (self->orphaned) {
    destroy (self->vision);
    return G_SOURCE_REMOVE;
  }
  if (take_verdict (self->vision, &verdict) && self->vision->func != NULL)
    self->vision->func (&verdict, self->vision->user_data);
  return G_SOURCE_CONTINUE;
}

static GSource *new_source (LanmuVision *vision)
{
  static GSourceFuncs functions = {.dispatch = dispatch};
  GSource *source = g_source_new (&functions, sizeof (VisionSource));
  ((VisionSource *) source)->vision = vision;
  ((VisionSource *) source)->orphaned = FALSE;
  g_source_set_static_name (source, "lanmu vision");
  g_source_attach (source, g_main_context_get_thread_default ());
  return source;
}

LanmuVision *lanmu_vision_new (LanmuVisionFunc func, gpointer user_data)
{
  LanmuVision *self = g_new0 (LanmuVision, 1);
  self->func = func;
  self->user_data = user_data;
  pthread_mutex_init (&self->mutex, NULL);
  pthread_cond_init (&self->work, NULL);
  g_queue_init (&self->facts);
  g_queue_init (&self->reviews);
  g_queue_init (&self->done);
  self->source = new_source (self);
  self->sighter = lanmu_sighter_new (NULL);
  self->thread = g_thread_new ("lanmu-vision", run, self);
  return self;
}

void lanmu_vision_look (LanmuVision *self, LanmuFrame *frame, const LanmuBackdropLimits *limits, gboolean sitter)
{
  LanmuBackdropLimits defaults;
  lanmu_backdrop_limits_init (&defaults);
  if (self->thread == NULL)
    return;
  LanmuFrame *newest = lanmu_frame_ref (frame);
  pthread_mutex_lock (&self->mutex);
  LanmuFrame *unread = self->frame;
  self->frame = newest;
  self->limits = limits != NULL ? *limits : defaults;
  self->sitter |= sitter;
  pthread_cond_signal (&self->work);
  pthread_mutex_unlock (&self->mutex);
  g_clear_pointer (&unread, lanmu_frame_unref);
}

static GTask *new_task (gpointer tag, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, tag);
  return task;
}

static void submit (LanmuVision *self, LanmuVisionJob *job)
{
  if (self->thread == NULL)
    g_set_error_literal (&job->error, G_IO_ERROR, G_IO_ERROR_CLOSED, "the vision thread was stopped");
  if (job->error != NULL) { /* GTask answers from the main context, not from here */
    lanmu_vision_job_answer (job);
    return;
  }
  pthread_mutex_lock (&self->mutex);
  g_queue_push_tail (job->kind == LANMU_VISION_JOB_FACTS ? &self->facts : &self->reviews, job);
  pthread_cond_signal (&self->work);
  pthread_mutex_unlock (&self->mutex);
}

void lanmu_vision_facts_async (LanmuVision *self, int fd, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = new_task (lanmu_vision_facts_async, callback, user_data);
  submit (self, lanmu_vision_job_new_facts (task, fd));
}

void lanmu_vision_arrived_async (LanmuVision *self, LanmuArriving *arriving, GAsyncReadyCallback callback,
                                 gpointer user_data)
{
  GTask *task = new_task (lanmu_vision_facts_async, callback, user_data);
  submit (self, lanmu_vision_job_new_arriving (task, arriving));
}

void lanmu_vision_review_async (LanmuVision *self, const char *path, int max_side, GAsyncReadyCallback callback,
                                gpointer user_data)
{
  GTask *task = new_task (lanmu_vision_review_async, callback, user_data);
  submit (self, lanmu_vision_job_new_review (task, path, max_side));
}

static LanmuVisionJob *take_answer (GAsyncResult *result, gpointer tag)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), NULL);
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

/* Passes the job's error on and lets it go. */
static gboolean finish (LanmuVisionJob *job, GError **error)
{
  gboolean well = job->error == NULL;
  if (!well)
    g_propagate_error (error, g_steal_pointer (&job->error));
  lanmu_vision_job_free (job);
  return well;
}

gboolean lanmu_vision_facts_finish (LanmuVision *self, GAsyncResult *result, LanmuShotFacts *out, GError **error)
{
  *out = (LanmuShotFacts){0};
  LanmuVisionJob *job = take_answer (result, lanmu_vision_facts_async);
  g_return_val_if_fail (job != NULL, FALSE);
  *out = job->facts;
  job->facts = (LanmuShotFacts){0};
  return finish (job, error);
}

gboolean lanmu_vision_review_finish (LanmuVision *self, GAsyncResult *result, LanmuPicture *out, GError **error)
{
  *out = (LanmuPicture){0};
  LanmuVisionJob *job = take_answer (result, lanmu_vision_review_async);
  g_return_val_if_fail (job != NULL, FALSE);
  *out = job->picture;
  job->picture = (LanmuPicture){0};
  return finish (job, error);
}

void lanmu_vision_stop (LanmuVision *self)
{
  if (self->thread == NULL)
    return;
  pthread_mutex_lock (&self->mutex);
  self->stopping = TRUE;
  pthread_cond_signal (&self->work);
  pthread_mutex_unlock (&self->mutex);
  g_thread_join (g_steal_pointer (&self->thread));
  g_clear_pointer (&self->frame, lanmu_frame_unref);
}

void lanmu_vision_free (LanmuVision *self)
{
  lanmu_vision_stop (self);
  self->func = NULL;
  if (self->done.length == 0 && g_main_current_source () != self->source) {
    destroy (self);
    return;
  }
  ((VisionSource *) self->source)->orphaned = TRUE; /* dispatch still needs it */
  g_source_set_ready_time (self->source, 0);
}
