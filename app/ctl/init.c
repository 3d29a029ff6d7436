/* lanmuctl init: makes the data folder and its one campaign. All or nothing: a folder that has a campaign is not
 * touched. */
#include "app/ctl/ctl.h"

#include <stdio.h>
#include <string.h>

#include "app/ctl/passphrase.h"
#include "app/preferences.h"
#include "app/roster/import.h"
#include "app/sample.h"
#include "app/sentence.h"
#include "app/standard/profiles.h"
#include "db/campaign.h"
#include "db/seal.h"
#include "db/settings.h"

#define SAMPLE_STUDENTS 60
#define SAMPLE_CLASSES  2

typedef struct {
  LanmuCampaignRow campaign;
  gboolean sample, codes;
  char *passphrase; /* NULL: not sealed */
  gboolean small;
} Wish;

static gboolean import_sample (LanmuDb *db, GError **error)
{
  g_autofree char *csv = lanmu_sample_csv (SAMPLE_STUDENTS, SAMPLE_CLASSES, 1);
  g_autoptr (LanmuReport) report = lanmu_report_new ();
  g_autoptr (LanmuList) list = lanmu_list_read_bytes (csv, strlen (csv), "sample.csv", NULL, report);
  LanmuImport import = {.list = list, .report = report, .actor = lanmu_ctl_actor ()};
  return lanmu_import_work (db, &import, error);
}

/* Before the first student is written. */
static gboolean seal (LanmuDb *db, const Wish *wish, GError **error)
{
  const LanmuSealSecret secret = {lanmu_ctl_actor (), wish->passphrase, wish->small ? LANMU_SEAL_COST_INTERACTIVE : LANMU_SEAL_COST_MODERATE};
  return lanmu_seal_begin (db, &secret, lanmu_ctl_actor (), error) && lanmu_seal_finish (db, lanmu_ctl_actor (), error);
}

static gboolean create (LanmuDb *db, gpointer data, GError **error)
{
  const Wish *wish = data;
  return lanmu_campaign_create (db, &wish->campaign, lanmu_ctl_actor (), error) &&
         (wish->passphrase == NULL || seal (db, wish, error)) &&
         (!wish->codes || lanmu_setting_set (db, LANMU_PREFERENCE_CODES, "yes", lanmu_ctl_actor (), error)) &&
         (!wish->sample || import_sample (db, error));
}

/* The campaign and its sample list come together or not at all. */
static gboolean create_all (LanmuDb *db, gpointer data, GError **error)
{
  return lanmu_db_transaction (db, "init", create, data, error);
}

static gboolean is_date (const char *text)
{
  int year, month, day, length = 0;
  return strlen (text) == 10 && sscanf (text, "%4d-%2d-%2d%n", &year, &month, &day, &length) == 3 && length == 10 &&
         g_date_valid_dmy ((GDateDay) day, month, (GDateYear) year);
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
  gboolean sample = FALSE, codes = FALSE, sealed = FALSE, small = FALSE;
  g_autofree char *name = NULL, *school = NULL, *profile = NULL, *delete_after = NULL;
  const GOptionEntry entries[] = {
      {"campaign", 0, 0, G_OPTION_ARG_STRING, &name, _ ("name of the campaign"), "NAME"},
      {"school-code", 0, 0, G_OPTION_ARG_STRING, &school, _ ("the school's five digits"), "CODE"},
      {"profile", 0, 0, G_OPTION_ARG_STRING, &profile, _ ("photo standard: a name of `lanmuctl profile list` (diploma)"), "NAME"},
      {"delete-after", 0, 0, G_OPTION_ARG_STRING, &delete_after, _ ("when the data must be gone, 2027-07-01"), "DATE"},
      {"codes", 0, 0, G_OPTION_ARG_NONE, &codes, _ ("students show capture codes instead of standing in a list"), NULL},
      {"seal", 0, 0, G_OPTION_ARG_NONE, &sealed, _ ("keep pictures and ID numbers encrypted under a passphrase; asks for it"), NULL},
      {"small", 0, 0, G_OPTION_ARG_NONE, &small, _ ("a machine with little memory: 64 MiB instead of 256 to try a passphrase"), NULL},
      {"sample", 0, 0, G_OPTION_ARG_NONE, &sample, _ ("with 60 synthetic students in 2 classes"), NULL},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 0, 0, NULL, &code))
    return code;
  if (sample && name == NULL)
    name = g_strdup ("示例 Sample");
  if (sample && school == NULL)
    school = g_strdup ("10618");
  if (name == NULL || *name == '\0')
    return lanmu_ctl_misuse (ctl, "init", "%s", _ ("The campaign needs a name: --campaign NAME."));
  if (school == NULL || !is_school_code (school))
    return lanmu_ctl_misuse (ctl, "init", "%s", _ ("The school code must be five digits: --school-code 10618."));
  g_autofree char *own = lanmu_profiles_dir (ctl->data_dir);
  g_autoptr (LanmuProfile) standard = lanmu_profile_find (profile != NULL ? profile : LANMU_PROFILE_DEFAULT, own, &error);
  if (standard == NULL) {
    g_autofree char *sentence = lanmu_sentence_new (error);
    return lanmu_ctl_misuse (ctl, "init", "%s", sentence);
  }
  if (delete_after != NULL && !is_date (delete_after))
    return lanmu_ctl_misuse (ctl, "init", _ ("“%s” is no date; write it as 2027-07-01."), delete_after);

  char *passphrase = sealed ? lanmu_passphrase_make (ctl, &code) : NULL;
  if (sealed && passphrase == NULL)
    return code;
  ctl->stays_closed = TRUE;
  g_autoptr (LanmuStore) store = lanmu_ctl_open_writing (ctl, LANMU_DB_CREATE, &code);
  if (store == NULL) {
    lanmu_passphrase_free (passphrase);
    return code;
  }
  Wish wish = {
      {.name = name,
       .school_code = school,
       .profile = standard->name,
       .delete_after = delete_after},
      sample,
      codes,
      passphrase,
      small,
  };
  if (lanmu_store_run_sync (store, create_all, &wish, &error))
    answer (ctl, &wish.campaign);
  code = error != NULL ? lanmu_ctl_fail (ctl, error) : LANMU_CTL_DONE;
  lanmu_store_close (store);
  lanmu_passphrase_free (passphrase);
  return code;
}
