/* See crop.h. */
#include "app/crop.h"

#include "app/i18n.h"
#include <math.h>

static const struct {
  const char *word, *sentence;
} stops[] = {
    [LANMU_STOP_NONE] = {"", ""},
    [LANMU_STOP_EDGE] = {"edge", N_ ("The shot ends there.")},
    [LANMU_STOP_CROWN_HIGH] = {"crown-high", N_ ("No less room above the hair: the standard says so.")},
    [LANMU_STOP_CROWN_LOW] = {"crown-low", N_ ("No more room above the hair: the standard says so.")},
    [LANMU_STOP_EYES_HIGH] = {"eyes-high", N_ ("The eyes may lie no higher: the standard says so.")},
    [LANMU_STOP_EYES_LOW] = {"eyes-low", N_ ("The eyes may lie no lower: the standard says so.")},
    [LANMU_STOP_FACE_SMALL] = {"face-small", N_ ("The face may be no smaller: the standard says so.")},
    [LANMU_STOP_FACE_LARGE] = {"face-large", N_ ("The face may be no larger: the standard says so.")},
    [LANMU_STOP_CENTRING] = {"centring", N_ ("The head may lie no farther off the middle: the standard says so.")},
};

const char *lanmu_crop_stop_sentence (LanmuPlacementStop stop)
{
  return stop != LANMU_STOP_NONE ? _ (stops[stop].sentence) : "";
}

const char *lanmu_crop_stop_word (LanmuPlacementStop stop)
{
  return stops[stop].word;
}

LanmuPlacement lanmu_crop_place (const LanmuInspection *inspection, const LanmuProfile *profile, const LanmuAdjustment *by_hand)
{
  return lanmu_placement_find (&inspection->head, inspection->width, inspection->height, profile, by_hand);
}

LanmuPlacementStop lanmu_crop_wish (const LanmuInspection *inspection, const LanmuProfile *profile, const LanmuAdjustment *wish,
                                    LanmuAdjustment *kept)
{
  LanmuPlacement proposed = lanmu_crop_place (inspection, profile, NULL), placed = lanmu_crop_place (inspection, profile, wish);
  LanmuAdjustment canonical = lanmu_placement_between (&proposed, &placed);
  if (fabs (canonical.dx) < 0.005 && fabs (canonical.dy) < 0.005 && fabs (canonical.zoom - 1) < 5e-6)
    canonical = (LanmuAdjustment){0, 0, 1}; /* back home is home, not a hair beside it */
  *kept = canonical;
  return lanmu_placement_stop (&inspection->head, inspection->width, inspection->height, profile, wish);
}

LanmuAdjustment lanmu_crop_load (LanmuDb *db, const char *shot_id)
{
  LanmuCropRow row = {0, 0, 1};
  if (!lanmu_crop_get (db, shot_id, &row, NULL))
    row = (LanmuCropRow){0, 0, 1};
  return (LanmuAdjustment){row.dx, row.dy, row.zoom};
}
