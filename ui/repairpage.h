/* LanmuRepairPage: 改错, when pictures were taken as the wrong student. What kind of slip (1–4), which two students
 * (scan, search or list), then every picture's way side by side, before anything changes; Enter asks how it happened, a
 * digit does it. Ctrl+Z takes the last one back. The rules are app/repair.h's. Main thread.
 *
 * Promises:
 *  1. What is done is what stands on the page: the plan's fingerprint goes with it.
 *  2. Nothing is done while the plan has a refusal.
 *
 * Signal "leave": the person is done here. */
#pragma once

#include <gtk/gtk.h>
#include "app/station.h"

G_BEGIN_DECLS

#define LANMU_TYPE_REPAIR_PAGE (lanmu_repair_page_get_type ())
G_DECLARE_FINAL_TYPE (LanmuRepairPage, lanmu_repair_page, LANMU, REPAIR_PAGE, GtkWidget)

void lanmu_repair_page_set_station (LanmuRepairPage *self, LanmuStation *station);
void lanmu_repair_page_enter (LanmuRepairPage *self);
/* A key of the kiosk while this page is visible, by the action it would do elsewhere. FALSE: nothing to this page. */
gboolean lanmu_repair_page_press (LanmuRepairPage *self, const char *action, GVariant *target);
void lanmu_repair_page_scanned (LanmuRepairPage *self, const char *student_no);

/* For the state file. */
const char *lanmu_repair_page_get_mode (LanmuRepairPage *self); /* "choose" "reason" "busy" */
const char *lanmu_repair_page_get_text (LanmuRepairPage *self);
guint lanmu_repair_page_get_n_moves (LanmuRepairPage *self); /* of the plan on the page */
gint64 lanmu_repair_page_get_last (LanmuRepairPage *self);   /* id of the repair that was done last here, 0 = none */

G_END_DECLS
