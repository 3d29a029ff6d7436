/* LanmuStationActions: the photographer's hand: GActions "shoot" "accept" "retake" "skip" "absent" "next" "undo"
 * "confirm" "refuse" (s: why) "lift" (s: 学号) "take" (u, from 1) "bind" ((ss): how, 学号) "code" (s: 采集码).
 * Each asks the desk first (app/roles/action.h), with the class of whom it is about.
 *
 * Why: keys, buttons, touch and the autopilot all press the same actions, and whatever is refused comes back as one
 * GError in one place. Main thread.
 * While one of them leads to another student, all but "bind" and "code" are ignored: a key that bounced must not act on
 * the student after.
 *
 * Signals:
 *   "refused" (const char *action, const GError *error)  nothing was done; LANMU_STATION_ERROR or what the station
 * answered "done"    (const char *action)                       the station took it
 */
#pragma once

#include "app/station.h"

G_BEGIN_DECLS

#define LANMU_TYPE_STATION_ACTIONS (lanmu_station_actions_get_type ())
G_DECLARE_FINAL_TYPE (LanmuStationActions, lanmu_station_actions, LANMU, STATION_ACTIONS, GObject)

LanmuStationActions *lanmu_station_actions_new (LanmuStation *station, LanmuDesk *desk);
/* May whoever is signed in press it now? Nothing is said. */
gboolean lanmu_station_actions_may (LanmuStationActions *self, const char *action, GVariant *parameter, GError **error);
GActionGroup *lanmu_station_actions_get_group (LanmuStationActions *self); /* to be inserted as "station" */

/* Presses an action: as activating it in the group, but a press that does not fit the phase is answered by "refused"
 * instead of silence. */
void lanmu_station_actions_press (LanmuStationActions *self, const char *action, GVariant *parameter);

G_END_DECLS
