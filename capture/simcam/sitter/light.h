/* The two soft lamps at 45° left and right, and the room's own light. Even lamps (1, 1) leave the colour of a surface
 * that faces the camera as it is. Pure functions, any thread. */
#pragma once

#include "capture/simcam/sitter/canvas.h"
#include "capture/simcam/sitter/mesh.h"

G_BEGIN_DECLS

/* Factor on stored (gamma) values of a surface facing the camera, x crop pixels. */
double sim_light_flat (const SimPose *pose, double x);

/* Multiplies a whole RGB24 or ARGB32 surface by sim_light_flat of its columns. Even lamps: nothing is touched. */
void sim_light_surface (cairo_surface_t *surface, const SimCanvas *canvas, const SimPose *pose);

typedef enum { SIM_MATTER_SKIN, SIM_MATTER_HAIR } SimMatter;

/* Lights a mesh whose places are set: skin lets red light round its edges and shines a little, hair has a sheen across.
 */
void sim_light_mesh (SimMesh *mesh, const SimPose *pose, SimMatter matter);

G_END_DECLS
