/* Makes the XNNPACK operator for one of a model's, set up on its tensors' places. Internal to capture/face. */
#pragma once

#include "capture/face/model.h"
#include <xnnpack.h>

G_BEGIN_DECLS

/* in: where each input lies; constants in their own place, copied by XNNPACK. FALSE: XNNPACK has no such operator, or
 * refuses it; *out is NULL then. */
gboolean lanmu_operator_make (const LanmuModel *model, const LanmuOp *op, const float *const *in, float *result,
                              xnn_operator_t *out);

G_END_DECLS
