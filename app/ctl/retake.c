/* lanmuctl retake: students whose picture is to be taken again, and why. Without a word it lists. */
#include "app/ctl/veil.h"

#include "db/retakes.h"
#include "db/students.h"

typedef struct {
  const char *student_no, *reason;
} Wish;

static gboolean ask (LanmuDb *db, gpointer data, GError **error)
{
  const Wish *wish = data;
  g_autoptr (LanmuStudentRow) row = lanmu_student_get_by_no (db, wish->student_no, error);
  return row && lanmu_retake_request (db, row->id, wish->reason, lanmu_ctl_actor (), error);
}

static void print_one (LanmuCtl *ctl, const LanmuRetakeRow *row)
{
  if (!ctl->json) {
    g_autofree char *name = lanmu_ctl_dup_name (ctl, row->name, 0);
    lanmu_ctl_print ("%s\t%s\t%s\t%s\n", row->class_name, row->student_no, name, row->reason);
    return;
  }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "student_no", row->student_no);
  lanmu_ctl_json_string (builder, "class", row->class_name);
  lanmu_ctl_json_string (builder, "reason", row->reason);
  lanmu_ctl_json_string (builder, "shot", row->shot_id);
  lanmu_ctl_json_string (builder, "actor", row->actor);
  lanmu_ctl_json_int (builder, "wall_us", row->wall_us);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static int list (LanmuCtl *ctl)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  g_autoptr (GPtrArray) rows = db != NULL ? lanmu_retakes_open (db, &error) : NULL;
  if (db == NULL)
    return code;
  if (rows == NULL)
    return lanmu_ctl_fail (ctl, error);
  for (guint i = 0; i < rows->len; i++)
    print_one (ctl, rows->pdata[i]);
  return LANMU_CTL_DONE;
}

int lanmu_ctl_retake (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_auto (GStrv) rest = NULL;
  g_autofree char *reason = NULL;
  const GOptionEntry entries[] = {{"reason", 0, 0, G_OPTION_ARG_STRING, &reason, _ ("why"), "TEXT"}, {0}};
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 0, 1, &rest, &code))
    return code;
  if (rest[0] == NULL)
    return list (ctl);
  if (reason == NULL || *reason == '\0')
    return lanmu_ctl_misuse (ctl, "retake", "%s", _ ("Say why: --reason \"eyes closed\"."));
  Wish wish = {rest[0], reason};
  code = lanmu_ctl_write (ctl, ask, &wish);
  if (code == LANMU_CTL_DONE && ctl->json)
    lanmu_ctl_print ("{\"ok\":true}\n");
  else if (code == LANMU_CTL_DONE)
    lanmu_ctl_print (_ ("%s waits in the queue again.\n"), rest[0]);
  return code;
}
