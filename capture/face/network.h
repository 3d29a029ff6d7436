/* LanmuNetwork: a model ready to run on one core: one XNNPACK operator for each of the model's that XNNPACK has, a
 * small C function for each it has not, and one block of memory for everything in between, in which tensors share a
 * place when they are not alive at the same time. The thread that runs a network owns it. Internal to capture/face. */
#pragma once

#include "capture/face/model.h"

G_BEGIN_DECLS

typedef struct _LanmuNetwork LanmuNetwork;

/* model: read only while this runs; not needed afterwards. LANMU_FACE_ERROR_NO_RUNTIME, or BAD_MODEL when XNNPACK
 * refuses an operator. */
LanmuNetwork *lanmu_network_new (const LanmuModel *model, GError **error);
void lanmu_network_free (LanmuNetwork *self);

float *lanmu_network_input (LanmuNetwork *self); /* to be filled before every run: a run destroys it */
const float *lanmu_network_output (const LanmuNetwork *self, guint i); /* valid until the next run */
guint lanmu_network_output_size (const LanmuNetwork *self, guint i);   /* in floats; 0 = there is no such output */
const int *lanmu_network_input_shape (const LanmuNetwork *self);       /* 1, height, width, channels */
gboolean lanmu_network_run (LanmuNetwork *self);
gsize lanmu_network_bytes (const LanmuNetwork *self); /* of the block between the operators */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuNetwork, lanmu_network_free)

G_END_DECLS
