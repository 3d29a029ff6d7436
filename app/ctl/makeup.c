/* lanmuctl makeup: the round of those who were absent, of all classes together. */
#include "app/ctl/dayline.h"
#include "app/ctl/veil.h"

#include "app/day/absent.h"
#include "db/presence.h"

typedef struct {
  LanmuCtlWho who;
  gboolean end;
  int n;
} Work;

static gboolean work (LanmuDb *db, gpointer data, GError **error)
{
  Work *self = data;
  return self->end ? lanmu_make_up_end (db, lanmu_ctl_actor (), &self->n, error)
                   : lanmu_ctl_who_find (db, &self->who, error) && lanmu_make_up_begin (db, self->who.class_id, lanmu_ctl_actor (), &self->n, error);
}

static int decide (LanmuCtl *ctl, gboolean end, const char *class_name)
{
  Work self = {.who = {.class_name = class_name}, .end = end};
  int code = lanmu_ctl_write (ctl, work, &self);
  lanmu_ctl_who_clear (&self.who);
  if (code != LANMU_CTL_DONE)
    return code;
  if (ctl->json)
    lanmu_ctl_print ("{\"ok\":true,\"students\":%d}\n", self.n);
  else
    lanmu_ctl_print (end ? _ ("%d students did not come and are absent again.\n") : _ ("%d absent students are called to the make-up round.\n"), self.n);
  return LANMU_CTL_DONE;
}

static int list (LanmuCtl *ctl)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  g_autoptr (GPtrArray) rows = lanmu_absent_list (db, NULL, NULL, &error);
  if (rows == NULL)
    return lanmu_ctl_fail (ctl, error);
  for (guint i = 0; i < rows->len; i++) {
    const LanmuAbsentRow *row = rows->pdata[i];
    if (!g_str_equal (row->why, "make-up"))
      continue;
    g_autofree char *name = lanmu_ctl_dup_name (ctl, row->name, 0);
    if (ctl->json)
      lanmu_ctl_print ("{\"student_no\":\"%s\",\"state\":\"waiting\"}\n", row->student_no);
    else
      lanmu_ctl_print ("%s\t%s\t%s\t%s\n", row->student_no, name, row->class_name, row->college);
  }
  return LANMU_CTL_DONE;
}

int lanmu_ctl_makeup (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_auto (GStrv) rest = NULL;
  g_autofree char *class_name = NULL;
  const GOptionEntry entries[] = {
      {"class", 0, 0, G_OPTION_ARG_STRING, &class_name, _ ("only this class"), "NAME"},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 0, 1, &rest, &code))
    return code;
  if (rest[0] == NULL)
    return list (ctl);
  if (g_str_equal (rest[0], "begin") || g_str_equal (rest[0], "end"))
    return decide (ctl, g_str_equal (rest[0], "end"), class_name);
  return lanmu_ctl_misuse (ctl, "makeup", "%s", _ ("Say `makeup`, `makeup begin` or `makeup end`."));
}
