/* lanmuctl absent: who has no picture and why, as lines, xlsx and PDF, with the notice for them. */
#include "app/ctl/ctl.h"
#include "app/ctl/veil.h"

#include "app/day/absent.h"
#include "db/settings.h"

static gboolean set_notice (LanmuDb *db, gpointer text, GError **error)
{
  return lanmu_setting_set (db, LANMU_ABSENT_NOTICE, text, lanmu_ctl_actor (), error);
}

static void print_json (const LanmuCtl *ctl, const LanmuAbsentRow *row)
{
  g_autofree char *name = lanmu_ctl_dup_name (ctl, row->name, 0);
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "student_no", row->student_no);
  lanmu_ctl_json_string (builder, "name", name);
  lanmu_ctl_json_string (builder, "class", row->class_name);
  lanmu_ctl_json_string (builder, "major", row->major);
  lanmu_ctl_json_string (builder, "college", row->college);
  lanmu_ctl_json_string (builder, "why", row->why);
  lanmu_ctl_json_string (builder, "reason", row->reason);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

typedef struct {
  char *college, *class_name, *xlsx, *pdf, *notice;
} Options;

static int list (LanmuCtl *ctl, const Options *options)
{
  int code;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  g_autoptr (GPtrArray) rows = lanmu_absent_list (db, options->college, options->class_name, &error);
  if (rows == NULL)
    return lanmu_ctl_fail (ctl, error);
  for (guint i = 0; i < rows->len; i++) {
    const LanmuAbsentRow *row = rows->pdata[i];
    g_autofree char *name = lanmu_ctl_dup_name (ctl, row->name, 0);
    if (ctl->json)
      print_json (ctl, row);
    else
      lanmu_ctl_print ("%s\t%s\t%s\t%s\t%s\t%s\n", row->student_no, name, row->class_name, row->college, row->why, row->reason);
  }
  if (options->xlsx != NULL && !lanmu_absent_save_xlsx (db, rows, options->xlsx, &error))
    return lanmu_ctl_fail_with (ctl, options->xlsx, error);
  if (options->pdf != NULL && !lanmu_absent_save_pdf (db, rows, options->pdf, &error))
    return lanmu_ctl_fail_with (ctl, options->pdf, error);
  return LANMU_CTL_DONE;
}

int lanmu_ctl_absent (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  Options options = {0};
  const GOptionEntry entries[] = {
      {"college", 0, 0, G_OPTION_ARG_STRING, &options.college, _ ("only this college"), "NAME"},
      {"class", 0, 0, G_OPTION_ARG_STRING, &options.class_name, _ ("only this class"), "NAME"},
      {"xlsx", 0, 0, G_OPTION_ARG_FILENAME, &options.xlsx, _ ("save the list as xlsx"), "FILE"},
      {"pdf", 0, 0, G_OPTION_ARG_FILENAME, &options.pdf, _ ("save the list as PDF, to sign"), "FILE"},
      {"notice", 0, 0, G_OPTION_ARG_STRING, &options.notice, _ ("what the absent are told on the list; \"\" = the usual words"), "TEXT"},
      {0},
  };
  if (lanmu_ctl_parse (ctl, argc, argv, entries, 0, 0, NULL, &code)) {
    code = options.notice != NULL ? lanmu_ctl_write (ctl, set_notice, *options.notice != '\0' ? options.notice : NULL) : LANMU_CTL_DONE;
    if (code == LANMU_CTL_DONE)
      code = list (ctl, &options);
  }
  char *all[] = {options.college, options.class_name, options.xlsx, options.pdf, options.notice};
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    g_free (all[i]);
  return code;
}
