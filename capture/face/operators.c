/* See operators.h. Strides are in floats; -INFINITY..INFINITY means no clamp. No thread pool: a network runs on the
 * thread it is called on. */
#include "capture/face/operators.h"

#include <math.h>

typedef struct {
  const LanmuOp *op;
  const LanmuTensor *a, *b, *c, *to; /* shapes of the inputs and of the result */
  const float *in, *second, *third;
  float *result;
} Job;

static gsize cells (const LanmuTensor *t)
{
  return (gsize) t->dims[1] * (gsize) t->dims[2];
}

static float low (const Job *job)
{
  return job->op->clamp ? job->op->low : -INFINITY;
}

static float high (const Job *job)
{
  return job->op->clamp ? job->op->high : INFINITY;
}

static gboolean make_conv (const Job *job, xnn_operator_t *out)
{
  const LanmuOp *op = job->op;
  gboolean depthwise = op->kind == LANMU_OP_DEPTHWISE;
  gsize from = (gsize) job->a->dims[3], to = (gsize) job->to->dims[3];
  return xnn_create_convolution2d_nhwc_f32 (
             (guint) op->top, (guint) op->right, (guint) op->bottom, (guint) op->left, (guint) op->window_y,
             (guint) op->window_x, (guint) op->stride_y, (guint) op->stride_x, 1, 1, depthwise ? (guint) from : 1,
             depthwise ? 1 : from, depthwise ? 1 : to, from, to, job->second, job->third, low (job), high (job),
             depthwise ? XNN_FLAG_DEPTHWISE_CONVOLUTION : 0, out) == xnn_status_success &&
         xnn_setup_convolution2d_nhwc_f32 (*out, 1, (gsize) job->a->dims[1], (gsize) job->a->dims[2], job->in,
                                           job->result, NULL) == xnn_status_success;
}

static gboolean make_transpose (const Job *job, xnn_operator_t *out)
{
  const LanmuOp *op = job->op;
  gsize from = (gsize) job->a->dims[3], to = (gsize) job->to->dims[3];
  return xnn_create_deconvolution2d_nhwc_f32 (
             0, 0, 0, 0, (guint) op->window_y, (guint) op->window_x, (guint) op->stride_y, (guint) op->stride_x, 1, 1,
             1, from, to, from, to, job->second, job->third, low (job), high (job), 0, out) == xnn_status_success &&
         xnn_setup_deconvolution2d_nhwc_f32 (*out, 1, (gsize) job->a->dims[1], (gsize) job->a->dims[2], 0, 0, job->in,
                                             job->result, NULL) == xnn_status_success;
}

static gsize shape_of (const LanmuTensor *t, gsize shape[4])
{
  for (int i = 0; i < t->n_dims; i++)
    shape[i] = (gsize) t->dims[i];
  return (gsize) t->n_dims;
}

static gboolean make_binary (const Job *job, xnn_operator_t *out)
{
  gsize a[4], b[4], n_a = shape_of (job->a, a), n_b = shape_of (job->b, b);
  if (job->op->kind == LANMU_OP_ADD)
    return xnn_create_add_nd_f32 (low (job), high (job), 0, out) == xnn_status_success &&
           xnn_setup_add_nd_f32 (*out, n_a, a, n_b, b, job->in, job->second, job->result, NULL) == xnn_status_success;
  return xnn_create_multiply_nd_f32 (low (job), high (job), 0, out) == xnn_status_success &&
         xnn_setup_multiply_nd_f32 (*out, n_a, a, n_b, b, job->in, job->second, job->result, NULL) ==
             xnn_status_success;
}

static gboolean make_prelu (const Job *job, xnn_operator_t *out)
{
  gsize channels = (gsize) job->a->dims[3];
  return xnn_create_prelu_nc_f32 (channels, channels, channels, job->second, 0, out) == xnn_status_success &&
         xnn_setup_prelu_nc_f32 (*out, cells (job->a), job->in, job->result, NULL) == xnn_status_success;
}

