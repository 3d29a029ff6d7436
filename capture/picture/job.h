/* LanmuVisionJob: a file to look at, as a plain struct that goes to the vision thread and comes back. Internal to capture/picture.
 * The task stays the main thread's: the struct only carries its pointer past the worker, who never touches it. */
#pragma once

#include <gio/gio.h>
#include "capture/picture/arriving.h"
#include "capture/picture/picture.h"
#include "capture/picture/shotfacts.h"

G_BEGIN_DECLS

typedef enum { LANMU_VISION_JOB_FACTS, LANMU_VISION_JOB_REVIEW } LanmuVisionJobKind;

typedef struct {
  LanmuVisionJobKind kind;
  GTask *task;          /* main only; owned until answered */
  int fd;               /* FACTS: owned, -1 = none */
  LanmuArriving *arriving; /* FACTS, instead: owned until worked on */
  char *path;           /* REVIEW */
  int max_side;
  LanmuShotFacts facts; /* what came of it */
  LanmuPicture picture;
  GError *error;        /* NULL = done well */
} LanmuVisionJob;

LanmuVisionJob *lanmu_vision_job_new_facts (GTask *task, int fd);                             /* duplicates fd */
LanmuVisionJob *lanmu_vision_job_new_arriving (GTask *task, LanmuArriving *arriving);         /* takes it */
LanmuVisionJob *lanmu_vision_job_new_review (GTask *task, const char *path, int max_side);
void lanmu_vision_job_free (LanmuVisionJob *self);

void lanmu_vision_job_work (LanmuVisionJob *self);   /* worker: slow */
void lanmu_vision_job_answer (LanmuVisionJob *self); /* main: gives the result to the task; the job is then the task's */

G_END_DECLS
