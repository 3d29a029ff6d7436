/* Pixels of a JPEG for tests to judge: decoded strictly, so that a damaged stream fails the test here. */
#pragma once

#include <glib.h>

typedef struct {
  int width, height;
  guint8 *rgb;
} Pixels;

Pixels pixels_of (GBytes *jpeg);
void pixels_clear (Pixels *self);

/* Mean of one channel (0 red, 1 green, 2 blue) over a box of crop pixels round (x, y), 480×640 crop in the middle of
 * the picture. */
double pixels_mean (const Pixels *self, int channel, double x, double y, double half_width, double half_height);

/* Share of the box's pixels that are light and without colour: the white of an eye, a shirt. */
double pixels_white (const Pixels *self, double x, double y, double half_width, double half_height);

/* First row from above, in crop pixels, where something else than (r, g, b) stands in the column x ± 12. */
double pixels_crown (const Pixels *self, double x, int r, int g, int b);

/* Mean distance between two pictures of one size, levels. */
double pixels_apart (const Pixels *a, const Pixels *b);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Pixels, pixels_clear)
