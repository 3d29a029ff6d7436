/* See network.h. Steps run in the model's order; a reshape is no step, its two tensors share a place; a RELU that alone
 * reads what an operator writes becomes that operator's clamp. */
#include "capture/face/network.h"

#include <math.h>
#include <string.h>
#include "capture/face/custom.h"
#include "capture/face/operators.h"
#include "capture/face/plan.h"

typedef struct {
  xnn_operator_t runs; /* NULL: one of ours */
  LanmuOp op;
  LanmuTensor in_shape, second_shape, out_shape; /* of ours; no values */
  const float *in, *second;
  float *out;
} Step;

struct _LanmuNetwork {
  Step *steps;
  guint n_steps;
  guint8 *block; /* aligned */
  gsize size;
  float **constants; /* kept because a step reads them */
  guint n_constants;
  float *input;
  int input_shape[4];
  const float *outputs[8];
  guint output_sizes[8], n_outputs;
};

/* ---- RELU into the operator before it */

static guint *count_readers (const LanmuModel *model)
{
  guint *readers = g_new0 (guint, model->n_tensors);
  for (guint i = 0; i < model->n_ops; i++)
    for (int k = 0; k < model->ops[i].n_in; k++)
      readers[model->ops[i].in[k]]++;
  for (guint i = 0; i < model->n_outputs; i++)
    readers[model->outputs[i]]++;
  return readers;
}

static gboolean takes_clamp (const LanmuOp *op)
{
  return (op->kind == LANMU_OP_CONV || op->kind == LANMU_OP_DEPTHWISE || op->kind == LANMU_OP_ADD ||
          op->kind == LANMU_OP_MUL) &&
         !op->clamp;
}

/* The model's operators, fewer where that changes no number. The copy borrows the tensors. */
static LanmuModel *fuse (const LanmuModel *model)
{
  LanmuModel *copy = g_new (LanmuModel, 1);
  g_autofree guint *readers = count_readers (model);
  g_autofree int *writer = g_new (int, model->n_tensors);
  memset (writer, -1, model->n_tensors * sizeof *writer);
  *copy = *model;
  copy->ops = g_new (LanmuOp, MAX (model->n_ops, 1));
  copy->n_ops = 0;
  for (guint i = 0; i < model->n_ops; i++) {
    const LanmuOp *op = &model->ops[i];
    int before = writer[op->in[0]];
    if (op->kind == LANMU_OP_RELU && before >= 0 && readers[op->in[0]] == 1 && takes_clamp (&copy->ops[before])) {
      LanmuOp *target = &copy->ops[before];
      target->clamp = TRUE;
      target->low = 0;
      target->high = INFINITY;
      target->out = op->out;
      writer[op->out] = before;
      continue;
    }
    writer[op->out] = (int) copy->n_ops;
    copy->ops[copy->n_ops++] = *op;
  }
  return copy;
}

static void free_fused (LanmuModel *copy)
{
  g_free (copy->ops);
  g_free (copy);
}

/* ---- making */

static LanmuTensor shape_only (const LanmuTensor *t)
{
  LanmuTensor shape = *t;
  shape.values = NULL;
  shape.raw = NULL;
  return shape;
}

static gboolean is_weight (const LanmuOp *op, int i)
{
  gboolean weighs = op->kind == LANMU_OP_CONV || op->kind == LANMU_OP_DEPTHWISE ||
                    op->kind == LANMU_OP_TRANSPOSE_CONV || op->kind == LANMU_OP_PRELU;
  return weighs && i > 0;
}

/* Where a step finds an input. XNNPACK keeps its own copy of weights; other constants are kept here. */
static const float *place_of (LanmuNetwork *self, const LanmuModel *model, const LanmuPlan *plan, const LanmuOp *op,
                              int i)
{
  const LanmuTensor *t = &model->tensors[op->in[i]];
  if (t->values == NULL)
    return (const float *) (const void *) (self->block + plan->offsets[op->in[i]]);
  if (is_weight (op, i))
    return t->values;
  float *kept = g_malloc0 (t->n * sizeof *kept + LANMU_PLAN_SLACK);
  memcpy (kept, t->values, t->n * sizeof *kept);
  self->constants = g_renew (float *, self->constants, self->n_constants + 1);
  self->constants[self->n_constants++] = kept;
  return kept;
}

static gboolean is_ours (LanmuOpKind kind)
{
  return kind == LANMU_OP_PAD || kind == LANMU_OP_CONCAT || kind == LANMU_OP_MATRIX || kind == LANMU_OP_SAMPLE ||
         kind == LANMU_OP_MOVE_POINTS || kind == LANMU_OP_RESHAPE;
}

