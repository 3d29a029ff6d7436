/* See veil.h. */
#include "app/ctl/veil.h"

#include "app/ctl/pinentry.h"
#include "app/roles/pin.h"
#include "app/roles/veil.h"
#include "db/audit.h"
#include "db/json.h"

typedef struct {
  LanmuDesk *desk;
  GMainLoop *loop;
  GError *error;
} Asking;

static void on_signed_in (GObject *source, GAsyncResult *result, gpointer data)
{
  Asking *asking = data;
  lanmu_desk_sign_in_finish (LANMU_DESK (source), result, &asking->error);
  g_main_loop_quit (asking->loop);
}

static gboolean sign_in (LanmuCtl *ctl, LanmuDesk *desk, const char *name, int *code)
{
  Asking asking = {desk, g_main_loop_new (NULL, FALSE), NULL};
  char *pin = lanmu_pin_entry_read (_ ("PIN: "));
  lanmu_desk_sign_in_async (desk, name, pin != NULL ? pin : "", on_signed_in, &asking);
  lanmu_pin_wipe (pin);
  g_free (pin);
  g_main_loop_run (asking.loop);
  g_main_loop_unref (asking.loop);
  if (asking.error == NULL)
    return TRUE;
  *code = lanmu_ctl_refuse (ctl, lanmu_desk_error_kind (asking.error->code), "%s", _ (asking.error->message));
  g_error_free (asking.error);
  return FALSE;
}

/* At a station that asks for names, who asks proves theirs. */
static gboolean may (LanmuCtl *ctl, LanmuDesk *desk, const char *as, int *code)
{
  g_autoptr (GError) error = NULL;
  if (lanmu_desk_is_guarded (desk) && as == NULL) {
    *code = lanmu_ctl_refuse (ctl, "signed-out", "%s", _ ("Say who asks for names in full: --as NAME, with the PIN."));
    return FALSE;
  }
  if (lanmu_desk_is_guarded (desk) && !sign_in (ctl, desk, as, code))
    return FALSE;
  if (lanmu_desk_may_for_some (desk, LANMU_ACTION_REVEAL, &error))
    return TRUE;
  *code = lanmu_ctl_refuse (ctl, lanmu_desk_error_kind (error->code), "%s", _ (error->message));
  return FALSE;
}

typedef struct {
  const char *actor, *what;
} Note;

static gboolean write_note (LanmuDb *db, gpointer data, GError **error)
{
  const Note *note = data;
  g_autofree char *detail = lanmu_json_object ("s", "program", "lanmuctl");
  return lanmu_audit_append (db, note->actor, "reveal", note->what, detail, error);
}

static gboolean lift (LanmuCtl *ctl, LanmuStore *store, const char *as, const char *what, int *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDesk) desk = lanmu_desk_new (store, lanmu_ctl_actor ());
  if (!may (ctl, desk, as, code))
    return FALSE;
  Note note = {lanmu_desk_get_operator (desk), what};
  if (!lanmu_store_run_sync (store, write_note, &note, &error)) {
    *code = lanmu_ctl_fail (ctl, error);
    return FALSE;
  }
  lanmu_veil_set_desk (lanmu_veil_get_default (), desk);
  lanmu_veil_set_lifted (lanmu_veil_get_default (), TRUE);
  return TRUE;
}

gboolean lanmu_ctl_reveal (LanmuCtl *ctl, LanmuCtlReveal *reveal, const char *what, int *code)
{
  g_autofree char *as = g_steal_pointer (&reveal->as);
  if (!reveal->wanted)
    return TRUE;
  g_autoptr (LanmuStore) store = lanmu_ctl_open_writing (ctl, LANMU_DB_READ_WRITE, code);
  if (store == NULL)
    return FALSE;
  gboolean lifted = lift (ctl, store, as, what, code);
  lanmu_store_close (store);
  return lifted;
}

/* JSON where nobody is asked for a name: whoever runs the program holds the whole folder. */
static gboolean is_bare (const LanmuCtl *ctl)
{
  return ctl->json && !ctl->guarded;
}

char *lanmu_ctl_dup_name (const LanmuCtl *ctl, const char *name, gint64 class_id)
{
  return is_bare (ctl) ? g_strdup (name)
                       : lanmu_veil_dup_name (lanmu_veil_get_default (), name, class_id, LANMU_VEIL_OTHER);
}

char *lanmu_ctl_dup_id (const LanmuCtl *ctl, const char *id_no, gint64 class_id)
{
  return is_bare (ctl) ? g_strdup (id_no) : lanmu_veil_dup_id (lanmu_veil_get_default (), id_no, class_id);
}
