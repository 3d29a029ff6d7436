/* See rows.h. */
#include "app/standard/rows.h"

#include "db/settings.h"
#include <math.h>

static LanmuCheckRow *check_row (const LanmuCheck *check)
{
  LanmuCheckRow *row = g_new0 (LanmuCheckRow, 1);
  row->name = g_strdup (lanmu_check_kind (check->id)->name);
  row->verdict = g_strdup (lanmu_verdict_to_string (check->verdict));
  row->measure = isfinite (check->measure) ? check->measure : NAN;
  row->warn = check->warn;
  row->fail = check->fail;
  row->why = g_strdup (check->why);
  row->x = check->x;
  row->y = check->y;
  row->width = check->width;
  row->height = check->height;
  return row;
}

LanmuInspectionRow *lanmu_inspection_row_for (const char *shot_id, const LanmuInspection *found,
                                              const LanmuProfile *profile)
{
  LanmuInspectionRow *row = lanmu_inspection_row_new ();
  const LanmuHead *head = &found->head;
  gboolean known = head->kind != LANMU_HEAD_NONE;
  row->shot_id = g_strdup (shot_id);
  row->profile = g_strdup (profile->name);
  row->profile_sha256 = g_strdup (profile->digest);
  row->verdict = g_strdup (lanmu_verdict_to_string (found->worst));
  row->faces = found->faces;
  row->width = found->width;
  row->height = found->height;
  row->head = g_strdup (lanmu_head_kind_to_string (head->kind));
  row->middle = known ? head->middle : NAN;
  row->eyes = known ? head->eyes : NAN;
  row->face_width = known ? head->face_width : NAN;
  row->eye_distance = head->eye_distance > 0 ? head->eye_distance : NAN;
  row->chin = head->chin > 0 ? head->chin : NAN;
  row->crown = known && head->has_crown ? head->crown : NAN;
  for (int i = 0; i < LANMU_N_CHECKS; i++)
    g_ptr_array_add (row->checks, check_row (&found->checks[i]));
  return row;
}

static LanmuVerdict verdict_of (const char *text)
{
  for (int verdict = LANMU_VERDICT_NOT_CHECKED; verdict <= LANMU_VERDICT_FAIL; verdict++)
    if (g_strcmp0 (lanmu_verdict_to_string ((LanmuVerdict) verdict), text) == 0)
      return (LanmuVerdict) verdict;
  return LANMU_VERDICT_NOT_CHECKED;
}

static void check_from_row (LanmuCheck *check, const LanmuCheckRow *row)
{
  *check = (LanmuCheck){.id = check->id,
                        .verdict = verdict_of (row->verdict),
                        .measure = row->measure,
                        .warn = row->warn,
                        .fail = row->fail,
                        .why = g_intern_string (row->why),
                        .x = row->x,
                        .y = row->y,
                        .width = row->width,
                        .height = row->height};
}

static LanmuHead head_from_row (const LanmuInspectionRow *row)
{
  LanmuHeadKind kind = LANMU_HEAD_NONE;
  lanmu_head_kind_from_string (row->head, &kind);
  LanmuHead head = lanmu_head_from_measures (kind, row->middle, row->eyes, row->face_width, row->crown);
  head.eye_distance = isnan (row->eye_distance) ? 0 : row->eye_distance;
  head.chin = isnan (row->chin) ? 0 : row->chin;
  return head;
}

void lanmu_inspection_from_row (LanmuInspection *self, const LanmuInspectionRow *row)
{
  *self = (LanmuInspection){
      .worst = verdict_of (row->verdict), .faces = row->faces, .width = row->width, .height = row->height, .head = head_from_row (row)};
  for (int i = 0; i < LANMU_N_CHECKS; i++)
    self->checks[i] = (LanmuCheck){.id = (LanmuCheckId) i, .measure = NAN, .warn = NAN, .fail = NAN, .why = ""};
  for (guint i = 0; i < row->checks->len; i++) {
    const LanmuCheckRow *check = row->checks->pdata[i];
    LanmuCheckId id;
    if (lanmu_check_find (check->name, &id))
      check_from_row (&self->checks[id], check);
  }
}

LanmuPortraitRow *lanmu_portrait_row_for (const char *shot_id, const LanmuPortrait *portrait,
                                          const LanmuPlacement *placement, const LanmuProfile *profile,
                                          const LanmuAdjustment *by_hand)
{
  LanmuPortraitRow *row = g_new0 (LanmuPortraitRow, 1);
  row->shot_id = g_strdup (shot_id);
  row->sha256 = g_strdup (portrait->sha256);
  row->profile = g_strdup (profile->name);
  row->profile_sha256 = g_strdup (profile->digest);
  row->quality = portrait->quality;
  row->chroma = g_strdup (portrait->chroma == LANMU_CHROMA_444 ? "4:4:4" : "4:2:0");
  row->x = placement->x;
  row->y = placement->y;
  row->width = placement->width;
  row->height = placement->height;
  row->dx = by_hand->dx;
  row->dy = by_hand->dy;
  row->zoom = by_hand->zoom;
  return row;
}

gboolean lanmu_reference_load (LanmuDb *db, LanmuReference *reference)
{
  g_autofree char *line = lanmu_setting_get (db, LANMU_SETTING_REFERENCE, "", NULL);
  return line != NULL && *line != '\0' && lanmu_reference_from_string (reference, line);
}
