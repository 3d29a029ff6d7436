/* The two clocks and the boot they belong to. */
#include "db/moment.h"

#include <pthread.h>
#include <time.h>

static gint64 read_clock_us (clockid_t clock)
{
  struct timespec now;

  clock_gettime (clock, &now);
  return (gint64)now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

LanmuMoment lanmu_moment_now (void)
{
  return (LanmuMoment){.wall_us = read_clock_us (CLOCK_REALTIME), .boot_us = read_clock_us (CLOCK_BOOTTIME)};
}

static pthread_once_t boot_once = PTHREAD_ONCE_INIT;
static char *boot_id;

static void read_boot_id (void)
{
  if (g_file_get_contents ("/proc/sys/kernel/random/boot_id", &boot_id, NULL, NULL) && *g_strstrip (boot_id))
    return;
  /* Without the kernel's word no two processes may believe that they share a boot. */
  g_free (boot_id);
  boot_id = g_uuid_string_random ();
}

const char *lanmu_boot_id (void)
{
  pthread_once (&boot_once, read_boot_id);
  return boot_id;
}