static gboolean add_step (LanmuNetwork *self, const LanmuModel *model, const LanmuPlan *plan, const LanmuOp *op,
                          GError **error)
{
  const float *in[LANMU_OP_INPUTS] = {NULL};
  if (op->kind == LANMU_OP_RESHAPE && model->tensors[op->in[0]].values == NULL)
    return TRUE;
  for (int i = 0; i < op->n_in; i++)
    in[i] = place_of (self, model, plan, op, i);
  Step step = {
      .op = *op, .in = in[0], .second = in[1], .out = (float *) (void *) (self->block + plan->offsets[op->out])};
  step.in_shape = shape_only (&model->tensors[op->in[0]]);
  step.second_shape = shape_only (&model->tensors[op->in[op->n_in > 1 ? 1 : 0]]);
  step.out_shape = shape_only (&model->tensors[op->out]);
  if (!is_ours (op->kind) && !lanmu_operator_make (model, op, in, step.out, &step.runs)) {
    g_set_error (error, LANMU_FACE_ERROR, LANMU_FACE_ERROR_BAD_MODEL,
                 "the model cannot be used: XNNPACK refuses its %s", lanmu_op_kind_to_string (op->kind));
    return FALSE;
  }
  self->steps[self->n_steps++] = step;
  return TRUE;
}

static void find_ends (LanmuNetwork *self, const LanmuModel *model, const LanmuPlan *plan)
{
  const LanmuTensor *input = &model->tensors[model->input];
  self->input = (float *) (void *) (self->block + plan->offsets[model->input]);
  for (int i = 0; i < input->n_dims; i++)
    self->input_shape[i] = input->dims[i];
  self->n_outputs = model->n_outputs;
  for (guint i = 0; i < model->n_outputs; i++) {
    self->outputs[i] = (const float *) (const void *) (self->block + plan->offsets[model->outputs[i]]);
    self->output_sizes[i] = model->tensors[model->outputs[i]].n;
  }
}

/* XNNPACK's own set-up is once a program and, as its header says, safe from any thread. */
static gboolean start_runtime (GError **error)
{
  if (xnn_initialize (NULL) == xnn_status_success)
    return TRUE;
  g_set_error_literal (error, LANMU_FACE_ERROR, LANMU_FACE_ERROR_NO_RUNTIME,
                       "XNNPACK does not run on this processor; faces are not looked for");
  return FALSE;
}

LanmuNetwork *lanmu_network_new (const LanmuModel *model, GError **error)
{
  if (!start_runtime (error))
    return NULL;
  g_autoptr (LanmuNetwork) self = g_new0 (LanmuNetwork, 1);
  g_auto (LanmuPlan) plan;
  LanmuModel *fused = fuse (model);
  self->steps = g_new0 (Step, MAX (fused->n_ops, 1));
  lanmu_plan_init (&plan, fused);
  self->size = plan.size;
  self->block = g_aligned_alloc0 (1, MAX (plan.size, 1), LANMU_PLAN_ALIGN);
  find_ends (self, fused, &plan);
  gboolean well = TRUE;
  for (guint i = 0; i < fused->n_ops && well; i++)
    well = add_step (self, fused, &plan, &fused->ops[i], error);
  free_fused (fused);
  return well ? g_steal_pointer (&self) : NULL;
}

void lanmu_network_free (LanmuNetwork *self)
{
  for (guint i = 0; i < self->n_steps; i++)
    if (self->steps[i].runs != NULL)
      xnn_delete_operator (self->steps[i].runs);
  for (guint i = 0; i < self->n_constants; i++)
    g_free (self->constants[i]);
  g_free (self->steps);
  g_free (self->constants);
  g_aligned_free (self->block);
  g_free (self);
}

/* ---- running */

static void run_ours (const Step *step)
{
  const LanmuTensor *shape = &step->in_shape;
  switch (step->op.kind) {
  case LANMU_OP_PAD:
    lanmu_custom_pad (step->in, shape->dims[1] * shape->dims[2], shape->dims[3], step->out_shape.dims[3], step->out);
    break;
  case LANMU_OP_CONCAT:
    memcpy (step->out, step->in, shape->n * sizeof (float));
    memcpy (step->out + shape->n, step->second, step->second_shape.n * sizeof (float));
    break;
  case LANMU_OP_MATRIX:
    lanmu_custom_matrix (&step->op, step->in, step->out);
    break;
  case LANMU_OP_SAMPLE:
    lanmu_custom_sample (shape, step->in, step->second, &step->out_shape, step->out);
    break;
  case LANMU_OP_MOVE_POINTS:
    lanmu_custom_move_points (step->in, step->second, (int) shape->n / 2, step->out);
    break;
  default: /* a reshape of a constant */
    memcpy (step->out, step->in, shape->n * sizeof (float));
    break;
  }
}

gboolean lanmu_network_run (LanmuNetwork *self)
{
  for (guint i = 0; i < self->n_steps; i++) {
    const Step *step = &self->steps[i];
    if (step->runs == NULL)
      run_ours (step);
    else if (xnn_run_operator (step->runs, NULL) != xnn_status_success)
      return FALSE;
  }
  return TRUE;
}

float *lanmu_network_input (LanmuNetwork *self)
{
  return self->input;
}

const float *lanmu_network_output (const LanmuNetwork *self, guint i)
{
  return i < self->n_outputs ? self->outputs[i] : NULL;
}

guint lanmu_network_output_size (const LanmuNetwork *self, guint i)
{
  return i < self->n_outputs ? self->output_sizes[i] : 0;
}

const int *lanmu_network_input_shape (const LanmuNetwork *self)
{
  return self->input_shape;
}

gsize lanmu_network_bytes (const LanmuNetwork *self)
{
  return self->size;
}
