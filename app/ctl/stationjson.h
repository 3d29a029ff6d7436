/* Events, answers and status of the headless station as JSON lines on standard output. Main thread; each line is flushed. */
#pragma once

#include <json-glib/json-glib.h>
#include "app/station.h"

G_BEGIN_DECLS

void lanmu_station_json_event (const LanmuEvent *event);
/* {"re":COMMAND,"ok":true, …fill's members…}; fill may be NULL. */
typedef void (*LanmuJsonFill) (JsonBuilder *builder, gpointer data);
void lanmu_station_json_ok (const char *command, LanmuJsonFill fill, gpointer data);
/* {"re":COMMAND,"ok":false,"kind":…,"message":…} */
void lanmu_station_json_error (const char *command, const GError *error);
void lanmu_station_json_refusal (const char *command, const char *kind, const char *message);
void lanmu_station_json_status (JsonBuilder *builder, gpointer station); /* LanmuJsonFill */

G_END_DECLS
