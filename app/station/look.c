/* What is looked at in a live frame: the backdrop in each, the sitter ten times a second. What is said to a sitter does not
 * change within a tenth of a second, and finding a face costs three times what the backdrop does: the rest of the processor
 * is the picture's. Main thread. */
#include "app/station/internal.h"

#define SITTER_EVERY_US 95000

void lanmu_station_look (LanmuStation *self, LanmuFrame *frame)
{
  gint64 taken_us = lanmu_frame_get_boot_us (frame);
  gboolean sitter = taken_us - self->looked_us >= SITTER_EVERY_US || taken_us < self->looked_us;
  if (sitter)
    self->looked_us = taken_us;
  lanmu_vision_look (self->vision, frame, self->guidance != NULL ? &self->limits : NULL, sitter);
}
