/* lanmuctl import: a student list into the campaign, all or nothing, with a report by row and column. */
#include "app/ctl/ctl.h"
#include "app/ctl/problemlines.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#include "app/roster/import.h"
#include "app/roster/reportfile.h"
#include "db/campaign.h"

typedef struct {
  char *map, *accept, *sheet, *report;
  gboolean dry_run, replace;
} Options;

static void answer_json (const LanmuImport *import)
{
  LanmuReport *report = import->report;
  gboolean refused = lanmu_report_is_refused (report);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_bool (builder, "ok", !refused);
  lanmu_ctl_json_int (builder, "imported", import->dry_run ? 0 : (gint64) import->inserted);
  lanmu_ctl_json_bool (builder, "refused", refused);
  lanmu_ctl_json_int (builder, "rows", import->list != NULL ? (gint64) lanmu_list_get_size (import->list) : 0);
  lanmu_ctl_json_int (builder, "new", (gint64) import->inserted);
  lanmu_ctl_json_int (builder, "unchanged", (gint64) import->unchanged);
  lanmu_ctl_json_int (builder, "changed", (gint64) import->changed);
  lanmu_ctl_json_int (builder, "moved", (gint64) import->moved);
  lanmu_ctl_json_int (builder, "missing", (gint64) import->missing);
  lanmu_ctl_json_bool (builder, "dry_run", import->dry_run);
  lanmu_ctl_json_string (builder, "format", import->list != NULL ? lanmu_file_kind_to_string (import->list->kind) : "");
  lanmu_ctl_json_string (builder, "encoding", import->list != NULL ? import->list->encoding : "");
  lanmu_ctl_json_int (builder, "errors", lanmu_report_get_count (report, LANMU_SEVERITY_ERROR));
  lanmu_ctl_json_int (builder, "warnings", lanmu_report_get_count (report, LANMU_SEVERITY_WARNING));
  lanmu_ctl_json_int (builder, "left_out", lanmu_report_get_left_out (report));
  json_builder_set_member_name (builder, "problems");
  json_builder_begin_array (builder);
  for (guint i = 0; i < lanmu_report_get_size (report); i++)
    lanmu_ctl_problem_json (builder, lanmu_report_get (report, i));
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

/* Of the errors, those that a person may let pass after looking: one decision a kind. */
static void print_decisions (LanmuReport *report)
{
  g_autoptr (GString) kinds = g_string_new (NULL);
  for (int kind = 0; kind < LANMU_N_PROBLEMS; kind++)
    if (lanmu_report_get_kind_count (report, kind) > 0 && lanmu_problem_kind_is_acceptable (kind))
      g_string_append_printf (kinds, "%s%s", kinds->len > 0 ? "," : "", lanmu_problem_kind_to_string (kind));
  if (kinds->len > 0)
    lanmu_ctl_print (_ ("What you looked at and take as it is, kind by kind: --accept %s\n"), kinds->str);
}

static void answer_plain (const LanmuImport *import)
{
  LanmuReport *report = import->report;
  for (guint i = 0; i < lanmu_report_get_size (report); i++)
    lanmu_ctl_problem_print (lanmu_report_get (report, i));
  if (lanmu_report_get_left_out (report) > 0)
    lanmu_ctl_print (_ ("… and %u more like these.\n"), lanmu_report_get_left_out (report));
  if (lanmu_report_is_refused (report)) {
    print_decisions (report);
    return;
  }
  lanmu_ctl_print (import->dry_run ? _ ("New students: %u; there already: %u. Nothing was changed.\n")
                                   : _ ("New students imported: %u; there already: %u.\n"),
                   (guint) import->inserted, (guint) import->unchanged);
  if (import->changed > 0 || import->moved > 0)
    lanmu_ctl_print (_ ("Changed details: %u students; moved to another class: %u.\n"), (guint) import->changed,
                     (guint) import->moved);
  if (import->missing > 0)
    lanmu_ctl_print (_ ("Not in this file, but in the earlier list: %u; they stay.\n"), (guint) import->missing);
}

/* The only error is about the file as a whole: that sentence is the answer. */
static const LanmuProblem *whole_file (LanmuReport *report)
{
  const LanmuProblem *first = lanmu_report_get_size (report) > 0 ? lanmu_report_get (report, 0) : NULL;
  gboolean alone = first != NULL && first->row == 0 && first->severity == LANMU_SEVERITY_ERROR &&
                   lanmu_report_get_count (report, LANMU_SEVERITY_ERROR) == 1;
  return alone ? first : NULL;
}

static int say_refused (LanmuCtl *ctl, LanmuReport *report, const LanmuProblem *whole, const char *path)
{
  guint errors = lanmu_report_get_count (report, LANMU_SEVERITY_ERROR);
  LanmuCtl plain = *ctl;
  plain.json = FALSE; /* the report is the JSON answer */
  if (whole != NULL) {
    g_autofree char *message = lanmu_problem_dup_message (whole, lanmu_i18n_is_chinese ());
    gboolean named = strstr (message, path) != NULL;
    return lanmu_ctl_refuse (&plain, "refused", _ ("%s%s%s Nothing was changed."), named ? "" : path, named ? "" : ": ",
                             message);
  }
  return lanmu_ctl_refuse (
      &plain, "refused",
      ngettext ("%s was not imported: %u error; correct it in the list and import it again. Nothing was changed.",
                "%s was not imported: %u errors; correct them in the list and import it again. Nothing was changed.",
                errors),
      path, errors);
}

static int answer (LanmuCtl *ctl, const LanmuImport *import, const char *path)
{
  LanmuReport *report = import->report;
  lanmu_report_sort (report);
  const LanmuProblem *whole = whole_file (report);
  if (ctl->json)
    answer_json (import);
  else if (whole == NULL)
    answer_plain (import);
  return lanmu_report_is_refused (report) ? say_refused (ctl, report, whole, path) : LANMU_CTL_DONE;
}

/* "bad_check_digit,sex_mismatch": errors somebody looked at and takes as they are. FALSE: *code says how to end. */
static gboolean take_accepted (LanmuCtl *ctl, LanmuReport *report, const char *text, int *code)
{
  g_auto (GStrv) kinds = g_strsplit (text != NULL ? text : "", ",", -1);
  for (char **kind = kinds; *kind != NULL; kind++) {
    LanmuProblemKind known;
    if (**kind == '\0')
      continue;
    if (!lanmu_problem_kind_from_string (*kind, &known)) {
      *code = lanmu_ctl_misuse (ctl, "import", _ ("--accept: “%s” is no kind of problem."), *kind);
      return FALSE;
    }
    if (!lanmu_report_accept (report, known)) {
      *code = lanmu_ctl_misuse (ctl, "import", _ ("--accept: “%s” may not be accepted."), *kind);
      return FALSE;
    }
  }
  return TRUE;
}

/* -- how far it is, and Ctrl+C -- */

#define BAR_WIDTH 30

typedef struct {
  GCancellable *cancellable;
  const char *doing; /* NULL: nobody looks */
  int shown;         /* percent, -1 = nothing */
} Watch;

static volatile sig_atomic_t interrupted;

static void on_interrupt (int number)
{
  interrupted = 1;
}

/* A second Ctrl+C ends the program at once; that leaves nothing either, the file's journal sees to it. */
static void catch_interrupt (void)
{
  struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int) SA_RESETHAND | SA_RESTART};
  sigaction (SIGINT, &action, NULL);
}

