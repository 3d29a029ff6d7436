/* What comes after a shot is safe: it is looked over, the measures are kept, the faults are said; and an accepted one gets its finished file. All of it on the
 * inspector's thread and the store's: no row waits for it, and a station that dies before it is done loses nothing but work (`lanmuctl portraits` makes it up).
 * Main thread. */
#include "app/station/internal.h"

#include "app/i18n.h"
#include "app/standard/checkwords.h"
#include "app/standard/profiles.h"
#include "app/standard/rows.h"
#include <math.h>
#include <string.h>

typedef struct {
  LanmuStation *station; /* not owned: the inspector is freed before it goes */
  char *shot, *student_no, *token;
  LanmuAdjustment by_hand;
} Look;

static void look_free (gpointer data)
{
  Look *look = data;
  g_free (look->shot);
  g_free (look->student_no);
  g_free (look->token);
  g_free (look);
}

/* ---- which standard */

void lanmu_station_load_standard (LanmuStation *self)
{
  g_autoptr (GError) error = NULL;
  LanmuDb *db = lanmu_store_get_reader (self->store);
  g_clear_pointer (&self->profile, lanmu_profile_unref);
  self->profile = lanmu_profile_of_campaign (db, &error);
  if (self->profile == NULL) {
    if (!g_error_matches (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NOT_FOUND))
      lanmu_station_emit_trouble (self, "profile", error->message);
    self->profile = lanmu_profile_find (LANMU_PROFILE_DEFAULT, NULL, NULL);
  }
  self->has_reference = lanmu_reference_load (db, &self->reference);
  if (self->inspector == NULL && self->profile != NULL)
    self->inspector = lanmu_inspector_new ();
}

LanmuProfile *lanmu_station_get_profile (LanmuStation *self)
{
  return self->profile;
}

/* ---- a shot is looked over */

static LanmuTake *find_take (LanmuStation *self, const char *shot)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->takes));
  for (guint i = 0; i < n; i++) {
    g_autoptr (LanmuTake) take = g_list_model_get_item (G_LIST_MODEL (self->takes), i);
    if (strcmp (lanmu_take_get_shot (take), shot) == 0)
      return take; /* the list keeps it */
  }
  return NULL;
}

/* What a shot was found to be, on its way through the store: said when it is kept. */
typedef struct {
  LanmuStation *station; /* owned */
  LanmuInspectionRow *row;
  LanmuEvent *event;
} Keep;

static gboolean keep_work (LanmuDb *db, gpointer data, GError **error)
{
  return lanmu_inspection_set (db, ((Keep *) data)->row, error);
}

static void keep_free (gpointer data)
{
  Keep *keep = data;
  g_object_unref (keep->station);
  lanmu_inspection_row_free (keep->row);
  g_clear_pointer (&keep->event, lanmu_event_free);
  g_free (keep);
}

static void on_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  Keep *keep = data;
  g_autoptr (GError) error = NULL;
  if (lanmu_store_run_finish (LANMU_STORE (source), result, &error))
    lanmu_station_emit (keep->station, g_steal_pointer (&keep->event));
  else
    lanmu_station_emit_trouble (keep->station, "checks", error->message);
}

static LanmuEvent *event_for (const Look *look, const LanmuInspection *found)
{
  LanmuEvent *event = lanmu_event_new (LANMU_EVENT_CHECKS);
  event->shot = g_strdup (look->shot);
  event->student_no = g_strdup (look->student_no);
  event->token = g_strdup (look->token);
  event->state = g_strdup (lanmu_verdict_to_string (found->worst));
  event->message = lanmu_checks_failed_sentence (found);
  return event;
}

static void on_looked (LanmuInspectorAnswer *answer, gpointer data)
{
  const Look *look = data;
  LanmuStation *self = look->station;
  if (answer->inspect_error != NULL) {
    lanmu_station_emit_trouble (self, "checks", answer->inspect_error->message);
    return;
  }
  LanmuTake *take = find_take (self, look->shot);
  if (take != NULL)
    lanmu_take_set_inspection (take, &answer->inspection);
  Keep *keep = g_new0 (Keep, 1);
  keep->station = g_object_ref (self);
  keep->row = lanmu_inspection_row_for (look->shot, &answer->inspection, self->profile);
  keep->event = event_for (look, &answer->inspection);
  lanmu_store_run_async (self->store, keep_work, keep, keep_free, on_kept, keep);
}

static void ask (LanmuStation *self, const char *path, gboolean portrait, double usual, LanmuInspectorFunc func, Look *look)
{
  g_autofree char *full = g_build_filename (lanmu_store_get_data_dir (self->store), path, NULL);
  LanmuInspectorWish wish = {.path = full,
                             .profile = self->profile,
                             .reference = self->has_reference ? &self->reference : NULL,
                             .want_portrait = portrait,
                             .by_hand = look->by_hand,
                             .eyes_usual = usual};
  lanmu_inspector_ask (self->inspector, &wish, func, look, look_free);
}

static Look *look_new (LanmuStation *self, const char *shot, const char *student_no, const char *token)
{
  Look *look = g_new0 (Look, 1);
  look->station = self;
  look->by_hand.zoom = 1;
  look->shot = g_strdup (shot);
  look->student_no = g_strdup (student_no);
  look->token = g_strdup (token);
  return look;
}

