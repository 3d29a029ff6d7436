/* The options of an operator, from the .tflite schema's tables and from MediaPipe's custom ones, as LanmuOp. Pure, any
 * thread. Field numbers are the schema's. What changes nothing in the models we know (dilation 1, no fused activation
 * but RELU and RELU6) is insisted upon. */
#include "capture/face/reader.h"

#include <math.h>
#include <string.h>

enum { SAME = 0, VALID = 1 };
enum { PLAIN = 0, RELU = 1, RELU6 = 3 };

static const LanmuTensor *tensor (const LanmuModelReader *self, const LanmuOp *op, int i)
{
  return i < op->n_in ? &self->model->tensors[op->in[i]] : NULL;
}

static const char *set_activation (LanmuOp *op, guint8 activation)
{
  op->low = -INFINITY;
  op->high = INFINITY;
  op->clamp = activation != PLAIN;
  if (activation == RELU || activation == RELU6)
    op->low = 0;
  if (activation == RELU6)
    op->high = 6;
  return activation == PLAIN || activation == RELU || activation == RELU6 ? NULL : "activation";
}

/* The schema's SAME: as many cells as steps begin inside; what is missing is added, the odd one behind. */
static void pad_same (int cells, int window, int stride, int *before, int *after)
{
  int steps = (cells + stride - 1) / stride, missing = MAX ((steps - 1) * stride + window - cells, 0);
  *before = missing / 2;
  *after = missing - missing / 2;
}

static const char *set_window (LanmuOp *op, const LanmuTensor *in, guint8 padding, int stride_x, int stride_y,
                               int window_x, int window_y)
{
  if (in == NULL || in->n_dims != 4 || MIN (stride_x, stride_y) < 1 || MAX (stride_x, stride_y) > 8 ||
      MIN (window_x, window_y) < 1 || MAX (window_x, window_y) > 8192)
    return "window";
  op->stride_x = stride_x, op->stride_y = stride_y, op->window_x = window_x, op->window_y = window_y;
  op->left = op->right = op->top = op->bottom = 0;
  if (padding == SAME) {
    pad_same (in->dims[2], window_x, stride_x, &op->left, &op->right);
    pad_same (in->dims[1], window_y, stride_y, &op->top, &op->bottom);
  }
  return padding == SAME || padding == VALID ? NULL : "padding";
}

static const char *read_conv (LanmuModelReader *self, LanmuOp *op, guint activation, guint dilation)
{
  const LanmuTensor *filter = tensor (self, op, 1);
  if (filter == NULL || filter->n_dims != 4)
    return "filter";
  if (lanmu_flat_int (&self->flat, self->options, dilation, 1) != 1 ||
      lanmu_flat_int (&self->flat, self->options, dilation + 1, 1) != 1)
    return "dilation";
  const char *fault = set_activation (op, lanmu_flat_byte (&self->flat, self->options, activation, PLAIN));
  if (fault != NULL)
    return fault;
  return set_window (op, tensor (self, op, 0), lanmu_flat_byte (&self->flat, self->options, 0, SAME),
                     lanmu_flat_int (&self->flat, self->options, 1, 1),
                     lanmu_flat_int (&self->flat, self->options, 2, 1), filter->dims[2], filter->dims[1]);
}

static const char *read_pool (LanmuModelReader *self, LanmuOp *op)
{
  const char *fault = set_activation (op, lanmu_flat_byte (&self->flat, self->options, 5, PLAIN));
  if (fault != NULL)
    return fault;
  return set_window (
      op, tensor (self, op, 0), lanmu_flat_byte (&self->flat, self->options, 0, SAME),
      lanmu_flat_int (&self->flat, self->options, 1, 1), lanmu_flat_int (&self->flat, self->options, 2, 1),
      lanmu_flat_int (&self->flat, self->options, 3, 1), lanmu_flat_int (&self->flat, self->options, 4, 1));
}

