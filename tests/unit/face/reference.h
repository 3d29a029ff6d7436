/* A second, slow interpreter of LanmuModel: every operator as its definition says, in doubles, one number at a time.
 * Shares no code with the one it judges. */
#pragma once

#include "capture/face/model.h"

/* All tensors after a run: values of tensor i are at reference_tensor (…, i). */
typedef struct {
  const LanmuModel *model;
  double **tensors;
} Reference;

Reference *reference_run (const LanmuModel *model, const float *input);
const double *reference_tensor (const Reference *self, int tensor);
void reference_free (Reference *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Reference, reference_free)
