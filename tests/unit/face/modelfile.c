#include "tests/unit/face/modelfile.h"

#include <string.h>
#include "capture/face/engine.h"

/* ---- FlatBuffers, written front to back: a parent first, its places patched when the child is written */

static void put (GByteArray *b, guint32 value, guint width)
{
  value = GUINT32_TO_LE (value);
  g_byte_array_append (b, (const guint8 *) &value, width);
}

static void set (GByteArray *b, guint position, guint32 value)
{
  value = GUINT32_TO_LE (value);
  memcpy (b->data + position, &value, 4);
}

static void align (GByteArray *b)
{
  while (b->len % 4 != 0)
    put (b, 0, 1);
}

/* A table of n fields of 4 bytes, all 0. Field i is at table + 4 + 4 * i. */
static guint table (GByteArray *b, guint n)
{
  align (b);
  guint vtable = b->len;
  put (b, 4 + 2 * n, 2);
  put (b, 4 + 4 * n, 2);
  for (guint i = 0; i < n; i++)
    put (b, 4 + 4 * i, 2);
  align (b);
  guint position = b->len;
  put (b, position - vtable, 4);
  for (guint i = 0; i < n; i++)
    put (b, 0, 4);
  return position;
}

static guint field (guint in_table, guint i)
{
  return in_table + 4 + 4 * i;
}

static void point (GByteArray *b, guint position, guint target)
{
  set (b, position, target - position);
}

/* A vector of n numbers of 4 bytes, or room for n offsets. */
static guint vector (GByteArray *b, const int *numbers, guint n)
{
  align (b);
  guint position = b->len;
  put (b, n, 4);
  for (guint i = 0; i < n; i++)
    put (b, numbers != NULL ? (guint32) numbers[i] : 0, 4);
  return position;
}

static guint bytes (GByteArray *b, const void *data, guint n)
{
  align (b);
  guint position = b->len;
  put (b, n, 4);
  g_byte_array_append (b, data, n);
  align (b);
  return position;
}

static void clear_field (GByteArray *b, guint in_table, guint i)
{
  guint32 back;
  memcpy (&back, b->data + in_table, 4);
  guint entry = in_table - GUINT32_FROM_LE (back) + 4 + 2 * i;
  b->data[entry] = b->data[entry + 1] = 0;
}

/* ---- what a model is made of, before it is written */

enum { FLOAT, HALF, INT };

typedef struct {
  int dims[4], n_dims, type;
  GByteArray *data; /* NULL: computed */
} Tensor;

typedef struct {
  int code;
  const char *name;
  int in[4], n_in, out;
  int options[8], n_options;
  GByteArray *custom;
} Op;

typedef struct {
  GArray *tensors, *ops;
  GRand *random;
} Plan;

static int tensor (Plan *plan, int type, int n_dims, int a, int b, int c, int d)
{
  Tensor t = {.dims = {a, b, c, d}, .n_dims = n_dims, .type = type};
  g_array_append_val (plan->tensors, t);
  return (int) plan->tensors->len - 1;
}

static int picture (Plan *plan, int side, int channels)
{
  return tensor (plan, FLOAT, 4, 1, side, side, channels);
}

static guint16 some_half (Plan *plan)
{
  guint sign = g_rand_boolean (plan->random) ? 0x8000u : 0, exponent = (guint) g_rand_int_range (plan->random, 10, 15);
  return (guint16) (sign | exponent << 10 | (guint) g_rand_int_range (plan->random, 0, 1024)); /* 2^-5 … 1 */
}

static Op *add (Plan *plan, int code, const char *name, int out, int n_in, const int *in)
{
  Op op = {.code = code, .name = name, .n_in = n_in, .out = out};
  memcpy (op.in, in, (gsize) n_in * sizeof *in);
  g_array_append_val (plan->ops, op);
  return &g_array_index (plan->ops, Op, plan->ops->len - 1);
}

