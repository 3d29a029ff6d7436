/* The commands of the control port: one line of text in, done or refused with a sentence. `help` lists them; the table
 * in commands.c is that list. Faults that were armed are written to the ledger. Single-threaded. */
#pragma once

#include "capture/simcam/rig.h"

G_BEGIN_DECLS

/* Runs one line. TRUE: done, `answer` has what there is to say (may stay empty). FALSE: refused, `answer` has the
 * sentence. */
char *sim_command_describe (void); /* every command with its usage, a line each, for --help */
gboolean sim_command_run (SimRig *rig, const char *line, GString *answer);

G_END_DECLS
