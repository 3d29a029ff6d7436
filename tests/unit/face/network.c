/* The networks against a second implementation, number by number: a small model of every operator kind, and the real
 * ones. */
#include "capture/face/network.h"

#include <math.h>
#include <string.h>
#include "tests/unit/face/modelfile.h"
#include "tests/unit/face/reference.h"

static void fill (float *input, guint n, guint seed, float low, float high)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  for (guint i = 0; i < n; i++)
    input[i] = (float) g_rand_double_range (random, low, high);
}

/* Largest distance, measured against the size of the numbers around. */
static double apart (const float *a, const double *b, guint n)
{
  double most = 0, size = 0;
  for (guint i = 0; i < n; i++) {
    g_assert_true (isfinite (a[i]));
    most = MAX (most, fabs (a[i] - b[i]));
    size = MAX (size, fabs (b[i]));
  }
  return most / MAX (size, 1e-3);
}

static void compare (GBytes *bytes, guint seed, float low, float high, double tolerance)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuModel) model = lanmu_model_read (bytes, &error);
  g_assert_no_error (error);
  g_autoptr (LanmuNetwork) network = lanmu_network_new (model, &error);
  g_assert_no_error (error);
  guint n = model->tensors[model->input].n;
  g_autofree float *input = g_new (float, n);
  fill (input, n, seed, low, high);
  g_autoptr (Reference) truth = reference_run (model, input);
  for (int round = 0; round < 2; round++) { /* the second run finds the first one's leftovers */
    memcpy (lanmu_network_input (network), input, n * sizeof *input);
    g_assert_true (lanmu_network_run (network));
    for (guint i = 0; i < model->n_outputs; i++) {
      double far = apart (lanmu_network_output (network, i), reference_tensor (truth, model->outputs[i]),
                          lanmu_network_output_size (network, i));
      g_assert_cmpfloat (far, <, tolerance);
    }
  }
}

static void test_every_operator (void)
{
  for (guint seed = 1; seed <= 20; seed++) {
    g_autoptr (GByteArray) file = modelfile_new (seed);
    g_autoptr (GBytes) bytes = g_bytes_new (file->data, file->len);
    compare (bytes, seed, -1, 1, 5e-5);
  }
}

/* The lists above name every kind, so that a new operator cannot go untested. */
static void test_every_kind_is_there (void)
{
  g_autoptr (GByteArray) file = modelfile_new (1);
  g_autoptr (GBytes) bytes = g_bytes_new (file->data, file->len);
  g_autoptr (LanmuModel) model = lanmu_model_read (bytes, NULL);
  guint seen = 0;
  for (guint i = 0; i < model->n_ops; i++)
    seen |= 1u << model->ops[i].kind;
  for (guint kind = 0; kind <= LANMU_OP_MOVE_POINTS; kind++)
    if (!(seen & 1u << kind))
      g_error ("no operator of kind %s in the constructed model", lanmu_op_kind_to_string (kind));
}

static void test_real (gconstpointer data)
{
  const char *name = data;
  g_autofree char *folder = modelfile_real_folder ();
  if (folder == NULL) {
    g_test_skip ("the face models were not fetched (packaging/fetch-models)");
    return;
  }
  g_autoptr (GBytes) bytes = modelfile_load (folder, name);
  compare (bytes, 7, 0, 1, 2e-5);
}

/* Sharing memory must save some: a place for each tensor would take several times as much. */
static void test_memory (void)
{
  g_autofree char *folder = modelfile_real_folder ();
  if (folder == NULL) {
    g_test_skip ("the face models were not fetched (packaging/fetch-models)");
    return;
  }
  g_autoptr (GBytes) bytes = modelfile_load (folder, "face-mesh.tflite");
  g_autoptr (LanmuModel) model = lanmu_model_read (bytes, NULL);
  g_autoptr (LanmuNetwork) network = lanmu_network_new (model, NULL);
  g_assert_cmpuint (lanmu_network_bytes (network), <, 4u << 20);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/face/network/every-operator", test_every_operator);
  g_test_add_func ("/face/network/every-kind-is-there", test_every_kind_is_there);
  g_test_add_data_func ("/face/network/face-detect", "face-detect.tflite", test_real);
  g_test_add_data_func ("/face/network/face-mesh", "face-mesh.tflite", test_real);
  g_test_add_data_func ("/face/network/person-mask", "person-mask.tflite", test_real);
  g_test_add_func ("/face/network/memory", test_memory);
  return g_test_run ();
}
