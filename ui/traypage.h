/* LanmuTrayPage: 待认领, pictures that belong to nobody for sure. A list, the picture beside a student's own, and two
 * deeds: give (Enter, twice) and put aside (D, then why). Both are taken back by Ctrl+Z. A scanned 学号 is the student
 * to compare with. A LanmuPage (ui/page.h); main thread.
 *
 * Promises:
 *  1. Giving always takes two presses and both pictures on the page, to the likely student as to any other: a wrong
 *     assignment is not easier than a right one.
 *  2. A second press within LANMU_TRAY_BOUNCE_MS of the first is a finger that bounced.
 *
 * State file: tray_mode ("browse" "give" "discard" "find" "busy") tray_student_no (null = nobody) tray_text tray_count
 * tray_ready. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define LANMU_TRAY_BOUNCE_MS 300

#define LANMU_TYPE_TRAY_PAGE (lanmu_tray_page_get_type ())
G_DECLARE_FINAL_TYPE (LanmuTrayPage, lanmu_tray_page, LANMU, TRAY_PAGE, GtkWidget)

G_END_DECLS
