/* The face as a flat painting: what the skin, eyes, brows and lips look like under even light, to be stretched over the
 * relief of head.h. Any thread. All draw in shares: the context's unit is the half width of the face, its origin midway
 * between the pupils. */
#pragma once

#include "capture/simcam/sitter/look.h"
#include "capture/simcam/sitter/soft.h"

G_BEGIN_DECLS

void sim_face_skin (cairo_t *cr, const SimLook *look);
void sim_face_nose (cairo_t *cr, const SimLook *look);
void sim_face_mouth (cairo_t *cr, const SimLook *look, double open);
void sim_face_eyes (cairo_t *cr, const SimLook *look, const SimPose *pose);
void sim_face_brows (cairo_t *cr, const SimLook *look);
void sim_face_shine (cairo_t *cr, const SimLook *look, double strength);

G_END_DECLS