/* One line of a terminal, over and over. On whichever thread works. */
static void show_progress (double fraction, gpointer data)
{
  Watch *watch = data;
  int percent = (int) (fraction * 100), filled = (int) (fraction * BAR_WIDTH);
  if (interrupted)
    g_cancellable_cancel (watch->cancellable);
  if (watch->doing == NULL || percent == watch->shown)
    return;
  watch->shown = percent;
  g_printerr ("\r%s [%.*s%*s] %3d %%", watch->doing, filled, "##############################", BAR_WIDTH - filled, "",
              percent);
}

static void end_progress (const Watch *watch)
{
  if (watch->shown >= 0)
    g_printerr ("\r%*s\r", BAR_WIDTH + 40, "");
}

/* A list without a campaign has nowhere to go: say so before reading 100,000 rows. */
static gboolean work (LanmuDb *db, gpointer data, GError **error)
{
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (db, error);
  return campaign != NULL && lanmu_import_work (db, data, error);
}

/* The map given now, or the one the campaign remembers. FALSE: *code says how to end. */
static gboolean choose_map (LanmuCtl *ctl, LanmuDb *db, const Options *options, LanmuColumnMap **map, int *code)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *remembered = options->map == NULL ? lanmu_import_get_map (db, &error) : NULL;
  if (error != NULL) {
    *code = lanmu_ctl_fail (ctl, error);
    return FALSE;
  }
  const char *text = options->map != NULL ? options->map : remembered;
  if (text == NULL || *text == '\0')
    return TRUE;
  *map = lanmu_column_map_parse (text, NULL); /* a given one was tried before; a remembered one is our own */
  if (*map != NULL)
    lanmu_column_map_set_lenient (*map, options->map == NULL);
  return TRUE;
}

static char *describe_map (const Options *options, const LanmuColumnMap *map, const LanmuList *list)
{
  if (options->map == NULL || list == NULL)
    return NULL;
  const LanmuHeader *header = ((LanmuSheet *) g_ptr_array_index (list->sheets, 0))->header;
  return map != NULL ? lanmu_column_map_describe (map, header->names, header->n_columns) : g_strdup ("");
}

