/* See clock.h. */
#include "app/clock.h"

static gint64 drift_us (const LanmuClock *self, gint64 now_us)
{
  gint64 age = ABS (now_us - self->as_of);
  return age / (1000000 / LANMU_CLOCK_DRIFT_PPM);
}

static LanmuClockChange learn (LanmuClock *self, gint64 lo, gint64 hi, gint64 before_us, gint64 now_us)
{
  if (!self->known) {
    *self = (LanmuClock) { .known = TRUE, .lo = lo, .hi = hi, .as_of = now_us, .since = self->since, .old_stamp = self->old_stamp };
    return LANMU_CLOCK_LEARNED;
  }
  gint64 drift = drift_us (self, now_us);
  gint64 old_lo = self->lo - drift, old_hi = self->hi + drift;
  gint64 new_lo = MAX (old_lo, lo), new_hi = MIN (old_hi, hi);
  if (new_lo > new_hi) {
    *self = (LanmuClock) { .known = TRUE, .lo = lo, .hi = hi, .as_of = now_us, .since = before_us, .old_stamp = MAX (self->old_stamp, now_us + old_hi) };
    return LANMU_CLOCK_JUMPED;
  }
  gboolean narrowed = new_hi - new_lo < self->hi - self->lo;
  *self = (LanmuClock) { .known = TRUE, .lo = new_lo, .hi = new_hi, .as_of = now_us, .since = self->since, .old_stamp = self->old_stamp };
  return narrowed ? LANMU_CLOCK_LEARNED : LANMU_CLOCK_KEPT;
}

LanmuClockChange lanmu_clock_read (LanmuClock *self, gint64 camera_us, gint64 before_us, gint64 after_us)
{
  return learn (self, camera_us - after_us, camera_us + G_USEC_PER_SEC - before_us, before_us, after_us);
}

LanmuClockChange lanmu_clock_exposed (LanmuClock *self, gint64 stamp_us, gint64 resolution_us, LanmuSpan when)
{
  return learn (self, stamp_us - when.hi - LANMU_CLOCK_SLACK_US, stamp_us + resolution_us - when.lo + LANMU_CLOCK_SLACK_US, when.lo, when.hi);
}

gboolean lanmu_clock_exposure (const LanmuClock *self, gint64 stamp_us, gint64 resolution_us, gint64 now_us, LanmuSpan *out)
{
  if (!self->known)
    return FALSE;
  gint64 drift = drift_us (self, now_us);
  out->lo = stamp_us - (self->hi + drift) - LANMU_CLOCK_SLACK_US;
  out->hi = stamp_us + resolution_us - (self->lo - drift) + LANMU_CLOCK_SLACK_US;
  return self->since == 0 || out->lo >= self->since;
}

gint64 lanmu_clock_resolving (const LanmuClock *self, gint64 resolution_us, gint64 now_us)
{
  if (!self->known)
    return G_MAXINT64;
  return self->hi - self->lo + 2 * drift_us (self, now_us) + resolution_us + 2 * LANMU_CLOCK_SLACK_US;
}
