/* The queue of codes at the door, as commands of `lanmuctl station`. Main thread. */
#pragma once

#include "app/ctl/stationloop.h"

G_BEGIN_DECLS

void lanmu_station_door_scan (LanmuStationLoop *loop);    /* door CODE */
void lanmu_station_door_scan_of (LanmuStationLoop *loop); /* door-of NO CODE */
void lanmu_station_door_leave (LanmuStationLoop *loop);   /* leave NUMBER */
void lanmu_station_door_return (LanmuStationLoop *loop);  /* back NUMBER */
void lanmu_station_door_queue (LanmuStationLoop *loop);   /* queue */
void lanmu_station_door_call (LanmuStationLoop *loop);    /* call: the next number is bound */

G_END_DECLS
