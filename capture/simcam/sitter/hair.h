/* Hair: what lies on the skull as a flat painting (stretched over a shell around the head), what hangs behind, and what
 * falls before the ears. Shares and head frame as in look.h and face.h. Any thread. */
#pragma once

#include "capture/simcam/sitter/head.h"
#include "capture/simcam/sitter/soft.h"

G_BEGIN_DECLS

/* On a transparent context in shares: the hair that lies on the skull as seen from the front. */
void sim_hair_cap (cairo_t *cr, const SimLook *look);

/* The same with the face not cut out, plain: what one sees past the face of a turned head. */
void sim_hair_lining (cairo_t *cr, const SimLook *look);

/* How far the shell stands out from the skull there; around and down as in sim_head_surface; crop pixels. */
double sim_hair_thickness (const SimLook *look, double around, double down);

/* In crop pixels, with the head as it stands. */
void sim_hair_behind (cairo_t *cr, const SimLook *look, const SimStance *stance);
void sim_hair_before (cairo_t *cr, const SimLook *look, const SimStance *stance);

G_END_DECLS
