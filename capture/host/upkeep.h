/* LanmuUpkeep: the small readings between live pictures: battery, shots left, shutter speed, the body's clock. One property a step,
 * none while shooting. One thread. */
#pragma once

#include "capture/host/clockphase.h"
#include "capture/host/report.h"

G_BEGIN_DECLS

typedef struct {
  gint64 battery_us, left_us, media_us, clock_us; /* monotonic time of the next reading; clock_us is CLOCK_BOOTTIME */
  LanmuClockPhase phase;
  gint64 opening_us; /* CLOCK_BOOTTIME when opening the body began; 0 = its clock was read since */
  gboolean no_clock;
} LanmuUpkeep;

void lanmu_upkeep_restart (LanmuUpkeep *self, gint64 opening_us);

void lanmu_upkeep_after_shot (LanmuUpkeep *self); /* the card has fewer places now */
void lanmu_upkeep_new_session (LanmuUpkeep *self, const LanmuBody *body,
                               gint64 opening_us); /* the same body was opened anew */

/* At most one reading. *changed: battery or shots left are others than before. FALSE: the line is broken. */
gboolean lanmu_upkeep_step (LanmuUpkeep *self, LanmuBody *body, LanmuReport *report, gboolean *changed);

G_END_DECLS
