/* lanmuctl countersign: whether the campaign wants a counselor's word, and when. */
#include "app/ctl/ctl.h"

#include "db/settings.h"

static gboolean set_mode (LanmuDb *db, gpointer mode, GError **error)
{
  return lanmu_setting_set (db, "countersign", mode, lanmu_ctl_actor (), error);
}

static int show (LanmuCtl *ctl)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  g_autofree char *mode = lanmu_setting_get (db, "countersign", "none", &error);
  if (mode == NULL)
    return lanmu_ctl_fail (ctl, error);
  lanmu_ctl_print (ctl->json ? "{\"countersign\":\"%s\"}\n" : "%s\n", mode);
  return LANMU_CTL_DONE;
}

int lanmu_ctl_countersign (LanmuCtl *ctl, int argc, char **argv)
{
  static const char *const modes[] = {"none", "before", "after", NULL};
  int code;
  g_auto (GStrv) rest = NULL;
  if (!lanmu_ctl_parse (ctl, argc, argv, NULL, 0, 1, &rest, &code))
    return code;
  if (rest[0] == NULL)
    return show (ctl);
  if (!g_strv_contains (modes, rest[0]))
    return lanmu_ctl_misuse (ctl, "countersign", _ ("There is no “%s”: say none, before (the shutter) or after (it)."), rest[0]);
  code = lanmu_ctl_write (ctl, set_mode, rest[0]);
  return code == LANMU_CTL_DONE ? show (ctl) : code;
}
