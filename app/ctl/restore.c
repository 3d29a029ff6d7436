/* lanmuctl restore FROM: a data folder again, out of a copy; see app/restore.h. Ends with what verify says of it. */
#include "app/ctl/ctl.h"
#include "app/ctl/passphrase.h"

#include "app/restore.h"
#include "app/verify.h"

static void print_restored (const LanmuRestored *out)
{
  lanmu_ctl_print (_ ("Restored from %s.\n"), out->backup);
  if (out->refused > 0)
    lanmu_ctl_print (ngettext ("%u newer copy was damaged and not used.\n", "%u newer copies were damaged and not used.\n", out->refused), out->refused);
  lanmu_ctl_print (_ ("Pictures back %u, missing %u, newer than the copy and now in the tray %u, waiting for the next start %u.\n"), out->pictures,
                   out->missing, out->newer, out->waiting);
  if (*out->set_aside != '\0')
    lanmu_ctl_print (_ ("The old folder is untouched at %s.\n"), out->set_aside);
}

static void print_json (const LanmuRestored *out, const LanmuVerified *verified)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_bool (builder, "ok", verified->broken == 0);
  lanmu_ctl_json_string (builder, "copy", out->backup);
  lanmu_ctl_json_string (builder, "set_aside", out->set_aside);
  lanmu_ctl_json_int (builder, "refused", out->refused);
  lanmu_ctl_json_int (builder, "pictures", out->pictures);
  lanmu_ctl_json_int (builder, "missing", out->missing);
  lanmu_ctl_json_int (builder, "newer", out->newer);
  lanmu_ctl_json_int (builder, "waiting", out->waiting);
  lanmu_ctl_json_int (builder, "broken", verified->broken);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static void print_broken (const LanmuFinding *finding, gpointer data)
{
  const LanmuCtl *ctl = data;
  if (finding->broken && !ctl->json)
    lanmu_ctl_print ("%s\t%s\t%s\n", _ ("BROKEN"), *finding->student_no != '\0' ? finding->student_no : "–", finding->message);
}

/* What came back is asked for every promise at once. */
static int prove (LanmuCtl *ctl, const LanmuRestored *out)
{
  int code;
  g_autoptr (GError) error = NULL;
  LanmuVerified verified;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  if (!ctl->json)
    print_restored (out);
  if (!lanmu_verify (db, print_broken, ctl, &verified, &error))
    return lanmu_ctl_fail (ctl, error);
  if (ctl->json)
    print_json (out, &verified);
  else if (verified.broken == 0)
    lanmu_ctl_print ("%s\n", _ ("Every promise holds."));
  if (verified.broken == 0)
    return LANMU_CTL_DONE;
  LanmuCtl plain = *ctl;
  plain.json = FALSE; /* the answer was the JSON */
  return lanmu_ctl_refuse (&plain, "broken", ngettext ("%u promise is broken; see the line above.", "%u promises are broken; see the lines above.", verified.broken),
                           verified.broken);
}

static gboolean open_seal (LanmuDb *db, gpointer data, GError **error)
{
  return lanmu_ctl_unseal_quietly (data, db, error);
}

static int restore (LanmuCtl *ctl, const char *from)
{
  g_autoptr (GError) error = NULL;
  LanmuRestored out;
  int code = lanmu_restore (from, ctl->data_dir, lanmu_ctl_actor (), open_seal, ctl, &out, &error) ? prove (ctl, &out) : lanmu_ctl_fail (ctl, error);
  lanmu_restored_clear (&out);
  return code;
}

static int restore_pictures (LanmuCtl *ctl, const char *from)
{
  g_autoptr (GError) error = NULL;
  LanmuRestoredPictures out;
  if (!lanmu_restore_pictures (from, ctl->data_dir, lanmu_ctl_actor (), open_seal, ctl, &out, &error))
    return lanmu_ctl_fail (ctl, error);
  if (ctl->json)
    lanmu_ctl_print ("{\"ok\":%s,\"sound\":%u,\"restored\":%u,\"lost\":%u}\n", out.lost == 0 ? "true" : "false", out.sound, out.restored, out.lost);
  else
    lanmu_ctl_print (_ ("Pictures sound %u, put back %u, not found there either %u.\n"), out.sound, out.restored, out.lost);
  LanmuCtl plain = *ctl;
  plain.json = FALSE;
  return out.lost == 0 ? LANMU_CTL_DONE
                       : lanmu_ctl_refuse (&plain, "missing", _ ("%u pictures are neither here nor in %s: try another copy, or the memory card."), out.lost, from);
}

int lanmu_ctl_restore (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  gboolean pictures = FALSE;
  g_auto (GStrv) rest = NULL;
  const GOptionEntry entries[] = {
      {"pictures", 0, 0, G_OPTION_ARG_NONE, &pictures, _ ("leave the database; only put missing and altered pictures back"), NULL},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 1, 1, &rest, &code))
    return code;
  return pictures ? restore_pictures (ctl, rest[0]) : restore (ctl, rest[0]);
}
