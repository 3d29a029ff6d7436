/* LanmuPace: when to ask the body for its next live picture. Pure; times are monotonic µs given by the caller.
 *
 * Why: a body makes 8 to 60 pictures a second and does not say when. Asking all the time burns the CPU that the screen needs and the camera's line; asking late
 * loses pictures. So the interval is learned from pictures that differ: after a repeat (asked too early) the true moment is found in small steps,
 * after a new one at the first asking the next asking comes a little earlier. How long an answer takes says nothing: a body may wait for its next picture, a
 * large picture or a slow line takes as long; so everything is counted from asking to asking.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gint64 interval_us; /* learned time between two pictures */
  gint64 last_new_us; /* when the last new picture was asked for */
  gint64 due_us;      /* do not ask before */
  guint repeats;      /* same picture again since the last new one */
  guint prompt;       /* new pictures in a row that were there at the first asking */
} LanmuPace;

void lanmu_pace_init (LanmuPace *self, gint64 now_us);
void lanmu_pace_new_picture (LanmuPace *self, gint64 asked_us);
void lanmu_pace_same_picture (LanmuPace *self, gint64 now_us);
void lanmu_pace_later (LanmuPace *self, gint64 now_us, gint64 wait_us); /* nothing to be had before */

G_END_DECLS
