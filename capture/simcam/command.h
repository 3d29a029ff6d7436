/* SimCommand: one row of the control port's table. Tables are kept by subject; commands.c looks a line's first word up
 * in all of them. */
#pragma once

#include "capture/simcam/rig.h"

G_BEGIN_DECLS

/* words[0] is the command's name, words is NULL-terminated, n counts it. TRUE: done; FALSE: refused, the sentence is in
 * `answer`. */
typedef gboolean (*SimCommandRun) (SimRig *rig, char **words, guint n, GString *answer);

typedef struct {
  const char *name, *usage;
  SimCommandRun run;
} SimCommand;

/* Closed by a NULL name. What the hand does is no fault and is not written to the ledger as one. */
extern const SimCommand sim_hand_commands[], sim_fault_commands[], sim_wire_commands[];

G_END_DECLS
