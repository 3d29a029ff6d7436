/* The portrait of the take on review, moved by hand. Every step is seen at once; what is written is where the hand came to rest, so that a row of key presses is
 * one decision in the audit. It is written before the take leaves the review, by accept, retake or another student: a crash loses at most the last second of
 * moving, never a picture. Main thread. */
#include "app/station/internal.h"

#include "app/crop.h"
#include "app/i18n.h"

#include <math.h>

#define REST_MS 800

typedef struct {
  char *shot, *actor;
  LanmuCropRow row;
} CropJob;

static void crop_job_free (gpointer data)
{
  CropJob *job = data;
  g_free (job->shot);
  g_free (job->actor);
  g_free (job);
}

static gboolean crop_work (LanmuDb *db, gpointer data, GError **error)
{
  const CropJob *job = data;
  return lanmu_crop_set (db, job->shot, &job->row, job->actor, error);
}

/* The checks of the portrait's edges are measured anew; one that was handed out already is made anew. */
static void follow (LanmuStation *self, const char *shot)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->takes)); i++) {
    g_autoptr (LanmuTake) take = g_list_model_get_item (G_LIST_MODEL (self->takes), i);
    if (!g_str_equal (lanmu_take_get_shot (take), shot))
      continue;
    lanmu_station_inspect (self, shot, lanmu_take_get_path (take), self->student ? lanmu_student_get_student_no (self->student) : NULL, self->token,
                           TRUE);
    if (lanmu_take_get_chosen (take))
      lanmu_station_make_portrait (self, shot);
  }
}

static void on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanmuStation) self = data;
  g_autoptr (GError) error = NULL;
  const CropJob *job = lanmu_store_get_job_data (result);
  if (lanmu_store_run_finish (LANMU_STORE (source), result, &error))
    follow (self, job->shot);
  else
    lanmu_station_emit_trouble (self, "crop", error->message);
}

void lanmu_station_keep_crop (LanmuStation *self)
{
  g_autoptr (LanmuTake) take = g_steal_pointer (&self->cropped);
  g_clear_handle_id (&self->crop_timeout, g_source_remove);
  if (!take)
    return;
  const LanmuAdjustment *by_hand = lanmu_take_get_crop (take);
  CropJob *job = g_new0 (CropJob, 1);
  job->shot = g_strdup (lanmu_take_get_shot (take));
  job->actor = g_strdup (self->operator_name);
  job->row = (LanmuCropRow) { by_hand->dx, by_hand->dy, by_hand->zoom };
  lanmu_store_run_async (self->store, crop_work, job, crop_job_free, on_written, g_object_ref (self));
}

static gboolean on_rest (gpointer data)
{
  LanmuStation *self = data;
  self->crop_timeout = 0;
  lanmu_station_keep_crop (self);
  return G_SOURCE_REMOVE;
}

static gboolean is_a_step (const LanmuAdjustment *from, const LanmuAdjustment *to)
{
  return fabs (from->dx - to->dx) > 0.05 || fabs (from->dy - to->dy) > 0.05 || fabs (from->zoom - to->zoom) > 1e-4;
}

gboolean lanmu_station_crop (LanmuStation *self, const LanmuAdjustment *wish, GError **error)
{
  const LanmuInspection *found = self->take ? lanmu_take_get_inspection (self->take) : NULL;
  LanmuAdjustment kept;
  if (!found || !self->profile || self->phase != LANMU_PHASE_REVIEW) {
    g_set_error_literal (error, LANMU_STATION_ERROR, LANMU_STATION_ERROR_CROP, _ ("The picture is not looked over yet: wait a moment."));
    return FALSE;
  }
  LanmuPlacementStop stop = lanmu_crop_wish (found, self->profile, wish, &kept);
  if (!is_a_step (lanmu_take_get_crop (self->take), &kept)) {
    if (stop == LANMU_STOP_NONE)
      return TRUE; /* it lies there already */
    g_set_error_literal (error, LANMU_STATION_ERROR, LANMU_STATION_ERROR_CROP, lanmu_crop_stop_sentence (stop));
    return FALSE;
  }
  lanmu_take_set_crop (self->take, &kept);
  g_set_object (&self->cropped, self->take);
  g_clear_handle_id (&self->crop_timeout, g_source_remove);
  self->crop_timeout = g_timeout_add (REST_MS, on_rest, self);
  return TRUE;
}
