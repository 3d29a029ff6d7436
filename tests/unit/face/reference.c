#include "tests/unit/face/reference.h"

#include <math.h>

typedef struct {
  const LanmuModel *model;
  const LanmuOp *op;
  const LanmuTensor *a, *b, *to;
  const double *x, *y, *z;
  double *out;
} Work;

static gsize at (const LanmuTensor *t, int row, int column, int channel)
{
  return ((gsize) row * (gsize) t->dims[2] + (gsize) column) * (gsize) t->dims[3] + (gsize) channel;
}

static gboolean inside (const LanmuTensor *t, int row, int column)
{
  return row >= 0 && column >= 0 && row < t->dims[1] && column < t->dims[2];
}

static double weight (const Work *w, int to, int j, int i, int from)
{
  gboolean depthwise = w->op->kind == LANMU_OP_DEPTHWISE;
  const LanmuTensor *f = w->b;
  gsize index = depthwise ? ((gsize) j * (gsize) f->dims[2] + (gsize) i) * (gsize) f->dims[3] + (gsize) to
                          : (((gsize) to * (gsize) f->dims[1] + (gsize) j) * (gsize) f->dims[2] + (gsize) i) *
                                    (gsize) f->dims[3] +
                                (gsize) from;
  return w->y[index];
}

static double convolve_one (const Work *w, int row, int column, int to)
{
  const LanmuOp *op = w->op;
  double sum = w->z[to];
  gboolean depthwise = op->kind == LANMU_OP_DEPTHWISE;
  for (int j = 0; j < op->window_y; j++)
    for (int i = 0; i < op->window_x; i++) {
      int r = row * op->stride_y - op->top + j, c = column * op->stride_x - op->left + i;
      if (!inside (w->a, r, c))
        continue;
      for (int from = depthwise ? to : 0; from < (depthwise ? to + 1 : w->a->dims[3]); from++)
        sum += w->x[at (w->a, r, c, from)] * weight (w, to, j, i, from);
    }
  return sum;
}

static double pool_one (const Work *w, int row, int column, int channel)
{
  const LanmuOp *op = w->op;
  double most = -INFINITY;
  for (int j = 0; j < op->window_y; j++)
    for (int i = 0; i < op->window_x; i++) {
      int r = row * op->stride_y - op->top + j, c = column * op->stride_x - op->left + i;
      if (inside (w->a, r, c))
        most = MAX (most, w->x[at (w->a, r, c, channel)]);
    }
  return most;
}

static double spread_one (const Work *w, int row, int column, int to)
{
  const LanmuOp *op = w->op;
  double sum = w->z[to];
  for (int from = 0; from < w->a->dims[3]; from++)
    sum += w->x[at (w->a, row / op->stride_y, column / op->stride_x, from)] *
           weight (w, to, row % op->stride_y, column % op->stride_x, from);
  return sum;
}

static double resize_one (const Work *w, int row, int column, int channel)
{
  double y = (row + 0.5) * w->a->dims[1] / w->to->dims[1] - 0.5,
         x = (column + 0.5) * w->a->dims[2] / w->to->dims[2] - 0.5, sum = 0;
  for (int j = 0; j < w->a->dims[1]; j++)
    for (int i = 0; i < w->a->dims[2]; i++) {
      double cy = CLAMP (y, 0, w->a->dims[1] - 1), cx = CLAMP (x, 0, w->a->dims[2] - 1);
      sum += MAX (0, 1 - fabs (cy - j)) * MAX (0, 1 - fabs (cx - i)) * w->x[at (w->a, j, i, channel)];
    }
  return sum;
}

static double mean_one (const Work *w, int row, int column, int channel)
{
  double sum = 0;
  for (int j = 0; j < w->a->dims[1]; j++)
    for (int i = 0; i < w->a->dims[2]; i++)
      sum += w->x[at (w->a, j, i, channel)];
  return sum / (w->a->dims[1] * w->a->dims[2]);
}

static double pad_one (const Work *w, int row, int column, int channel)
{
  return channel < w->a->dims[3] ? w->x[at (w->a, row, column, channel)] : 0;
}

static double sample_one (const Work *w, int row, int column, int channel)
{
  const double *m = w->y;
  double u = column + 0.5, v = row + 0.5, sum = 0;
  double x = m[0] * u + m[1] * v + m[3] - 0.5, y = m[4] * u + m[5] * v + m[7] - 0.5;
  if (x < 0 || y < 0 || x > w->a->dims[2] - 1 || y > w->a->dims[1] - 1)
    return 0;
  for (int j = 0; j < w->a->dims[1]; j++)
    for (int i = 0; i < w->a->dims[2]; i++)
      sum += MAX (0, 1 - fabs (y - j)) * MAX (0, 1 - fabs (x - i)) * w->x[at (w->a, j, i, channel)];
  return sum;
}

static void each_place (const Work *w, double (*one) (const Work *, int, int, int))
{
  LanmuTensor shape = *w->to;
  if (w->op->kind == LANMU_OP_MEAN) { /* may be given with fewer dimensions */
    for (int i = 0; i < (int) shape.n; i++)
      w->out[i] = one (w, 0, 0, i);
    return;
  }
  for (int row = 0; row < shape.dims[1]; row++)
    for (int column = 0; column < shape.dims[2]; column++)
      for (int channel = 0; channel < shape.dims[3]; channel++)
        w->out[at (&shape, row, column, channel)] = one (w, row, column, channel);
}

/* The second operand where it is one number, one line of channels, or as large as the first. */
static double second (const Work *w, gsize i)
{
  return w->b->n == 1 ? w->y[0] : w->y[i % w->b->n];
}

