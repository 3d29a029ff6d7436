/* The shares of ui/shootplaces.h: queue 320 and record 400 of 1920, the picture has the rest; stacked, the picture
 * keeps its 3:4 and the others share what is below it. */
#include "ui/shootplaces.h"

LanmuShootPlaces lanmu_shoot_places_for (int width, int height)
{
  LanmuShootPlaces places;
  if (width >= height) {
    int queue = MAX (width * 320 / 1920, 220), record = MAX (width * 400 / 1920, 280);
    places.queue = (GtkAllocation){0, 0, queue, height};
    places.picture = (GtkAllocation){queue, 0, MAX (width - queue - record, 1), height};
    places.record = (GtkAllocation){width - record, 0, record, height};
  } else {
    int picture = MIN (width * 4 / 3, height * 62 / 100), below = MAX (height - picture, 1), queue = width * 42 / 100;
    places.picture = (GtkAllocation){0, 0, width, picture};
    places.queue = (GtkAllocation){0, picture, queue, below};
    places.record = (GtkAllocation){queue, picture, width - queue, below};
  }
  return places;
}

const char *lanmu_shoot_places_size_class (int width, int height)
{
  double scale = MIN (MAX (width, height) / 1920.0, MIN (width, height) / 1080.0);
  if (scale < 0.85)
    return "size-s";
  if (scale < 1.25)
    return "size-m";
  return scale < 1.75 ? "size-l" : "size-xl";
}
