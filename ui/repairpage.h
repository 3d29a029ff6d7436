/* LanmuRepairPage: 改错, when pictures were taken as the wrong student. What kind of slip (1–4), which two students
 * (scan, search or list), then every picture's way side by side, before anything changes; Enter asks how it happened, a
 * digit does it. Ctrl+Z takes the last one back. The rules are app/repair.h's. A LanmuPage (ui/page.h); main thread.
 *
 * Promises:
 *  1. What is done is what stands on the page: the plan's fingerprint goes with it.
 *  2. Nothing is done while the plan has a refusal.
 *
 * State file: repair_mode ("choose" "reason" "busy") repair_text repair_moves (of the plan on the page) repair_last (id
 * of the repair that was done last here, 0 = none). */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANMU_TYPE_REPAIR_PAGE (lanmu_repair_page_get_type ())
G_DECLARE_FINAL_TYPE (LanmuRepairPage, lanmu_repair_page, LANMU, REPAIR_PAGE, GtkWidget)

G_END_DECLS
