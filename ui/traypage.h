/* LanmuTrayPage: 待认领, pictures that belong to nobody for sure. A list, the picture beside a student's own, and two
 * deeds: give (Enter, twice) and put aside (D, then why). Both are taken back by Ctrl+Z. Main thread.
 *
 * Promises:
 *  1. Giving always takes two presses and both pictures on the page, to the likely student as to any other: a wrong
 *     assignment is not easier than a right one.
 *  2. A second press within LANMU_TRAY_BOUNCE_MS of the first is a finger that bounced.
 *
 * Signal "leave": the person is done here. */
#pragma once

#include <gtk/gtk.h>
#include "app/station.h"

G_BEGIN_DECLS

#define LANMU_TRAY_BOUNCE_MS 300

#define LANMU_TYPE_TRAY_PAGE (lanmu_tray_page_get_type ())
G_DECLARE_FINAL_TYPE (LanmuTrayPage, lanmu_tray_page, LANMU, TRAY_PAGE, GtkWidget)

void lanmu_tray_page_set_station (LanmuTrayPage *self, LanmuStation *station);
void lanmu_tray_page_enter (LanmuTrayPage *self); /* it becomes visible: the list is read anew and has the focus */

/* A key of the kiosk while this page is visible, by the action it would do elsewhere ("station.accept", "win.live",
 * "station.take(uint32 2)" …). FALSE: nothing to this page. */
gboolean lanmu_tray_page_press (LanmuTrayPage *self, const char *action, GVariant *target);
/* A scanned 学号: the student to compare with. */
void lanmu_tray_page_scanned (LanmuTrayPage *self, const char *student_no);

/* For the state file. */
const char *lanmu_tray_page_get_mode (LanmuTrayPage *self);       /* "browse" "give" "discard" "find" */
const char *lanmu_tray_page_get_student_no (LanmuTrayPage *self); /* NULL = nobody */
const char *lanmu_tray_page_get_text (LanmuTrayPage *self);
guint lanmu_tray_page_get_count (LanmuTrayPage *self);
gboolean lanmu_tray_page_is_ready (LanmuTrayPage *self);

G_END_DECLS
