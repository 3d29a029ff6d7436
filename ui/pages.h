/* The table of the kiosk's pages: name, word in the rail, key, type. A new page is one row here, its files, and its
 * line in the two lists of sources. Main thread. */
#pragma once

#include <gtk/gtk.h>
#include "app/roles/action.h"

G_BEGIN_DECLS

typedef struct {
  const char *name; /* stable: the stack's child, the target of win.page, "page" in the state file */
  const char *word; /* English, marked with N_(): one word in the rail; NULL: not in the rail */
  const char *key;  /* what is printed on its key: "F8" */
  guint keyval;     /* of the key, without modifiers; one that is also a letter works outside text fields only */
  LanmuAction action; /* what one must be allowed, for some class at least, to open it; LANMU_N_ACTIONS = nothing */
  GType (*get_type) (void); /* implements LanmuPage; NULL for "shoot", which the window's template holds */
} LanmuPageRow;

/* In the order of the rail; "shoot" is the first. */
const LanmuPageRow *lanmu_pages_get (guint *n);
const LanmuPageRow *lanmu_pages_find (const char *name); /* NULL: no such page */
const LanmuPageRow *lanmu_pages_find_key (guint keyval); /* NULL: no page's key */

G_END_DECLS
