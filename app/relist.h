/* After another list was imported beside the running station: its queue is read anew. Main thread. */
#pragma once

#include "app/station.h"

G_BEGIN_DECLS

/* Whoever is bound stays bound. Errors: LANMU_DB_ERROR, the queue is then as before. */
gboolean lanmu_station_reload_list (LanmuStation *self, GError **error);

G_END_DECLS
