/* LanmuWindow: the kiosk's one window: pages (the table of ui/pages.h), status bar, keys, actions of the window
 * (win.find, win.live, win.page with a page's name or "", win.sound, win.theme, win.fullscreen; win.key presses what a
 * key would). Main thread. Property "page-name": string, the visible page, notified. */
#pragma once

#include <adwaita.h>
#include <json-glib/json-glib.h>
#include "ui/shootpage.h"
#include "ui/sounds.h"
#include "ui/stationactions.h"

G_BEGIN_DECLS

#define LANMU_TYPE_WINDOW (lanmu_window_get_type ())
G_DECLARE_FINAL_TYPE (LanmuWindow, lanmu_window, LANMU, WINDOW, AdwApplicationWindow)

/* windowed: otherwise as large as the screen. */
LanmuWindow *lanmu_window_new (GtkApplication *application, gboolean windowed);
void lanmu_window_set_station (LanmuWindow *self, LanmuStation *station);
/* One page instead of all others: why the station cannot work. */
void lanmu_window_refuse (LanmuWindow *self, const char *what, const char *todo);

/* The same page with a question on it, before set_station; end_asking shows the work again. */
void lanmu_window_ask (LanmuWindow *self, const char *what, const char *todo, GtkWidget *question);
void lanmu_window_end_asking (LanmuWindow *self);

LanmuShootPage *lanmu_window_get_page (LanmuWindow *self);
LanmuSounds *lanmu_window_get_sounds (LanmuWindow *self);              /* NULL before set_station */
void lanmu_window_add_pages (LanmuWindow *self, JsonBuilder *builder); /* what the pages give to the state file */
const char *lanmu_window_get_page_name (LanmuWindow *self);
LanmuStationActions *lanmu_window_get_actions (LanmuWindow *self); /* NULL before set_station */
void lanmu_window_say (LanmuWindow *self, LanmuAdvice advice, const char *tone); /* an answer on the shooting page */
LanmuDesk *lanmu_window_get_desk (LanmuWindow *self);              /* NULL before set_station */
gboolean lanmu_window_may_leave (LanmuWindow *self);               /* FALSE: it was said why not */
gboolean lanmu_window_is_filling (LanmuWindow *self);              /* full screen asked for */

G_END_DECLS
