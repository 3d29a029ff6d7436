/* What the station says and shows when a picture has become a row (or was refused), and the small notes taken on its way. Main thread. */
#pragma once

#include "app/station/arrival.h"

G_BEGIN_DECLS

void lanmu_station_arrived (LanmuArrival *a, LanmuCommit *c);
void lanmu_arrival_free (LanmuArrival *a);
void lanmu_arrival_give_up (LanmuArrival *a, const char *reason, const char *message); /* not now: somebody comes back for it; frees a */
void lanmu_arrival_commit (LanmuArrival *a);                                          /* keep.c: frees a in the end */
gboolean lanmu_station_is_of_this_body (LanmuStation *self, const LanmuLiveTicket *ticket);
double lanmu_arrival_ms (LanmuArrival *a);   /* since the operator asked, or since it was announced; -1 unknown */
void lanmu_station_note_announced (LanmuStation *self, LanmuLiveTicket *ticket);
void lanmu_station_note_last_file (LanmuStation *self, const LanmuCameraFile *file);

G_END_DECLS
