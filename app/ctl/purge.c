/* lanmuctl purge: shows what will go, asks for the campaign's name, deletes, leaves a signed record; --verify proves one. */
#include "app/ctl/ctl.h"

#include <stdio.h>
#include <string.h>

#include "app/ctl/pinentry.h"
#include "app/purge/purge.h"

typedef struct {
  LanmuPurgePlan plan;
  const char *reason;
  char *record;
} Deed;

static gboolean plan_work (LanmuDb *db, gpointer data, GError **error)
{
  return lanmu_purge_plan (db, &((Deed *) data)->plan, error);
}

static gboolean run_work (LanmuDb *db, gpointer data, GError **error)
{
  Deed *deed = data;
  return lanmu_purge_run (db, &deed->plan, deed->reason, lanmu_ctl_actor (), &deed->record, error);
}

static void show (LanmuCtl *ctl, const LanmuPurgePlan *plan)
{
  if (ctl->json)
    return;
  lanmu_ctl_print (_ ("Campaign “%s”, to be deleted after %s:\n"), plan->campaign, *plan->delete_after != '\0' ? plan->delete_after : "–");
  lanmu_ctl_print (_ ("  %d students, %d shots in %u files, %d portraits, %u copies of the database; %d of %d accepted pictures were handed over.\n"),
                   (int) plan->count.students, (int) plan->count.shots, plan->pictures, (int) plan->count.portraits, plan->copies, (int) plan->count.delivered,
                   (int) plan->count.chosen);
  if (*plan->second != '\0')
    lanmu_ctl_print (plan->second_there ? _ ("  The second copy %s is emptied too.\n")
                                        : _ ("  The second copy %s cannot be reached: what lies there STAYS. Plug it in first.\n"), plan->second);
  for (guint i = 0; i < plan->places->len; i++)
    lanmu_ctl_print (_ ("  Handed over and not touched: %s\n"), (const char *) plan->places->pdata[i]);
}

/* typed: --campaign, or NULL. */
static gboolean is_confirmed (LanmuCtl *ctl, const LanmuPurgePlan *plan, const char *typed, int *code)
{
  char line[512] = "";
  if (plan->state != LANMU_PURGE_NONE) /* it was confirmed when it was begun */
    return TRUE;
  if (typed == NULL && lanmu_pin_entry_is_terminal ()) {
    fprintf (stderr, "%s", _ ("Type the campaign's name to delete all of this for good: "));
    typed = fgets (line, sizeof line, stdin);
    line[strcspn (line, "\r\n")] = '\0';
  }
  if (g_strcmp0 (typed, plan->campaign) == 0)
    return TRUE;
  *code = lanmu_ctl_refuse (ctl, "not_confirmed", _ ("Nothing was deleted: the campaign is called “%s”; type that name, or give it with --campaign."), plan->campaign);
  return FALSE;
}

static int finish (LanmuCtl *ctl, const Deed *deed, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *fingerprint = NULL, *own = path == NULL ? g_build_filename (ctl->data_dir, "purge-record.txt", NULL) : NULL;
  const char *place = path != NULL ? path : own;
  if (!lanmu_purge_record_write (ctl->data_dir, deed->record, place, &fingerprint, &error))
    return lanmu_ctl_fail_with (ctl, place, error);
  if (ctl->json)
    lanmu_ctl_print ("{\"ok\":true,\"record\":%s,\"fingerprint\":\"%s\"}\n", deed->record, fingerprint);
  else
    lanmu_ctl_print (_ ("The data is deleted. The record is %s, signed by %s; prove it anywhere with: lanmuctl purge --verify FILE\n"
                        "A solid-state disk may keep old blocks until it reuses them; a sealed campaign cannot be opened any more all the same.\n"), place,
                     fingerprint);
  return LANMU_CTL_DONE;
}

static int purge (LanmuCtl *ctl, Deed *deed, const char *typed, const char *path, LanmuStore *store)
{
  int code;
  g_autoptr (GError) error = NULL;
  if (!lanmu_store_run_sync (store, plan_work, deed, &error))
    return lanmu_ctl_fail (ctl, error);
  if (deed->plan.state != LANMU_PURGE_DONE)
    show (ctl, &deed->plan);
  if (!is_confirmed (ctl, &deed->plan, typed, &code))
    return code;
  if (!lanmu_store_run_sync (store, run_work, deed, &error))
    return lanmu_ctl_fail (ctl, error);
  return finish (ctl, deed, path);
}

static int verify (LanmuCtl *ctl, const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *record = NULL, *fingerprint = NULL;
  if (!lanmu_purge_record_check (path, &record, &fingerprint, &error))
    return lanmu_ctl_fail_with (ctl, path, error);
  if (ctl->json)
    lanmu_ctl_print ("{\"ok\":true,\"record\":%s,\"fingerprint\":\"%s\"}\n", record, fingerprint);
  else
    lanmu_ctl_print (_ ("The record is unchanged; signed by %s (ask whoever deleted for these digits).\n%s\n"), fingerprint, record);
  return LANMU_CTL_DONE;
}

int lanmu_ctl_purge (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  Deed deed = {0};
  g_autofree char *reason = NULL, *typed = NULL, *path = NULL, *proof = NULL;
  const GOptionEntry entries[] = {
      {"campaign", 0, 0, G_OPTION_ARG_STRING, &typed, _ ("the campaign's name, instead of typing it"), "NAME"},
      {"reason", 0, 0, G_OPTION_ARG_STRING, &reason, _ ("why before the date, or before everything was handed over"), "TEXT"},
      {"record", 0, 0, G_OPTION_ARG_FILENAME, &path, _ ("where the signed record goes (purge-record.txt in the data folder)"), "FILE"},
      {"verify", 0, 0, G_OPTION_ARG_FILENAME, &proof, _ ("prove a record; nothing is deleted"), "FILE"},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 0, 0, NULL, &code))
    return code;
  if (proof != NULL)
    return verify (ctl, proof);
  ctl->stays_closed = TRUE; /* to destroy needs no key */
  g_autoptr (LanmuStore) store = lanmu_ctl_open_writing (ctl, LANMU_DB_READ_WRITE, &code);
  if (store == NULL)
    return code;
  deed.reason = reason != NULL ? reason : "";
  code = purge (ctl, &deed, typed, path, store);
  lanmu_store_close (store);
  lanmu_purge_plan_clear (&deed.plan);
  g_free (deed.record);
  return code;
}
