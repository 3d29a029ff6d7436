/* SimHead: the relief of a head, and how it stands before the camera. The relief is made of an outline (what one sees
 * from the front), a roundness behind it, and bumps: nose, sockets, lips, cheeks, chin. Head frame and shares as in
 * look.h. Pure functions, any thread. */
#pragma once

#include "capture/simcam/sitter/canvas.h"
#include "capture/simcam/sitter/look.h"

G_BEGIN_DECLS

typedef struct {
  double x, y, z;
} SimPoint;

/* How a head stands: a turn of the head frame, then size and place in the crop. */
typedef struct {
  double turn[9];    /* rows of the rotation */
  SimPoint pivot;    /* where it turns, head frame */
  double size, x, y; /* crop pixels of the head frame's origin */
} SimStance;

SimStance sim_stance (const SimLook *look, const SimPose *pose);

/* Head frame → crop pixels (z in crop pixels towards the camera). */
SimPoint sim_stance_place (const SimStance *self, SimPoint point);

/* Half width of the outline at height y (head frame), 0 above the skull and below the chin. */
double sim_head_half_width (const SimLook *look, double y);

/* A point of the surface. around: -π/2 left outline .. 0 front .. π/2 right outline (beyond: towards the back); down:
 * -1 crown .. 0 eyes .. 1 chin. thickness: crop pixels outside of it (hair). */
SimPoint sim_head_surface (const SimLook *look, double around, double down, double thickness);

/* The surface's z at the front above (x, y) of the outline: for what lies on the face (glasses, strands). */
double sim_head_front (const SimLook *look, double x, double y);

G_END_DECLS