/* Average pooling is understood where its window is the whole plane; what it strides over does not matter then. */
static const char *read_average (LanmuModelReader *self, LanmuOp *op)
{
  const LanmuTensor *in = tensor (self, op, 0);
  gboolean whole = in->n_dims == 4 && lanmu_flat_int (&self->flat, self->options, 3, 1) == in->dims[2] &&
                   lanmu_flat_int (&self->flat, self->options, 4, 1) == in->dims[1] &&
                   self->model->tensors[op->out].n == (guint) in->dims[3];
  if (!whole)
    return "window";
  return set_activation (op, lanmu_flat_byte (&self->flat, self->options, 5, PLAIN)) == NULL && !op->clamp
             ? NULL
             : "activation";
}

static gint32 constant_int (const LanmuTensor *t, guint i)
{
  gint32 value;
  memcpy (&value, t->raw + 4 * (gsize) i, sizeof value);
  return GINT32_FROM_LE (value);
}

static gboolean has_ints (const LanmuTensor *t, guint n)
{
  return t != NULL && t->type == LANMU_TENSOR_INT && t->raw != NULL && t->n == n;
}

static const char *read_mean (LanmuModelReader *self, LanmuOp *op)
{
  const LanmuTensor *axes = tensor (self, op, 1);
  if (!has_ints (axes, 2) || constant_int (axes, 0) != 1 || constant_int (axes, 1) != 2)
    return "axes";
  op->n_in = 1;
  return NULL;
}

static const char *read_pad (LanmuModelReader *self, LanmuOp *op)
{
  const LanmuTensor *amounts = tensor (self, op, 1), *in = tensor (self, op, 0), *out = &self->model->tensors[op->out];
  if (!has_ints (amounts, 8) || in->n_dims != 4 || out->n_dims != 4)
    return "amounts";
  for (guint i = 0; i < 7; i++)
    if (constant_int (amounts, i) != 0)
      return "amounts";
  op->n_in = 1;
  return constant_int (amounts, 7) == out->dims[3] - in->dims[3] ? NULL : "amounts";
}

/* A slice that takes everything. */
static const char *read_slice (LanmuModelReader *self, LanmuOp *op)
{
  const LanmuTensor *in = tensor (self, op, 0), *begin = tensor (self, op, 1), *stride = tensor (self, op, 3);
  if (!has_ints (begin, (guint) in->n_dims) || !has_ints (stride, (guint) in->n_dims))
    return "bounds";
  for (int i = 0; i < in->n_dims; i++)
    if (constant_int (begin, (guint) i) != 0 || constant_int (stride, (guint) i) != 1)
      return "bounds";
  op->n_in = 1;
  return lanmu_tensor_has_shape (&self->model->tensors[op->out], in->n_dims, in->dims) ? NULL : "bounds";
}

static const char *read_resize (LanmuModelReader *self, LanmuOp *op)
{
  op->n_in = 1;
  gboolean corners = lanmu_flat_byte (&self->flat, self->options, 2, 0),
           centres = lanmu_flat_byte (&self->flat, self->options, 3, 0);
  return centres && !corners ? NULL : "alignment";
}

static const char *read_concat (LanmuModelReader *self, LanmuOp *op)
{
  if (op->n_in != 2 || lanmu_flat_int (&self->flat, self->options, 0, 0) != 1)
    return "axis";
  return set_activation (op, lanmu_flat_byte (&self->flat, self->options, 1, PLAIN)) == NULL && !op->clamp
             ? NULL
             : "activation";
}

/* Three plain numbers: padding (1 = SAME), strides. */
static const char *read_transpose (LanmuModelReader *self, LanmuOp *op)
{
  gint32 numbers[3];
  const LanmuTensor *filter = tensor (self, op, 1);
  if (self->custom.data == NULL || self->custom.size < sizeof numbers || filter == NULL || filter->n_dims != 4)
    return "options";
  memcpy (numbers, self->custom.data, sizeof numbers);
  set_activation (op, PLAIN);
  return set_window (op, tensor (self, op, 0), VALID, GINT32_FROM_LE (numbers[1]), GINT32_FROM_LE (numbers[2]),
                     filter->dims[2], filter->dims[1]);
}

static gboolean get_int (LanmuModelReader *self, const char *name, int *out)
{
  double value;
  if (!lanmu_flex_number (&self->custom, name, &value) || !(value >= 0 && value <= 65535))
    return FALSE;
  *out = (int) value;
  return TRUE;
}

