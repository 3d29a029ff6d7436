/* lanmuctl health: temperatures of the day, and who was held for one. */
#include "app/ctl/dayline.h"
#include "app/ctl/veil.h"

#include <string.h>

#include "app/day/day.h"
#include "app/day/gate.h"
#include "app/day/when.h"
#include "db/health.h"

typedef struct {
  LanmuCtlWho who;
  int tenths;
  const char *note;
  gboolean hold, held;
} Work;

static gboolean work (LanmuDb *db, gpointer data, GError **error)
{
  Work *self = data;
  return lanmu_ctl_who_find (db, &self->who, error) &&
         lanmu_gate_measure (db, g_array_index (self->who.ids, gint64, 0), self->tenths, self->note, self->hold, lanmu_ctl_actor (), &self->held, error);
}

static int add (LanmuCtl *ctl, const char *number, const char *text, const char *note, gboolean hold)
{
  const char *numbers[] = {number, NULL};
  Work self = {.who = {.numbers = (char **) numbers}, .note = note, .hold = hold};
  if (!lanmu_gate_read (text, &self.tenths))
    return lanmu_ctl_misuse (ctl, "health", _ ("“%s” is no temperature: write 36.6."), text);
  int code = lanmu_ctl_write (ctl, work, &self);
  lanmu_ctl_who_clear (&self.who);
  if (code != LANMU_CTL_DONE)
    return code;
  if (ctl->json)
    lanmu_ctl_print ("{\"ok\":true,\"held\":%s}\n", self.held ? "true" : "false");
  else
    lanmu_ctl_print (self.held ? _ ("%s: noted, and held.\n") : _ ("%s: noted.\n"), number);
  return LANMU_CTL_DONE;
}

static void print_json (const LanmuCtl *ctl, const LanmuHealthRow *row)
{
  g_autofree char *name = lanmu_ctl_dup_name (ctl, row->name, 0);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "student_no", row->student_no);
  lanmu_ctl_json_string (builder, "name", name);
  lanmu_ctl_json_string (builder, "class", row->class_name);
  lanmu_ctl_json_int (builder, "temperature_tenths", row->tenths);
  lanmu_ctl_json_string (builder, "note", row->note);
  lanmu_ctl_json_bool (builder, "held", row->led_to_hold);
  lanmu_ctl_json_bool (builder, "held_now", row->held_now);
  lanmu_ctl_json_int (builder, "wall_us", row->wall_us);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static int list (LanmuCtl *ctl, gboolean held, const char *report)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  g_autoptr (GPtrArray) rows = lanmu_health_list (db, lanmu_when_day_began (g_get_real_time ()), held, &error);
  if (rows == NULL || (report != NULL && !lanmu_gate_save_report (db, report, &error)))
    return lanmu_ctl_fail (ctl, error);
  for (guint i = 0; i < rows->len; i++) {
    const LanmuHealthRow *row = rows->pdata[i];
    g_autofree char *name = lanmu_ctl_dup_name (ctl, row->name, 0);
    if (ctl->json)
      print_json (ctl, row);
    else
      lanmu_ctl_print ("%s\t%s\t%s\t%d.%d\t%s\t%s\n", row->student_no, name, row->class_name, row->tenths / 10, row->tenths % 10,
                       row->held_now ? _ ("held") : "", row->note);
  }
  return LANMU_CTL_DONE;
}

int lanmu_ctl_health (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_auto (GStrv) rest = NULL;
  g_autofree char *note = NULL, *report = NULL;
  gboolean held = FALSE, hold = FALSE;
  const GOptionEntry entries[] = {
      {"note", 0, 0, G_OPTION_ARG_STRING, &note, _ ("what else was seen"), "TEXT"},
      {"hold", 0, 0, G_OPTION_ARG_NONE, &hold, _ ("hold the student whatever the temperature; --note says why"), NULL},
      {"held", 0, 0, G_OPTION_ARG_NONE, &held, _ ("only those who were held for it"), NULL},
      {"report", 0, 0, G_OPTION_ARG_FILENAME, &report, _ ("save the held of today as xlsx, with temperatures and reasons"), "FILE"},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 0, 3, &rest, &code))
    return code;
  guint n = g_strv_length (rest);
  if (hold && (note == NULL || *note == '\0'))
    return lanmu_ctl_misuse (ctl, "health", "%s", _ ("Say why: --note TEXT."));
  if (n == 0 || (n == 1 && g_str_equal (rest[0], "list")))
    return list (ctl, held, report);
  if (n == 3 && g_str_equal (rest[0], "add"))
    return add (ctl, rest[1], rest[2], note, hold);
  return lanmu_ctl_misuse (ctl, "health", "%s", _ ("Say `health`, or `health add NO 36.6`."));
}