/* A constant of 16 bits and the DEQUANTIZE that widens it, as the real models have them. */
static int constant (Plan *plan, int n_dims, int a, int b, int c, int d)
{
  int half = tensor (plan, HALF, n_dims, a, b, c, d), wide = tensor (plan, FLOAT, n_dims, a, b, c, d);
  GByteArray *data = g_byte_array_new ();
  int n = a * MAX (b, 1) * MAX (c, 1) * MAX (d, 1);
  for (int i = 0; i < n; i++)
    put (data, some_half (plan), 2);
  g_array_index (plan->tensors, Tensor, half).data = data;
  add (plan, 6, NULL, wide, 1, &half);
  return wide;
}

static int integers (Plan *plan, int n_dims, int a, int b, const int *values)
{
  int i = tensor (plan, INT, n_dims, a, b, 0, 0), n = a * MAX (b, 1);
  GByteArray *data = g_byte_array_new ();
  for (int k = 0; k < n; k++)
    put (data, (guint32) values[k], 4);
  g_array_index (plan->tensors, Tensor, i).data = data;
  return i;
}

static void options (Op *op, int n, const int *values)
{
  op->n_options = n;
  memcpy (op->options, values, (gsize) n * sizeof *values);
}

static int conv (Plan *plan, int in, int from, int to, int side, int window, int stride)
{
  int filter = constant (plan, 4, to, window, window, from), bias = constant (plan, 1, to, 0, 0, 0),
      out = picture (plan, side / stride, to);
  options (add (plan, 3, NULL, out, 3, (int[]){in, filter, bias}), 3, (int[]){0, stride, stride});
  return out;
}

static int depthwise (Plan *plan, int in, int channels, int side, int window, int stride)
{
  int filter = constant (plan, 4, 1, window, window, channels), bias = constant (plan, 1, channels, 0, 0, 0),
      out = picture (plan, side / stride, channels);
  options (add (plan, 4, NULL, out, 3, (int[]){in, filter, bias}), 4, (int[]){0, stride, stride, 1});
  return out;
}

static int single (Plan *plan, int code, int in, int side, int channels)
{
  int out = picture (plan, side, channels);
  add (plan, code, NULL, out, 1, &in);
  return out;
}

/* ---- a FlexBuffer map of the one shape that is in use: integers, floats and one vector of small integers */

static GByteArray *matrix_options (void)
{
  static const char *const names[] = {"left_rotation_idx", "output_height", "output_width", "right_rotation_idx",
                                      "scale_x",           "scale_y",       "subset_idxs",  "target_rotation_radians"};
  static const guint8 types[] = {1 << 2 | 2, 1 << 2 | 2, 1 << 2 | 2,  1 << 2 | 2,
                                 3 << 2 | 2, 3 << 2 | 2, 11 << 2 | 0, 3 << 2 | 2};
  const float one_and_half = 1.5f, level = 0.25f;
  GByteArray *b = g_byte_array_new ();
  guint key_places[8], keys, list, values;
  for (int i = 0; i < 8; i++) {
    key_places[i] = b->len;
    g_byte_array_append (b, (const guint8 *) names[i], (guint) strlen (names[i]) + 1);
  }
  put (b, 6, 1);
  list = b->len;
  for (guint i = 0; i < 6; i++)
    put (b, i * 2, 1);
  align (b);
  put (b, 8, 4);
  keys = b->len;
  for (guint i = 0; i < 8; i++)
    put (b, b->len - key_places[i], 4);
  put (b, b->len - keys, 4);
  put (b, 4, 4);
  put (b, 8, 4);
  values = b->len;
  for (guint i = 0; i < 4; i++)
    put (b, ((const guint[]){0, 4, 4, 11})[i], 4);
  g_byte_array_append (b, (const guint8 *) &one_and_half, 4);
  g_byte_array_append (b, (const guint8 *) &one_and_half, 4);
  put (b, b->len - list, 4);
  g_byte_array_append (b, (const guint8 *) &level, 4);
  g_byte_array_append (b, types, sizeof types);
  put (b, b->len - values, 1);
  put (b, 9 << 2 | 2, 1);
  put (b, 1, 1);
  return b;
}

static GByteArray *transpose_options (void)
{
  GByteArray *b = g_byte_array_new ();
  for (guint i = 0; i < 3; i++)
    put (b, i == 0 ? 1 : 2, 4);
  return b;
}

/* ---- the model */

/* A residual block: depthwise, conv to more channels, pooled and padded short cut, sum, slope. 8 → 4, 6 → 8 channels.
 */
