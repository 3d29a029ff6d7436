/* Where a data folder keeps profiles of its own, and which one its campaign names. Any thread with its own connection. */
#pragma once

#include "capture/profile/profile.h"
#include "db/database.h"

G_BEGIN_DECLS

char *lanmu_profiles_dir (const char *data_dir); /* DATA/profiles. Full */

/* The campaign's profile. Errors: LANMU_DB_ERROR, LANMU_PROFILE_ERROR. */
LanmuProfile *lanmu_profile_of_campaign (LanmuDb *db, GError **error);

G_END_DECLS
