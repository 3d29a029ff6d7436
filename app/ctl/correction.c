/* lanmuctl correction: what a student says is wrong in the list, as slips; the table that goes to the college. */
#include "app/ctl/veil.h"

#include <string.h>

#include "app/format.h"
#include "app/roster/fields.h"
#include "app/slipfile.h"
#include "db/audit.h"

typedef struct {
  char *note, *out;
  gboolean all;
  LanmuCtlReveal reveal;
} Options;

typedef struct {
  const char *student_no, *note;
  char *field, *value; /* of one slip */
  gint64 id;           /* of the slip */
} Slip;

/* -- writing -- */

/* FIELD as a list's header may say it: 姓名, XM, name. NULL: no field of a slip. */
static const char *field_of (const char *text)
{
  LanmuField field = lanmu_field_from_text (text);
  const char *word = field != LANMU_FIELD_NONE ? lanmu_field_to_string (field) : text;
  return lanmu_correction_field_is_known (word) ? word : NULL;
}

static gboolean add_work (LanmuDb *db, gpointer data, GError **error)
{
  Slip *slip = data;
  slip->id =
      lanmu_correction_add (db, slip->student_no, slip->field, slip->value, slip->note, lanmu_ctl_actor (), error);
  return slip->id != 0;
}

static gboolean withdraw_work (LanmuDb *db, gpointer data, GError **error)
{
  return lanmu_correction_withdraw (db, ((Slip *) data)->id, lanmu_ctl_actor (), error);
}

static void answer_json (gint64 id)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_bool (builder, "ok", TRUE);
  lanmu_ctl_json_int (builder, "slip", id);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static int write_with (LanmuCtl *ctl, LanmuStoreWork work, Slip *slip)
{
  int code = lanmu_ctl_write (ctl, work, slip);
  if (code != LANMU_CTL_DONE)
    return code;
  if (ctl->json)
    answer_json (slip->id);
  else if (work == add_work)
    lanmu_ctl_print (_ ("Correction slip %d was written; the list itself stays as it is.\n"), (int) slip->id);
  else
    lanmu_ctl_print (_ ("Correction slip %d was withdrawn.\n"), (int) slip->id);
  return LANMU_CTL_DONE;
}

static int add (LanmuCtl *ctl, const Options *options, const char *student_no, const char *pair)
{
  const char *sign = strchr (pair, '=');
  g_autofree char *left = sign != NULL ? g_strndup (pair, (gsize) (sign - pair)) : g_strdup (pair);
  const char *field = field_of (left);
  if (field == NULL || (sign == NULL && options->note == NULL))
    return lanmu_ctl_misuse (ctl, "correction",
                             _ ("“%s” is no FIELD=VALUE (student_no, name, sex, id_no, exam_no, class, "
                                "major, college, other)."),
                             pair);
  Slip slip = {student_no, options->note != NULL ? options->note : "", (char *) field,
               (char *) (sign != NULL ? sign + 1 : ""), 0};
  return write_with (ctl, add_work, &slip);
}

/* -- listing -- */

/* What a slip says of a person is masked like the person. */
static char *dup_value (const LanmuCtl *ctl, const LanmuCorrectionRow *row, const char *value)
{
  if (g_str_equal (row->field, "id_no") || g_str_equal (row->field, "exam_no"))
    return lanmu_ctl_dup_id (ctl, value, 0);
  return g_str_equal (row->field, "name") ? lanmu_ctl_dup_name (ctl, value, 0) : g_strdup (value);
}

static void print_slip (const LanmuCtl *ctl, const LanmuCorrectionRow *row)
{
  g_autofree char *old_value = dup_value (ctl, row, row->old_value), *new_value = dup_value (ctl, row, row->new_value);
  g_autofree char *name = lanmu_ctl_dup_name (ctl, row->name, 0);
  lanmu_ctl_print ("%d  %s %s  %s: %s → %s  %s%s\n", (int) row->id, row->student_no, name,
                   lanmu_slip_field_label (row->field), old_value, new_value, row->note,
                   row->withdrawn ? _ (" (withdrawn)") : "");
}

