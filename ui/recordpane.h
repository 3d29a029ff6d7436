/* LanmuRecordPane: who stands before the camera, in letters for three metres; the takes; who is next. Every line keeps
 * its place when its content changes. Main thread. */
#pragma once

#include <gtk/gtk.h>
#include "ui/checkspane.h"

G_BEGIN_DECLS

#define LANMU_TYPE_RECORD_PANE (lanmu_record_pane_get_type ())
G_DECLARE_FINAL_TYPE (LanmuRecordPane, lanmu_record_pane, LANMU, RECORD_PANE, GtkWidget)

void lanmu_record_pane_set_station (LanmuRecordPane *self, LanmuStation *station);
LanmuChecksPane *lanmu_record_pane_get_checks (LanmuRecordPane *self);
/* Where the button of a take (from 1) stands, in the coordinates of `widget`. FALSE: it is not on the page. */
gboolean lanmu_record_pane_get_take_place (LanmuRecordPane *self, guint index, GtkWidget *widget,
                                           graphene_rect_t *place);

G_END_DECLS
