/* What was left of battery, card and disk while how much was done: readings the forecast learns from. Measures, no acts: without audit rows.
 * Any thread that owns the connection. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  gint64 wall_us;
  char *camera_serial;
  int battery;              /* percent; -1 = not known */
  int card_shots;           /* pictures that fit on the card, as the camera says; -1 = not known */
  gint64 disk_shots;        /* pictures that fit on the disk; -1 = not known */
  int shots, people;        /* pictures and accepted students so far, in the campaign */
} LanmuGaugeRow;

void lanmu_gauge_row_free (LanmuGaugeRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuGaugeRow, lanmu_gauge_row_free)

/* shots and people are counted here, wall_us 0 = now. Readings older than two days go. */
gboolean lanmu_gauge_note (LanmuDb *db, const LanmuGaugeRow *row, GError **error);
GPtrArray *lanmu_gauges_list (LanmuDb *db, gint64 since_us, GError **error); /* LanmuGaugeRow *, oldest first */

G_END_DECLS
