/* lanmuctl closeout: what still stands in the way of closing a class, closing it, its sheet, reopening. */
#include "app/ctl/dayline.h"

#include "app/day/close.h"
#include "app/format.h"

typedef struct {
  char *college, *reason, *sheet;
  gboolean settle;
} Options;

typedef struct {
  LanmuCtlWho who;
  LanmuClose close;
  const char *reason;
} Work;

static void print_blocks (LanmuCtl *ctl, const GPtrArray *blocks)
{
  for (guint i = 0; i < blocks->len; i++) {
    g_autofree char *text = lanmu_close_block_say (blocks->pdata[i]);
    if (!ctl->json)
      lanmu_ctl_print ("%s\n", text);
  }
}

static void print_answer_json (const GPtrArray *blocks, gint64 sheet, int absent)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_bool (builder, "ok", blocks->len == 0);
  lanmu_ctl_json_int (builder, "sheet", sheet);
  lanmu_ctl_json_int (builder, "absent", absent);
  json_builder_set_member_name (builder, "missing");
  json_builder_begin_array (builder);
  for (guint i = 0; i < blocks->len; i++) {
    const LanmuCloseBlock *block = blocks->pdata[i];
    g_autofree char *text = lanmu_close_block_say (block);
    json_builder_begin_object (builder);
    lanmu_ctl_json_string (builder, "kind", block->kind);
    lanmu_ctl_json_int (builder, "number", block->number);
    lanmu_ctl_json_string (builder, "students", block->names);
    lanmu_ctl_json_string (builder, "message", text);
    json_builder_end_object (builder);
  }
  json_builder_end_array (builder);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static int say_blocked (LanmuCtl *ctl, const GPtrArray *blocks, const char *class_name)
{
  LanmuCtl plain = *ctl;
  plain.json = FALSE;
  print_blocks (ctl, blocks);
  return lanmu_ctl_refuse (&plain, "not-done", _ ("%s is not closed: see what is missing."), class_name);
}

static gboolean close_work (LanmuDb *db, gpointer data, GError **error)
{
  Work *self = data;
  if (!lanmu_ctl_who_find (db, &self->who, error))
    return FALSE;
  self->close.class_id = self->who.class_id;
  return lanmu_close_work (db, &self->close, error);
}

static int save_sheet (LanmuCtl *ctl, gint64 number, const char *path)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  return lanmu_close_save_sheet (db, number, path, &error) ? LANMU_CTL_DONE : lanmu_ctl_fail_with (ctl, path, error);
}

static int close_class (LanmuCtl *ctl, const Options *options, const char *class_name)
{
  Work self = {.who = {.class_name = class_name, .college = options->college}, .close = {.actor = lanmu_ctl_actor (), .settle = options->settle}};
  int code = lanmu_ctl_write (ctl, close_work, &self);
  lanmu_ctl_who_clear (&self.who);
  if (code != LANMU_CTL_DONE) {
    lanmu_close_clear (&self.close);
    return code;
  }
  if (ctl->json)
    print_answer_json (self.close.blocks, self.close.sheet, self.close.absent);
  if (self.close.blocks->len > 0)
    code = say_blocked (ctl, self.close.blocks, class_name);
  else if (!ctl->json)
    lanmu_ctl_print (_ ("%s is closed: sheet %d.\n"), class_name, (int) self.close.sheet);
  if (code == LANMU_CTL_DONE && options->sheet != NULL)
    code = save_sheet (ctl, self.close.sheet, options->sheet);
  lanmu_close_clear (&self.close);
  return code;
}

static int check (LanmuCtl *ctl, const Options *options, const char *class_name)
{
  int code;
  g_autoptr (GError) error = NULL;
  LanmuCtlWho who = {.class_name = class_name, .college = options->college};
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  g_autoptr (GPtrArray) blocks = db != NULL && lanmu_ctl_who_find (db, &who, &error) ? lanmu_close_check (db, who.class_id, &error) : NULL;
  lanmu_ctl_who_clear (&who);
  if (db == NULL)
    return code;
  if (blocks == NULL)
    return lanmu_ctl_fail (ctl, error);
  if (ctl->json)
    print_answer_json (blocks, 0, 0);
  else if (blocks->len == 0)
    lanmu_ctl_print (_ ("Nothing stands in the way of closing %s.\n"), class_name);
  return blocks->len == 0 ? LANMU_CTL_DONE : say_blocked (ctl, blocks, class_name);
}

