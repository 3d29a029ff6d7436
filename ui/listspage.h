/* LanmuListsPage: 名单, a student list into the campaign. The newest lists on sticks, in Downloads and on the desktop
 * stand there by number; any other by F. What was found is shown by sheet, cell and kind before anything changes; each
 * kind a person may let pass is one decision, by its number; Enter imports, R saves the report for the college, Esc
 * stops or leaves. The rules are app/roster/importer.h's. Main thread.
 *
 * Promises:
 *  1. Nothing is written but by Enter, and only what stands on the page.
 *  2. The picture never waits: the file is read on a thread of its own. */
#pragma once

#include <gtk/gtk.h>
#include "app/station.h"

G_BEGIN_DECLS

#define LANMU_TYPE_LISTS_PAGE (lanmu_lists_page_get_type ())
G_DECLARE_FINAL_TYPE (LanmuListsPage, lanmu_lists_page, LANMU, LISTS_PAGE, GtkWidget)

G_END_DECLS
