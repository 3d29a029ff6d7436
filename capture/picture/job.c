/* A file job's life: see the header. */
#include "capture/picture/job.h"

#include "capture/picture/jpeg.h"
#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

LanmuVisionJob *lanmu_vision_job_new_facts (GTask *task, int fd)
{
  LanmuVisionJob *self = g_new0 (LanmuVisionJob, 1);
  self->kind = LANMU_VISION_JOB_FACTS;
  self->task = task;
  lanmu_shot_facts_init (&self->facts);
  self->fd = fcntl (fd, F_DUPFD_CLOEXEC, 3);
  if (self->fd < 0) {
    int saved = errno;
    self->error = g_error_new (LANMU_PICTURE_ERROR, LANMU_PICTURE_ERROR_IO, "cannot keep the picture's file: %s",
                               g_strerror (saved));
  }
  return self;
}

LanmuVisionJob *lanmu_vision_job_new_arriving (GTask *task, LanmuArriving *arriving)
{
  LanmuVisionJob *self = g_new0 (LanmuVisionJob, 1);
  self->kind = LANMU_VISION_JOB_FACTS;
  self->task = task;
  self->fd = -1;
  self->arriving = arriving;
  lanmu_shot_facts_init (&self->facts);
  return self;
}

LanmuVisionJob *lanmu_vision_job_new_review (GTask *task, const char *path, int max_side)
{
  LanmuVisionJob *self = g_new0 (LanmuVisionJob, 1);
  self->kind = LANMU_VISION_JOB_REVIEW;
  self->task = task;
  self->fd = -1;
  self->path = g_strdup (path);
  self->max_side = max_side;
  return self;
}

void lanmu_vision_job_free (LanmuVisionJob *self)
{
  g_clear_object (&self->task);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->path);
  g_clear_pointer (&self->arriving, lanmu_arriving_cancel);
  lanmu_shot_facts_clear (&self->facts);
  lanmu_picture_clear (&self->picture);
  g_clear_error (&self->error);
  g_free (self);
}

void lanmu_vision_job_work (LanmuVisionJob *self)
{
  if (self->kind == LANMU_VISION_JOB_REVIEW)
    lanmu_picture_load_review (self->path, self->max_side, &self->picture, &self->error);
  else {
    lanmu_shot_facts_clear (&self->facts);
    if (self->arriving != NULL)
      lanmu_arriving_finish (g_steal_pointer (&self->arriving), &self->facts, &self->error);
    else
      lanmu_shot_facts_read (self->fd, &self->facts, &self->error);
  }
}

void lanmu_vision_job_answer (LanmuVisionJob *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);
  /* also with an error: the facts of a broken file are wanted, finish takes both out of the job */
  g_task_return_pointer (task, self, (GDestroyNotify) lanmu_vision_job_free);
}
