/* LanmuQueuePane: the queue by class, with states; the same place turns into the search when somebody is to be found.
 * Main thread.
 *
 * Signal "chosen" (const char *how, const char *student_no): somebody was picked from the list ("recall") or the search
 * ("find"). */
#pragma once

#include <gtk/gtk.h>
#include "app/station.h"

G_BEGIN_DECLS

#define LANMU_TYPE_QUEUE_PANE (lanmu_queue_pane_get_type ())
G_DECLARE_FINAL_TYPE (LanmuQueuePane, lanmu_queue_pane, LANMU, QUEUE_PANE, GtkWidget)

void lanmu_queue_pane_set_station (LanmuQueuePane *self, LanmuStation *station);
void lanmu_queue_pane_find (LanmuQueuePane *self);     /* opens the search and puts the cursor in */
void lanmu_queue_pane_end_find (LanmuQueuePane *self); /* back to the class of the bound student */
gboolean lanmu_queue_pane_is_finding (LanmuQueuePane *self);
GtkEditable *lanmu_queue_pane_get_entry (LanmuQueuePane *self);
GArray *lanmu_queue_pane_dup_shown (LanmuQueuePane *self); /* full; gint64 ids of the students on the screen, and of who was called */

G_END_DECLS
