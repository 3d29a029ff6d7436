/* lanmuctl schedule: which class comes when and where, out of a file or one by one; the order of the day. */
#include "app/ctl/dayline.h"
#include "app/ctl/problemlines.h"

#include "app/day/schedule.h"
#include "app/day/when.h"
#include "app/roster/reportfile.h"
#include "db/classorder.h"

typedef struct {
  char *college, *date, *time, *place, *counselor, *phone, *before, *report;
  gboolean last, dry_run, replace;
} Options;

static void options_clear (Options *self)
{
  char *all[] = {self->college, self->date, self->time, self->place, self->counselor, self->phone, self->before, self->report};
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    g_free (all[i]);
}

/* -- list -- */

static void print_slot_json (const LanmuSlotRow *slot)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *begins = lanmu_when_time (slot->begins), *ends = lanmu_when_time (slot->ends);
  json_builder_begin_object (builder);
  lanmu_ctl_json_int (builder, "position", slot->position);
  lanmu_ctl_json_string (builder, "college", slot->college_name);
  lanmu_ctl_json_string (builder, "class", slot->class_name);
  lanmu_ctl_json_int (builder, "students", slot->students);
  lanmu_ctl_json_string (builder, "date", slot->date);
  lanmu_ctl_json_string (builder, "begins", begins);
  lanmu_ctl_json_string (builder, "ends", ends);
  lanmu_ctl_json_string (builder, "place", slot->place);
  lanmu_ctl_json_string (builder, "counselor", slot->counselor);
  lanmu_ctl_json_string (builder, "phone", slot->phone);
  lanmu_ctl_json_bool (builder, "missed", slot->missed_us != 0);
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
  g_autoptr (GPtrArray) slots = lanmu_slots_list (db, &error);
  if (slots == NULL)
    return lanmu_ctl_fail (ctl, error);
  for (guint i = 0; i < slots->len; i++) {
    const LanmuSlotRow *slot = slots->pdata[i];
    g_autofree char *span = lanmu_when_span (slot->begins, slot->ends);
    if (ctl->json)
      print_slot_json (slot);
    else
      lanmu_ctl_print ("%d\t%s %s\t%s\t%s\t%s\t%d\t%s\t%s%s\n", slot->position, slot->date, span, slot->place, slot->college_name, slot->class_name, slot->students,
                       slot->counselor, slot->phone, slot->missed_us != 0 ? _ ("\tmissed") : "");
  }
  return LANMU_CTL_DONE;
}

/* -- import and add -- */

