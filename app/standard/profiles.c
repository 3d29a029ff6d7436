/* See profiles.h. */
#include "app/standard/profiles.h"

#include "db/campaign.h"

char *lanmu_profiles_dir (const char *data_dir)
{
  return g_build_filename (data_dir, "profiles", NULL);
}

LanmuProfile *lanmu_profile_of_campaign (LanmuDb *db, GError **error)
{
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (db, error);
  if (campaign == NULL)
    return NULL;
  g_autofree char *own = lanmu_profiles_dir (lanmu_db_get_data_dir (db));
  return lanmu_profile_find (campaign->profile, own, error);
}
