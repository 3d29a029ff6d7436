/* LanmuPulse: what the camera host is doing this moment, in memory shared with its parent.
 *
 * Why: the parent must notice a call that never returns, without a message per call (a library call may block, and then
 * nothing could be sent anyway). The host stores before each call into the library which operation it enters; the
 * parent's watchdog reads it a few times a second and holds the age against the operation's deadline
 * (capture/deadlines.h). Counters travel the same way. All fields are atomics; times are CLOCK_MONOTONIC µs unless
 * named boot.
 */
#pragma once

#include <stdatomic.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  _Atomic guint32 op;             /* LanmuOp the host is in */
  _Atomic gint64 since_us;        /* when that operation began or last made progress */
  _Atomic guint64 beats;          /* rounds of the host's loop */
  _Atomic guint64 delivered;      /* distinct live frames fetched from the camera */
  _Atomic guint64 decoded;        /* of these, decoded into the ring */
  _Atomic guint64 dropped;        /* of these, given up: no free buffer, or not decodable */
  _Atomic guint64 decode_us;      /* summed processor time of decoding */
  _Atomic guint64 cpu_us;         /* CPU time of the host process */
  _Atomic guint64 release_tag;    /* tag of the last shoot whose release command went out (stored before it) */
  _Atomic gint64 release_boot_us; /* CLOCK_BOOTTIME of that moment */
  _Atomic guint32 exposure_ms;    /* shutter speed and self-timer set on the body, rounded up; 0 = not known */
  _Atomic guint32 release_ms;     /* what the running release may take; 0 = the table's deadline */
} LanmuPulse;

/* How long an operation may take now without progress: the table's deadline (deadlines.h), but for a release what the host allows it. Bounded, whatever a mad
 * host writes. */
guint lanmu_pulse_deadline_ms (const LanmuPulse *self, guint32 op);

G_END_DECLS
