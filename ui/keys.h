/* LanmuKeys: every key press of the window, before any widget sees it: scanner, keys of the shooting loop, text fields.
 * Main thread.
 *
 * Promises:
 *  1. A scanned code arrives as "scanned" wherever the focus is; none of its keys does anything else (ui/scanner.h).
 *  2. A key that is held down acts once.
 *  3. In a text field only Esc, F11 and keys with Ctrl leave the field.
 *
 * Signals:
 *   "pressed" (const char *action)              a key's action: "station.shoot", "station.take(uint32 1)", "win.find" …
 *   "scanned" (const char *code, gboolean text) text: it was typed into a text field, which still holds it
 *   "held"    (gboolean down)                   F1: names in full while it is down; up too when the window loses the focus
 *   "broken"  ()                                a scan that was too short */
#pragma once

#include "ui/shootpage.h"

G_BEGIN_DECLS

#define LANMU_TYPE_KEYS (lanmu_keys_get_type ())
G_DECLARE_FINAL_TYPE (LanmuKeys, lanmu_keys, LANMU, KEYS, GObject)

/* Arrows, + − and Home move the portrait while this page shows a take; else they do what they always do. Not owned. */
void lanmu_keys_set_review (LanmuKeys *self, LanmuShootPage *page);

/* window: keeps the controller, does not keep this object alive. */
LanmuKeys *lanmu_keys_new (GtkWindow *window);

G_END_DECLS
