/* The body's own clock: naive local time that a photographer may have set wrong, and that a test may let jump.
 * Single-threaded. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gint64 offset_us; /* what the camera's clock is ahead of this machine's local time */
} SimClock;

gint64 sim_clock_now (const SimClock *clock);          /* naive local time, µs since 1970 as if it were UTC */
void sim_clock_set (SimClock *clock, gint64 local_us); /* as by the menu or by PTP */
char *
sim_clock_iso (gint64 local_us); /* "2026-06-01T10:11:12.34" (hundredths are cut off, as EXIF SubSecTime has them) */
char *sim_clock_ptp (gint64 local_us); /* "20260601T101112" */
gboolean sim_clock_parse_ptp (const char *text, gint64 *local_us);
gint64 sim_boot_now (void); /* CLOCK_BOOTTIME, µs */

G_END_DECLS
