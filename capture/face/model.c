/* Reads a .tflite file: see model.h for the promises. Tables and field numbers are those of the TensorFlow Lite schema
 * (version 3). */
#include "capture/face/reader.h"

#include <string.h>

enum { TYPE_FLOAT = 0, TYPE_HALF = 1, TYPE_INT = 2 };

typedef struct {
  LanmuModelReader r;
  gsize graph, codes, buffers;
  guint n_codes, n_buffers;
  guint floats;  /* of all constants so far */
  guint8 *known; /* a tensor: 1 = may be read */
  GError **error;
} Reading;

static gboolean fail (Reading *self, const char *what, guint number)
{
  g_set_error (self->error, LANMU_FACE_ERROR, LANMU_FACE_ERROR_BAD_MODEL, "the model cannot be used: %s %u", what,
               number);
  return FALSE;
}

/* IEEE 754 half precision, which the constants are stored in. */
static float from_half (guint16 half)
{
  guint32 sign = (guint32) (half & 0x8000u) << 16, exponent = (half >> 10) & 31u, fraction = half & 1023u, bits;
  float value;
  if (exponent == 0) {
    value = (float) fraction / 16777216.0f; /* 2^-24 a step */
    return sign != 0 ? -value : value;
  }
  bits = sign | (exponent == 31 ? 255u : exponent + 112u) << 23 | fraction << 13;
  memcpy (&value, &bits, sizeof value);
  return value;
}

/* ---- tensors */

static gboolean read_shape (Reading *self, gsize table, LanmuTensor *t)
{
  guint count;
  gsize shape = lanmu_flat_vector (&self->r.flat, table, 0, 4, &count);
  if (count > G_N_ELEMENTS (t->dims))
    return FALSE;
  guint64 n = 1;
  t->n_dims = (int) count;
  for (guint i = 0; i < count; i++) {
    t->dims[i] = (gint32) lanmu_flat_u32 (&self->r.flat, shape + 4 * i);
    if (t->dims[i] < 1 || (n *= (guint64) t->dims[i]) > LANMU_MODEL_FLOATS)
      return FALSE;
  }
  t->n = (guint) n;
  return TRUE;
}

/* A constant's bytes, when there are any and they are as many as its shape says. */
static gboolean read_raw (Reading *self, guint buffer, LanmuTensor *t)
{
  static const guint widths[] = {
      [LANMU_TENSOR_FLOAT] = 4, [LANMU_TENSOR_HALF] = 2, [LANMU_TENSOR_INT] = 4, [LANMU_TENSOR_OTHER] = 0};
  guint count;
  if (buffer >= self->n_buffers)
    return buffer == 0;
  gsize bytes = lanmu_flat_vector (&self->r.flat, lanmu_flat_item (&self->r.flat, self->buffers, buffer), 0, 1, &count);
  if (bytes == 0 || count == 0)
    return TRUE;
  t->raw = self->r.flat.data + bytes;
  return widths[t->type] == 0 || count == t->n * widths[t->type];
}

static gboolean make_values (Reading *self, LanmuTensor *to, const LanmuTensor *from)
{
  if (to->values != NULL || to->n != from->n || from->n > LANMU_MODEL_FLOATS - self->floats)
    return FALSE;
  self->floats += from->n;
  to->values = g_new (float, from->n);
  for (guint i = 0; i < from->n; i++) {
    if (from->type == LANMU_TENSOR_HALF) {
      guint16 half;
      memcpy (&half, from->raw + 2 * (gsize) i, sizeof half);
      to->values[i] = from_half (GUINT16_FROM_LE (half));
    } else {
      guint32 bits;
      memcpy (&bits, from->raw + 4 * (gsize) i, sizeof bits);
      bits = GUINT32_FROM_LE (bits);
      memcpy (&to->values[i], &bits, sizeof bits);
    }
  }
  return TRUE;
}

static gboolean read_tensor (Reading *self, gsize table, guint i)
{
  LanmuTensor *t = &self->r.model->tensors[i];
  guint8 type = lanmu_flat_byte (&self->r.flat, table, 1, TYPE_FLOAT);
  t->type = type == TYPE_FLOAT  ? LANMU_TENSOR_FLOAT
            : type == TYPE_HALF ? LANMU_TENSOR_HALF
            : type == TYPE_INT  ? LANMU_TENSOR_INT
                                : LANMU_TENSOR_OTHER;
  if (!read_shape (self, table, t))
    return fail (self, "shape of tensor", i);
  if (lanmu_flat_field (&self->r.flat, table, 6) != 0 ||
      !read_raw (self, (guint) lanmu_flat_int (&self->r.flat, table, 2, 0), t))
    return fail (self, "contents of tensor", i);
  self->known[i] = t->raw != NULL;
  if (t->raw != NULL && t->type == LANMU_TENSOR_FLOAT && !make_values (self, t, t))
    return fail (self, "size of tensor", i);
  return TRUE;
}

