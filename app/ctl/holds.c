/* lanmuctl holds: who must not be photographed now, and why; begin and lift. */
#include "app/ctl/ctl.h"

#include "db/holds.h"
#include "db/students.h"

typedef struct {
  const char *student_no, *kind, *reason;
} Wish;

static gboolean begin (LanmuDb *db, gpointer data, GError **error)
{
  const Wish *wish = data;
  g_autoptr (LanmuStudentRow) row = lanmu_student_get_by_no (db, wish->student_no, error);
  return row && lanmu_hold_begin (db, row->id, wish->kind, wish->reason, lanmu_ctl_actor (), error) != 0;
}

static gboolean lift (LanmuDb *db, gpointer data, GError **error)
{
  const Wish *wish = data;
  g_autoptr (LanmuStudentRow) row = lanmu_student_get_by_no (db, wish->student_no, error);
  return row && lanmu_hold_end (db, row->id, wish->reason, lanmu_ctl_actor (), error);
}

static int decide (LanmuCtl *ctl, LanmuStoreWork work, Wish *wish)
{
  int code = lanmu_ctl_write (ctl, work, wish);
  if (code != LANMU_CTL_DONE)
    return code;
  if (ctl->json)
    lanmu_ctl_print ("{\"ok\":true}\n");
  else
    lanmu_ctl_print (_ ("Done: %s.\n"), wish->student_no);
  return LANMU_CTL_DONE;
}

static void print_json (const LanmuHoldRow *row)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "student_no", row->student_no);
  lanmu_ctl_json_string (builder, "kind", row->kind);
  lanmu_ctl_json_string (builder, "reason", row->reason);
  lanmu_ctl_json_string (builder, "actor", row->actor);
  lanmu_ctl_json_int (builder, "began_us", row->began_us);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static int list (LanmuCtl *ctl)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  g_autoptr (GPtrArray) rows = lanmu_holds_list (db, &error);
  if (rows == NULL)
    return lanmu_ctl_fail (ctl, error);
  for (guint i = 0; i < rows->len; i++) {
    const LanmuHoldRow *row = rows->pdata[i];
    if (ctl->json)
      print_json (row);
    else
      lanmu_ctl_print ("%s\t%s\t%s\t%s\n", row->student_no, row->kind, row->reason, row->actor);
  }
  return LANMU_CTL_DONE;
}

int lanmu_ctl_holds (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_auto (GStrv) rest = NULL;
  g_autofree char *reason = NULL, *kind = NULL;
  const GOptionEntry entries[] = {
      {"reason", 0, 0, G_OPTION_ARG_STRING, &reason, _ ("why"), "TEXT"},
      {"kind", 0, 0, G_OPTION_ARG_STRING, &kind, _ ("identity, health or other"), "KIND"},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 0, 2, &rest, &code))
    return code;
  guint n = g_strv_length (rest);
  static const char *const kinds[] = {"identity", "health", "other", NULL};
  if (n == 0)
    return list (ctl);
  if (n == 2 && (reason == NULL || *reason == '\0'))
    return lanmu_ctl_misuse (ctl, "holds", "%s", _ ("Say why: --reason TEXT."));
  if (kind != NULL && !g_strv_contains (kinds, kind))
    return lanmu_ctl_misuse (ctl, "holds", _ ("There is no kind “%s”: identity, health or other."), kind);
  Wish wish = {.student_no = rest[1], .reason = reason, .kind = kind != NULL ? kind : "other"};
  if (n == 2 && g_str_equal (rest[0], "begin"))
    return decide (ctl, begin, &wish);
  if (n == 2 && g_str_equal (rest[0], "lift"))
    return decide (ctl, lift, &wish);
  return lanmu_ctl_misuse (ctl, "holds", "%s", _ ("Say `holds`, `holds begin NO --reason TEXT` or `holds lift NO --reason TEXT`."));
}
