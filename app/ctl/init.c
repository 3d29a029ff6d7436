/* lanmuctl init: makes the data folder and its one campaign. All or nothing: a folder that has a campaign is not touched. */
#include "app/ctl/ctl.h"

#include <string.h>

#include "db/campaign.h"

static gboolean create (LanmuDb *db, gpointer data, GError **error)
{
  return lanmu_campaign_create (db, data, lanmu_ctl_actor (), error);
}

static gboolean is_school_code (const char *code)
{
  return strlen (code) == 5 && strspn (code, "0123456789") == 5;
}

static void answer (LanmuCtl *ctl, const LanmuCampaignRow *campaign)
{
  if (!ctl->json) {
    lanmu_ctl_print (_ ("Campaign “%s” is ready in %s.\n"), campaign->name, ctl->data_dir);
    return;
  }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_bool (builder, "ok", TRUE);
  lanmu_ctl_json_string (builder, "campaign", campaign->name);
  lanmu_ctl_json_string (builder, "school_code", campaign->school_code);
  lanmu_ctl_json_string (builder, "profile", campaign->profile);
  lanmu_ctl_json_string (builder, "data", ctl->data_dir);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

int lanmu_ctl_init (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL, *school = NULL, *profile = NULL, *delete_after = NULL;
  const GOptionEntry entries[] = {
    { "campaign", 0, 0, G_OPTION_ARG_STRING, &name, _ ("name of the campaign"), "NAME" },
    { "school-code", 0, 0, G_OPTION_ARG_STRING, &school, _ ("the school's five digits"), "CODE" },
    { "profile", 0, 0, G_OPTION_ARG_STRING, &profile, _ ("photo standard (diploma)"), "NAME" },
    { "delete-after", 0, 0, G_OPTION_ARG_STRING, &delete_after, _ ("when the data must be gone, 2027-07-01"), "DATE" },
    { 0 },
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 0, 0, NULL, &code))
    return code;
  if (name == NULL || *name == '\0')
    return lanmu_ctl_misuse (ctl, "init", "%s", _ ("The campaign needs a name: --campaign NAME."));
  if (school == NULL || !is_school_code (school))
    return lanmu_ctl_misuse (ctl, "init", "%s", _ ("The school code must be five digits: --school-code 10618."));
  if (profile != NULL && !g_str_equal (profile, "diploma"))
    return lanmu_ctl_misuse (ctl, "init", _ ("There is no profile “%s”; this version has “diploma”."), profile);

  g_autoptr (LanmuStore) store = lanmu_ctl_open_writing (ctl, LANMU_DB_CREATE, &code);
  if (store == NULL)
    return code;
  LanmuCampaignRow campaign = { .name = name, .school_code = school, .profile = profile != NULL ? profile : (char *) "diploma", .delete_after = delete_after };
  if (lanmu_store_run_sync (store, create, &campaign, &error))
    answer (ctl, &campaign);
  code = error != NULL ? lanmu_ctl_fail (ctl, error) : LANMU_CTL_DONE;
  lanmu_store_close (store);
  return code;
}