static gboolean get_float (LanmuModelReader *self, const char *name, float *out)
{
  double value;
  if (!lanmu_flex_number (&self->custom, name, &value) || !(fabs (value) < 1e4))
    return FALSE;
  *out = (float) value;
  return TRUE;
}

static const char *read_matrix (LanmuModelReader *self, LanmuOp *op)
{
  op->n_subset = lanmu_flex_integers (&self->custom, "subset_idxs", op->subset, LANMU_OP_SUBSET);
  gboolean whole = get_int (self, "left_rotation_idx", &op->first) &&
                   get_int (self, "right_rotation_idx", &op->second) && get_int (self, "output_width", &op->width) &&
                   get_int (self, "output_height", &op->height) && get_float (self, "scale_x", &op->scale_x) &&
                   get_float (self, "scale_y", &op->scale_y) && get_float (self, "target_rotation_radians", &op->angle);
  return whole && op->n_subset > 0 && op->n_subset <= LANMU_OP_SUBSET ? NULL : "options";
}

static const char *read_custom (LanmuModelReader *self, LanmuOp *op)
{
  if (strcmp (self->name, "Convolution2DTransposeBias") == 0) {
    op->kind = LANMU_OP_TRANSPOSE_CONV;
    return read_transpose (self, op);
  }
  if (strcmp (self->name, "Landmarks2TransformMatrix") == 0) {
    op->kind = LANMU_OP_MATRIX;
    return read_matrix (self, op);
  }
  op->kind = strcmp (self->name, "TransformTensorBilinear") == 0 ? LANMU_OP_SAMPLE : LANMU_OP_MOVE_POINTS;
  return op->kind == LANMU_OP_SAMPLE || strcmp (self->name, "TransformLandmarks") == 0 ? NULL : "custom operator";
}

const char *lanmu_model_reader_options (LanmuModelReader *self, LanmuOp *op)
{
  static const struct {
    LanmuModelCode code;
    LanmuOpKind kind;
  } plain[] = {
      {LANMU_CODE_LOGISTIC, LANMU_OP_LOGISTIC},     {LANMU_CODE_RELU, LANMU_OP_RELU},
      {LANMU_CODE_RESHAPE, LANMU_OP_RESHAPE},       {LANMU_CODE_PRELU, LANMU_OP_PRELU},
      {LANMU_CODE_HARD_SWISH, LANMU_OP_HARD_SWISH},
  };
  for (guint i = 0; i < G_N_ELEMENTS (plain); i++)
    if (self->code == (int) plain[i].code) {
      op->kind = plain[i].kind;
      op->n_in = plain[i].kind == LANMU_OP_PRELU ? op->n_in : 1;
      return NULL;
    }
  switch (self->code) {
  case LANMU_CODE_ADD:
  case LANMU_CODE_MUL:
    op->kind = self->code == LANMU_CODE_ADD ? LANMU_OP_ADD : LANMU_OP_MUL;
    return set_activation (op, lanmu_flat_byte (&self->flat, self->options, 0, PLAIN));
  case LANMU_CODE_CONV:
    op->kind = LANMU_OP_CONV;
    return read_conv (self, op, 3, 4);
  case LANMU_CODE_DEPTHWISE:
    op->kind = LANMU_OP_DEPTHWISE;
    return read_conv (self, op, 4, 5);
  case LANMU_CODE_MAX_POOL:
    op->kind = LANMU_OP_MAX_POOL;
    return read_pool (self, op);
  case LANMU_CODE_AVERAGE_POOL:
    op->kind = LANMU_OP_MEAN;
    return read_average (self, op);
  case LANMU_CODE_MEAN:
    op->kind = LANMU_OP_MEAN;
    return read_mean (self, op);
  case LANMU_CODE_PAD:
    op->kind = LANMU_OP_PAD;
    return read_pad (self, op);
  case LANMU_CODE_CONCAT:
    op->kind = LANMU_OP_CONCAT;
    return read_concat (self, op);
  case LANMU_CODE_RESIZE_BILINEAR:
    op->kind = LANMU_OP_RESIZE;
    return read_resize (self, op);
  case LANMU_CODE_STRIDED_SLICE:
    op->kind = LANMU_OP_RESHAPE;
    return read_slice (self, op);
  case LANMU_CODE_CUSTOM:
    return read_custom (self, op);
  default:
    return "operator";
  }
}
