/* The pacing rule: see the header. */
#include "capture/host/pace.h"

#define SHORTEST_US 4000   /* 250 pictures a second */
#define LONGEST_US  250000 /* 4 a second */
#define FIRST_US    33000
#define MANY_PROMPT 8   /* the body became faster */
#define NO_REPEATS  300 /* it does not repeat after all */
#define MARGIN_US   500
#define LATE_US     300
#define WINDOW      8  /* pictures judged together */
#define PROBE_EVERY 16 /* windows */
#define MANY_LATE   2
#define MANY_EARLY  2

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
  return self->windows == 0;
}

/* The longest wait that leaves time for the swiftest answer seen. */
static gint64 longest_wait (const LanmuPace *self)
{
  return MAX (0, self->interval_us - self->swift_us - MARGIN_US);
}

/* A window's mean, because a picture that comes late is made up by the next one unless one was lost. Only a probe may
 * raise the interval: else the wait itself would raise it, and then allow more wait. */
static void judge_window (LanmuPace *self, gint64 mean_us)
{
  gboolean late = mean_us > self->interval_us + self->interval_us / 32 + LATE_US;
  gboolean early = mean_us < self->interval_us - self->interval_us / 8;
  self->early = early ? self->early + 1 : 0;
  gboolean swifter = self->early >= MANY_EARLY; /* another rhythm: measure it. Once: the window began in the middle of a picture's time */
  if (early && !swifter && !is_probe (self))
    return;
  if (is_probe (self))
    self->interval_us = self->probed ? (self->interval_us + bounded (mean_us)) / 2 : bounded (mean_us);
  else if (swifter)
    self->interval_us = bounded (mean_us);
  else if (mean_us < self->interval_us)
    self->interval_us = (3 * self->interval_us + bounded (mean_us)) / 4;
  if (!is_probe (self))
    self->wait_us = late ? self->wait_us * 3 / 4 : self->wait_us + self->interval_us / 8;
  self->wait_us = MIN (self->wait_us, longest_wait (self));
  self->late = late && !is_probe (self) ? self->late + 1 : 0;
  self->probed = TRUE;
  self->windows = self->windows >= PROBE_EVERY || swifter || self->late >= MANY_LATE ? 0 : self->windows + 1;
}

static void after_new_of_other (LanmuPace *self, gint64 now_us)
{
  if (self->last_new_us == 0) {
    /* the first after a pause was there already: the next one is waited for, and begins the window */
  } else if (self->window_us == 0)
    self->window_us = now_us;
  else if (++self->pictures == WINDOW) {
    judge_window (self, (now_us - self->window_us) / WINDOW);
    self->window_us = now_us;
    self->pictures = 0;
  }
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

void lanmu_pace_hold (LanmuPace *self, gint64 until_us)
{
  self->due_us = until_us;
  self->last_new_us = self->window_us = 0;
  self->pictures = 0;
}

void lanmu_pace_later (LanmuPace *self, gint64 now_us, gint64 wait_us)
{
  lanmu_pace_hold (self, now_us + wait_us);
}
