/* LanmuReveal: names and numbers in full while a key is held (F1). Whoever asks needs the right; who asked, and who stood on the screen, is in the audit before
 * anything is shown. Main thread. */
#pragma once

#include "app/station.h"

G_BEGIN_DECLS

#define LANMU_TYPE_REVEAL (lanmu_reveal_get_type ())
G_DECLARE_FINAL_TYPE (LanmuReveal, lanmu_reveal, LANMU, REVEAL, GObject)

LanmuReveal *lanmu_reveal_new (LanmuStation *station);
/* page: the visible one; students: ids on it (gint64). FALSE: LANMU_DESK_ERROR. */
gboolean lanmu_reveal_begin (LanmuReveal *self, const char *page, GArray *students, GError **error);
void lanmu_reveal_end (LanmuReveal *self);

G_END_DECLS
