/* LanmuModel: a neural network as a list of operators over tensors, read from a .tflite file that nobody vouches for.
 *
 * Promises of a model that was read: 1. every tensor an operator reads is a constant, an input of the model, or was
 * written by an operator before it, and none is written twice; 2. the shapes of each operator's tensors agree with its
 * options, so that running it touches no memory beyond them; 3. sizes are bounded (LANMU_MODEL_…). Only what the three
 * face models use is understood: float networks of one picture (batch 1), constants of 32 or 16 bits. Anything else is
 * refused with its reason. Internal to capture/face (and its tests). Plain data; any thread, not written after it was
 * read.
 */
#pragma once

#include <gio/gio.h>
#include "capture/face/error.h"

G_BEGIN_DECLS

#define LANMU_MODEL_BYTES   (32u << 20) /* of the file */
#define LANMU_MODEL_TENSORS 4096
#define LANMU_MODEL_OPS     4096
#define LANMU_MODEL_FLOATS  (8u << 20) /* of one tensor; of all constants together */

typedef enum {
  LANMU_OP_CONV,           /* in, filter [out, h, w, in], bias */
  LANMU_OP_DEPTHWISE,      /* in, filter [1, h, w, channels], bias */
  LANMU_OP_TRANSPOSE_CONV, /* as CONV, the other way */
  LANMU_OP_ADD,            /* a, b; b's shape may be that of one channel line (1, 1, 1, n) or one number */
  LANMU_OP_MUL,
  LANMU_OP_PRELU, /* in, slope of each channel */
  LANMU_OP_RELU,
  LANMU_OP_HARD_SWISH,
  LANMU_OP_LOGISTIC,
  LANMU_OP_MAX_POOL,
  LANMU_OP_MEAN,        /* over the whole plane: 1, 1, 1, channels */
  LANMU_OP_PAD,         /* zero channels behind the last */
  LANMU_OP_CONCAT,      /* along axis 1 of three */
  LANMU_OP_RESHAPE,     /* the same numbers under another shape */
  LANMU_OP_RESIZE,      /* bilinear, pixel centres at .5 */
  LANMU_OP_MATRIX,      /* MediaPipe Landmarks2TransformMatrix: points → 4×4 */
  LANMU_OP_SAMPLE,      /* MediaPipe TransformTensorBilinear: picture, 4×4 → part of it */
  LANMU_OP_MOVE_POINTS, /* MediaPipe TransformLandmarks: points (x, y), 4×4 → points */
} LanmuOpKind;
const char *lanmu_op_kind_to_string (LanmuOpKind kind);

typedef enum { LANMU_TENSOR_FLOAT, LANMU_TENSOR_HALF, LANMU_TENSOR_INT, LANMU_TENSOR_OTHER } LanmuTensorType;

typedef struct {
  LanmuTensorType type;
  int n_dims, dims[4]; /* each >= 1; no dimension = one number */
  guint n;             /* how many numbers */
  const guint8 *raw;   /* constant as in the file, n numbers, borrowed; NULL = none */
  float *values;       /* constant as floats, owned; NULL = computed */
} LanmuTensor;

#define LANMU_OP_INPUTS 4
#define LANMU_OP_SUBSET 128

typedef struct {
  LanmuOpKind kind;
  int n_in, in[LANMU_OP_INPUTS], out;
  int stride_x, stride_y;       /* CONV… and MAX_POOL */
  int window_x, window_y;       /* … the filter's size */
  int left, top, right, bottom; /* … padding around the input */
  gboolean clamp;               /* the result is kept within low..high */
  float low, high;
  int subset[LANMU_OP_SUBSET];   /* MATRIX: points the box is put around … */
  int n_subset, first, second;   /* … and the two whose line becomes level */
  float scale_x, scale_y, angle; /* … box enlarged, radians */
  int width, height;             /* … of the part that is sampled */
} LanmuOp;

typedef struct {
  GBytes *file;
  LanmuTensor *tensors;
  guint n_tensors;
  LanmuOp *ops;
  guint n_ops;
  int input; /* the only one */
  int outputs[8];
  guint n_outputs;
} LanmuModel;

/* bytes: kept (referenced). NULL and LANMU_FACE_ERROR_BAD_MODEL with what is wrong. */
LanmuModel *lanmu_model_read (GBytes *bytes, GError **error);
void lanmu_model_free (LanmuModel *self);

gboolean lanmu_tensor_has_shape (const LanmuTensor *self, int n_dims, const int *dims);

int lanmu_op_inputs (LanmuOpKind kind); /* how many tensors it reads */

/* Promise 2 for one operator; NULL = it agrees, else what does not. */
const char *lanmu_op_check (const LanmuModel *model, const LanmuOp *op);

/* Where the output of a window operator ends: cells along one side, 0 when the window does not fit. */
int lanmu_op_extent (int cells, int window, int stride, int before, int after);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuModel, lanmu_model_free)

G_END_DECLS
