/* LanmuStatusBar: the camera's health, room on card and disk, clock and pace; every key of the shooting loop as a
 * button. Main thread. Labels change at most once a second, so that the live picture is all that is drawn between. */
#pragma once

#include <gtk/gtk.h>
#include "app/station.h"
#include "ui/page.h"

G_BEGIN_DECLS

#define LANMU_TYPE_STATUS_BAR (lanmu_status_bar_get_type ())
G_DECLARE_FINAL_TYPE (LanmuStatusBar, lanmu_status_bar, LANMU, STATUS_BAR, GtkWidget)

void lanmu_status_bar_set_station (LanmuStatusBar *self, LanmuStation *station);
void lanmu_status_bar_set_page (LanmuStatusBar *self,
                                LanmuPage *page); /* whose keys are buttons; NULL: those of shooting */

G_END_DECLS
