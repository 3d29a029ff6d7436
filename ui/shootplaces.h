/* Where the three panels of the shoot page lie for a size: side by side, or stacked on a portrait monitor. Pure;
 * pixels. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct {
  GtkAllocation queue, picture, record;
} LanmuShootPlaces;

LanmuShootPlaces lanmu_shoot_places_for (int width, int height);

/* "size-s" "size-m" "size-l" "size-xl": the step of letters for a window, 1920×1080 (or 1080×1920) being "size-m". */
const char *lanmu_shoot_places_size_class (int width, int height);

G_END_DECLS