/* How this sitter's open eyes look, when the live picture still is of this sitter. */
static double eyes_usual (LanmuStation *self, gboolean of_bound)
{
  gboolean known = of_bound && self->binding != 0 && self->guided_binding == self->binding && self->guidance != NULL;
  return known ? lanmu_guidance_get (self->guidance)->eyes_usual : NAN;
}

void lanmu_station_inspect (LanmuStation *self, const char *shot, const char *path, const char *student_no, const char *token, gboolean of_bound)
{
  if (self->inspector == NULL || self->stopping)
    return;
  LanmuTake *take = find_take (self, shot);
  Look *look = look_new (self, shot, student_no, token);
  if (take != NULL)
    look->by_hand = *lanmu_take_get_crop (take);
  ask (self, path, FALSE, eyes_usual (self, of_bound), on_looked, look);
}

/* ---- an accepted shot gets its finished file */

typedef struct {
  LanmuPortraitRow *row;
  GBytes *jpeg;
  char *actor;
} PortraitJob;

static void portrait_job_free (gpointer data)
{
  PortraitJob *job = data;
  lanmu_portrait_row_free (job->row);
  g_bytes_unref (job->jpeg);
  g_free (job->actor);
  g_free (job);
}

static gboolean portrait_work (LanmuDb *db, gpointer data, GError **error)
{
  const PortraitJob *job = data;
  return lanmu_portrait_set (db, job->row, job->jpeg, job->actor, error);
}

static void on_portrait_kept (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanmuStation) self = data;
  g_autoptr (GError) error = NULL;
  const PortraitJob *job = lanmu_store_get_job_data (result);
  if (!lanmu_store_run_finish (LANMU_STORE (source), result, &error)) {
    lanmu_station_emit_trouble (self, "portrait", error->message);
    return;
  }
  LanmuEvent *event = lanmu_event_new (LANMU_EVENT_PORTRAIT);
  event->shot = g_strdup (job->row->shot_id);
  event->sha256 = g_strdup (job->row->sha256);
  lanmu_station_emit (self, event);
}

static void on_portrait (LanmuInspectorAnswer *answer, gpointer data)
{
  const Look *look = data;
  LanmuStation *self = look->station;
  const GError *error = answer->inspect_error != NULL ? answer->inspect_error : answer->portrait_error;
  if (error != NULL) {
    lanmu_station_emit_trouble (self, "portrait", error->message);
    return;
  }
  PortraitJob *job = g_new0 (PortraitJob, 1);
  job->row = lanmu_portrait_row_for (look->shot, &answer->portrait, &answer->inspection.placement, self->profile, &look->by_hand);
  job->jpeg = g_bytes_ref (answer->portrait.jpeg);
  job->actor = g_strdup (self->operator_name);
  lanmu_store_run_async (self->store, portrait_work, job, portrait_job_free, on_portrait_kept, g_object_ref (self));
}

void lanmu_station_make_portrait (LanmuStation *self, const char *shot)
{
  LanmuTake *take = find_take (self, shot);
  if (take != NULL)
    lanmu_station_make_portrait_of (self, shot, lanmu_take_get_path (take), lanmu_take_get_crop (take));
}

void lanmu_station_make_portrait_of (LanmuStation *self, const char *shot, const char *path, const LanmuAdjustment *by_hand)
{
  if (self->inspector == NULL || self->stopping)
    return;
  Look *look = look_new (self, shot, NULL, NULL);
  look->by_hand = *by_hand;
  ask (self, path, TRUE, NAN, on_portrait, look);
}

/* ---- accepting over a fail */

/* NULL: nothing stands in the way, or the operator was told and asked once more. */
GError *lanmu_station_check_accept (LanmuStation *self, LanmuTake *take)
{
  const LanmuInspection *found = lanmu_take_get_inspection (take);
  const char *shot = lanmu_take_get_shot (take);
  if (found == NULL || lanmu_inspection_count (found, LANMU_VERDICT_FAIL) == 0 || g_strcmp0 (self->warned_shot, shot) == 0)
    return NULL;
  g_autofree char *faults = lanmu_checks_failed_sentence (found);
  g_free (self->warned_shot);
  self->warned_shot = g_strdup (shot);
  return g_error_new (LANMU_STATION_ERROR, LANMU_STATION_ERROR_CHECKS, _ ("%s Accept once more to take it all the same."), faults);
}

/* The names of the checks that failed, by commas; NULL: none did, or nobody looked yet. Full. */
char *lanmu_station_failed_checks (LanmuTake *take)
{
  const LanmuInspection *found = lanmu_take_get_inspection (take);
  g_autoptr (GString) names = g_string_new (NULL);
  for (int i = 0; found != NULL && i < LANMU_N_CHECKS; i++)
    if (found->checks[i].verdict == LANMU_VERDICT_FAIL)
      g_string_append_printf (names, "%s%s", names->len > 0 ? "," : "", lanmu_check_kind ((LanmuCheckId) i)->name);
  return names->len > 0 ? g_strdup (names->str) : NULL;
}