static void print_slip_json (const LanmuCtl *ctl, const LanmuCorrectionRow *row)
{
  g_autofree char *old_value = dup_value (ctl, row, row->old_value), *new_value = dup_value (ctl, row, row->new_value);
  g_autofree char *name = lanmu_ctl_dup_name (ctl, row->name, 0);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_int (builder, "slip", row->id);
  lanmu_ctl_json_string (builder, "student_no", row->student_no);
  lanmu_ctl_json_string (builder, "name", name);
  lanmu_ctl_json_string (builder, "class", row->class_name);
  lanmu_ctl_json_string (builder, "field", row->field);
  lanmu_ctl_json_string (builder, "old", old_value);
  lanmu_ctl_json_string (builder, "new", new_value);
  lanmu_ctl_json_string (builder, "note", row->note);
  lanmu_ctl_json_bool (builder, "withdrawn", row->withdrawn);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static gboolean print_one (const LanmuCorrectionRow *row, gpointer ctl)
{
  (((LanmuCtl *) ctl)->json ? print_slip_json : print_slip) (ctl, row);
  return TRUE;
}

static int list (LanmuCtl *ctl, const Options *options)
{
  int code = LANMU_CTL_DONE;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  return lanmu_corrections_list (db, options->all, print_one, ctl, &error) ? LANMU_CTL_DONE
                                                                           : lanmu_ctl_fail (ctl, error);
}

static int list_revealed (LanmuCtl *ctl, const Options *options)
{
  int code = LANMU_CTL_DONE;
  LanmuCtlReveal reveal = {options->reveal.wanted, g_strdup (options->reveal.as)};
  return lanmu_ctl_reveal (ctl, &reveal, "list/corrections", &code) ? list (ctl, options) : code;
}

/* -- the table -- */

typedef struct {
  const char *path;
  guint count;
} Export;

static gboolean export_work (LanmuDb *db, gpointer data, GError **error)
{
  Export *export = data;
  return lanmu_slip_file_save (db, export->path, &export->count, error) &&
         lanmu_audit_append (db, lanmu_ctl_actor (), "correction.export", "corrections", NULL, error);
}

static int save_table (LanmuCtl *ctl, const Options *options)
{
  int code = LANMU_CTL_DONE;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuStore) store = lanmu_ctl_open_writing (ctl, LANMU_DB_READ_WRITE, &code);
  Export export = {options->out, 0};
  if (store == NULL)
    return code;
  if (!lanmu_store_run_sync (store, export_work, &export, &error))
    code = lanmu_ctl_fail (ctl, error);
  else if (ctl->json)
    answer_json (export.count);
  else
    lanmu_ctl_print (_ ("%u correction slips are in %s, to be signed.\n"), export.count, options->out);
  lanmu_store_close (store);
  return code;
}

static int run (LanmuCtl *ctl, const Options *options, char **rest)
{
  guint n = g_strv_length (rest);
  if (n == 0)
    return options->out != NULL ? save_table (ctl, options) : list_revealed (ctl, options);
  if (g_str_equal (rest[0], "add") && n == 3)
    return add (ctl, options, rest[1], rest[2]);
  if (g_str_equal (rest[0], "withdraw") && n == 2) {
    Slip slip = {.id = g_ascii_strtoll (rest[1], NULL, 10)};
    return write_with (ctl, withdraw_work, &slip);
  }
  return lanmu_ctl_misuse (ctl, "correction", "%s",
                           _ ("Say add NO FIELD=VALUE, withdraw SLIP, or nothing to list them."));
}

int lanmu_ctl_correction (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  Options options = {0};
  g_auto (GStrv) rest = NULL;
  const GOptionEntry entries[] = {
      {"note", 0, 0, G_OPTION_ARG_STRING, &options.note, _ ("what else is to be said"), "TEXT"},
      {"all", 0, 0, G_OPTION_ARG_NONE, &options.all, _ ("those withdrawn too"), NULL},
      {"out", 0, 0, G_OPTION_ARG_FILENAME, &options.out, _ ("save them as an xlsx table with room for signatures"),
       "FILE"},
      LANMU_CTL_REVEAL_OPTIONS (options.reveal),
      {0},
  };
  if (lanmu_ctl_parse (ctl, argc, argv, entries, 0, 3, &rest, &code))
    code = run (ctl, &options, rest);
  g_free (options.note);
  g_free (options.out);
  g_free (options.reveal.as);
  return code;
}
