/* Named places where a test may kill the process as a power cut would.
 *
 * $LANMU_KILL_AT=NAME[:COUNT]  at the COUNT-th passing of NAME (default 1) the process raises SIGKILL on itself.
 * $LANMU_KILL_LOG=FILE         every passing appends one line, the name, so that a test can learn the names and their order.
 * Neither set: two loads and a return. The variables are read once, at the first passing. Any thread.
 *
 * Names read AREA.STEP, e.g. "ticket.open.before-commit", "vault.keep.after-rename". */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void lanmu_killpoint (const char *name);

G_END_DECLS
