/* The watch of ui/stallwatch.h. A context calls its poll function to look at its sources; what lies between leaving one
 * call and entering the next is work done on the main thread. State is static because a poll function has no data. */
#include "ui/stallwatch.h"

#include <errno.h>
#include <stdio.h>
#include <time.h>

static GPollFunc poll_before;
static FILE *report;
static gint64 left_us, left_cpu_us; /* when the last look ended, monotonic; 0 before the first */
static gint64 longest_us = -1;

static gint64 own_cpu_us (void)
{
  struct timespec used;
  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &used);
  return used.tv_sec * G_USEC_PER_SEC + used.tv_nsec / 1000;
}

static void note (gint64 stall_us, gint64 cpu_us)
{
  char text[G_ASCII_DTOSTR_BUF_SIZE], cpu[G_ASCII_DTOSTR_BUF_SIZE];
  longest_us = MAX (longest_us, stall_us);
  if (stall_us < LANMU_STALL_LEAST_MS * 1000)
    return;
  g_ascii_formatd (text, sizeof text, "%.2f", (double) stall_us / 1000);
  g_ascii_formatd (cpu, sizeof cpu, "%.2f", (double) cpu_us / 1000);
  fprintf (report, "{\"at_ms\":%" G_GINT64_FORMAT ",\"ms\":%s,\"cpu_ms\":%s}\n", g_get_real_time () / 1000, text, cpu);
  fflush (report);
}

static gint watched_poll (GPollFD *descriptors, guint count, gint timeout)
{
  if (left_us != 0)
    note (g_get_monotonic_time () - left_us, own_cpu_us () - left_cpu_us);
  gint ready = poll_before (descriptors, count, timeout);
  int saved = errno;
  left_us = g_get_monotonic_time ();
  left_cpu_us = own_cpu_us ();
  errno = saved;
  return ready;
}

void lanmu_stall_watch_start (void)
{
  const char *path = g_getenv ("LANMU_STALL_LOG");
  if (path == NULL || *path == '\0' || report != NULL)
    return;
  report = fopen (path, "ae");
  if (report == NULL) {
    g_warning ("LANMU_STALL_LOG: %s: %s", path, g_strerror (errno));
    return;
  }
  longest_us = 0;
  poll_before = g_main_context_get_poll_func (NULL);
  g_main_context_set_poll_func (NULL, watched_poll);
}

double lanmu_stall_watch_get_longest_ms (void)
{
  return longest_us < 0 ? -1 : (double) longest_us / 1000;
}
