/* LanmuLadder: the recovery ladder as a state machine: when to try to open the camera again, and how hard. Pure.
 *
 * Inside the host, without the parent knowing (host/shoot.c, host/live.c):
 *   busy is waited out (LANMU_BUSY_RETRY_MS) → live view is stopped and asked for once more → the line counts as broken
 *
 * From there on it is this machine; each arrow is one failed opening, behind it how long after the outage began the
 * rung is tried at the latest, when each opening fails at once (an opening that hangs adds at most LANMU_OP_OPEN's
 * deadline of deadlines.h, then the host is killed, which is a rung by itself):
 *
 *   OPEN ─ line broke ─→ REOPEN ─→ REOPEN ─→ RESET ──→ REOPEN ──→ RESPAWN ─→ OPERATOR ─→ OPERATOR …
 *                        0 ms      100 ms    350 ms    850 ms     1.85 s     2.85 s      + 1 s each
 *     ↑                    │ opened: by the serial of the first body, never by its place on the bus
 *     └────────────────────┘
 *   host killed or dead ─→ REOPEN at once, by a new host: what a hang costs is the deadline of what hung (deadlines.h)
 *   plugged in ──────────→ REOPEN at once, the climb begins anew
 *   nothing there (switched off, unplugged, claimed by another) ─→ OPERATOR from the second look on: nothing is torn
 * down
 *
 * RESET resets the USB port, RESPAWN replaces the host; each once an outage. OPERATOR only says that nothing is left to
 * the program but to look again each second: what is wrong is on the screen since the first failure, in one sentence
 * with a running clock, the open ticket waits, and the body's own button goes on working. When the camera is back, what
 * is on its card is reconciled (app/station/reconcile.c).
 */
#pragma once

#include "capture/camera.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_RUNG_REOPEN,
  LANMU_RUNG_RESET,
  LANMU_RUNG_RESPAWN,
  LANMU_RUNG_OPERATOR,
} LanmuRung;

typedef struct {
  guint attempts;    /* since the outage began */
  guint line_faults; /* of these, failed by an I/O error or a timeout */
} LanmuLadder;

typedef struct {
  LanmuRung rung;
  guint delay_ms; /* from now */
} LanmuClimb;

void lanmu_ladder_reset (LanmuLadder *self); /* open, or new hope (plugged in) */
LanmuClimb lanmu_ladder_next (LanmuLadder *self, LanmuTrouble last);

G_END_DECLS
