/* LanmuClock: what is known of the camera's clock, as an interval that every observation narrows. Pure values, no I/O, any thread that owns it.
 *
 * The camera writes naive local time with a resolution of a second or so. camera time = boot time + offset, offset somewhere in [lo, hi] (µs).
 * Each observation (a reading of the body's clock, a proved exposure of our own release) is an interval too, and the truth lies in both.
 * An observation that does not meet the interval means the clock was set: the old knowledge is dropped, the jump is reported, and a stamp that would lie
 * before the observation is believed no more: nobody can say whether it was written by the old setting or the new one.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gboolean known;
  gint64 lo, hi;    /* offset in µs, at as_of */
  gint64 as_of;     /* CLOCK_BOOTTIME µs of the newest observation */
  gint64 since;     /* CLOCK_BOOTTIME µs: the clock was set at some moment before it, so earlier stamps tell nothing; 0 = never set that we know of */
  gint64 old_stamp; /* µs: what the old setting could have stamped until then; a smaller stamp on an old file may be of either setting */
} LanmuClock;

typedef struct {
  gint64 lo, hi;    /* CLOCK_BOOTTIME µs, both inclusive; lo > hi = empty */
} LanmuSpan;

/* Two crystals drift apart; the interval widens by this much while nothing is observed. Cheap quartz stays under 20 ppm. */
#define LANMU_CLOCK_DRIFT_PPM 30
/* A body may stamp the start of the release or the end of the exposure. */
#define LANMU_CLOCK_SLACK_US  15000

typedef enum {
  LANMU_CLOCK_LEARNED,  /* narrowed, or first knowledge */
  LANMU_CLOCK_KEPT,     /* told nothing new */
  LANMU_CLOCK_JUMPED,   /* contradicts what was known: learned anew */
} LanmuClockChange;

/* The body's clock read camera_us (true value in [camera_us, camera_us + 1 s)) at some moment in [before_us, after_us]. */
LanmuClockChange lanmu_clock_read (LanmuClock *self, gint64 camera_us, gint64 before_us, gint64 after_us);
/* A proved exposure stamped stamp_us (true value in [stamp_us, stamp_us + resolution_us)) happened in `when`. */
LanmuClockChange lanmu_clock_exposed (LanmuClock *self, gint64 stamp_us, gint64 resolution_us, LanmuSpan when);
/* When, on this machine's boot clock, was a picture stamped so exposed? FALSE when the offset is unknown, or was set since. now_us: for the drift. */
gboolean lanmu_clock_exposure (const LanmuClock *self, gint64 stamp_us, gint64 resolution_us, gint64 now_us, LanmuSpan *out);
/* How far apart two exposures must be to be told apart by the stamps (µs); G_MAXINT64 when unknown. */
gint64 lanmu_clock_resolving (const LanmuClock *self, gint64 resolution_us, gint64 now_us);

static inline gboolean lanmu_span_meets (LanmuSpan a, LanmuSpan b)
{
  return a.lo <= b.hi && b.lo <= a.hi && a.lo <= a.hi && b.lo <= b.hi;
}

static inline LanmuSpan lanmu_span_common (LanmuSpan a, LanmuSpan b)
{
  return (LanmuSpan) { MAX (a.lo, b.lo), MIN (a.hi, b.hi) };
}

static inline gboolean lanmu_span_within (LanmuSpan inner, LanmuSpan outer)
{
  return inner.lo <= inner.hi && inner.lo >= outer.lo && inner.hi <= outer.hi;
}

G_END_DECLS
