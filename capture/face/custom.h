/* The operators XNNPACK has not, in plain C. Shapes were checked when the model was read; values were not, so none of
 * these trusts a number it computes with. Formulas: those of MediaPipe's graph operators, version 2 (a point is x, y, z
 * in pixels of the network's picture). Internal to capture/face. Pure, any thread. */
#pragma once

#include "capture/face/model.h"

G_BEGIN_DECLS

/* points: n × 3. The box around op's subset, turned so that the line from op->first to op->second lies at op->angle,
 * enlarged by op's scales, as the 4×4 matrix (rows) that takes pixels of op->width × op->height into it. */
void lanmu_custom_matrix (const LanmuOp *op, const float *points, float *matrix);

/* The part of `in` the matrix says, sampled bilinearly; 0 outside. */
void lanmu_custom_sample (const LanmuTensor *in_shape, const float *in, const float *matrix,
                          const LanmuTensor *out_shape, float *out);

void lanmu_custom_move_points (const float *in, const float *matrix, int n, float *out); /* n × 2 */
void lanmu_custom_pad (const float *in, int cells, int channels, int padded, float *out);

G_END_DECLS
