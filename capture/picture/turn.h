/* EXIF orientation: where a point of the upright picture lies in the stored one, and back. Pure geometry, any thread.
 * w, h: size of the picture as stored; coordinates are continuous. Anything but 2–8 counts as 1. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

gboolean lanmu_turn_is_sideways (int orientation); /* 5–8: width and height change places */
void lanmu_turn_to_stored (int orientation, double w, double h, double ux, double uy, double *sx, double *sy);
void lanmu_turn_to_upright (int orientation, double w, double h, double sx, double sy, double *ux, double *uy);

G_END_DECLS
