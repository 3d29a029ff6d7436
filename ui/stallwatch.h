/* How long the main loop does not answer: the time between two looks at its sources, which is what a key, a click or the
 * next picture waits for at the worst. Main thread.
 *
 * On when the environment names a file in LANMU_STALL_LOG: each stall of LANMU_STALL_LEAST_MS or more is a line of JSON
 * there, {"at_ms": wall clock in milliseconds, "ms": how long, "cpu_ms": processor time of the main thread in it}. A stall
 * of little processor time was waiting: for a disk, or for its turn on a busy machine. Off, it costs nothing. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANMU_STALL_LEAST_MS 5

/* Begins watching the default main context, for the rest of the process. A file that cannot be written: a warning. */
void lanmu_stall_watch_start (void);
/* Milliseconds of the longest so far; -1 when it is off. */
double lanmu_stall_watch_get_longest_ms (void);

G_END_DECLS
