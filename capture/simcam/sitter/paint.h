/* The painters: the backdrop with its lamps, and the person before it as a layer that can be moved. Pure functions of
 * their arguments, any thread. */
#pragma once

#include "capture/simcam/sitter/canvas.h"
#include "capture/simcam/sitter/pose.h"

G_BEGIN_DECLS

/* RGB24 of the canvas's size: colour, lamps, shadow of the head. */
cairo_surface_t *sim_paint_backdrop (const SimCanvas *canvas, guint sitter, const SimPose *pose);

/* ARGB32 of the canvas's size: the sitter (and the second person, when there is one), lit by the lamps; transparent all
 * over when nobody sits there. */
cairo_surface_t *sim_paint_person (const SimCanvas *canvas, guint sitter, const SimPose *pose);

G_END_DECLS
