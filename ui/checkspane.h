/* LanmuChecksPane: what is wrong with the take on review, worst first, with the numbers that stand on the picture; on demand every check with its measure and
 * limit. Keeps its place in every phase. Main thread. */
#pragma once

#include <gtk/gtk.h>
#include "app/station.h"

G_BEGIN_DECLS

#define LANMU_TYPE_CHECKS_PANE (lanmu_checks_pane_get_type ())
G_DECLARE_FINAL_TYPE (LanmuChecksPane, lanmu_checks_pane, LANMU, CHECKS_PANE, GtkWidget)

void lanmu_checks_pane_set_station (LanmuChecksPane *self, LanmuStation *station);
void lanmu_checks_pane_set_full (LanmuChecksPane *self, gboolean full); /* every check, with figures */
gboolean lanmu_checks_pane_is_full (LanmuChecksPane *self);
/* For tests: lines shown, and the name of the first check ("" = none). */
guint lanmu_checks_pane_get_count (LanmuChecksPane *self);
const char *lanmu_checks_pane_get_first (LanmuChecksPane *self);

G_END_DECLS
