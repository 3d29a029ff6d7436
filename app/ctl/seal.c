/* lanmuctl seal: whether the campaign is sealed, sealing it, and its passphrases. */
#include "app/ctl/ctl.h"

#include "app/ctl/passphrase.h"
#include "app/seal/convert.h"
#include "db/seal.h"

typedef struct {
  char *name, *file;   /* --for, --new-passphrase-file */
  gboolean small;      /* --small */
  char *passphrase;    /* opens it now, or begins it */
  char *wanted;        /* the new one */
  gboolean begun;
  LanmuSealConverted out;
} Wish;

static LanmuSealSecret secret_of (const Wish *wish, const char *passphrase)
{
  return (LanmuSealSecret){wish->name != NULL ? wish->name : lanmu_ctl_actor (), passphrase,
                           wish->small ? LANMU_SEAL_COST_INTERACTIVE : LANMU_SEAL_COST_MODERATE};
}

static gboolean seal_work (LanmuDb *db, gpointer data, GError **error)
{
  Wish *wish = data;
  const LanmuSealSecret secret = secret_of (wish, wish->passphrase);
  return (!wish->begun || lanmu_seal_begin (db, &secret, lanmu_ctl_actor (), error)) && lanmu_seal_convert (db, lanmu_ctl_actor (), &wish->out, error);
}

static void tell_sealed (LanmuCtl *ctl, const Wish *wish)
{
  gboolean missed = *wish->out.second != '\0' && !wish->out.second_sealed;
  if (ctl->json) {
    g_autoptr (JsonBuilder) builder = json_builder_new ();
    json_builder_begin_object (builder);
    lanmu_ctl_json_bool (builder, "ok", TRUE);
    lanmu_ctl_json_int (builder, "files", wish->out.files);
    lanmu_ctl_json_int (builder, "copies_removed", wish->out.copies_removed);
    lanmu_ctl_json_string (builder, "second_copy", wish->out.second);
    lanmu_ctl_json_bool (builder, "second_copy_sealed", wish->out.second_sealed);
    json_builder_end_object (builder);
    lanmu_ctl_print_json (builder);
    return;
  }
  lanmu_ctl_print (_ ("The campaign is sealed: %u files were sealed now, %u old copies of the database were removed.\n"), wish->out.files,
                   wish->out.copies_removed);
  if (missed)
    lanmu_ctl_print (_ ("The second copy %s could not be reached: what lies there is still readable. Plug it in and run `lanmuctl seal on` again.\n"), wish->out.second);
  if (wish->out.files > 0)
    lanmu_ctl_print ("%s\n", _ ("Files from before were overwritten; a solid-state disk may keep older blocks until it reuses them, and copies made by other "
                                "programs are not known here."));
  lanmu_ctl_print ("%s\n", _ ("Whoever forgets every passphrase loses the data for good: keep one written down in a safe place."));
}

static int seal_on (LanmuCtl *ctl, Wish *wish, LanmuStore *store)
{
  int code = LANMU_CTL_DONE;
  LanmuSealState state;
  g_autoptr (GError) error = NULL;
  if (!lanmu_seal_get_state (lanmu_store_get_reader (store), &state, &error))
    return lanmu_ctl_fail (ctl, error);
  wish->begun = state == LANMU_SEAL_NONE;
  if (wish->begun)
    wish->passphrase = lanmu_passphrase_make (ctl, &code);
  ctl->stays_closed = FALSE;
  if (wish->begun ? wish->passphrase == NULL : !lanmu_ctl_unseal_or_refuse (ctl, lanmu_store_get_reader (store), &code))
    return code;
  if (!lanmu_store_run_sync (store, seal_work, wish, &error))
    return lanmu_ctl_fail (ctl, error);
  tell_sealed (ctl, wish);
  return LANMU_CTL_DONE;
}

static gboolean wrap_work (LanmuDb *db, gpointer data, GError **error)
{
  const Wish *wish = data;
  const LanmuSealSecret secret = secret_of (wish, wish->wanted);
  return lanmu_seal_wrap (db, wish->passphrase, &secret, lanmu_ctl_actor (), error);
}

