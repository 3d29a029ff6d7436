/* lanmuctl settings: what a person may choose for this campaign and this station. Without a word it lists; NAME=VALUE
 * changes, all or nothing. */
#include "app/ctl/ctl.h"

#include <string.h>

#include "app/preferences.h"
#include "db/settings.h"

static void print_one (LanmuCtl *ctl, LanmuDb *db, const LanmuPreference *preference)
{
  g_autofree char *value = lanmu_preference_read (db, preference->key);
  if (!ctl->json) {
    lanmu_ctl_print ("%s=%s\t%s\t(%s)\n", preference->key, value, _ (preference->meaning), preference->allowed);
    return;
  }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "name", preference->key);
  lanmu_ctl_json_string (builder, "value", value);
  lanmu_ctl_json_string (builder, "allowed", preference->allowed);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static int list (LanmuCtl *ctl)
{
  int code;
  const LanmuPreference *preference;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  for (guint i = 0; (preference = lanmu_preferences_get (i)) != NULL; i++)
    print_one (ctl, db, preference);
  return LANMU_CTL_DONE;
}

/* words: NAME=VALUE …, checked before; within one transaction. */
static gboolean change (LanmuDb *db, gpointer words, GError **error)
{
  for (char **word = words; *word != NULL; word++) {
    g_auto (GStrv) parts = g_strsplit (*word, "=", 2);
    if (!lanmu_setting_set (db, parts[0], parts[1], lanmu_ctl_actor (), error))
      return FALSE;
  }
  return TRUE;
}

static gboolean change_all (LanmuDb *db, gpointer words, GError **error)
{
  return lanmu_db_transaction (db, "settings", change, words, error);
}

/* TRUE: every word is a setting with a value it may have. */
static gboolean check (LanmuCtl *ctl, char **words, int *code)
{
  for (; *words != NULL; words++) {
    g_auto (GStrv) parts = g_strsplit (*words, "=", 2);
    const LanmuPreference *preference = lanmu_preference_find (parts[0]);
    if (preference == NULL)
      *code =
          lanmu_ctl_misuse (ctl, "settings", _ ("There is no setting “%s”; `lanmuctl settings` lists them."), parts[0]);
    else if (parts[1] == NULL || !lanmu_preference_allows (preference, parts[1]))
      *code = lanmu_ctl_misuse (ctl, "settings", _ ("Write %s=VALUE; it may be: %s."), parts[0], preference->allowed);
    else
      continue;
    return FALSE;
  }
  return TRUE;
}

int lanmu_ctl_settings (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) words = NULL;
  if (!lanmu_ctl_parse (ctl, argc, argv, NULL, 0, G_MAXUINT, &words, &code))
    return code;
  if (words[0] == NULL)
    return list (ctl);
  if (!check (ctl, words, &code))
    return code;
  g_autoptr (LanmuStore) store = lanmu_ctl_open_writing (ctl, LANMU_DB_READ_WRITE, &code);
  if (store == NULL)
    return code;
  gboolean done = lanmu_store_run_sync (store, change_all, words, &error);
  lanmu_store_close (store);
  return done ? list (ctl) : lanmu_ctl_fail (ctl, error);
}
