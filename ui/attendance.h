/* LanmuAttendance: who works at this kiosk: the desk, with what the window needs of it: may they, cards, touches that keep the lock away, names in full while a
 * key is held, the strip of the role. Main thread.
 *
 * Signals: "refused" (const GError *)  somebody may not, or a card is unknown; "changed" ()  somebody else works here now, or nobody; "carded" ()  by a card */
#pragma once

#include <gtk/gtk.h>
#include "app/station.h"

G_BEGIN_DECLS

#define LANMU_TYPE_ATTENDANCE (lanmu_attendance_get_type ())
G_DECLARE_FINAL_TYPE (LanmuAttendance, lanmu_attendance, LANMU, ATTENDANCE, GObject)

/* Makes the desk, and gives it to the station and to the veil. strip: a box along the window's edge. */
LanmuAttendance *lanmu_attendance_new (LanmuStation *station, GtkWidget *strip);
LanmuDesk *lanmu_attendance_get_desk (LanmuAttendance *self);
gboolean lanmu_attendance_may (LanmuAttendance *self, LanmuAction action); /* for some student at least; FALSE: "refused" said why */
gboolean lanmu_attendance_knows_card (LanmuAttendance *self, const char *code);
void lanmu_attendance_take_card (LanmuAttendance *self, const char *code);
void lanmu_attendance_reveal (LanmuAttendance *self, gboolean down, const char *page, GArray *students); /* as lanmu_reveal_begin */
/* From now on any key, pointer or finger on this widget says that somebody is there. */
void lanmu_attendance_watch (LanmuAttendance *self, GtkWidget *window);

G_END_DECLS
