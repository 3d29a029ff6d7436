/* What the threads of this process have used of the processor, by name. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Milliseconds so far of all living threads of that name (as the kernel has it: 15 characters); 0 when there is none. */
double lanmu_thread_cpu_ms (const char *name);

G_END_DECLS
