/* See batch.h. Finished jobs come back through a queue; those that came too early wait in a mark of their own. */
#include "app/standard/batch.h"

#include <stdio.h>
#include <unistd.h>

typedef struct {
  LanmuBatchWork work;
  gpointer user_data;
  GPtrArray *jobs;
  GAsyncQueue *finished; /* index + 1 */
} Batch;

static void work_one (gpointer index, gpointer data)
{
  Batch *batch = data;
  batch->work (batch->jobs->pdata[GPOINTER_TO_UINT (index) - 1], batch->user_data);
  g_async_queue_push (batch->finished, index);
}

void lanmu_batch_run (GPtrArray *jobs, guint threads, LanmuBatchWork work, LanmuBatchAnswer answer, gpointer user_data)
{
  Batch batch = {work, user_data, jobs, g_async_queue_new ()};
  int n = (int) MIN (threads > 0 ? threads : g_get_num_processors (), MAX (jobs->len, 1));
  GThreadPool *pool = g_thread_pool_new (work_one, &batch, n, TRUE, NULL);
  g_autofree gboolean *done = g_new0 (gboolean, jobs->len + 1);
  for (guint i = 0; i < jobs->len; i++)
    g_thread_pool_push (pool, GUINT_TO_POINTER (i + 1), NULL);
  for (guint answered = 0; answered < jobs->len;) {
    done[GPOINTER_TO_UINT (g_async_queue_pop (batch.finished)) - 1] = TRUE;
    while (answered < jobs->len && done[answered]) {
      answered++;
      answer (jobs->pdata[answered - 1], answered, jobs->len, user_data);
    }
  }
  g_thread_pool_free (pool, FALSE, TRUE);
  g_async_queue_unref (batch.finished);
}

void lanmu_batch_show_progress (guint done, guint all)
{
  if (all < 2 || !isatty (STDERR_FILENO))
    return;
  if (done == all)
    fputs ("\r\033[K", stderr);
  else
    fprintf (stderr, "\r%u / %u", done, all);
  fflush (stderr);
}
