/* The pacing rule: see the header. */
#include "capture/host/pace.h"

#define SHORTEST_US 4000   /* 250 pictures a second */
#define LONGEST_US  250000 /* 4 a second */
#define FIRST_US    33000
#define MANY_PROMPT 16  /* the body became faster */
#define NO_REPEATS  300 /* it does not repeat after all */
#define MARGIN_US   500
#define MANY_LATE   4
#define PROBE_EVERY 64
#define PROBES      3

void lanmu_pace_init (LanmuPace *self, gint64 now_us)
{
  *self = (LanmuPace){.interval_us = FIRST_US, .due_us = now_us, .swift_us = LONGEST_US};
}

static gint64 bounded (gint64 interval_us)
{
  return CLAMP (interval_us, SHORTEST_US, LONGEST_US);
}

/* Counted from asking to asking: how long an answer takes (a large picture, a slow line) says nothing here. */
static void after_new_of_repeating (LanmuPace *self, gint64 asked_us)
{
  gboolean exact = self->repeats > 0;
  if (exact && self->last_new_us != 0) {
    gint64 error_us = bounded (asked_us - self->last_asked_us) - self->interval_us;
    self->interval_us += error_us / (error_us > self->interval_us ? 2 : 8); /* each measure is late by up to one step */
  }
  self->prompt = exact ? 0 : self->prompt + 1;
  if (self->prompt >= MANY_PROMPT)
    self->interval_us = bounded (self->interval_us - self->interval_us / 8);
  if (self->prompt >= NO_REPEATS)
    self->repeating = FALSE;
  self->due_us = asked_us + self->interval_us - self->interval_us / 48;
}

static gboolean is_probe (const LanmuPace *self)
{
  return self->since_probe < PROBES;
}

/* Only a probe may raise the interval: else the wait itself would raise it, and then allow more wait. */
static void learn_interval (LanmuPace *self, gint64 took_us)
{
  if (self->caught_up && took_us < self->interval_us) /* the picture after a late one is soon there */
    return;
  if (took_us < self->interval_us - self->interval_us / 4)
    self->interval_us = bounded (took_us);
  else if (is_probe (self))
    self->interval_us += (bounded (took_us) - self->interval_us) / 2;
  else if (took_us < self->interval_us)
    self->interval_us += (bounded (took_us) - self->interval_us) / 16;
}

/* The longest wait that leaves time for the swiftest answer seen. */
static gint64 longest_wait (const LanmuPace *self)
{
  return MAX (0, self->interval_us - self->swift_us - MARGIN_US);
}

static void judge_wait (LanmuPace *self, gint64 took_us)
{
  gboolean late = took_us > self->interval_us + MAX (self->interval_us / 16, 1500);
  learn_interval (self, took_us);
  if (!is_probe (self))
    self->wait_us = late ? self->wait_us * 3 / 4 : self->wait_us + self->interval_us / 24;
  self->wait_us = MIN (self->wait_us, longest_wait (self));
  self->caught_up = late;
  self->late = late && !is_probe (self) ? self->late + 1 : 0;
  self->since_probe++;
  if (self->since_probe > PROBE_EVERY || self->late >= MANY_LATE)
    self->since_probe = self->late = 0;
}

static void after_new_of_other (LanmuPace *self, gint64 now_us)
{
  if (self->last_new_us != 0)
    judge_wait (self, now_us - self->last_new_us);
  self->due_us = is_probe (self) ? now_us : now_us + self->wait_us;
}

void lanmu_pace_new_picture (LanmuPace *self, gint64 asked_us, gint64 now_us)
{
  self->swift_us = MIN (self->swift_us, now_us - asked_us);
  if (self->repeating)
    after_new_of_repeating (self, asked_us);
  else
    after_new_of_other (self, now_us);
  self->last_asked_us = asked_us;
  self->last_new_us = now_us;
  self->repeats = 0;
}

void lanmu_pace_same_picture (LanmuPace *self, gint64 now_us)
{
  self->repeating = TRUE;
  self->repeats++;
  self->due_us = now_us + CLAMP (self->interval_us / 16, 500, 5000);
}

void lanmu_pace_later (LanmuPace *self, gint64 now_us, gint64 wait_us)
{
  self->due_us = now_us + wait_us;
  self->last_new_us = 0;
}
