/* Promise 2 of model.h: what an operator is given fits what it says it does. One check an operator kind; pure, any
 * thread. */
#include "capture/face/model.h"

#include <string.h>

#define SIDE_MAX 8192 /* of a picture inside a network; keeps every product within int */

gboolean lanmu_tensor_has_shape (const LanmuTensor *self, int n_dims, const int *dims)
{
  return self->n_dims == n_dims && memcmp (self->dims, dims, (gsize) n_dims * sizeof *dims) == 0;
}

int lanmu_op_extent (int cells, int window, int stride, int before, int after)
{
  int reach = cells + before + after;
  return stride > 0 && window > 0 && reach >= window ? (reach - window) / stride + 1 : 0;
}

static gboolean same_shape (const LanmuTensor *a, const LanmuTensor *b)
{
  return lanmu_tensor_has_shape (a, b->n_dims, b->dims);
}

static gboolean is_picture (const LanmuTensor *t)
{
  return t->n_dims == 4 && t->dims[0] == 1 && t->dims[1] <= SIDE_MAX && t->dims[2] <= SIDE_MAX &&
         t->dims[3] <= SIDE_MAX;
}

static gboolean sane_window (const LanmuOp *op)
{
  return op->stride_x >= 1 && op->stride_x <= 8 && op->stride_y >= 1 && op->stride_y <= 8 && op->window_x >= 1 &&
         op->window_x <= 16 && op->window_y >= 1 && op->window_y <= 16 && MIN (op->left, op->right) >= 0 &&
         MIN (op->top, op->bottom) >= 0 && MAX (op->left, op->right) < op->window_x &&
         MAX (op->top, op->bottom) < op->window_y;
}

static const char *check_window (const LanmuOp *op, const LanmuTensor *in, const LanmuTensor *out)
{
  if (!is_picture (in) || !is_picture (out) || !sane_window (op))
    return "window";
  if (lanmu_op_extent (in->dims[1], op->window_y, op->stride_y, op->top, op->bottom) != out->dims[1] ||
      lanmu_op_extent (in->dims[2], op->window_x, op->stride_x, op->left, op->right) != out->dims[2])
    return "size of the output";
  return NULL;
}

static gboolean is_constant (const LanmuTensor *t, guint n)
{
  return t->values != NULL && t->n == n;
}

static const char *check_conv (const LanmuOp *op, const LanmuTensor *in, const LanmuTensor *filter,
                               const LanmuTensor *bias, const LanmuTensor *out)
{
  const char *fault = check_window (op, in, out);
  if (fault != NULL)
    return fault;
  gboolean depthwise = op->kind == LANMU_OP_DEPTHWISE;
  const int shape[4] = {depthwise ? 1 : out->dims[3], op->window_y, op->window_x, in->dims[3]};
  if (!lanmu_tensor_has_shape (filter, 4, shape) || filter->values == NULL)
    return "filter";
  if (depthwise && in->dims[3] != out->dims[3])
    return "channels";
  return is_constant (bias, (guint) out->dims[3]) ? NULL : "bias";
}

/* Only the one form in use: each cell becomes stride × stride cells, nothing overlaps. */
static const char *check_transpose (const LanmuOp *op, const LanmuTensor *in, const LanmuTensor *filter,
                                    const LanmuTensor *bias, const LanmuTensor *out)
{
  if (!is_picture (in) || !is_picture (out) || !sane_window (op) || op->stride_x != op->window_x ||
      op->stride_y != op->window_y)
    return "window";
  const int shape[4] = {out->dims[3], op->window_y, op->window_x, in->dims[3]};
  if (!lanmu_tensor_has_shape (filter, 4, shape) || filter->values == NULL)
    return "filter";
  if (out->dims[1] != in->dims[1] * op->stride_y || out->dims[2] != in->dims[2] * op->stride_x)
    return "size of the output";
  return is_constant (bias, (guint) out->dims[3]) ? NULL : "bias";
}

static const char *check_binary (const LanmuTensor *a, const LanmuTensor *b, const LanmuTensor *out)
{
  if (!same_shape (a, out))
    return "size of the output";
  if (same_shape (a, b) || b->n == 1)
    return NULL;
  gboolean line = a->n_dims == 4 && b->n_dims == 4 && b->n == (guint) b->dims[3] && b->dims[3] == a->dims[3];
  return line ? NULL : "second operand";
}

static const char *check_prelu (const LanmuTensor *in, const LanmuTensor *slope, const LanmuTensor *out)
{
  if (!is_picture (in) || !same_shape (in, out))
    return "size of the output";
  return is_constant (slope, (guint) in->dims[3]) ? NULL : "slope";
}

static const char *check_mean (const LanmuTensor *in, const LanmuTensor *out)
{
  return is_picture (in) && out->n == (guint) in->dims[3] ? NULL : "size of the output";
}

static const char *check_pad (const LanmuTensor *in, const LanmuTensor *out)
{
  gboolean fits = is_picture (in) && is_picture (out) && in->dims[1] == out->dims[1] && in->dims[2] == out->dims[2] &&
                  in->dims[3] < out->dims[3];
  return fits ? NULL : "padding";
}

