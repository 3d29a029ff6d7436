/* lanmuctl verify-delivery DIR: proves a delivered folder anywhere, without the station's data. */
#include "app/ctl/ctl.h"

#include "app/ctl/passwordfile.h"
#include "app/delivery/check.h"
#include "app/roles/pin.h"

static const char *describe (const char *kind)
{
  static const struct {
    const char *kind, *sentence;
  } words[] = {
      {"no-manifest", N_ ("there is no list of sums: this is no delivery, or a part of one")},
      {"bad-manifest", N_ ("the list of sums is damaged")},
      {"unsigned", N_ ("the signature is missing or damaged")},
      {"bad-signature", N_ ("the list of sums was changed after it was signed")},
      {"other-key", N_ ("another station signed it")},
      {"missing", N_ ("is missing")},
      {"altered", N_ ("was changed")},
      {"extra", N_ ("does not belong to the delivery")},
      {"unreadable", N_ ("cannot be read")},
      {"no-zip", N_ ("is no zip, or a damaged one")},
      {"locked", N_ ("is encrypted: give the right password with --password-file")},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (kind, words[i].kind))
      return _ (words[i].sentence);
  return kind;
}

static void say_finding (const LanmuDeliveryFinding *finding, gpointer data)
{
  LanmuCtl *ctl = data;
  if (!ctl->json) {
    lanmu_ctl_print ("%s%s%s\n", finding->path, *finding->path != '\0' ? ": " : "", describe (finding->kind));
    return;
  }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "finding", finding->kind);
  lanmu_ctl_json_string (builder, "path", finding->path);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

int lanmu_ctl_verify_delivery (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_auto (GStrv) rest = NULL;
  g_autofree char *key = NULL, *password_file = NULL, *password = NULL;
  LanmuDeliveryChecked checked;
  const GOptionEntry entries[] = {
      {"key", 0, 0, G_OPTION_ARG_STRING, &key, _ ("the fingerprint that must have signed"), "FINGERPRINT"},
      {"password-file", 0, 0, G_OPTION_ARG_FILENAME, &password_file,
       _ ("the password of its zips, in the first line of a file; - asks for it"), "FILE"},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 1, 1, &rest, &code))
    return code;
  if (password_file && !lanmu_ctl_read_password (ctl, "verify-delivery", password_file, FALSE, &password, &code))
    return code;
  gboolean proved = lanmu_delivery_check (rest[0], key, password, say_finding, ctl, &checked);
  lanmu_pin_wipe (password);
  if (!proved)
    return lanmu_ctl_refuse (
        ctl, "not-proved", _ ("%s is not what was delivered: %u findings (see above). Copy it again from the station."),
        rest[0], checked.findings);
  if (ctl->json)
    lanmu_ctl_print ("{\"ok\":true,\"files\":%u,\"key\":\"%s\"}\n", checked.files, checked.fingerprint);
  else
    lanmu_ctl_print (_ ("%u files are exactly what the station with the key %s delivered.\n"), checked.files,
                     checked.fingerprint);
  return LANMU_CTL_DONE;
}