/* db: to read what the campaign remembers; store: NULL for a dry run. */
static int read_and_import (LanmuCtl *ctl, LanmuDb *db, LanmuStore *store, const Options *options, LanmuReport *report,
                            const char *path)
{
  int code = LANMU_CTL_DONE;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuColumnMap) map = NULL;
  if (!choose_map (ctl, db, options, &map, &code))
    return code;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  gboolean looked_at = !ctl->json && isatty (STDERR_FILENO);
  Watch watch = {cancellable, looked_at ? _ ("reading") : NULL, -1};
  const LanmuListOptions reading = {.map = map,
                                    .sheet = options->sheet,
                                    .cancellable = cancellable,
                                    .progress = show_progress,
                                    .progress_data = &watch};
  catch_interrupt ();
  g_autoptr (LanmuList) list = lanmu_list_read (path, &reading, report);
  watch.doing = looked_at ? _ ("writing") : NULL;
  g_autofree char *to_remember = describe_map (options, map, list);
  LanmuImport import = {.list = list,
                        .report = report,
                        .replace = options->replace,
                        .dry_run = options->dry_run,
                        .actor = lanmu_ctl_actor (),
                        .map = to_remember,
                        .cancellable = cancellable,
                        .progress = show_progress,
                        .progress_data = &watch};
  if (interrupted)
    g_cancellable_cancel (cancellable);
  gboolean stopped = g_cancellable_is_cancelled (cancellable);
  gboolean done = list == NULL || stopped ||
                  (store != NULL ? lanmu_store_run_sync (store, work, &import, &error) : work (db, &import, &error));
  end_progress (&watch);
  if (stopped || g_error_matches (error, LANMU_DB_ERROR, LANMU_DB_ERROR_STOPPED))
    return lanmu_ctl_refuse (ctl, "stopped", _ ("The import was stopped; nothing was changed."));
  if (!done)
    return lanmu_ctl_fail (ctl, error);
  code = answer (ctl, &import, path);
  if (options->report != NULL && !lanmu_report_save (report, path, options->report, &error))
    return lanmu_ctl_refuse (ctl, "report", _ ("The report could not be saved (%s): choose another place."),
                             error->message);
  return code;
}

/* The report must not take the place of the list. */
static gboolean is_same_file (const char *a, const char *b)
{
  GStatBuf left, right;
  return g_stat (a, &left) == 0 && g_stat (b, &right) == 0 && left.st_dev == right.st_dev &&
         left.st_ino == right.st_ino;
}

static int run (LanmuCtl *ctl, const Options *options, LanmuReport *report, const char *path)
{
  int code = LANMU_CTL_DONE;
  if (options->report != NULL && is_same_file (options->report, path))
    return lanmu_ctl_refuse (ctl, "report", _ ("%s is the list itself: give the report another name."),
                             options->report);
  if (options->dry_run) {
    g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
    return db != NULL ? read_and_import (ctl, db, NULL, options, report, path) : code;
  }
  g_autoptr (LanmuStore) store = lanmu_ctl_open_writing (ctl, LANMU_DB_READ_WRITE, &code);
  if (store == NULL)
    return code;
  code = read_and_import (ctl, lanmu_store_get_reader (store), store, options, report, path);
  lanmu_store_close (store);
  return code;
}

static gboolean is_usable_map (LanmuCtl *ctl, const char *text, int *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuColumnMap) map = text != NULL && *text != '\0' ? lanmu_column_map_parse (text, &error) : NULL;
  if (error != NULL)
    *code = lanmu_ctl_misuse (ctl, "import", "--map: %s.", error->message);
  return error == NULL;
}

int lanmu_ctl_import (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  Options options = {0};
  const GOptionEntry entries[] = {
      {"map", 0, 0, G_OPTION_ARG_STRING, &options.map,
       _ ("which column is what; COLUMN as in the header, or a letter, or #3; the campaign remembers it, \"\" forgets"),
       "COLUMN=FIELD,…"},
      {"report", 0, 0, G_OPTION_ARG_FILENAME, &options.report, _ ("save what was found as xlsx, to send back"), "FILE"},
      {"sheet", 0, 0, G_OPTION_ARG_STRING, &options.sheet,
       _ ("only this sheet, by name or number, hidden or not (default: all that are shown)"), "SHEET"},
      {"dry-run", 0, 0, G_OPTION_ARG_NONE, &options.dry_run, _ ("judge the list, change nothing"), NULL},
      {"replace", 0, 0, G_OPTION_ARG_NONE, &options.replace,
       _ ("throw the old list away; only before the first student is called"), NULL},
      {"accept", 0, 0, G_OPTION_ARG_STRING, &options.accept,
       _ ("errors of these kinds are warnings, changes are applied: somebody looked at them"), "KIND,…"},
      {0},
  };
  g_auto (GStrv) rest = NULL;
  g_autoptr (LanmuReport) report = lanmu_report_new ();
  if (lanmu_ctl_parse (ctl, argc, argv, entries, 1, 1, &rest, &code) &&
      take_accepted (ctl, report, options.accept, &code) && is_usable_map (ctl, options.map, &code))
    code = run (ctl, &options, report, rest[0]);
  g_free (options.map);
  g_free (options.accept);
  g_free (options.sheet);
  g_free (options.report);
  return code;
}
