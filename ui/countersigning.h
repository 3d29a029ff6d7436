/* LanmuCountersigning: C, X and L at the window: who may say the word says it, else the pane asks for somebody who may (ui/vouchpane.h); who is held can be let back
 * by whoever may lift. Main thread. Signal "refused" (const GError *): it may not be, and why. */
#pragma once

#include "ui/stationactions.h"
#include "ui/vouchpane.h"

G_BEGIN_DECLS

#define LANMU_TYPE_COUNTERSIGNING (lanmu_countersigning_get_type ())
G_DECLARE_FINAL_TYPE (LanmuCountersigning, lanmu_countersigning, LANMU, COUNTERSIGNING, GObject)

LanmuCountersigning *lanmu_countersigning_new (LanmuStation *station, LanmuStationActions *actions, LanmuVouchPane *pane);
void lanmu_countersigning_refuse (LanmuCountersigning *self); /* X: why the person is not confirmed */
void lanmu_countersigning_lift (LanmuCountersigning *self);   /* L: whoever was asked for last and is held */
void lanmu_countersigning_note_asked (LanmuCountersigning *self, const char *student_no);
/* An action was refused. TRUE: it is dealt with here, nothing is to be said. */
gboolean lanmu_countersigning_take_refusal (LanmuCountersigning *self, const char *action, const GError *error);

G_END_DECLS
