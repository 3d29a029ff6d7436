/* LanmuPage: what the window asks of every page but the shooting one. A page is a widget that implements this interface
 * and stands in the table of ui/pages.c; nothing else needs to know of it. Main thread.
 *
 * Promises of the window to a page:
 *  1. set_station comes once, before anything else; enter each time the page becomes visible, left when another one
 * does.
 *  2. Keys and scans come to the visible page only, and to it first.
 *
 * Signal "leave": the person is done here; the window goes back to the live picture. */
#pragma once

#include <gtk/gtk.h>
#include <json-glib/json-glib.h>
#include "app/station.h"

G_BEGIN_DECLS

/* A key of the page as a button in the status bar. Static; word is English, marked with N_(). */
typedef struct {
  const char *key;    /* what is printed on the key: "Enter", "Ctrl+Z"; "" = only a button */
  const char *word;   /* what it does: "Give" */
  const char *action; /* detailed: "station.accept", "win.live", "win.key('…')" is not needed: it reaches the page's
                         press first */
} LanmuPageKey;

#define LANMU_TYPE_PAGE (lanmu_page_get_type ())
G_DECLARE_INTERFACE (LanmuPage, lanmu_page, LANMU, PAGE, GtkWidget)

struct _LanmuPageInterface {
  GTypeInterface parent;

  void (*set_station) (LanmuPage *self, LanmuStation *station);
  void (*enter) (LanmuPage *self);
  void (*left) (LanmuPage *self); /* may be NULL */
  /* A key of the kiosk by the action it would do elsewhere ("station.accept", "win.live", "station.take" with a uint32
   * …). FALSE: nothing to this page. */
  gboolean (*press) (LanmuPage *self, const char *action, GVariant *target);
  /* A code was scanned. FALSE: it binds as anywhere else, and the window goes to the live picture. NULL: always so. */
  gboolean (*scanned) (LanmuPage *self, const char *code);
  const LanmuPageKey *keys; /* for the status bar, ended by a row of NULLs */
  /* What tests may look at, as members "NAME_…" of the state file; never a PIN, never a name. May be NULL. */
  void (*add_state) (LanmuPage *self, JsonBuilder *builder);
};

void lanmu_page_set_station (LanmuPage *self, LanmuStation *station);
void lanmu_page_enter (LanmuPage *self);
void lanmu_page_left (LanmuPage *self);
gboolean lanmu_page_press (LanmuPage *self, const char *action, GVariant *target);
gboolean lanmu_page_scanned (LanmuPage *self, const char *code);
const LanmuPageKey *lanmu_page_get_keys (LanmuPage *self); /* never NULL */
void lanmu_page_add_state (LanmuPage *self, JsonBuilder *builder);
void lanmu_page_leave (LanmuPage *self); /* for pages: emits "leave" */

G_END_DECLS
