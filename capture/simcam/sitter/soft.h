/* Soft shapes: what oil on skin, shadow and cloth are made of. Helpers over cairo, any thread.
 * Calling sequence of a soft mask: begin → draw with the context it gives (opaque, any shape) → end. */
#pragma once

#include "capture/simcam/sitter/canvas.h"

G_BEGIN_DECLS

typedef struct {
  cairo_t *onto, *mask;
  cairo_surface_t *surface;
  double unit; /* pixels per unit of `onto` */
} SimSoft;

/* What lies inside x..right, y..bottom (units of onto) will be drawn, with a margin for the blur. Returns the context
 * to draw with, in onto's units. */
cairo_t *sim_soft_begin (SimSoft *self, cairo_t *onto, double x, double y, double right, double bottom, double margin);

/* Lays the mask, blurred by `deviation` units, in one colour over the picture. */
void sim_soft_end (SimSoft *self, SimColour colour, double alpha, double deviation);

/* A spot that fades from alpha in its middle to nothing at its rim; radii in units. */
void sim_spot (cairo_t *cr, double x, double y, double wide, double high, SimColour colour, double alpha);

/* A filled ellipse. */
void sim_ellipse (cairo_t *cr, double x, double y, double wide, double high);

SimColour sim_mix (SimColour a, SimColour b, double part);
SimColour sim_darker (SimColour colour, double factor);
void sim_source (cairo_t *cr, SimColour colour, double alpha);

G_END_DECLS
