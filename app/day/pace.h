/* How fast it goes, from the moments pictures were accepted. Pure; any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANMU_PACE_BREAK_S  600  /* a longer gap is a break, not a student */
#define LANMU_PACE_RECENT   10   /* gaps of "recent" */
#define LANMU_PACE_LEAST    3    /* fewer gaps say nothing */
#define LANMU_PACE_ASSUMED_S 40.0 /* a student, until the day says better (STANDARD §3: typical 60–120 an hour) */

/* times: gint64 wall µs, rising. Median seconds between two of them, breaks left out; the last `most` gaps only, 0 = all. 0: not known. */
double lanmu_pace_median (const GArray *times, guint most);

/* About 60 at a time (STANDARD §3): how many batches a class of n comes in, at least 1, and how large they are. */
int lanmu_pace_batches (int n, int *size);

G_END_DECLS
