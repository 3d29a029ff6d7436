/* A plan becomes rows, and files go to or come from the tray; see app/repair.h. On the store thread.
 *
 * Order, so that a power cut at any point leaves every picture findable: second names → rows committed → old names gone. A second name that is left over is
 * looked at when the station starts. */
#include "app/repair/planning.h"

#include "app/i18n.h"
#include "db/killpoint.h"
#include "db/vault.h"

void lanmu_repair_wish_clear (LanmuRepairWish *wish)
{
  g_free (wish->first);
  g_free (wish->second);
  g_free (wish->shot);
  *wish = (LanmuRepairWish){0};
}

LanmuRepairWish lanmu_repair_wish_copy (const LanmuRepairWish *wish)
{
  LanmuRepairWish copy = *wish;
  copy.first = g_strdup (wish->first);
  copy.second = g_strdup (wish->second);
  copy.shot = g_strdup (wish->shot);
  return copy;
}

void lanmu_repair_job_free (LanmuRepairJob *job)
{
  if (job == NULL)
    return;
  lanmu_repair_wish_clear (&job->wish);
  g_free (job->fingerprint);
  g_free (job->actor);
  g_free (job->reason);
  g_clear_pointer (&job->students, g_array_unref);
  g_clear_pointer (&job->tokens, g_ptr_array_unref);
  g_free (job);
}

static gboolean refuse (GError **error, const char *message)
{
  g_set_error_literal (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, message);
  return FALSE;
}

static gboolean check (const LanmuRepairPlan *plan, const LanmuRepairJob *job, GError **error)
{
  if (job->reason == NULL || *job->reason == '\0')
    return refuse (error, _ ("A repair needs a reason: say in a few words how the slip happened."));
  if (plan->refusals->len > 0)
    return refuse (error, ((LanmuRepairRefusal *) g_ptr_array_index (plan->refusals, 0))->message);
  if (job->fingerprint != NULL && !g_str_equal (job->fingerprint, plan->fingerprint))
    return refuse (error, _ ("Pictures or students have changed since you looked: look at the repair again."));
  return TRUE;
}

/* The file goes where its state says. */
static gboolean link_file (LanmuDb *db, const LanmuRepairMove *move, LanmuRepairShot *shot, GError **error)
{
  const char *dir = lanmu_db_get_data_dir (db);
  gboolean to_tray = shot->to_student_id == 0 && shot->to_token == NULL;
  gboolean in_tray = g_str_has_prefix (move->take->path, "quarantine/");
  if (to_tray == in_tray)
    return TRUE;
  return lanmu_vault_link (dir, move->take->path, to_tray ? LANMU_VAULT_QUARANTINE : LANMU_VAULT_SHOTS, &shot->path,
                           error);
}

static const LanmuRepairMove *move_of (const LanmuRepairPlan *plan, const LanmuRepairShot *shot)
{
  for (guint i = 0; i < plan->moves->len; i++) {
    const LanmuRepairMove *move = g_ptr_array_index (plan->moves, i);
    if (g_str_equal (move->take->shot, shot->shot_id))
      return move;
  }
  return NULL;
}

static gboolean link_files (LanmuDb *db, LanmuRepairPlan *plan, GError **error)
{
  for (guint i = 0; i < plan->row->shots->len; i++) {
    LanmuRepairShot *shot = g_ptr_array_index (plan->row->shots, i);
    if (!link_file (db, move_of (plan, shot), shot, error))
      return FALSE;
  }
  return TRUE;
}

/* done: the old names go, the rows have the new ones; else the new ones go. What cannot be removed is a second name of the same bytes, no fault of the repair:
 * the next start of the station clears it up. */
static void unlink_files (LanmuDb *db, LanmuRepairPlan *plan, gboolean done)
{
  for (guint i = 0; i < plan->row->shots->len; i++) {
    const LanmuRepairShot *shot = g_ptr_array_index (plan->row->shots, i);
    const char *old = move_of (plan, shot)->take->path;
    g_autoptr (GError) error = NULL;
    if (shot->path != NULL && !lanmu_vault_unlink_old (lanmu_db_get_data_dir (db), done ? old : shot->path,
                                                       done ? shot->path : old, &error))
      g_info ("repair: %s", error->message);
  }
}

static void report (LanmuRepairJob *job, const LanmuRepairPlan *plan)
{
  job->repair_id = plan->row->id;
  job->students = g_array_new (FALSE, FALSE, sizeof (gint64));
  job->tokens = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < plan->row->people->len; i++) {
    const LanmuRepairPerson *person = g_ptr_array_index (plan->row->people, i);
    if (person->token != NULL && person->student_id == 0)
      g_ptr_array_add (job->tokens, g_strdup (person->token));
    else
      g_array_append_val (job->students, person->student_id);
  }
}

static gboolean write_plan (LanmuDb *db, LanmuRepairPlan *plan, const LanmuRepairJob *job, GError **error)
{
  if (!check (plan, job, error))
    return FALSE;
  plan->row->actor = g_strdup (job->actor);
  plan->row->reason = g_strdup (job->reason);
  if (!link_files (db, plan, error))
    return FALSE;
  lanmu_killpoint ("repair.linked");
  return lanmu_repair_write (db, plan->row, error);
}

/* Planned again inside the transaction: between looking and doing nobody else writes. */
gboolean lanmu_repair_apply (LanmuDb *db, gpointer data, GError **error)
{
  LanmuRepairJob *job = data;
  if (!lanmu_db_begin (db, "repair", error))
    return FALSE;
  g_autoptr (LanmuRepairPlan) plan = lanmu_repair_plan (db, &job->wish, error);
  gboolean done = plan != NULL && write_plan (db, plan, job, error);
  if (!done)
    lanmu_db_rollback (db);
  else
    done = lanmu_db_commit (db, error);
  if (plan != NULL)
    unlink_files (db, plan, done);
  if (done)
    report (job, plan);
  return done;
}
