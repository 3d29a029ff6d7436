/* The pacing rule: see the header. */
#include "capture/host/pace.h"

#define SHORTEST_US 8000   /* 125 pictures a second */
#define LONGEST_US  250000 /* 4 a second */
#define FIRST_US    33000
#define MANY_PROMPT 12   /* so many in a row at the first asking: the body is faster than believed */

void lanmu_pace_init (LanmuPace *self, gint64 now_us)
{
  *self = (LanmuPace){.interval_us = FIRST_US, .last_new_us = 0, .due_us = now_us};
}

static void learn (LanmuPace *self, gint64 measured_us)
{
  if (measured_us > 4 * self->interval_us && measured_us > LONGEST_US)
    return; /* a pause of ours, not the body's rhythm */
  gint64 error_us = CLAMP (measured_us, SHORTEST_US, LONGEST_US) - self->interval_us;
  self->interval_us += error_us / (error_us > self->interval_us ? 2 : 8); /* each measure is late by up to one asking */
}

void lanmu_pace_new_picture (LanmuPace *self, gint64 asked_us)
{
  gboolean exact = self->repeats > 0;
  if (exact && self->last_new_us != 0)
    learn (self, asked_us - self->last_new_us);
  self->prompt = exact ? 0 : self->prompt + 1;
  if (self->prompt > MANY_PROMPT)
    self->interval_us = MAX (SHORTEST_US, self->interval_us - self->interval_us / 8);
  self->last_new_us = asked_us;
  self->repeats = 0;
  self->due_us = asked_us + self->interval_us - self->interval_us / 48;
}

void lanmu_pace_same_picture (LanmuPace *self, gint64 now_us)
{
  self->repeats++;
  self->due_us = now_us + CLAMP (self->interval_us / 16, 1000, 5000);
}

void lanmu_pace_later (LanmuPace *self, gint64 now_us, gint64 wait_us)
{
  self->due_us = now_us + wait_us;
}
