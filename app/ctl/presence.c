/* lanmuctl presence: who of a class is at the door; transfers, who stand first. */
#include "app/ctl/dayline.h"
#include "app/ctl/veil.h"

#include "app/day/day.h"
#include "app/day/when.h"
#include "db/classorder.h"
#include "db/presence.h"

typedef enum { ALL, PRESENT, MISSING, TRANSFER, NO_TRANSFER } Deed;

typedef struct {
  LanmuCtlWho who;
  Deed deed;
} Work;

static gboolean one_by_one (LanmuDb *db, gpointer data, GError **error)
{
  Work *self = data;
  const char *actor = lanmu_ctl_actor ();
  for (guint i = 0; i < self->who.ids->len; i++) {
    gint64 id = g_array_index (self->who.ids, gint64, i);
    if (self->deed == PRESENT || self->deed == MISSING ? !lanmu_presence_set (db, id, self->deed == PRESENT, "list", actor, error)
                                                       : !lanmu_transfer_set (db, id, self->deed == TRANSFER, actor, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean work (LanmuDb *db, gpointer data, GError **error)
{
  Work *self = data;
  if (!lanmu_ctl_who_find (db, &self->who, error))
    return FALSE;
  if (self->deed == ALL)
    return lanmu_presence_count (db, self->who.class_id, (const gint64 *) self->who.ids->data, self->who.ids->len, lanmu_ctl_actor (), error);
  return lanmu_db_transaction (db, "presence", one_by_one, self, error);
}

static int decide (LanmuCtl *ctl, Work *self)
{
  int code = lanmu_ctl_write (ctl, work, self);
  lanmu_ctl_who_clear (&self->who);
  return code == LANMU_CTL_DONE ? lanmu_ctl_done (ctl, "%s", _ ("Done.")) : code;
}

static void print_json (const LanmuCtl *ctl, const LanmuPresenceRow *row)
{
  g_autofree char *name = lanmu_ctl_dup_name (ctl, row->name, 0);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "student_no", row->student_no);
  lanmu_ctl_json_string (builder, "name", name);
  lanmu_ctl_json_int (builder, "position", row->position);
  lanmu_ctl_json_string (builder, "state", lanmu_student_state_to_string (row->state));
  lanmu_ctl_json_string (builder, "presence", lanmu_presence_to_string (row->presence));
  lanmu_ctl_json_bool (builder, "walk_in", row->walk_in);
  lanmu_ctl_json_bool (builder, "transfer", row->transfer);
  lanmu_ctl_json_bool (builder, "make_up", row->make_up);
  lanmu_ctl_json_string (builder, "held", row->hold_kind);
  lanmu_ctl_json_string (builder, "reason", row->hold_reason);
  lanmu_ctl_json_int (builder, "temperature_tenths", row->tenths);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static void print_row (const LanmuCtl *ctl, const LanmuPresenceRow *row)
{
  g_autofree char *name = lanmu_ctl_dup_name (ctl, row->name, 0);
  g_autofree char *warm = row->tenths > 0 ? g_strdup_printf ("%d.%d", row->tenths / 10, row->tenths % 10) : g_strdup ("");
  lanmu_ctl_print ("%s\t%s\t%s\t%s\t%s\t%s%s%s%s\n", row->student_no, name, lanmu_student_state_to_string (row->state), lanmu_presence_to_string (row->presence), warm,
                   row->transfer ? "transfer " : "", row->walk_in ? "walk-in " : "", row->make_up ? "make-up " : "", row->hold_reason != NULL ? row->hold_reason : "");
}

static int list (LanmuCtl *ctl, LanmuCtlWho *who)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  if (!lanmu_ctl_who_find (db, who, &error) || (rows = lanmu_presence_list (db, who->class_id, lanmu_when_day_began (g_get_real_time ()), &error)) == NULL)
    return lanmu_ctl_fail (ctl, error);
  for (guint i = 0; i < rows->len; i++)
    if (ctl->json)
      print_json (ctl, rows->pdata[i]);
    else
      print_row (ctl, rows->pdata[i]);
  return LANMU_CTL_DONE;
}

static int run (LanmuCtl *ctl, char **rest, const char *college, const char *but)
{
  static const char *const words[] = {"all", "present", "missing", "transfer", "no-transfer"};
  g_auto (GStrv) others = g_strsplit_set (but != NULL ? but : "", ", ", -1);
  guint n = 0;
  for (char **other = others; *other != NULL; other++) /* "a, b" leaves an empty one between */
    if (**other != '\0')
      others[n++] = *other;
    else
      g_free (*other);
  others[n] = NULL;
  for (guint i = 0; i < G_N_ELEMENTS (words); i++) {
    if (!g_str_equal (rest[0], words[i]) || rest[1] == NULL)
      continue;
    Work self = {.deed = (Deed) i};
    self.who = i == ALL ? (LanmuCtlWho){.class_name = rest[1], .college = college, .numbers = others} : (LanmuCtlWho){.numbers = rest + 1};
    return decide (ctl, &self);
  }
  LanmuCtlWho who = {.class_name = rest[0], .college = college};
  if (rest[1] == NULL) {
    int code = list (ctl, &who);
    lanmu_ctl_who_clear (&who);
    return code;
  }
  return lanmu_ctl_misuse (ctl, "presence", "%s",
                           _ ("Say `presence CLASS`, `presence all CLASS --but NO,NO`, `presence present NO…`, `presence missing NO…`, or `presence transfer NO…`."));
}

int lanmu_ctl_presence (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_auto (GStrv) rest = NULL;
  g_autofree char *college = NULL, *but = NULL;
  const GOptionEntry entries[] = {
      {"college", 0, 0, G_OPTION_ARG_STRING, &college, _ ("where two classes have one name"), "NAME"},
      {"but", 0, 0, G_OPTION_ARG_STRING, &but, _ ("all but those student numbers are there"), "NO,…"},
      {0},
  };
  if (lanmu_ctl_parse (ctl, argc, argv, entries, 1, 1000, &rest, &code))
    code = run (ctl, rest, college, but);
  return code;
}
