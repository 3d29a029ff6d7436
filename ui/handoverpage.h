/* LanmuHandOverPage: 交付, pictures and table for whoever gets them. What, where to, who is not ready and why; Enter
 * writes it while the station goes on, D stops it, Enter again goes on where it stopped. Digits work the choices. The
 * rules are app/delivery's. A LanmuPage (ui/page.h); main thread.
 *
 * Promise: what is written is what stood on the page when Enter was pressed; nothing is written while somebody is not
 * ready and nobody said that it may be so.
 *
 * State file: hand_over_mode ("looking" "ready" "blocked" "writing" "done" "nothing" "failed") hand_over_choices (a
 * digit a row) hand_over_text hand_over_people hand_over_files hand_over_problems. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANMU_TYPE_HAND_OVER_PAGE (lanmu_hand_over_page_get_type ())
G_DECLARE_FINAL_TYPE (LanmuHandOverPage, lanmu_hand_over_page, LANMU, HAND_OVER_PAGE, GtkWidget)

G_END_DECLS
