/* lanmuctl countersign: whether the campaign wants a counselor's word, and when. */
#include "app/ctl/veil.h"

#include "db/countersigns.h"
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

/* -- what is still to be said -- */

static void print_missing (LanmuCtl *ctl, const LanmuUnsignedRow *row)
{
  g_autofree char *name = lanmu_ctl_dup_name (ctl, row->name, row->class_id);
  if (!ctl->json) {
    lanmu_ctl_print ("%s\t%s\t%s\t%s\n", row->student_no, name, row->class_name, row->shot_id);
    return;
  }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "student_no", row->student_no);
  lanmu_ctl_json_string (builder, "name", name);
  lanmu_ctl_json_string (builder, "class", row->class_name);
  lanmu_ctl_json_string (builder, "shot", row->shot_id);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static int list_missing (LanmuCtl *ctl)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  g_autoptr (GPtrArray) rows = lanmu_countersigns_missing (db, 0, &error);
  if (rows == NULL)
    return lanmu_ctl_fail (ctl, error);
  for (guint i = 0; i < rows->len; i++)
    print_missing (ctl, rows->pdata[i]);
  if (rows->len == 0 && !ctl->json)
    lanmu_ctl_print ("%s\n", _ ("Every accepted picture is confirmed."));
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
  if (g_str_equal (rest[0], "missing"))
    return list_missing (ctl);
  if (!g_strv_contains (modes, rest[0]))
    return lanmu_ctl_misuse (ctl, "countersign", _ ("There is no “%s”: say none, before (the shutter), after (it), or missing."), rest[0]);
  code = lanmu_ctl_write (ctl, set_mode, rest[0]);
  return code == LANMU_CTL_DONE ? show (ctl) : code;
}