static int block (Plan *plan, int in)
{
  static const int more[8] = {0, 0, 0, 0, 0, 0, 0, 2};
  int deep = conv (plan, depthwise (plan, in, 6, 8, 3, 2), 6, 8, 4, 1, 1);
  int pooled = picture (plan, 4, 6), padded = picture (plan, 4, 8), sum = picture (plan, 4, 8),
      slope = constant (plan, 3, 1, 1, 8, 0), out = picture (plan, 4, 8);
  options (add (plan, 17, NULL, pooled, 1, &in), 5, (int[]){1, 2, 2, 2, 2});
  add (plan, 34, NULL, padded, 2, (int[]){pooled, integers (plan, 2, 4, 2, more)});
  add (plan, 0, NULL, sum, 2, (int[]){padded, deep});
  add (plan, 54, NULL, out, 2, (int[]){sum, slope});
  return out;
}

/* Squeeze and excite: mean, sigmoid, product; 4×4×8. */
static int gate (Plan *plan, int in)
{
  int mean = tensor (plan, FLOAT, 4, 1, 1, 1, 8), share = tensor (plan, FLOAT, 4, 1, 1, 1, 8),
      out = picture (plan, 4, 8);
  add (plan, 40, NULL, mean, 2, (int[]){in, integers (plan, 1, 2, 0, (int[]){1, 2})});
  add (plan, 14, NULL, share, 1, &mean);
  add (plan, 18, NULL, out, 2, (int[]){in, share});
  return out;
}

/* Points out of a picture, a part of the picture by them, the points moved: MediaPipe's three operators. */
static int attention (Plan *plan, int picture_8, int points_12)
{
  int matrix = tensor (plan, FLOAT, 3, 1, 4, 4, 0), part = picture (plan, 4, 6),
      flat = tensor (plan, FLOAT, 3, 1, 48, 2, 0), moved = tensor (plan, FLOAT, 3, 1, 48, 2, 0);
  add (plan, 32, "Landmarks2TransformMatrix", matrix, 1, &points_12)->custom = matrix_options ();
  add (plan, 32, "TransformTensorBilinear", part, 2, (int[]){picture_8, matrix});
  add (plan, 22, NULL, flat, 1, &part);
  add (plan, 32, "TransformLandmarks", moved, 2, (int[]){flat, matrix});
  return moved;
}

static void plan_model (Plan *plan, int *input, int outputs[3])
{
  *input = picture (plan, 8, 3);
  int wide = single (plan, 19, conv (plan, *input, 3, 6, 8, 5, 1), 8, 6);
  int deep = gate (plan, single (plan, 117, block (plan, wide), 4, 8));
  int large = picture (plan, 8, 8), whole = picture (plan, 16, 1);
  options (add (plan, 23, NULL, large, 2, (int[]){deep, integers (plan, 1, 2, 0, (int[]){8, 8})}), 4,
           (int[]){0, 0, 0, 1});
  int filter = constant (plan, 4, 1, 2, 2, 8), bias = constant (plan, 1, 1, 0, 0, 0);
  add (plan, 32, "Convolution2DTransposeBias", whole, 3, (int[]){large, filter, bias})->custom = transpose_options ();
  int twelve = conv (plan, deep, 8, 9, 4, 3, 2), points = tensor (plan, FLOAT, 3, 1, 12, 3, 0);
  add (plan, 22, NULL, points, 1, &twelve);
  int moved = attention (plan, wide, points), twice = tensor (plan, FLOAT, 3, 1, 96, 2, 0);
  options (add (plan, 2, NULL, twice, 2, (int[]){moved, moved}), 2, (int[]){1, 0});
  outputs[0] = whole, outputs[1] = twice, outputs[2] = deep;
}

/* ---- writing it */

static guint offsets (GByteArray *b, guint position, guint n)
{
  guint list = vector (b, NULL, n);
  point (b, position, list);
  return list + 4;
}

