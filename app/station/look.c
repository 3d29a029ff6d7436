/* Which live frames are looked at. Backdrop, lamps and what is said of the sitter do not change within a tenth of a second:
 * looking at every third frame of a quick camera shows the same, and leaves the processor to the picture. Main thread. */
#include "app/station/internal.h"

#define LOOK_EVERY_US 95000

void lanmu_station_look (LanmuStation *self, LanmuFrame *frame)
{
  gint64 taken_us = lanmu_frame_get_boot_us (frame);
  if (taken_us - self->looked_us < LOOK_EVERY_US && taken_us >= self->looked_us)
    return;
  self->looked_us = taken_us;
  lanmu_vision_look (self->vision, frame, self->guidance != NULL ? &self->limits : NULL);
}