static gboolean read_tensors (Reading *self)
{
  guint count;
  gsize tables = lanmu_flat_vector (&self->r.flat, self->graph, 0, 4, &count);
  if (count == 0 || count > LANMU_MODEL_TENSORS)
    return fail (self, "tensors:", count);
  self->r.model->tensors = g_new0 (LanmuTensor, count);
  self->r.model->n_tensors = count;
  self->known = g_new0 (guint8, count);
  for (guint i = 0; i < count; i++)
    if (!read_tensor (self, lanmu_flat_item (&self->r.flat, tables, i), i))
      return FALSE;
  return TRUE;
}

/* ---- operators */

static gboolean read_code (Reading *self, guint index)
{
  LanmuFlat *flat = &self->r.flat;
  if (index >= self->n_codes)
    return FALSE;
  gsize table = lanmu_flat_item (flat, self->codes, index);
  guint count;
  self->r.code = MAX ((gint8) lanmu_flat_byte (flat, table, 0, 0), lanmu_flat_int (flat, table, 3, 0));
  gsize name = lanmu_flat_vector (flat, table, 1, 1, &count);
  count = MIN (count, sizeof self->r.name - 1);
  if (count > 0)
    memcpy (self->r.name, flat->data + name, count);
  self->r.name[count] = '\0';
  return TRUE;
}

static gboolean read_inputs (Reading *self, LanmuOp *op)
{
  guint count;
  gsize list = lanmu_flat_vector (&self->r.flat, self->r.table, 1, 4, &count);
  if (count < 1 || count > LANMU_OP_INPUTS)
    return FALSE;
  op->n_in = (int) count;
  for (guint i = 0; i < count; i++) {
    guint tensor = lanmu_flat_u32 (&self->r.flat, list + 4 * i);
    if (tensor >= self->r.model->n_tensors || !self->known[tensor])
      return FALSE;
    op->in[i] = (int) tensor;
  }
  return TRUE;
}

/* The one output, which nothing has written. */
static gboolean read_output (Reading *self, LanmuOp *op)
{
  guint count;
  gsize list = lanmu_flat_vector (&self->r.flat, self->r.table, 2, 4, &count);
  guint tensor = count == 1 ? lanmu_flat_u32 (&self->r.flat, list) : G_MAXUINT;
  if (tensor >= self->r.model->n_tensors || self->known[tensor])
    return FALSE;
  op->out = (int) tensor;
  self->known[tensor] = 1;
  return TRUE;
}

static void find_options (Reading *self)
{
  guint count;
  self->r.options = lanmu_flat_table (&self->r.flat, self->r.table, 4);
  gsize custom = lanmu_flat_vector (&self->r.flat, self->r.table, 5, 1, &count);
  self->r.custom = custom != 0 ? (LanmuFlex){self->r.flat.data + custom, count} : (LanmuFlex){NULL, 0};
}

/* Constants stored in 16 bits are widened here and are no operator later. */
static gboolean widen (Reading *self, const LanmuOp *op)
{
  const LanmuTensor *from = &self->r.model->tensors[op->in[0]];
  LanmuTensor *to = &self->r.model->tensors[op->out];
  return from->type == LANMU_TENSOR_HALF && from->raw != NULL && to->type == LANMU_TENSOR_FLOAT &&
         make_values (self, to, from);
}

static gboolean read_op (Reading *self, gsize table, guint i)
{
  LanmuModel *model = self->r.model;
  LanmuOp *op = &model->ops[model->n_ops];
  self->r.table = table;
  if (!read_code (self, (guint) lanmu_flat_int (&self->r.flat, table, 0, 0)) || !read_inputs (self, op) ||
      !read_output (self, op))
    return fail (self, "tensors of operator", i);
  if (self->r.code == LANMU_CODE_DEQUANTIZE)
    return widen (self, op) || fail (self, "constant of operator", i);
  find_options (self);
  const char *fault = lanmu_model_reader_options (&self->r, op);
  if (fault == NULL)
    fault = lanmu_op_check (model, op);
  op->n_in = MIN (op->n_in, lanmu_op_inputs (op->kind)); /* what else it names is not looked at */
  if (fault != NULL)
    return fail (self, fault, i);
  model->n_ops++;
  return TRUE;
}

