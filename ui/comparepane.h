/* LanmuComparePane: a picture of the tray on the left, a student with their other takes on the right, both in the same
 * crop and size; the name is the largest thing. Main thread. Decides nothing.
 *
 * Promise: "is ready" only when both pictures are on the page (or it is said that the student has none): nobody is
 * asked to confirm what cannot be seen. Signal "changed": ready or not any more. */
#pragma once

#include <gtk/gtk.h>
#include "app/station.h"
#include "app/trayitem.h"

G_BEGIN_DECLS

#define LANMU_TYPE_COMPARE_PANE (lanmu_compare_pane_get_type ())
G_DECLARE_FINAL_TYPE (LanmuComparePane, lanmu_compare_pane, LANMU, COMPARE_PANE, GtkWidget)

void lanmu_compare_pane_set_station (LanmuComparePane *self, LanmuStation *station);
/* The picture, and as a first guess its likely student. NULL empties both sides. */
void lanmu_compare_pane_show_item (LanmuComparePane *self, LanmuTrayItem *item);
void lanmu_compare_pane_show_student (LanmuComparePane *self, LanmuStudent *student);
gboolean lanmu_compare_pane_show_take (LanmuComparePane *self, guint index); /* from 1; FALSE: there is none */

LanmuStudent *lanmu_compare_pane_get_student (LanmuComparePane *self); /* NULL = nobody */
gboolean lanmu_compare_pane_is_likely (LanmuComparePane *self);        /* the student is whom the station thought of */
guint lanmu_compare_pane_get_n_takes (LanmuComparePane *self);
gboolean lanmu_compare_pane_is_ready (LanmuComparePane *self);

G_END_DECLS
