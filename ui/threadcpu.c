/* The kernel's own account of each thread, in /proc/self/task. Main thread; for a log's few readings. */
#include "ui/threadcpu.h"

static gboolean is_named (const char *thread, const char *name)
{
  g_autofree char *path = g_build_filename ("/proc/self/task", thread, "comm", NULL), *text = NULL;
  return g_file_get_contents (path, &text, NULL, NULL) && g_strcmp0 (g_strchomp (text), name) == 0;
}

/* First field of schedstat: nanoseconds spent on a processor. */
static double used_ms (const char *thread)
{
  g_autofree char *path = g_build_filename ("/proc/self/task", thread, "schedstat", NULL), *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return 0;
  return (double) g_ascii_strtoull (text, NULL, 10) / 1e6;
}

double lanmu_thread_cpu_ms (const char *name)
{
  g_autoptr (GDir) threads = g_dir_open ("/proc/self/task", 0, NULL);
  const char *thread;
  double sum = 0;
  while (threads != NULL && (thread = g_dir_read_name (threads)) != NULL)
    if (is_named (thread, name))
      sum += used_ms (thread);
  return sum;
}
