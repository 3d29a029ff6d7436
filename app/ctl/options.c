/* Options of one command, and opening the folder it works on; see ctl.h. Main thread. */
#include "app/ctl/ctl.h"
#include "app/ctl/passphrase.h"

#include <string.h>

#include "db/datadir.h"
#include "db/staff.h"

static void print_command_help (const LanmuCtlCommand *command, GOptionContext *context)
{
  g_autofree char *options = g_option_context_get_help (context, FALSE, NULL);
  const char *list = strstr (options, "\n\n"); /* GLib's own usage line does not know ours */
  lanmu_ctl_print ("%s\n  lanmuctl %s %s\n\n%s%s\n", _ ("Usage:"), command->name, command->usage, _ (command->summary),
                   list != NULL ? list : "\n");
}

static gboolean rest_fits (LanmuCtl *ctl, const LanmuCtlCommand *command, char **rest, guint min_rest, guint max_rest,
                           int *code)
{
  guint n = g_strv_length (rest);
  if (n > max_rest)
    *code = lanmu_ctl_misuse (ctl, command->name, _ ("“%s” is one argument too many."), rest[max_rest]);
  else if (n < min_rest)
    *code = lanmu_ctl_misuse (ctl, command->name, _ ("An argument is missing: lanmuctl %s %s."), command->name,
                              command->usage);
  return n >= min_rest && n <= max_rest;
}

static gboolean parse_strv (GOptionContext *context, LanmuCtl *ctl, const char *command, char ***arguments, int *code)
{
  g_autoptr (GError) error = NULL;
  if (g_option_context_parse_strv (context, arguments, &error))
    return TRUE;
  *code = lanmu_ctl_misuse (ctl, command, "%s.", error->message);
  return FALSE;
}

gboolean lanmu_ctl_parse (LanmuCtl *ctl, int argc, char **argv, const GOptionEntry *entries, guint min_rest,
                          guint max_rest, char ***rest, int *code)
{
  const LanmuCtlCommand *command = lanmu_ctl_find_command (argv[0]);
  gboolean help = FALSE;
  const GOptionEntry global[] = {
      {"data", 0, 0, G_OPTION_ARG_FILENAME, &ctl->data_dir, _ ("data folder"), "DIR"},
      {"camera", 0, 0, G_OPTION_ARG_STRING, &ctl->camera, _ ("camera"), "SPEC"},
      {"json", 0, 0, G_OPTION_ARG_NONE, &ctl->json, _ ("answer as JSON"), NULL},
      {"passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &ctl->passphrase_file, _ ("opens a sealed campaign"), "FILE"},
      {"help", 'h', 0, G_OPTION_ARG_NONE, &help, _ ("print this help"), NULL},
      {0},
  };
  g_autoptr (GOptionContext) context = g_option_context_new (NULL);
  g_option_context_set_help_enabled (context, FALSE);
  if (entries != NULL)
    g_option_context_add_main_entries (context, entries, NULL);
  g_option_context_add_main_entries (context, global, NULL);

  g_auto (GStrv) arguments = g_strdupv (argv);
  if (!parse_strv (context, ctl, argv[0], &arguments, code))
    return FALSE;
  if (help) {
    print_command_help (command, context);
    *code = LANMU_CTL_DONE;
    return FALSE;
  }
  if (!rest_fits (ctl, command, arguments + 1, min_rest, max_rest, code))
    return FALSE;
  if (rest != NULL)
    *rest = g_strdupv (arguments + 1);
  if (ctl->data_dir == NULL || *ctl->data_dir == '\0') {
    g_free (ctl->data_dir);
    ctl->data_dir = lanmu_datadir_default ();
  }
  if (ctl->camera == NULL)
    ctl->camera = g_strdup ("usb");
  return TRUE;
}

/* A list that cannot be read is one that asks. */
static void note_guarded (LanmuCtl *ctl, LanmuDb *db)
{
  ctl->guarded = TRUE;
  lanmu_staff_can_sign_in (db, &ctl->guarded, NULL);
}

LanmuDb *lanmu_ctl_open_reading (LanmuCtl *ctl, int *code)
{
  g_autoptr (GError) error = NULL;
  LanmuDb *db = lanmu_db_open (ctl->data_dir, LANMU_DB_READ_ONLY, &error);
  if (db == NULL)
    *code = lanmu_ctl_fail (ctl, error);
  if (db != NULL && !lanmu_ctl_unseal (ctl, db, code))
    g_clear_pointer (&db, lanmu_db_close);
  if (db != NULL)
    note_guarded (ctl, db);
  return db;
}

LanmuStore *lanmu_ctl_open_writing (LanmuCtl *ctl, LanmuDbMode mode, int *code)
{
  g_autoptr (GError) error = NULL;
  LanmuStore *store = lanmu_store_open (ctl->data_dir, mode, &error);
  if (store == NULL)
    *code = lanmu_ctl_fail (ctl, error);
  if (store != NULL && !lanmu_ctl_unseal (ctl, lanmu_store_get_reader (store), code)) {
    lanmu_store_close (store);
    g_clear_object (&store);
  }
  if (store != NULL)
    note_guarded (ctl, lanmu_store_get_reader (store));
  return store;
}

int lanmu_ctl_write (LanmuCtl *ctl, LanmuStoreWork work, gpointer data)
{
  int code = LANMU_CTL_DONE;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuStore) store = lanmu_ctl_open_writing (ctl, LANMU_DB_READ_WRITE, &code);
  if (store == NULL)
    return code;
  if (!lanmu_store_run_sync (store, work, data, &error))
    code = lanmu_ctl_fail (ctl, error);
  lanmu_store_close (store);
  return code;
}
