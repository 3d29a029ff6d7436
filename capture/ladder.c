/* The recovery ladder: see the header. */
#include "capture/ladder.h"

/* Before the nth try of an outage; the last figure is for all that follow. */
static const guint pauses_ms[] = {0, 100, 250, 500, 1000};

/* After the nth failure of the line; the last is for all that follow. */
static const LanmuRung line_rungs[] = {LANMU_RUNG_REOPEN, LANMU_RUNG_REOPEN,  LANMU_RUNG_RESET,
                                       LANMU_RUNG_REOPEN, LANMU_RUNG_RESPAWN, LANMU_RUNG_OPERATOR};

void lanmu_ladder_reset (LanmuLadder *self)
{
  *self = (LanmuLadder){0};
}

static gboolean is_of_the_line (LanmuTrouble trouble)
{
  return trouble == LANMU_TROUBLE_CABLE || trouble == LANMU_TROUBLE_TIMEOUT || trouble == LANMU_TROUBLE_OTHER;
}

LanmuClimb lanmu_ladder_next (LanmuLadder *self, LanmuTrouble last)
{
  LanmuClimb climb = {self->attempts == 0 ? LANMU_RUNG_REOPEN : LANMU_RUNG_OPERATOR,
                      pauses_ms[MIN (self->attempts, G_N_ELEMENTS (pauses_ms) - 1)]};
  self->attempts++;
  if (is_of_the_line (last)) {
    climb.rung = line_rungs[MIN (self->line_faults, G_N_ELEMENTS (line_rungs) - 1)];
    self->line_faults++;
  }
  return climb;
}