static gboolean reopen_work (LanmuDb *db, gpointer data, GError **error)
{
  Work *self = data;
  return lanmu_ctl_who_find (db, &self->who, error) && lanmu_closing_reopen (db, self->who.class_id, self->reason, lanmu_ctl_actor (), error);
}

static int reopen (LanmuCtl *ctl, const Options *options, const char *class_name)
{
  Work self = {.who = {.class_name = class_name, .college = options->college}, .reason = options->reason};
  if (options->reason == NULL || *options->reason == '\0')
    return lanmu_ctl_misuse (ctl, "closeout", "%s", _ ("Say why: --reason TEXT."));
  int code = lanmu_ctl_write (ctl, reopen_work, &self);
  lanmu_ctl_who_clear (&self.who);
  return code == LANMU_CTL_DONE ? lanmu_ctl_done (ctl, _ ("%s is open again."), class_name) : code;
}

static int list (LanmuCtl *ctl)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  g_autoptr (GPtrArray) rows = lanmu_closings_list (db, &error);
  if (rows == NULL)
    return lanmu_ctl_fail (ctl, error);
  for (guint i = 0; i < rows->len; i++) {
    const LanmuClosingRow *row = rows->pdata[i];
    g_autofree char *time = lanmu_format_time (row->wall_us);
    if (!ctl->json) {
      lanmu_ctl_print ("%d\t%d\t%s\t%s\t%s\t%s\n", (int) row->id, (int) row->class_id, time, row->actor, row->sha256, row->reopened_reason != NULL ? row->reopened_reason : "");
      continue;
    }
    g_autoptr (JsonBuilder) builder = json_builder_new ();
    json_builder_begin_object (builder);
    lanmu_ctl_json_int (builder, "sheet", row->id);
    lanmu_ctl_json_int (builder, "class_id", row->class_id);
    lanmu_ctl_json_string (builder, "sha256", row->sha256);
    lanmu_ctl_json_string (builder, "actor", row->actor);
    lanmu_ctl_json_int (builder, "wall_us", row->wall_us);
    lanmu_ctl_json_bool (builder, "stands", row->reopened_us == 0);
    lanmu_ctl_json_string (builder, "reopened_reason", row->reopened_reason);
    lanmu_ctl_json_string (builder, "record", row->record);
    json_builder_end_object (builder);
    lanmu_ctl_print_json (builder);
  }
  return LANMU_CTL_DONE;
}

static int run (LanmuCtl *ctl, const Options *options, char **rest)
{
  guint n = g_strv_length (rest);
  guint64 number = 0;
  if (n == 0)
    return list (ctl);
  if (n == 2 && g_str_equal (rest[0], "check"))
    return check (ctl, options, rest[1]);
  if (n == 2 && g_str_equal (rest[0], "close"))
    return close_class (ctl, options, rest[1]);
  if (n == 2 && g_str_equal (rest[0], "reopen"))
    return reopen (ctl, options, rest[1]);
  if (n == 3 && g_str_equal (rest[0], "sheet") && g_ascii_string_to_unsigned (rest[1], 10, 1, G_MAXINT32, &number, NULL))
    return save_sheet (ctl, (gint64) number, rest[2]);
  return lanmu_ctl_misuse (ctl, "closeout", "%s",
                           _ ("Say `closeout`, `closeout check CLASS`, `closeout close CLASS`, `closeout reopen CLASS --reason TEXT` or `closeout sheet NUMBER FILE`."));
}

int lanmu_ctl_closeout (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  Options options = {0};
  g_auto (GStrv) rest = NULL;
  const GOptionEntry entries[] = {
      {"college", 0, 0, G_OPTION_ARG_STRING, &options.college, _ ("where two classes have one name"), "NAME"},
      {"settle", 0, 0, G_OPTION_ARG_NONE, &options.settle, _ ("who was counted missing and still waits becomes absent"), NULL},
      {"sheet", 0, 0, G_OPTION_ARG_FILENAME, &options.sheet, _ ("save the sheet as PDF, to sign"), "FILE"},
      {"reason", 0, 0, G_OPTION_ARG_STRING, &options.reason, _ ("why it is opened again"), "TEXT"},
      {0},
  };
  if (lanmu_ctl_parse (ctl, argc, argv, entries, 0, 3, &rest, &code))
    code = run (ctl, &options, rest);
  g_free (options.college);
  g_free (options.reason);
  g_free (options.sheet);
  return code;
}
