/* SimPen: thin tapering curves by the thousand: hairs. Cairo needs some 60 µs for one, which is a second for a head of
 * hair; this needs two. It draws on the image surface under a context, through the context's matrix, and knows neither
 * its clip nor its operator. Calling sequence: begin → curve… → end; cairo may not draw there in between. One thread
 * per surface. */
#pragma once

#include "capture/simcam/sitter/canvas.h"

G_BEGIN_DECLS

typedef struct {
  cairo_surface_t *surface;
  cairo_matrix_t matrix;
  guint8 *data;
  int stride, width, height;
  double unit; /* pixels per unit of the context */
} SimPen;

typedef struct {
  double x[4], y[4]; /* a cubic Bézier, units of the context */
  double root, tip;  /* widths where it begins and ends, units */
  SimColour colour;
  double alpha;
} SimStroke;

SimPen sim_pen_begin (cairo_t *cr);
void sim_pen_curve (SimPen *self, const SimStroke *stroke);
void sim_pen_end (SimPen *self);

G_END_DECLS
