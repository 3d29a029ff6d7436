/* Many pictures over all cores: a job each, worked in any order, answered in the order they were given. For command-line tools. Main thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef void (*LanmuBatchWork) (gpointer job, gpointer user_data);  /* on a worker; jobs share nothing that is written */
typedef void (*LanmuBatchAnswer) (gpointer job, guint done, guint all, gpointer user_data); /* on the calling thread, in order */

/* threads 0: as many as cores. Blocks until all are answered. */
void lanmu_batch_run (GPtrArray *jobs, guint threads, LanmuBatchWork work, LanmuBatchAnswer answer, gpointer user_data);

/* "12 of 60" on stderr when a person watches it; done = all: the line is wiped. */
void lanmu_batch_show_progress (guint done, guint all);

G_END_DECLS
