/* LanmuPace: when to ask the body for its next live picture. Pure; times are monotonic µs given by the caller.
 *
 * Why: a body makes 8 to 60 pictures a second and does not say when. Asked late, pictures are lost. Asked early, some
 * bodies give the last picture again (line and CPU spent for nothing), others hold the answer back until there is a new
 * one (nothing else can be done meanwhile: a release would wait).
 *  - A body that repeats tells the moment of its next picture exactly: it is found in small steps after a repeat, and
 * each new picture that was there at the first asking brings the next asking a little forward.
 *  - A body that never repeats may hold, or be slow; from outside that looks alike. So the wait before the asking grows
 * as long as the pictures do not come slower for it, and shrinks by a quarter when they do; now and then, and when all
 * come late, no wait at all measures how fast they can come.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gint64 interval_us;   /* learned time between two pictures */
  gint64 wait_us;       /* of a body that does not repeat: from one picture to the next asking */
  gint64 last_new_us;   /* when the last new picture was there; 0: none since the rhythm was broken */
  gint64 last_asked_us; /* when it was asked for */
  gint64 due_us;        /* do not ask before */
  gint64 swift_us;      /* the shortest answer */
  guint repeats;        /* same picture again since the last new one */
  guint prompt;         /* new pictures in a row that were there at the first asking */
  gint64 window_us;     /* when the running window of pictures began; 0: none */
  guint pictures;       /* in it */
  guint windows;        /* since the last probe; 0: this one is a probe */
  guint late, early;    /* late, or too early, windows in a row */
  gboolean probed;      /* the interval was measured once */
  gboolean repeating;   /* the body repeats pictures */
} LanmuPace;

void lanmu_pace_init (LanmuPace *self, gint64 now_us);
void lanmu_pace_new_picture (LanmuPace *self, gint64 asked_us, gint64 now_us);
void lanmu_pace_same_picture (LanmuPace *self, gint64 now_us);
void lanmu_pace_hold (LanmuPace *self, gint64 until_us); /* something else has the line until then: the rhythm is broken, and what
                                                            is missed meanwhile speaks neither for nor against the wait */
void lanmu_pace_later (LanmuPace *self, gint64 now_us,
                       gint64 wait_us); /* nothing to be had before; the rhythm is broken */

G_END_DECLS
