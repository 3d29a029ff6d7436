/* lanmuctl portraits: the finished files of everything accepted, made again in bulk when the photo standard changed.
 * Pictures are worked on by all cores, rows are written one after the other by the store. A file that is as it should
 * be is left alone. */
#include "app/ctl/standard.h"

#include "app/sentence.h"
#include "app/standard/batch.h"
#include "app/standard/profiles.h"
#include "app/standard/rows.h"
#include "capture/checks/inspector.h"
#include "db/vault.h"

typedef struct {
  LanmuPortraitWanted *wanted; /* not owned */
  char *path;                  /* of the shot */
  LanmuInspectorAnswer answer;
} Job;

typedef struct {
  LanmuCtl *ctl;
  LanmuStore *store;
  LanmuProfile *profile;
  gboolean has_reference;
  LanmuReference reference;
  guint made, failed, kept;
} Run;

static void job_free (gpointer data)
{
  Job *job = data;
  g_free (job->path);
  lanmu_inspector_answer_clear (&job->answer);
  g_free (job);
}

static void work (gpointer data, gpointer user_data)
{
  Job *job = data;
  const Run *run = user_data;
  LanmuInspectorWish wish = {.path = job->path,
                             .profile = run->profile,
                             .reference = run->has_reference ? &run->reference : NULL,
                             .want_portrait = TRUE,
                             .by_hand = {job->wanted->dx, job->wanted->dy, job->wanted->zoom}};
  lanmu_inspector_work (&wish, &job->answer);
}

typedef struct {
  const Job *job;
  const Run *run;
} Keep;

static gboolean keep (LanmuDb *db, gpointer data, GError **error)
{
  const Keep *k = data;
  const LanmuPortraitWanted *wanted = k->job->wanted;
  const LanmuInspectorAnswer *answer = &k->job->answer;
  const LanmuAdjustment by_hand = {wanted->dx, wanted->dy, wanted->zoom};
  g_autoptr (LanmuInspectionRow) found =
      lanmu_inspection_row_for (wanted->shot_id, &answer->inspection, k->run->profile);
  if (!lanmu_inspection_set (db, found, error))
    return FALSE;
  if (answer->portrait.jpeg == NULL)
    return TRUE;
  g_autoptr (LanmuPortraitRow) row = lanmu_portrait_row_for (wanted->shot_id, &answer->portrait,
                                                             &answer->inspection.placement, k->run->profile, &by_hand);
  return lanmu_portrait_set (db, row, answer->portrait.jpeg, lanmu_ctl_actor (), error);
}

static void print_json (const Job *job, const GError *error)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *sentence = error != NULL ? lanmu_sentence_new (error) : NULL;
  json_builder_begin_object (builder);
  lanmu_ctl_json_bool (builder, "ok", error == NULL);
  lanmu_ctl_json_string (builder, "shot", job->wanted->shot_id);
  lanmu_ctl_json_string (builder, "student_no", job->wanted->student_no);
  if (error != NULL) {
    lanmu_ctl_json_string (builder, "kind", lanmu_sentence_kind (error));
    lanmu_ctl_json_string (builder, "message", sentence);
  } else {
    lanmu_ctl_json_string (builder, "sha256", job->answer.portrait.sha256);
    lanmu_ctl_json_int (builder, "size", (gint64) g_bytes_get_size (job->answer.portrait.jpeg));
    lanmu_ctl_json_int (builder, "quality", job->answer.portrait.quality);
  }
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static void answer (gpointer data, guint done, guint all, gpointer user_data)
{
  Job *job = data;
  Run *run = user_data;
  Keep k = {job, run};
  g_autoptr (GError) error = NULL;
  if (job->answer.inspect_error != NULL)
    error = g_error_copy (job->answer.inspect_error);
  else if (lanmu_store_run_sync (run->store, keep, &k, &error) && job->answer.portrait_error != NULL)
    error = g_error_copy (job->answer.portrait_error);
  run->made += error == NULL;
  run->failed += error != NULL;
  lanmu_batch_show_progress (all, all);
  if (run->ctl->json)
    print_json (job, error);
  else if (error != NULL) {
    g_autofree char *who = g_strdup_printf ("%s %s", job->wanted->student_no, job->path);
    lanmu_ctl_fail_with (run->ctl, who, error);
  }
  lanmu_batch_show_progress (done, all);
  lanmu_inspector_answer_clear (&job->answer); /* thousands of them */
}

/* A row alone is no file. */
static gboolean is_as_it_should_be (LanmuCtl *ctl, LanmuDb *db, const LanmuPortraitWanted *wanted)
{
  g_autoptr (LanmuPortraitRow) row = wanted->made ? lanmu_portrait_get (db, wanted->shot_id, NULL) : NULL;
  g_autofree char *sum = row != NULL ? lanmu_vault_sum (ctl->data_dir, row->path, NULL, NULL) : NULL;
  return sum != NULL && g_str_equal (sum, row->sha256);
}

static GPtrArray *find_jobs (Run *run, GPtrArray *wanted, gboolean force)
{
  GPtrArray *jobs = g_ptr_array_new_with_free_func (job_free);
  LanmuDb *db = lanmu_store_get_reader (run->store);
  for (guint i = 0; i < wanted->len; i++) {
    LanmuPortraitWanted *one = wanted->pdata[i];
    if (!force && is_as_it_should_be (run->ctl, db, one)) {
      run->kept++;
      continue;
    }
    Job *job = g_new0 (Job, 1);
    job->wanted = one;
    job->path = g_build_filename (run->ctl->data_dir, one->path, NULL);
    g_ptr_array_add (jobs, job);
  }
  return jobs;
}

static int make_all (Run *run, gboolean force, guint threads)
{
  g_autoptr (GError) error = NULL;
  LanmuDb *db = lanmu_store_get_reader (run->store);
  g_autoptr (LanmuProfile) profile = lanmu_profile_of_campaign (db, &error);
  g_autoptr (GPtrArray) wanted = profile != NULL ? lanmu_portraits_wanted (db, profile->digest, &error) : NULL;
  if (wanted == NULL)
    return lanmu_ctl_fail (run->ctl, error);
  run->profile = profile;
  run->has_reference = lanmu_reference_load (db, &run->reference);
  g_autoptr (GPtrArray) jobs = find_jobs (run, wanted, force);
  lanmu_batch_run (jobs, threads, work, answer, run);
  if (!run->ctl->json)
    lanmu_ctl_print (_ ("Portraits by “%s”: %u made, %u as they should be, %u not possible.\n"), profile->name,
                     run->made, run->kept, run->failed);
  return run->failed > 0 ? LANMU_CTL_REFUSED : LANMU_CTL_DONE;
}

int lanmu_ctl_portraits (LanmuCtl *ctl, int argc, char **argv)
{
  int code, threads = 0;
  gboolean force = FALSE;
  const GOptionEntry entries[] = {
      {"force", 0, 0, G_OPTION_ARG_NONE, &force, _ ("make all of them again"), NULL},
      {"threads", 0, 0, G_OPTION_ARG_INT, &threads, _ ("work on so many pictures at once"), "N"},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 0, 0, NULL, &code))
    return code;
  g_autoptr (LanmuStore) store = lanmu_ctl_open_writing (ctl, LANMU_DB_READ_WRITE, &code);
  if (store == NULL)
    return code;
  Run run = {.ctl = ctl, .store = store};
  code = make_all (&run, force, (guint) CLAMP (threads, 0, 64));
  lanmu_store_close (store);
  return code;
}
