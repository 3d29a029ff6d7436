/* See pace.h. */
#include "app/day/pace.h"

#define BATCH 60

static int compare (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a, right = *(const gint64 *) b;
  return left < right ? -1 : left > right;
}

double lanmu_pace_median (const GArray *times, guint most)
{
  g_autoptr (GArray) gaps = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = times->len; i > 1 && (most == 0 || gaps->len < most); i--) {
    gint64 gap = g_array_index (times, gint64, i - 1) - g_array_index (times, gint64, i - 2);
    if (gap > 0 && gap <= LANMU_PACE_BREAK_S * G_USEC_PER_SEC)
      g_array_append_val (gaps, gap);
  }
  if (gaps->len < LANMU_PACE_LEAST)
    return 0;
  g_array_sort (gaps, compare);
  gint64 low = g_array_index (gaps, gint64, (gaps->len - 1) / 2), high = g_array_index (gaps, gint64, gaps->len / 2);
  return (double) (low + high) / 2 / G_USEC_PER_SEC;
}

int lanmu_pace_batches (int n, int *size)
{
  int batches = MAX (1, (n + BATCH / 2) / BATCH);
  *size = MAX (1, (n + batches - 1) / batches);
  return batches;
}
