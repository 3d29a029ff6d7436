/* The model reader: what it takes, what it refuses and how it says so. The many wrong files are tests/fuzz's. */
#include "capture/face/model.h"

#include <glib/gstdio.h>
#include <string.h>
#include "capture/face/engine.h"
#include "capture/face/flex.h"
#include "tests/unit/face/modelfile.h"

static LanmuModel *read_bytes (const guint8 *data, gsize size, GError **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  return lanmu_model_read (bytes, error);
}

static void test_whole (void)
{
  g_autoptr (GByteArray) file = modelfile_new (1);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuModel) model = read_bytes (file->data, file->len, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (model->n_outputs, ==, 3);
  g_assert_cmpuint (model->tensors[model->input].n, ==, 192);
  for (guint i = 0; i < model->n_ops; i++)
    g_assert_null (lanmu_op_check (model, &model->ops[i]));
}

/* Cut anywhere it must be refused in words, never half read. */
static void test_cut (void)
{
  g_autoptr (GByteArray) file = modelfile_new (1);
  for (guint size = 0; size + 4 < file->len; size += size < 2000 ? 1 : 7) {
    g_autoptr (GError) error = NULL;
    g_autofree guint8 *exact = g_memdup2 (file->data, MAX (size, 1));
    g_autoptr (LanmuModel) model = read_bytes (exact, size, &error);
    g_assert_null (model);
    g_assert_error (error, LANMU_FACE_ERROR, LANMU_FACE_ERROR_BAD_MODEL);
  }
}

static void test_not_a_model (void)
{
  g_autoptr (GError) error = NULL;
  guint8 noise[4096];
  for (guint i = 0; i < sizeof noise; i++)
    noise[i] = (guint8) (i * 167 >> 3);
  g_assert_null (read_bytes (noise, sizeof noise, &error));
  g_assert_error (error, LANMU_FACE_ERROR, LANMU_FACE_ERROR_BAD_MODEL);
}

/* A shape that lies makes an operator disagree with its tensors. */
static void test_shapes_that_lie (void)
{
  g_autoptr (GByteArray) file = modelfile_new (1);
  g_autoptr (LanmuModel) model = read_bytes (file->data, file->len, NULL);
  for (guint i = 0; i < model->n_ops; i++) {
    LanmuTensor *out = &model->tensors[model->ops[i].out];
    if (out->n_dims == 0 || model->ops[i].kind == LANMU_OP_PAD) /* any number of channels can be added */
      continue;
    out->dims[out->n_dims - 1]++;
    out->n = out->n / (guint) (out->dims[out->n_dims - 1] - 1) * (guint) out->dims[out->n_dims - 1];
    const char *fault = lanmu_op_check (model, &model->ops[i]);
    if (fault == NULL)
      g_error ("%s takes an output of a wrong shape", lanmu_op_kind_to_string (model->ops[i].kind));
    out->dims[out->n_dims - 1]--;
    out->n = out->n / (guint) (out->dims[out->n_dims - 1] + 1) * (guint) out->dims[out->n_dims - 1];
  }
}

/* What an operator points at must be inside the tensor it points into. */
static void test_options_that_lie (void)
{
  g_autoptr (GByteArray) file = modelfile_new (1);
  g_autoptr (LanmuModel) model = read_bytes (file->data, file->len, NULL);
  guint found = 0;
  for (guint i = 0; i < model->n_ops; i++) {
    LanmuOp *op = &model->ops[i], right = *op;
    if (op->kind == LANMU_OP_MATRIX) {
      op->subset[0] = 12;
      g_assert_nonnull (lanmu_op_check (model, op));
      *op = right;
      op->second = -1;
      g_assert_nonnull (lanmu_op_check (model, op));
      *op = right;
      found++;
    } else if (op->kind == LANMU_OP_CONV) {
      op->top = 100;
      g_assert_nonnull (lanmu_op_check (model, op));
      *op = right;
      op->stride_x = 0;
      g_assert_nonnull (lanmu_op_check (model, op));
      *op = right;
      found++;
    }
  }
  g_assert_cmpuint (found, >=, 3);
}

