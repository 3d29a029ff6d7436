/* LanmuPageRail: the words of the pages at the left edge of every page but the shooting one (nothing stands beside the
 * live picture that is not about it). A press activates win.page. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANMU_TYPE_PAGE_RAIL (lanmu_page_rail_get_type ())
G_DECLARE_FINAL_TYPE (LanmuPageRail, lanmu_page_rail, LANMU, PAGE_RAIL, GtkWidget)

void lanmu_page_rail_show (LanmuPageRail *self, const char *page); /* which one is visible */

G_END_DECLS
