/* LanmuAutopilot: works students by the very actions a photographer presses: next → shoot → review → accept. Waits for
 * the station's phases, each with a deadline; never sleeps. Prints one line per student on stdout: name, ticket, file,
 * milliseconds from the press to the durable row. Main thread.
 *
 * Signal "finished" (const char *sentence): all are done (NULL), or why it cannot go on. */
#pragma once

#include "ui/screens.h"

G_BEGIN_DECLS

#define LANMU_TYPE_AUTOPILOT (lanmu_autopilot_get_type ())
G_DECLARE_FINAL_TYPE (LanmuAutopilot, lanmu_autopilot, LANMU, AUTOPILOT, GObject)

/* students: how many. screens: may be NULL. */
LanmuAutopilot *lanmu_autopilot_new (LanmuWindow *window, LanmuStation *station, guint students, LanmuScreens *screens);

G_END_DECLS
