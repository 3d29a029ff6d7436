/* What the station asks before it acts: the desk (guard.c), the counselor's word (countersign.c). Private to app/station/; main thread. */
#pragma once

#include "app/station.h"

G_BEGIN_DECLS

/* guard.c */
gint64 lanmu_station_class_of (LanmuStation *self, const char *student_no); /* 0: nobody of that number */
gboolean lanmu_station_may (LanmuStation *self, LanmuAction action, gint64 class_id, GError **error);
gboolean lanmu_station_may_repair (LanmuStation *self, const LanmuRepairWish *wish, GError **error); /* everybody it would touch */
gboolean lanmu_station_may_tray (LanmuStation *self, const char *shot, const char *student_no, GError **error); /* NULL: the shot's likely student */
gboolean lanmu_station_refuse_task (GTask *task, GError *error); /* error NULL: FALSE; else the task is answered and dropped, both are taken */

/* countersign.c */
void lanmu_station_load_countersign (LanmuStation *self);                /* what the campaign demands */
void lanmu_station_set_countersigned (LanmuStation *self, const char *by);
gboolean lanmu_station_is_countersigned (LanmuStation *self, GError **error); /* enough for a shutter */
gboolean lanmu_station_refuse_unconfirmed (GError **error);              /* FALSE, in words; any thread */

/* day.c */
void lanmu_station_refresh_next (LanmuStation *self);
gboolean lanmu_station_is_measured (LanmuDb *db, gint64 student_id, GError **error); /* FALSE with HELD: the health gate; on the store thread */
void lanmu_station_read_gauges (LanmuStation *self);
void lanmu_station_note_card_look (LanmuStation *self, guint unexplained); /* of a reconcile that could have everything */

G_END_DECLS
