/* LanmuLadder: the recovery ladder as a rule: when to try to open the camera again, and how hard. Pure.
 *
 * At once, then after 250 ms, 500 ms, then each second. A USB line that keeps failing is reset once an outage, then the
 * host is replaced once; after that it is the operator's turn, and trying goes on each second.
 */
#pragma once

#include "capture/camera.h"

G_BEGIN_DECLS

typedef struct {
  guint attempts;    /* since the outage began */
  guint line_faults; /* of these, failed by an I/O error or a timeout */
} LanmuLadder;

typedef struct {
  guint delay_ms;
  gboolean reset;   /* reset the USB port with the next opening */
  gboolean respawn; /* replace the host first */
} LanmuRung;

void lanmu_ladder_reset (LanmuLadder *self); /* open, or new hope (plugged in) */
LanmuRung lanmu_ladder_next (LanmuLadder *self, LanmuTrouble last);

G_END_DECLS
