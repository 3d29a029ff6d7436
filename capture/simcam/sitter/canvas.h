/* SimCanvas: where the 480×640 diploma crop lies in a painting of any size; and the few drawing helpers every painter
 * of this folder shares. Any thread. Crop pixels as in scene.h: (240, 320) is the middle of the view. */
#pragma once

#include <cairo.h>
#include <glib.h>

#include "capture/simcam/sitter/pose.h"

G_BEGIN_DECLS

G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_t, cairo_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_surface_t, cairo_surface_destroy)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (cairo_pattern_t, cairo_pattern_destroy)

typedef struct {
  int width, height; /* pixels of the painting, upright */
  double scale;      /* painting pixels per crop pixel */
  double x, y;       /* painting pixels of crop pixel (0, 0) */
} SimCanvas;

/* The largest centred 3:4 rectangle of width×height is the crop. */
SimCanvas sim_canvas_for (int width, int height);

/* A new image surface of the canvas's size and a context on it that draws in crop pixels. */
cairo_surface_t *sim_canvas_surface (const SimCanvas *self, cairo_format_t format);
cairo_t *sim_canvas_draw (const SimCanvas *self, cairo_surface_t *surface);

/* Gaussian-like blur in place (three box passes) of an A8, RGB24 or ARGB32 image surface. deviation: painting pixels;
 * below 0.3 nothing happens. */
void sim_blur (cairo_surface_t *surface, double deviation);

G_END_DECLS
