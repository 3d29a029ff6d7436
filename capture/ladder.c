/* The recovery ladder: see the header. */
#include "capture/ladder.h"

#define RESET_AT   3
#define RESPAWN_AT 5

void lanmu_ladder_reset (LanmuLadder *self)
{
  *self = (LanmuLadder){0};
}

LanmuRung lanmu_ladder_next (LanmuLadder *self, LanmuTrouble last)
{
  static const guint delays[] = {0, 250, 500, 1000};
  LanmuRung rung = {.delay_ms = delays[MIN (self->attempts, G_N_ELEMENTS (delays) - 1)]};
  gboolean line = last == LANMU_TROUBLE_CABLE || last == LANMU_TROUBLE_TIMEOUT || last == LANMU_TROUBLE_OTHER;
  self->attempts++;
  if (line) {
    self->line_faults++;
    rung.reset = self->line_faults == RESET_AT;
    rung.respawn = self->line_faults == RESPAWN_AT;
  }
  return rung;
}