static const char *check_concat (const LanmuTensor *a, const LanmuTensor *b, const LanmuTensor *out)
{
  gboolean flat =
      a->n_dims == 3 && b->n_dims == 3 && out->n_dims == 3 && a->dims[0] == 1 && b->dims[0] == 1 && out->dims[0] == 1;
  gboolean fits =
      flat && a->dims[2] == b->dims[2] && a->dims[2] == out->dims[2] && a->dims[1] + b->dims[1] == out->dims[1];
  return fits ? NULL : "shapes";
}

static const char *check_resize (const LanmuTensor *in, const LanmuTensor *out)
{
  gboolean fits =
      is_picture (in) && is_picture (out) && in->dims[3] == out->dims[3] && MIN (in->dims[1], in->dims[2]) > 1;
  return fits ? NULL : "shapes";
}

static gboolean is_matrix (const LanmuTensor *t)
{
  static const int shape[3] = {1, 4, 4};
  return lanmu_tensor_has_shape (t, 3, shape);
}

static const char *check_matrix (const LanmuOp *op, const LanmuTensor *points, const LanmuTensor *out)
{
  if (points->n_dims != 3 || points->dims[0] != 1 || points->dims[2] != 3 || !is_matrix (out))
    return "shapes";
  int n = points->dims[1];
  gboolean inside = op->first >= 0 && op->first < n && op->second >= 0 && op->second < n;
  for (int i = 0; i < op->n_subset; i++)
    inside = inside && op->subset[i] >= 0 && op->subset[i] < n;
  return inside && op->n_subset > 0 && op->width > 0 && op->height > 0 ? NULL : "options";
}

static const char *check_sample (const LanmuTensor *in, const LanmuTensor *matrix, const LanmuTensor *out)
{
  return is_picture (in) && is_picture (out) && in->dims[3] == out->dims[3] && is_matrix (matrix) ? NULL : "shapes";
}

static const char *check_points (const LanmuTensor *in, const LanmuTensor *matrix, const LanmuTensor *out)
{
  return in->n_dims == 3 && in->dims[2] == 2 && same_shape (in, out) && is_matrix (matrix) ? NULL : "shapes";
}

int lanmu_op_inputs (LanmuOpKind kind)
{
  switch (kind) {
  case LANMU_OP_CONV:
  case LANMU_OP_DEPTHWISE:
  case LANMU_OP_TRANSPOSE_CONV:
    return 3;
  case LANMU_OP_ADD:
  case LANMU_OP_MUL:
  case LANMU_OP_PRELU:
  case LANMU_OP_CONCAT:
  case LANMU_OP_SAMPLE:
  case LANMU_OP_MOVE_POINTS:
    return 2;
  default:
    return 1;
  }
}

static const char *check_tensors (const LanmuModel *model, const LanmuOp *op)
{
  if (op->n_in < lanmu_op_inputs (op->kind))
    return "number of inputs";
  for (int i = 0; i < lanmu_op_inputs (op->kind); i++)
    if (model->tensors[op->in[i]].type != LANMU_TENSOR_FLOAT)
      return "type of an input";
  return model->tensors[op->out].type == LANMU_TENSOR_FLOAT ? NULL : "type of the output";
}

const char *lanmu_op_check (const LanmuModel *model, const LanmuOp *op)
{
  const char *fault = check_tensors (model, op);
  if (fault != NULL)
    return fault;
  const LanmuTensor *a = &model->tensors[op->in[0]], *b = &model->tensors[op->in[op->n_in > 1 ? 1 : 0]];
  const LanmuTensor *c = &model->tensors[op->in[op->n_in > 2 ? 2 : 0]], *out = &model->tensors[op->out];
  switch (op->kind) {
  case LANMU_OP_CONV:
  case LANMU_OP_DEPTHWISE:
    return check_conv (op, a, b, c, out);
  case LANMU_OP_TRANSPOSE_CONV:
    return check_transpose (op, a, b, c, out);
  case LANMU_OP_ADD:
  case LANMU_OP_MUL:
    return check_binary (a, b, out);
  case LANMU_OP_PRELU:
    return check_prelu (a, b, out);
  case LANMU_OP_RELU:
  case LANMU_OP_HARD_SWISH:
  case LANMU_OP_LOGISTIC:
    return same_shape (a, out) ? NULL : "size of the output";
  case LANMU_OP_MAX_POOL:
    return a->n_dims == 4 && out->n_dims == 4 && a->dims[3] == out->dims[3] ? check_window (op, a, out) : "channels";
  case LANMU_OP_MEAN:
    return check_mean (a, out);
  case LANMU_OP_PAD:
    return check_pad (a, out);
  case LANMU_OP_CONCAT:
    return check_concat (a, b, out);
  case LANMU_OP_RESHAPE:
    return a->n == out->n ? NULL : "size of the output";
  case LANMU_OP_RESIZE:
    return check_resize (a, out);
  case LANMU_OP_MATRIX:
    return check_matrix (op, a, out);
  case LANMU_OP_SAMPLE:
    return check_sample (a, b, out);
  default:
    return check_points (a, b, out);
  }
}
