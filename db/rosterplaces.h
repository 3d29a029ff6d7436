/* Private to db/: where the students of a list stand: colleges, majors and classes by name, made where they are new. */
#pragma once

#include "db/students.h"

G_BEGIN_DECLS

typedef struct _LanmuRosterPlaces LanmuRosterPlaces;

LanmuRosterPlaces *lanmu_roster_places_load (LanmuDb *db, GError **error);
void lanmu_roster_places_free (LanmuRosterPlaces *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuRosterPlaces, lanmu_roster_places_free)

/* The id of the row's class; 0 with an error. Classes get their order of the day as they are met. */
gint64 lanmu_roster_places_find (LanmuRosterPlaces *self, const LanmuStudentRow *row, GError **error);
gint64 lanmu_roster_places_get_last_old (const LanmuRosterPlaces *self); /* greatest class id that was there */

G_END_DECLS