static void each_number (const Work *w)
{
  for (gsize i = 0; i < w->to->n; i++) {
    double x = i < w->a->n ? w->x[i] : 0;
    switch (w->op->kind) {
    case LANMU_OP_ADD:
      w->out[i] = x + second (w, i);
      break;
    case LANMU_OP_MUL:
      w->out[i] = x * second (w, i);
      break;
    case LANMU_OP_PRELU:
      w->out[i] = x < 0 ? x * second (w, i) : x;
      break;
    case LANMU_OP_RELU:
      w->out[i] = MAX (x, 0);
      break;
    case LANMU_OP_HARD_SWISH:
      w->out[i] = x * CLAMP (x + 3, 0, 6) / 6;
      break;
    case LANMU_OP_LOGISTIC:
      w->out[i] = 1 / (1 + exp (-x));
      break;
    case LANMU_OP_CONCAT:
      w->out[i] = i < w->a->n ? x : w->y[i - w->a->n];
      break;
    default:
      w->out[i] = x;
      break;
    }
  }
}

/* As MediaPipe composes it: shift to the box's middle × turn × scale × shift by half the part. */
static void compose (const Work *w)
{
  const LanmuOp *op = w->op;
  double r = op->angle -
             atan2 (w->x[3 * op->second + 1] - w->x[3 * op->first + 1], w->x[3 * op->second] - w->x[3 * op->first]);
  double low[2] = {INFINITY, INFINITY}, high[2] = {-INFINITY, -INFINITY};
  for (int i = 0; i < op->n_subset; i++) {
    const double *p = w->x + 3 * op->subset[i],
                 turned[2] = {p[0] * cos (r) - p[1] * sin (r), p[0] * sin (r) + p[1] * cos (r)};
    for (int k = 0; k < 2; k++) {
      low[k] = MIN (low[k], turned[k]);
      high[k] = MAX (high[k], turned[k]);
    }
  }
  double mx = (low[0] + high[0]) / 2, my = (low[1] + high[1]) / 2;
  double cx = mx * cos (-r) - my * sin (-r), cy = mx * sin (-r) + my * cos (-r);
  double scale[2] = {op->scale_x * (high[0] - low[0]) / op->width, op->scale_y * (high[1] - low[1]) / op->height};
  double turn[4] = {cos (-r), -sin (-r), sin (-r), cos (-r)};
  for (int i = 0; i < 16; i++)
    w->out[i] = i % 5 == 0 ? 1 : 0;
  for (int k = 0; k < 2; k++) {
    w->out[4 * k] = turn[2 * k] * scale[0];
    w->out[4 * k + 1] = turn[2 * k + 1] * scale[1];
    w->out[4 * k + 3] = (k ? cy : cx) - w->out[4 * k] * op->width / 2.0 - w->out[4 * k + 1] * op->height / 2.0;
  }
}

static void move_points (const Work *w)
{
  for (gsize i = 0; i + 1 < w->to->n; i += 2)
    for (int k = 0; k < 2; k++)
      w->out[i + (gsize) k] = w->y[4 * k] * w->x[i] + w->y[4 * k + 1] * w->x[i + 1] + w->y[4 * k + 3];
}

static void run_op (const Work *w)
{
  switch (w->op->kind) {
  case LANMU_OP_CONV:
  case LANMU_OP_DEPTHWISE:
    each_place (w, convolve_one);
    break;
  case LANMU_OP_TRANSPOSE_CONV:
    each_place (w, spread_one);
    break;
  case LANMU_OP_MAX_POOL:
    each_place (w, pool_one);
    break;
  case LANMU_OP_MEAN:
    each_place (w, mean_one);
    break;
  case LANMU_OP_PAD:
    each_place (w, pad_one);
    break;
  case LANMU_OP_RESIZE:
    each_place (w, resize_one);
    break;
  case LANMU_OP_SAMPLE:
    each_place (w, sample_one);
    break;
  case LANMU_OP_MATRIX:
    compose (w);
    break;
  case LANMU_OP_MOVE_POINTS:
    move_points (w);
    break;
  default:
    each_number (w);
    break;
  }
  for (gsize i = 0; w->op->clamp && i < w->to->n; i++)
    w->out[i] = CLAMP (w->out[i], w->op->low, w->op->high);
}

Reference *reference_run (const LanmuModel *model, const float *input)
{
  Reference *self = g_new (Reference, 1);
  self->model = model;
  self->tensors = g_new0 (double *, model->n_tensors);
  for (guint i = 0; i < model->n_tensors; i++) {
    const LanmuTensor *t = &model->tensors[i];
    self->tensors[i] = g_new0 (double, t->n);
    const float *from = (int) i == model->input ? input : t->values;
    for (guint k = 0; from != NULL && k < t->n; k++)
      self->tensors[i][k] = from[k];
  }
  for (guint i = 0; i < model->n_ops; i++) {
    const LanmuOp *op = &model->ops[i];
    Work w = {.model = model,
              .op = op,
              .a = &model->tensors[op->in[0]],
              .to = &model->tensors[op->out],
              .x = self->tensors[op->in[0]]};
    w.b = op->n_in > 1 ? &model->tensors[op->in[1]] : NULL;
    w.y = op->n_in > 1 ? self->tensors[op->in[1]] : NULL;
    w.z = op->n_in > 2 ? self->tensors[op->in[2]] : NULL;
    w.out = self->tensors[op->out];
    run_op (&w);
  }
  return self;
}

const double *reference_tensor (const Reference *self, int tensor)
{
  return self->tensors[tensor];
}

void reference_free (Reference *self)
{
  for (guint i = 0; i < self->model->n_tensors; i++)
    g_free (self->tensors[i]);
  g_free (self->tensors);
  g_free (self);
}