/* Of each number by itself: as one long line. */
static gboolean make_single (const Job *job, xnn_operator_t *out)
{
  gsize n = job->a->n;
  switch (job->op->kind) {
  case LANMU_OP_RELU:
    return xnn_create_clamp_nc_f32 (n, n, n, 0, INFINITY, 0, out) == xnn_status_success &&
           xnn_setup_clamp_nc_f32 (*out, 1, job->in, job->result, NULL) == xnn_status_success;
  case LANMU_OP_HARD_SWISH:
    return xnn_create_hardswish_nc_f32 (n, n, n, 0, out) == xnn_status_success &&
           xnn_setup_hardswish_nc_f32 (*out, 1, job->in, job->result, NULL) == xnn_status_success;
  default:
    return xnn_create_sigmoid_nc_f32 (n, n, n, 0, out) == xnn_status_success &&
           xnn_setup_sigmoid_nc_f32 (*out, 1, job->in, job->result, NULL) == xnn_status_success;
  }
}

static gboolean make_max_pool (const Job *job, xnn_operator_t *out)
{
  const LanmuOp *op = job->op;
  gsize channels = (gsize) job->a->dims[3];
  return xnn_create_max_pooling2d_nhwc_f32 ((guint) op->top, (guint) op->right, (guint) op->bottom, (guint) op->left,
                                            (guint) op->window_y, (guint) op->window_x, (guint) op->stride_y,
                                            (guint) op->stride_x, 1, 1, channels, channels, channels, low (job),
                                            high (job), 0, out) == xnn_status_success &&
         xnn_setup_max_pooling2d_nhwc_f32 (*out, 1, (gsize) job->a->dims[1], (gsize) job->a->dims[2], job->in,
                                           job->result, NULL) == xnn_status_success;
}

static gboolean make_mean (const Job *job, xnn_operator_t *out)
{
  gsize channels = (gsize) job->a->dims[3];
  return xnn_create_global_average_pooling_nwc_f32 (channels, channels, channels, -INFINITY, INFINITY, 0, out) ==
             xnn_status_success &&
         xnn_setup_global_average_pooling_nwc_f32 (*out, 1, cells (job->a), job->in, job->result, NULL) ==
             xnn_status_success;
}

static gboolean make_resize (const Job *job, xnn_operator_t *out)
{
  gsize channels = (gsize) job->a->dims[3];
  return xnn_create_resize_bilinear2d_nhwc_f32 (channels, channels, channels, 0, out) == xnn_status_success &&
         xnn_setup_resize_bilinear2d_nhwc_f32 (*out, 1, (gsize) job->a->dims[1], (gsize) job->a->dims[2],
                                               (gsize) job->to->dims[1], (gsize) job->to->dims[2], job->in, job->result,
                                               NULL) == xnn_status_success;
}

static gboolean make (const Job *job, xnn_operator_t *out)
{
  switch (job->op->kind) {
  case LANMU_OP_CONV:
  case LANMU_OP_DEPTHWISE:
    return make_conv (job, out);
  case LANMU_OP_TRANSPOSE_CONV:
    return make_transpose (job, out);
  case LANMU_OP_ADD:
  case LANMU_OP_MUL:
    return make_binary (job, out);
  case LANMU_OP_PRELU:
    return make_prelu (job, out);
  case LANMU_OP_RELU:
  case LANMU_OP_HARD_SWISH:
  case LANMU_OP_LOGISTIC:
    return make_single (job, out);
  case LANMU_OP_MAX_POOL:
    return make_max_pool (job, out);
  case LANMU_OP_MEAN:
    return make_mean (job, out);
  case LANMU_OP_RESIZE:
    return make_resize (job, out);
  default:
    return FALSE;
  }
}

gboolean lanmu_operator_make (const LanmuModel *model, const LanmuOp *op, const float *const *in, float *result,
                              xnn_operator_t *out)
{
  Job job = {.op = op, .to = &model->tensors[op->out], .result = result, .in = in[0]};
  job.a = &model->tensors[op->in[0]];
  job.b = op->n_in > 1 ? &model->tensors[op->in[1]] : NULL;
  job.c = op->n_in > 2 ? &model->tensors[op->in[2]] : NULL;
  job.second = op->n_in > 1 ? in[1] : NULL;
  job.third = op->n_in > 2 ? in[2] : NULL;
  *out = NULL;
  if (make (&job, out))
    return TRUE;
  if (*out != NULL)
    xnn_delete_operator (*out);
  *out = NULL;
  return FALSE;
}
