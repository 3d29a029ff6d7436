/* LanmuMoment: one moment on this machine's two clocks. Wall time may be set backwards by anybody; boot time may not, but means something only within
 * one boot (lanmu_boot_id). Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gint64 wall_us; /* µs since 1970-01-01 UTC (CLOCK_REALTIME) */
  gint64 boot_us; /* µs since this boot, suspend counted (CLOCK_BOOTTIME) */
} LanmuMoment;

LanmuMoment lanmu_moment_now (void);

/* The id of the machine's current boot, as in session.boot_id; constant for the life of the process, never NULL. */
const char *lanmu_boot_id (void);

G_END_DECLS