static void write_tensors (GByteArray *b, guint graph, guint model, const Plan *plan)
{
  guint n = plan->tensors->len, list = offsets (b, field (graph, 0), n), buffers = offsets (b, field (model, 4), n + 1);
  guint empty = table (b, 1);
  clear_field (b, empty, 0);
  point (b, buffers, empty);
  for (guint i = 0; i < n; i++) {
    const Tensor *t = &g_array_index (plan->tensors, Tensor, i);
    guint place = table (b, 3), buffer = table (b, 1);
    point (b, list + 4 * i, place);
    point (b, buffers + 4 * (i + 1), buffer);
    set (b, field (place, 1), t->type == HALF ? 1 : t->type == INT ? 2 : 0);
    set (b, field (place, 2), t->data != NULL ? i + 1 : 0);
    point (b, field (place, 0), vector (b, t->dims, (guint) t->n_dims));
    if (t->data != NULL)
      point (b, field (buffer, 0), bytes (b, t->data->data, t->data->len));
    else
      clear_field (b, buffer, 0);
  }
}

static void write_op (GByteArray *b, guint place, const Op *op, guint code)
{
  set (b, field (place, 0), code);
  point (b, field (place, 1), vector (b, op->in, (guint) op->n_in));
  point (b, field (place, 2), vector (b, &op->out, 1));
  if (op->n_options > 0) {
    guint given = table (b, (guint) op->n_options);
    point (b, field (place, 4), given);
    for (int i = 0; i < op->n_options; i++)
      set (b, field (given, (guint) i), (guint32) op->options[i]);
  } else {
    clear_field (b, place, 4);
  }
  if (op->custom != NULL)
    point (b, field (place, 5), bytes (b, op->custom->data, op->custom->len));
  else
    clear_field (b, place, 5);
}

static void write_ops (GByteArray *b, guint graph, guint model, const Plan *plan)
{
  guint n = plan->ops->len, list = offsets (b, field (graph, 3), n), codes = offsets (b, field (model, 1), n);
  for (guint i = 0; i < n; i++) {
    const Op *op = &g_array_index (plan->ops, Op, i);
    guint code = table (b, 4), place = table (b, 6);
    point (b, codes + 4 * i, code);
    point (b, list + 4 * i, place);
    set (b, field (code, 3), (guint32) op->code);
    clear_field (b, code, 0);
    if (op->name != NULL)
      point (b, field (code, 1), bytes (b, op->name, (guint) strlen (op->name)));
    else
      clear_field (b, code, 1);
    write_op (b, place, op, i);
  }
}

static void free_plan (Plan *plan)
{
  for (guint i = 0; i < plan->tensors->len; i++)
    if (g_array_index (plan->tensors, Tensor, i).data != NULL)
      g_byte_array_unref (g_array_index (plan->tensors, Tensor, i).data);
  for (guint i = 0; i < plan->ops->len; i++)
    if (g_array_index (plan->ops, Op, i).custom != NULL)
      g_byte_array_unref (g_array_index (plan->ops, Op, i).custom);
  g_array_unref (plan->tensors);
  g_array_unref (plan->ops);
  g_rand_free (plan->random);
}

GByteArray *modelfile_new (guint seed)
{
  Plan plan = {g_array_new (FALSE, TRUE, sizeof (Tensor)), g_array_new (FALSE, TRUE, sizeof (Op)),
               g_rand_new_with_seed (seed)};
  GByteArray *b = g_byte_array_new ();
  int input, outputs[3];
  plan_model (&plan, &input, outputs);
  put (b, 0, 4);
  g_byte_array_append (b, (const guint8 *) "TFL3", 4);
  guint model = table (b, 5);
  point (b, 0, model);
  set (b, field (model, 0), 3);
  clear_field (b, model, 3);
  guint graphs = offsets (b, field (model, 2), 1), graph = table (b, 4);
  point (b, graphs, graph);
  point (b, field (graph, 1), vector (b, &input, 1));
  point (b, field (graph, 2), vector (b, outputs, 3));
  write_tensors (b, graph, model, &plan);
  write_ops (b, graph, model, &plan);
  free_plan (&plan);
  return b;
}

char *modelfile_real_folder (void)
{
  g_autofree char *folder = lanmu_face_models_dir ();
  g_autofree char *path = g_build_filename (folder, "face-mesh.tflite", NULL);
  return g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&folder) : NULL;
}

GBytes *modelfile_load (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  char *data;
  gsize size;
  g_file_get_contents (path, &data, &size, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (data, size);
}
