/* LanmuClockPhase: narrowing the difference between the body's clock (whole seconds) and this machine's by choosing
 * when to read it. Pure.
 *
 * A reading of second c between the moments b and a says: c − a < difference < c + 1 s − b. Reading when the body's
 * second should just turn, if the difference were in the middle of what is known, halves what is known each time. A
 * reading that contradicts what is known means the clock was set: start anew.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  gboolean known;
  gint64 low_us, high_us; /* body's clock minus CLOCK_BOOTTIME lies between */
} LanmuClockPhase;

#define LANMU_CLOCK_NARROW_US 60000

void lanmu_clock_phase_add (LanmuClockPhase *self, gint64 camera_us, gint64 before_us, gint64 after_us);
gboolean lanmu_clock_phase_is_narrow (const LanmuClockPhase *self);

/* The first good moment for a reading not before earliest_us (CLOCK_BOOTTIME µs). */
gint64 lanmu_clock_phase_next (const LanmuClockPhase *self, gint64 earliest_us);

G_END_DECLS
