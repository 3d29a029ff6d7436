/* Neck, ears and clothes. The context's unit is the crop pixel at size 1, its origin midway between the pupils; ears
 * stand as the head does, the rest sits still. Any thread. */
#pragma once

#include "capture/simcam/sitter/head.h"
#include "capture/simcam/sitter/soft.h"

G_BEGIN_DECLS

void sim_torso_neck (cairo_t *cr, const SimLook *look);
void sim_torso_clothes (cairo_t *cr, const SimLook *look, SimColour cloth);

/* In crop pixels. side: -1 the viewer's left ear, 1 the right one. near: it lies on the side of the head that is
 * turned to the camera and is drawn after the head, else before. */
void sim_torso_ear (cairo_t *cr, const SimLook *look, const SimStance *stance, int side, gboolean near);
void sim_glasses (cairo_t *cr, const SimLook *look, const SimStance *stance, const SimPose *pose);

G_END_DECLS
