/* LanmuFinder: who has this piece of text, among a million, while a key is still down. Main thread.
 *
 * For every run of three bytes (and, of ASCII, every pair and every single one) it keeps the set of places whose text
 * has it, as compressed bitmaps (CRoaring). A search intersects the sets of what was typed, rarest first, and looks at
 * the texts of the few places that are left; it stops at as many as a person can look at. So a keystroke costs what the
 * rarest piece costs, not what the list is long. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANMU_FINDER_MOST 1000 /* places a search answers with */

typedef struct _LanmuFinder LanmuFinder;

LanmuFinder *lanmu_finder_new (void);
void lanmu_finder_free (LanmuFinder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuFinder, lanmu_finder_free)

/* Places are added in rising order. text is not copied: it must live as long as the finder. */
void lanmu_finder_add (LanmuFinder *self, const char *text);

/* Takes the places (guint, rising, appended) whose text holds `piece`, not empty. passes may be NULL; a place that does
 * not pass is not counted. */
typedef gboolean (*LanmuFinderPasses) (guint place, gpointer data);
void lanmu_finder_find (LanmuFinder *self, const char *piece, LanmuFinderPasses passes, gpointer data, GArray *places);

G_END_DECLS
