/* lanmuctl walkin: a student who came without being on the list. */
#include "app/ctl/veil.h"

#include "app/roster/clean.h"
#include "app/roster/rules.h"
#include "app/roster/studentno.h"
#include "db/walkins.h"

typedef struct {
  char *name, *no, *class_name, *college, *sex, *id_no, *exam_no, *note;
} Options;

typedef struct {
  const Options *options;
  gint64 id;
  LanmuStudentRow *added;
} Work;

static void options_clear (Options *self)
{
  char *all[] = {self->name, self->no,    self->class_name, self->college,
                 self->sex,  self->id_no, self->exam_no,    self->note};
  for (gsize i = 0; i < G_N_ELEMENTS (all); i++)
    g_free (all[i]);
}

static gboolean work (LanmuDb *db, gpointer data, GError **error)
{
  Work *self = data;
  const Options *options = self->options;
  const char *sex = lanmu_rules_read_sex (options->sex != NULL ? options->sex : "");
  const LanmuStudentRow row = {.student_no = options->no,
                               .name = options->name,
                               .sex = (char *) (sex != NULL ? sex : ""),
                               .id_no = options->id_no,
                               .exam_no = options->exam_no,
                               .class_name = options->class_name,
                               .college_name = options->college};
  self->id = lanmu_walkin_add (db, &row, options->note, lanmu_ctl_actor (), error);
  self->added = self->id != 0 ? lanmu_student_get (db, self->id, error) : NULL;
  return self->added != NULL;
}

static void answer (LanmuCtl *ctl, const LanmuStudentRow *row)
{
  g_autofree char *name = lanmu_ctl_dup_name (ctl, row->name, row->class_id);
  if (!ctl->json) {
    lanmu_ctl_print (_ ("%s %s was added at the bottom of %s.\n"), row->student_no, name, row->class_name);
    return;
  }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_bool (builder, "ok", TRUE);
  lanmu_ctl_json_string (builder, "student_no", row->student_no);
  lanmu_ctl_json_string (builder, "name", name);
  lanmu_ctl_json_string (builder, "class", row->class_name);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

/* As the importer would; takes and gives. */
static char *clean_name (char *name)
{
  guint done;
  char *clean = g_strdup (lanmu_clean_cell (name, LANMU_CELL_NAME, &done));
  g_free (name);
  return clean;
}

/* FALSE: *code says how to end. */
static gboolean check (LanmuCtl *ctl, Options *options, int *code)
{
  if (options->name != NULL)
    options->name = clean_name (options->name);
  if (options->name == NULL || *options->name == '\0')
    *code = lanmu_ctl_misuse (ctl, "walkin", "%s", _ ("--name is missing."));
  else if (options->no != NULL && !lanmu_studentno_is_valid (options->no))
    *code = lanmu_ctl_misuse (ctl, "walkin", _ ("--no: “%s” cannot be a student number."), options->no);
  else if (options->sex != NULL && lanmu_rules_read_sex (options->sex) == NULL)
    *code = lanmu_ctl_misuse (ctl, "walkin", _ ("--sex: “%s” is neither 男 nor 女."), options->sex);
  else
    return TRUE;
  return FALSE;
}

static int run (LanmuCtl *ctl, const Options *options)
{
  int code = LANMU_CTL_DONE;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuStore) store = lanmu_ctl_open_writing (ctl, LANMU_DB_READ_WRITE, &code);
  Work job = {.options = options};
  if (store == NULL)
    return code;
  if (lanmu_store_run_sync (store, work, &job, &error))
    answer (ctl, job.added);
  else
    code = lanmu_ctl_fail (ctl, error);
  lanmu_store_close (store);
  g_clear_pointer (&job.added, lanmu_student_row_free);
  return code;
}

int lanmu_ctl_walkin (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  Options options = {0};
  g_auto (GStrv) rest = NULL;
  const GOptionEntry entries[] = {
      {"name", 0, 0, G_OPTION_ARG_STRING, &options.name, _ ("the student's name"), "NAME"},
      {"no", 0, 0, G_OPTION_ARG_STRING, &options.no, _ ("the student number, when it is known (default: W0001 …)"),
       "NO"},
      {"class", 0, 0, G_OPTION_ARG_STRING, &options.class_name, _ ("the class (default: one for those without)"),
       "NAME"},
      {"college", 0, 0, G_OPTION_ARG_STRING, &options.college, _ ("its college, where two classes have one name"),
       "NAME"},
      {"sex", 0, 0, G_OPTION_ARG_STRING, &options.sex, _ ("男 or 女"), "SEX"},
      {"id-no", 0, 0, G_OPTION_ARG_STRING, &options.id_no, _ ("the ID number"), "NO"},
      {"exam-no", 0, 0, G_OPTION_ARG_STRING, &options.exam_no, _ ("the candidate number"), "NO"},
      {"note", 0, 0, G_OPTION_ARG_STRING, &options.note, _ ("what else is known"), "TEXT"},
      {0},
  };
  if (lanmu_ctl_parse (ctl, argc, argv, entries, 0, 0, &rest, &code) && check (ctl, &options, &code))
    code = run (ctl, &options);
  options_clear (&options);
  return code;
}
