/* Bisecting the body's second: see the header. */
#include "capture/host/clockphase.h"

void lanmu_clock_phase_add (LanmuClockPhase *self, gint64 camera_us, gint64 before_us, gint64 after_us)
{
  gint64 low = camera_us - after_us, high = camera_us + G_USEC_PER_SEC - before_us;
  if (self->known && low < self->high_us && high > self->low_us) {
    low = MAX (low, self->low_us);
    high = MIN (high, self->high_us);
  }
  *self = (LanmuClockPhase){.known = TRUE, .low_us = low, .high_us = high};
}

gboolean lanmu_clock_phase_is_narrow (const LanmuClockPhase *self)
{
  return self->known && self->high_us - self->low_us < LANMU_CLOCK_NARROW_US;
}

gint64 lanmu_clock_phase_next (const LanmuClockPhase *self, gint64 earliest_us)
{
  if (!self->known)
    return earliest_us;
  gint64 middle = self->low_us + (self->high_us - self->low_us) / 2;
  gint64 into = (earliest_us + middle) % G_USEC_PER_SEC; /* of the body's second, were the difference in the middle */
  if (into < 0)
    into += G_USEC_PER_SEC;
  return into == 0 ? earliest_us : earliest_us + G_USEC_PER_SEC - into;
}