static int seal_passphrase (LanmuCtl *ctl, Wish *wish, LanmuStore *store)
{
  int code = LANMU_CTL_DONE;
  g_autoptr (GError) error = NULL;
  LanmuSealState state;
  if (!lanmu_seal_get_state (lanmu_store_get_reader (store), &state, &error))
    return lanmu_ctl_fail (ctl, error);
  if (state == LANMU_SEAL_NONE)
    return lanmu_ctl_refuse (ctl, "refused", "%s", _ ("This campaign is not sealed; `lanmuctl seal on` does it."));
  wish->passphrase = lanmu_passphrase_ask (ctl, _ ("Present passphrase: "), &code);
  wish->wanted = wish->passphrase != NULL ? lanmu_passphrase_make_new (ctl, wish->file, &code) : NULL;
  if (wish->wanted == NULL)
    return code;
  if (!lanmu_store_run_sync (store, wrap_work, wish, &error))
    return lanmu_ctl_fail (ctl, error);
  if (ctl->json)
    lanmu_ctl_print ("{\"ok\":true}\n");
  else
    lanmu_ctl_print (_ ("The passphrase of %s opens the campaign now.\n"), secret_of (wish, NULL).name);
  return LANMU_CTL_DONE;
}

static gboolean forget_work (LanmuDb *db, gpointer data, GError **error)
{
  return lanmu_seal_unwrap (db, data, lanmu_ctl_actor (), error);
}

static int status (LanmuCtl *ctl)
{
  static const char *const words[] = {N_ ("not sealed"), N_ ("being sealed: run `lanmuctl seal on` again"), N_ ("sealed")};
  static const char *const names[] = {"none", "sealing", "sealed"};
  int code;
  LanmuSealState state;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  g_auto (GStrv) who = NULL;
  if (db == NULL)
    return code;
  if (!lanmu_seal_get_state (db, &state, &error) || (who = lanmu_seal_get_names (db, &error)) == NULL)
    return lanmu_ctl_fail (ctl, error);
  g_autofree char *list = g_strjoinv (", ", who);
  if (!ctl->json) {
    lanmu_ctl_print ("%s\n", _ (words[state]));
    if (state != LANMU_SEAL_NONE)
      lanmu_ctl_print (_ ("It is opened by the passphrase of: %s\n"), list);
    return LANMU_CTL_DONE;
  }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "state", names[state]);
  lanmu_ctl_json_bool (builder, "open", lanmu_seal_is_open (db));
  lanmu_ctl_json_string (builder, "passphrases", list);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
  return LANMU_CTL_DONE;
}

static int run_on_store (LanmuCtl *ctl, Wish *wish, int (*run) (LanmuCtl *, Wish *, LanmuStore *))
{
  int code;
  ctl->stays_closed = TRUE; /* each asks for itself */
  g_autoptr (LanmuStore) store = lanmu_ctl_open_writing (ctl, LANMU_DB_READ_WRITE, &code);
  if (store == NULL)
    return code;
  code = run (ctl, wish, store);
  lanmu_store_close (store);
  lanmu_passphrase_free (wish->passphrase);
  lanmu_passphrase_free (wish->wanted);
  lanmu_seal_converted_clear (&wish->out);
  return code;
}

int lanmu_ctl_seal (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  Wish wish = {0};
  g_autofree char *name = NULL, *file = NULL;
  g_auto (GStrv) rest = NULL;
  const GOptionEntry entries[] = {
      {"for", 0, 0, G_OPTION_ARG_STRING, &name, _ ("whose passphrase it is (you)"), "NAME"},
      {"new-passphrase-file", 0, 0, G_OPTION_ARG_FILENAME, &file, _ ("the new passphrase is its first line"), "FILE"},
      {"small", 0, 0, G_OPTION_ARG_NONE, &wish.small, _ ("a machine with little memory: 64 MiB instead of 256 to try a passphrase"), NULL},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 1, 2, &rest, &code))
    return code;
  wish.name = name;
  wish.file = file;
  if (g_str_equal (rest[0], "status") && rest[1] == NULL)
    return status (ctl);
  if (g_str_equal (rest[0], "on") && rest[1] == NULL)
    return run_on_store (ctl, &wish, seal_on);
  if (g_str_equal (rest[0], "passphrase") && rest[1] == NULL)
    return run_on_store (ctl, &wish, seal_passphrase);
  if (g_str_equal (rest[0], "forget") && rest[1] != NULL) {
    ctl->stays_closed = TRUE;
    return lanmu_ctl_write (ctl, forget_work, rest[1]);
  }
  return lanmu_ctl_misuse (ctl, "seal", _ ("“%s” is none of: status, on, passphrase, forget NAME."), rest[0]);
}