static void answer_json (const LanmuScheduleImport *import)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_bool (builder, "ok", !lanmu_report_is_refused (import->report));
  lanmu_ctl_json_int (builder, "slots", import->n_slots);
  lanmu_ctl_json_bool (builder, "dry_run", import->dry_run);
  lanmu_ctl_json_int (builder, "errors", lanmu_report_get_count (import->report, LANMU_SEVERITY_ERROR));
  lanmu_ctl_json_int (builder, "warnings", lanmu_report_get_count (import->report, LANMU_SEVERITY_WARNING));
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < lanmu_report_get_size (import->report); i++)
    lanmu_ctl_problem_json (builder, lanmu_report_get (import->report, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static int answer (LanmuCtl *ctl, const LanmuScheduleImport *import, const char *what)
{
  LanmuReport *report = import->report;
  guint errors = lanmu_report_get_count (report, LANMU_SEVERITY_ERROR);
  lanmu_report_sort (report);
  if (ctl->json)
    answer_json (import);
  for (guint i = 0; i < lanmu_report_get_size (report) && !ctl->json; i++)
    lanmu_ctl_problem_print (lanmu_report_get (report, i));
  LanmuCtl plain = *ctl;
  plain.json = FALSE; /* the report is the JSON answer */
  if (errors > 0)
    return lanmu_ctl_refuse (&plain, "refused",
                             ngettext ("%s: %u error; correct it and try again. Nothing was changed.", "%s: %u errors; correct them and try again. Nothing was changed.", errors), what,
                             errors);
  if (!ctl->json)
    lanmu_ctl_print (import->dry_run ? _ ("%u slots could be written; nothing was changed.\n") : _ ("%u slots written.\n"), import->n_slots);
  return LANMU_CTL_DONE;
}

static int judge (LanmuCtl *ctl, LanmuScheduleImport *import, const char *what, const char *save)
{
  int code = LANMU_CTL_DONE;
  g_autoptr (GError) error = NULL;
  if (import->dry_run) {
    g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
    if (db == NULL)
      return code;
    if (import->lines != NULL && !lanmu_schedule_work (db, import, &error))
      return lanmu_ctl_fail (ctl, error);
  } else if (import->lines != NULL && (code = lanmu_ctl_write (ctl, lanmu_schedule_work, import)) != LANMU_CTL_DONE) {
    return code;
  }
  code = answer (ctl, import, what);
  if (save != NULL && !lanmu_report_save (import->report, what, save, &error))
    return lanmu_ctl_refuse (ctl, "report", _ ("The report could not be saved (%s): choose another place."), error->message);
  return code;
}

static int import_file (LanmuCtl *ctl, const Options *options, const char *path)
{
  g_autoptr (LanmuReport) report = lanmu_report_new ();
  g_autoptr (GPtrArray) lines = lanmu_schedule_read (path, report);
  LanmuScheduleImport import = {.lines = lines, .report = report, .replace = options->replace, .dry_run = options->dry_run, .actor = lanmu_ctl_actor ()};
  return judge (ctl, &import, path, options->report);
}

static char *or_empty (const char *text)
{
  return g_strdup (text != NULL ? text : "");
}

static int add (LanmuCtl *ctl, const Options *options, const char *class_name)
{
  g_autoptr (LanmuReport) report = lanmu_report_new ();
  g_autoptr (GPtrArray) lines = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_schedule_line_free);
  LanmuScheduleLine *line = g_new0 (LanmuScheduleLine, 1);
  if (options->date == NULL || options->time == NULL) {
    g_free (line);
    return lanmu_ctl_misuse (ctl, "schedule", "%s", _ ("Say when: --date 2027-03-01 --time 9:00-9:40."));
  }
  *line = (LanmuScheduleLine){or_empty (NULL), 1, or_empty (options->college), g_strdup (class_name), or_empty (options->date), or_empty (options->time), or_empty (NULL),
                              or_empty (options->place), or_empty (options->counselor), or_empty (options->phone)};
  g_ptr_array_add (lines, line);
  LanmuScheduleImport import = {.lines = lines, .report = report, .one = TRUE, .dry_run = options->dry_run, .actor = lanmu_ctl_actor ()};
  return judge (ctl, &import, class_name, NULL);
}

/* -- move, drop, miss -- */

typedef struct {
  LanmuCtlWho who, before;
} Move;

static gboolean move_work (LanmuDb *db, gpointer data, GError **error)
{
  Move *self = data;
  return lanmu_ctl_who_find (db, &self->who, error) && lanmu_ctl_who_find (db, &self->before, error) &&
         lanmu_class_move (db, self->who.class_id, self->before.class_id, lanmu_ctl_actor (), NULL, error);
}

static gboolean drop_work (LanmuDb *db, gpointer data, GError **error)
{
  Move *self = data;
  return lanmu_ctl_who_find (db, &self->who, error) && lanmu_slot_drop (db, self->who.class_id, lanmu_ctl_actor (), error);
}

static gboolean miss_work (LanmuDb *db, gpointer data, GError **error)
{
  Move *self = data;
  return lanmu_ctl_who_find (db, &self->who, error) && lanmu_slot_miss (db, self->who.class_id, lanmu_ctl_actor (), error);
}

static int change (LanmuCtl *ctl, LanmuStoreWork work, const Options *options, const char *class_name)
{
  Move move = {.who = {.class_name = class_name, .college = options->college}, .before = {.class_name = options->before}};
  int code = lanmu_ctl_write (ctl, work, &move);
  lanmu_ctl_who_clear (&move.who);
  lanmu_ctl_who_clear (&move.before);
  return code == LANMU_CTL_DONE ? lanmu_ctl_done (ctl, _ ("Done: %s."), class_name) : code;
}

static int run (LanmuCtl *ctl, const Options *options, char **rest)
{
  const char *word = rest[0], *what = rest[0] != NULL ? rest[1] : NULL;
  if (word == NULL || (g_str_equal (word, "list") && what == NULL))
    return list (ctl);
  if (what != NULL && g_str_equal (word, "import"))
    return import_file (ctl, options, what);
  if (what != NULL && g_str_equal (word, "add"))
    return add (ctl, options, what);
  if (what != NULL && g_str_equal (word, "move") && (options->last != (options->before != NULL)))
    return change (ctl, move_work, options, what);
  if (what != NULL && g_str_equal (word, "drop"))
    return change (ctl, drop_work, options, what);
  if (what != NULL && g_str_equal (word, "miss"))
    return change (ctl, miss_work, options, what);
  return lanmu_ctl_misuse (ctl, "schedule", "%s",
                           _ ("Say `schedule`, `schedule import FILE`, `schedule add CLASS --date … --time …`, `schedule move CLASS --before CLASS` or --last, "
                              "`schedule drop CLASS` or `schedule miss CLASS`."));
}

int lanmu_ctl_schedule (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  Options options = {0};
  g_auto (GStrv) rest = NULL;
  const GOptionEntry entries[] = {
      {"college", 0, 0, G_OPTION_ARG_STRING, &options.college, _ ("where two classes have one name"), "NAME"},
      {"date", 0, 0, G_OPTION_ARG_STRING, &options.date, _ ("of the slot"), "DATE"},
      {"time", 0, 0, G_OPTION_ARG_STRING, &options.time, _ ("from, or from and until: 9:00-9:40"), "TIME"},
      {"place", 0, 0, G_OPTION_ARG_STRING, &options.place, _ ("room"), "TEXT"},
      {"counselor", 0, 0, G_OPTION_ARG_STRING, &options.counselor, _ ("who brings the class"), "NAME"},
      {"phone", 0, 0, G_OPTION_ARG_STRING, &options.phone, _ ("of the counselor"), "NUMBER"},
      {"before", 0, 0, G_OPTION_ARG_STRING, &options.before, _ ("the class it goes before"), "CLASS"},
      {"last", 0, 0, G_OPTION_ARG_NONE, &options.last, _ ("after every other class"), NULL},
      {"replace", 0, 0, G_OPTION_ARG_NONE, &options.replace, _ ("classes that are not in the file lose their slots"), NULL},
      {"dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, _ ("judge, change nothing"), NULL},
      {"report", 0, 0, G_OPTION_ARG_FILENAME, &options.report, _ ("save what was found as xlsx, to send back"), "FILE"},
      {0},
  };
  if (lanmu_ctl_parse (ctl, argc, argv, entries, 0, 2, &rest, &code))
    code = run (ctl, &options, rest);
  options_clear (&options);
  return code;
}
