/* One student of a repair plan: who it is, the pictures that are there, the pictures that will be. Main
 * thread; decides nothing. */
#pragma once

#include <gtk/gtk.h>
#include "app/repair.h"
#include "app/station.h"

G_BEGIN_DECLS

#define LANMU_REPAIR_ROW_MOST 4 /* pictures on either side; more are counted */

/* A plain box: nothing of it changes after it was made. pair is read now. */
GtkWidget *lanmu_repair_row_widget_new (const LanmuRepairPair *pair, LanmuStation *station);

G_END_DECLS