static gboolean read_ops (Reading *self)
{
  guint count;
  gsize tables = lanmu_flat_vector (&self->r.flat, self->graph, 3, 4, &count);
  if (count == 0 || count > LANMU_MODEL_OPS)
    return fail (self, "operators:", count);
  self->r.model->ops = g_new0 (LanmuOp, count);
  for (guint i = 0; i < count; i++)
    if (!read_op (self, lanmu_flat_item (&self->r.flat, tables, i), i))
      return FALSE;
  return TRUE;
}

/* ---- the whole */

static gboolean is_plain (const LanmuModel *model, guint tensor)
{
  return tensor < model->n_tensors && model->tensors[tensor].type == LANMU_TENSOR_FLOAT &&
         model->tensors[tensor].raw == NULL;
}

static gboolean read_input (Reading *self)
{
  guint count;
  gsize list = lanmu_flat_vector (&self->r.flat, self->graph, 1, 4, &count);
  guint tensor = count == 1 ? lanmu_flat_u32 (&self->r.flat, list) : G_MAXUINT;
  if (!is_plain (self->r.model, tensor))
    return fail (self, "inputs:", count);
  self->r.model->input = (int) tensor;
  self->known[tensor] = 1;
  return TRUE;
}

static gboolean read_outputs (Reading *self)
{
  LanmuModel *model = self->r.model;
  guint count;
  gsize list = lanmu_flat_vector (&self->r.flat, self->graph, 2, 4, &count);
  if (count == 0 || count > G_N_ELEMENTS (model->outputs))
    return fail (self, "outputs:", count);
  for (guint i = 0; i < count; i++) {
    guint tensor = lanmu_flat_u32 (&self->r.flat, list + 4 * i);
    if (!is_plain (model, tensor) || !self->known[tensor] || model->tensors[tensor].values != NULL)
      return fail (self, "output", i);
    model->outputs[i] = (int) tensor;
  }
  model->n_outputs = count;
  return TRUE;
}

static gboolean read_head (Reading *self)
{
  LanmuFlat *flat = &self->r.flat;
  guint count;
  if (flat->size < 16 || flat->size > LANMU_MODEL_BYTES || memcmp (flat->data + 4, "TFL3", 4) != 0)
    return fail (self, "it is no .tflite file; bytes:", (guint) MIN (flat->size, G_MAXUINT));
  gsize root = lanmu_flat_root (flat);
  self->codes = lanmu_flat_vector (flat, root, 1, 4, &self->n_codes);
  self->buffers = lanmu_flat_vector (flat, root, 4, 4, &self->n_buffers);
  gsize graphs = lanmu_flat_vector (flat, root, 2, 4, &count);
  self->graph = count == 1 ? lanmu_flat_item (flat, graphs, 0) : 0;
  return self->graph != 0 || fail (self, "graphs:", count);
}

static gboolean read_all (Reading *self)
{
  if (!read_head (self) || !read_tensors (self) || !read_input (self) || !read_ops (self) || !read_outputs (self))
    return FALSE;
  return !self->r.flat.bad || fail (self, "it points outside of itself; bytes:", (guint) self->r.flat.size);
}

LanmuModel *lanmu_model_read (GBytes *bytes, GError **error)
{
  g_autoptr (LanmuModel) model = g_new0 (LanmuModel, 1);
  Reading reading = {.r.model = model, .error = error};
  model->file = g_bytes_ref (bytes);
  reading.r.flat.data = g_bytes_get_data (bytes, &reading.r.flat.size);
  gboolean well = read_all (&reading);
  g_free (reading.known);
  return well ? g_steal_pointer (&model) : NULL;
}

void lanmu_model_free (LanmuModel *self)
{
  for (guint i = 0; i < self->n_tensors; i++)
    g_free (self->tensors[i].values);
  g_free (self->tensors);
  g_free (self->ops);
  g_clear_pointer (&self->file, g_bytes_unref);
  g_free (self);
}

const char *lanmu_op_kind_to_string (LanmuOpKind kind)
{
  static const char *const names[] = {"conv",   "depthwise",  "transpose-conv", "add",      "mul",    "prelu",
                                      "relu",   "hard-swish", "logistic",       "max-pool", "mean",   "pad",
                                      "concat", "reshape",    "resize",         "matrix",   "sample", "move-points"};
  return (guint) kind < G_N_ELEMENTS (names) ? names[kind] : "unknown";
}
