/* One shot as a line: shared by the commands that list shots. Private to ctl/. */
#pragma once

#include "app/ctl/ctl.h"
#include "db/shots.h"

G_BEGIN_DECLS

/* people: lanmu_people_load. */
void lanmu_ctl_print_shot (LanmuCtl *ctl, LanmuDb *db, GHashTable *people, const LanmuShotRow *shot);

G_END_DECLS
