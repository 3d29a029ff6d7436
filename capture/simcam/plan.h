/* What is planned for later: commands that wait for a picture, a moment or an operation, and the weather: faults drawn
 * by a seed. Single-threaded. */
#pragma once

#include "capture/simcam/command.h"

G_BEGIN_DECLS

extern const SimCommand sim_plan_words[]; /* their usage; closed by a NULL name, run by sim_plan_add */

gboolean sim_plan_is (const char *word); /* at, after, in, on, weather */
/* `what` is the number or name behind the word, `command` the rest of the line; either may be NULL, which is refused.
 */
gboolean sim_plan_add (SimRig *rig, const char *word, const char *what, const char *command, GString *answer);
void sim_plan_clear (SimRig *rig);

G_END_DECLS
