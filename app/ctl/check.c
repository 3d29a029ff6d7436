/* lanmuctl check: every rule of the standard over any JPEGs, as many at a time as there are cores. Changes nothing. */
#include "app/ctl/standard.h"

#include "app/standard/batch.h"
#include "app/standard/checkjson.h"
#include "app/standard/checkwords.h"
#include "app/sentence.h"
#include "capture/checks/threadengine.h"

typedef struct {
  const char *path;
  LanmuInspection inspection;
  GError *error;
} Job;

typedef struct {
  LanmuCtl *ctl;
  LanmuProfile *profile;
  gboolean all;
  guint failed; /* files that could not be looked at */
} Run;

static void job_free (gpointer data)
{
  Job *job = data;
  g_clear_error (&job->error);
  g_free (job);
}

static void work (gpointer data, gpointer user_data)
{
  Job *job = data;
  const Run *run = user_data;
  gsize size;
  LanmuInspectBy by = {.profile = run->profile, .engine = lanmu_thread_engine (NULL)};
  g_autofree guint8 *bytes = lanmu_ctl_read_picture (job->path, &size, &job->error);
  if (bytes != NULL)
    lanmu_inspect (bytes, size, &by, &job->inspection, &job->error);
}

static void print_json (const Job *job)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_string (builder, "file", job->path);
  lanmu_ctl_json_bool (builder, "ok", job->error == NULL);
  if (job->error != NULL) {
    g_autofree char *sentence = lanmu_sentence_new (job->error);
    lanmu_ctl_json_string (builder, "kind", lanmu_sentence_kind (job->error));
    lanmu_ctl_json_string (builder, "message", sentence);
  } else
    lanmu_inspection_to_json (&job->inspection, builder);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static void print_check (const LanmuCheck *check)
{
  g_autofree char *figures = lanmu_check_figures (check);
  lanmu_ctl_print ("  %s\t%s\t%s\t%s\n", lanmu_verdict_title (check->verdict), lanmu_check_title (check->id), figures,
                   lanmu_check_sentence (check->id, check->verdict, check->why));
}

static void print_lines (const Run *run, const Job *job)
{
  const LanmuInspection *found = &job->inspection;
  lanmu_ctl_print (_ ("%s: %u ok, %u warnings, %u fail, %u unsure, %u not checked\n"), job->path,
                   lanmu_inspection_count (found, LANMU_VERDICT_OK), lanmu_inspection_count (found, LANMU_VERDICT_WARN),
                   lanmu_inspection_count (found, LANMU_VERDICT_FAIL),
                   lanmu_inspection_count (found, LANMU_VERDICT_UNSURE),
                   lanmu_inspection_count (found, LANMU_VERDICT_NOT_CHECKED));
  for (int i = 0; i < LANMU_N_CHECKS; i++)
    if (run->all || found->checks[i].verdict >= LANMU_VERDICT_UNSURE)
      print_check (&found->checks[i]);
}

static void answer (gpointer data, guint done, guint all, gpointer user_data)
{
  Job *job = data;
  Run *run = user_data;
  lanmu_batch_show_progress (all, all); /* wiped: the answer is a line of its own */
  run->failed += job->error != NULL;
  if (run->ctl->json)
    print_json (job);
  else if (job->error != NULL)
    lanmu_ctl_fail_with (run->ctl, job->path, job->error);
  else
    print_lines (run, job);
  lanmu_batch_show_progress (done, all);
}

int lanmu_ctl_check (LanmuCtl *ctl, int argc, char **argv)
{
  int code, threads = 0;
  g_auto (GStrv) files = NULL;
  g_autofree char *name = NULL;
  Run run = {.ctl = ctl};
  const GOptionEntry entries[] = {
      {"profile", 0, 0, G_OPTION_ARG_STRING, &name, _ ("go by this photo standard: a name or a file"), "P"},
      {"all", 0, 0, G_OPTION_ARG_NONE, &run.all, _ ("show what is in order, too"), NULL},
      {"threads", 0, 0, G_OPTION_ARG_INT, &threads, _ ("work on so many pictures at once"), "N"},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 1, G_MAXUINT, &files, &code))
    return code;
  g_autoptr (LanmuProfile) profile = lanmu_ctl_take_profile (ctl, name, &code);
  if (profile == NULL)
    return code;
  run.profile = profile;
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (job_free);
  for (int i = 0; files[i] != NULL; i++) {
    Job *job = g_new0 (Job, 1);
    job->path = files[i];
    g_ptr_array_add (jobs, job);
  }
  lanmu_batch_run (jobs, (guint) CLAMP (threads, 0, 64), work, answer, &run);
  return run.failed > 0 ? LANMU_CTL_REFUSED : LANMU_CTL_DONE;
}
