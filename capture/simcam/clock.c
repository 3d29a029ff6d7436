/* See clock.h. */
#include "capture/simcam/clock.h"

#include <stdio.h>
#include <time.h>

gint64 sim_clock_now (const SimClock *clock)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  return g_get_real_time () + g_date_time_get_utc_offset (now) + clock->offset_us;
}

void sim_clock_set (SimClock *clock, gint64 local_us)
{
  clock->offset_us += local_us - sim_clock_now (clock);
}

static GDateTime *broken_down (gint64 local_us)
{
  gint64 seconds = local_us >= 0 ? local_us / G_USEC_PER_SEC : (local_us - G_USEC_PER_SEC + 1) / G_USEC_PER_SEC;
  return g_date_time_new_from_unix_utc (seconds);
}

char *sim_clock_iso (gint64 local_us)
{
  g_autoptr (GDateTime) time = broken_down (local_us);
  g_autofree char *text = g_date_time_format (time, "%Y-%m-%dT%H:%M:%S");
  gint64 part = ((local_us % G_USEC_PER_SEC) + G_USEC_PER_SEC) % G_USEC_PER_SEC;
  return g_strdup_printf ("%s.%02d", text, (int)(part / 10000));
}

char *sim_clock_ptp (gint64 local_us)
{
  g_autoptr (GDateTime) time = broken_down (local_us);
  return g_date_time_format (time, "%Y%m%dT%H%M%S");
}

gboolean sim_clock_parse_ptp (const char *text, gint64 *local_us)
{
  int y, mo, d, h, mi, s;
  g_autoptr (GDateTime) time = NULL;

  if (text == NULL || sscanf (text, "%4d%2d%2dT%2d%2d%2d", &y, &mo, &d, &h, &mi, &s) != 6)
    return FALSE;
  time = g_date_time_new_utc (y, mo, d, h, mi, s);
  if (time == NULL)
    return FALSE;
  *local_us = g_date_time_to_unix (time) * G_USEC_PER_SEC;
  return TRUE;
}

gint64 sim_boot_now (void)
{
  struct timespec now;
  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}
