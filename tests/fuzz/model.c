/* A model file is whatever the cache folder holds: the reader must stand any bytes, and what it takes must run without
 * touching what is not its own. */
#include "capture/face/network.h"

#include <string.h>
#include "tests/fuzz/fuzz.h"
#include "tests/unit/face/modelfile.h"

#define FLOATS_MAX 200000 /* all tensors together: a round must be short */

static gboolean is_small (const LanmuModel *model)
{
  guint64 floats = 0;
  for (guint i = 0; i < model->n_tensors; i++)
    floats += model->tensors[i].n;
  return floats < FLOATS_MAX;
}

static void run (const LanmuModel *model)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuNetwork) network = lanmu_network_new (model, &error);
  g_assert_true ((network == NULL) == (error != NULL));
  if (network == NULL)
    return;
  memset (lanmu_network_input (network), 0, model->tensors[model->input].n * sizeof (float));
  lanmu_network_run (network);
  float sum = 0; /* every output can be read to its end */
  for (guint i = 0; i < model->n_outputs; i++)
    for (guint k = 0; k < lanmu_network_output_size (network, i); k++)
      sum += lanmu_network_output (network, i)[k];
  g_assert_true (sum == sum || sum != sum);
}

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new_static (data, size);
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuModel) model = lanmu_model_read (bytes, &error);
  g_assert_true ((model == NULL) == (error != NULL));
  if (model == NULL)
    return 0;
  for (guint i = 0; i < model->n_ops; i++)
    g_assert_null (lanmu_op_check (model, &model->ops[i]));
  if (is_small (model))
    run (model);
  return 0;
}

GPtrArray *fuzz_seeds (void)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  for (guint seed = 1; seed <= 2; seed++)
    g_ptr_array_add (seeds, g_byte_array_free_to_bytes (modelfile_new (seed)));
  return seeds;
}
