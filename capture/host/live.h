/* LanmuLive: live pictures from the body into the ring. One thread.
 * Promises: 1. the same JPEG twice is decoded once. 2. Without a free buffer the picture is dropped and counted,
 * nothing queues. 3. An empty picture is "busy". */
#pragma once

#include "capture/ring.h"
#include "capture/host/pace.h"
#include "capture/host/report.h"

G_BEGIN_DECLS

typedef struct _LanmuLive LanmuLive;

LanmuLive *lanmu_live_new (LanmuRing *ring); /* ring is referenced */
void lanmu_live_free (LanmuLive *self);

void lanmu_live_restart (LanmuLive *self);               /* another connection: forget its rhythm */
gint64 lanmu_live_get_due (const LanmuLive *self);       /* monotonic µs of the next asking */
void lanmu_live_hold (LanmuLive *self, gint64 until_us); /* no asking before: a fetch is expected */

/* Asks once when due. *failing_us: for how long the body has not served (0 when it does); then body->trouble tells why.
 * FALSE: the line is broken. */
gboolean lanmu_live_step (LanmuLive *self, LanmuBody *body, LanmuReport *report, gint64 *failing_us);

G_END_DECLS