static void test_flex (void)
{
  /* {"a": 5, "f": 1.5, "v": [1, -2]} by hand: keys, vector, key offsets, map */
  static const guint8 map[] = {
      'a', 0, 'f', 0, 'v', 0, 2,    1,    0xfe, 0, 0, 0, 3,          0,          0,       0,  16,         0, 0, 0,
      18,  0, 0,   0, 20,  0, 0,    0,    12,   0, 0, 0, 4,          0,          0,       0,  3,          0, 0, 0,
      5,   0, 0,   0, 0,   0, 0xc0, 0x3f, 41,   0, 0, 0, 1 << 2 | 2, 3 << 2 | 2, 11 << 2, 15, 9 << 2 | 2, 1};
  LanmuFlex flex = {map, sizeof map};
  double number = 0;
  int list[2] = {0, 0};
  g_assert_true (lanmu_flex_number (&flex, "a", &number));
  g_assert_cmpfloat (number, ==, 5);
  g_assert_true (lanmu_flex_number (&flex, "f", &number));
  g_assert_cmpfloat (number, ==, 1.5);
  g_assert_cmpint (lanmu_flex_integers (&flex, "v", list, 2), ==, 2);
  g_assert_cmpint (list[0], ==, 1);
  g_assert_cmpint (list[1], ==, -2);
  g_assert_false (lanmu_flex_number (&flex, "b", &number));
  g_assert_cmpint (lanmu_flex_integers (&flex, "a", list, 2), ==, -1);
}

static void expect_engine_error (const char *folder, int code)
{
  g_autoptr (GError) error = NULL;
  g_assert_null (lanmu_face_engine_new (folder, &error));
  g_assert_error (error, LANMU_FACE_ERROR, code);
}

static void save (const char *folder, const char *name, gconstpointer data, gsize size)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GError) error = NULL;
  g_file_set_contents (path, data, (gssize) size, &error);
  g_assert_no_error (error);
}

static void test_engine_without_models (void)
{
  static const char *const names[] = {"face-mesh.tflite", "face-detect.tflite", "person-mask.tflite"};
  g_autofree char *folder = g_dir_make_tmp ("lanmu-models-XXXXXX", NULL);
  g_autoptr (GByteArray) other = modelfile_new (1);
  expect_engine_error (folder, LANMU_FACE_ERROR_NO_MODELS);
  expect_engine_error ("/nonexistent/folder", LANMU_FACE_ERROR_NO_MODELS);
  save (folder, names[0], "nothing", 7);
  expect_engine_error (folder, LANMU_FACE_ERROR_BAD_MODEL);
  save (folder, names[0], other->data, other->len);
  expect_engine_error (folder, LANMU_FACE_ERROR_NO_MODELS); /* the other one is missing */
  save (folder, names[1], other->data, other->len);
  expect_engine_error (folder, LANMU_FACE_ERROR_BAD_MODEL); /* sound models, but not these */
  for (guint i = 0; i < 2; i++) {
    g_autofree char *path = g_build_filename (folder, names[i], NULL);
    g_assert_cmpint (g_remove (path), ==, 0);
  }
  g_assert_cmpint (g_remove (folder), ==, 0);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/face/model/whole", test_whole);
  g_test_add_func ("/face/model/cut", test_cut);
  g_test_add_func ("/face/model/not-a-model", test_not_a_model);
  g_test_add_func ("/face/model/shapes-that-lie", test_shapes_that_lie);
  g_test_add_func ("/face/model/options-that-lie", test_options_that_lie);
  g_test_add_func ("/face/model/flex", test_flex);
  g_test_add_func ("/face/model/engine-without-models", test_engine_without_models);
  return g_test_run ();
}
