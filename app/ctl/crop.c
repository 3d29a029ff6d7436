/* lanmuctl crop: where the portrait lies in a shot, and moving it within the standard. */
#include "app/ctl/standard.h"

#include "app/crop.h"
#include "app/standard/checkjson.h"
#include "app/standard/profiles.h"
#include "app/standard/rows.h"
#include "db/inspections.h"

typedef struct {
  const char *shot;
  LanmuAdjustment wish;
} Move;

static gboolean keep (LanmuDb *db, gpointer data, GError **error)
{
  const Move *move = data;
  const LanmuCropRow row = {move->wish.dx, move->wish.dy, move->wish.zoom};
  return lanmu_crop_set (db, move->shot, &row, lanmu_ctl_actor (), error);
}

static void add_number (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, value);
}

static void show (LanmuCtl *ctl, const LanmuAdjustment *by_hand, const LanmuPlacement *place)
{
  if (!ctl->json) {
    lanmu_ctl_print (_ ("Moved by %.1f to the right, %.1f down, head ×%.3f; crown at %.0f, eyes at %.0f, face %.0f wide.\n"), by_hand->dx,
                     by_hand->dy, by_hand->zoom, place->crown, place->eyes, place->face_width);
    return;
  }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  lanmu_ctl_json_bool (builder, "ok", TRUE);
  add_number (builder, "dx", by_hand->dx);
  add_number (builder, "dy", by_hand->dy);
  add_number (builder, "zoom", by_hand->zoom);
  json_builder_set_member_name (builder, "placement");
  lanmu_placement_to_json (place, builder);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

/* What is known of the shot; FALSE: said. */
static gboolean look_up (LanmuCtl *ctl, const char *shot, LanmuProfile **profile, LanmuInspection *found, LanmuAdjustment *now, int *code)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, code);
  if (db == NULL)
    return FALSE;
  g_autoptr (LanmuInspectionRow) row = lanmu_inspection_get (db, shot, &error);
  *profile = error == NULL ? lanmu_profile_of_campaign (db, &error) : NULL;
  if (*profile == NULL)
    *code = lanmu_ctl_fail (ctl, error);
  else if (row == NULL)
    *code = lanmu_ctl_refuse (ctl, "not-checked", _ ("%s was not looked over yet, or there is no such shot; nothing was changed."), shot);
  else {
    lanmu_inspection_from_row (found, row);
    *now = lanmu_crop_load (db, shot);
    return TRUE;
  }
  return FALSE;
}

static int move (LanmuCtl *ctl, const char *shot, const LanmuAdjustment *wish)
{
  int code;
  LanmuInspection found;
  LanmuAdjustment now;
  Move job = {shot, {0, 0, 1}};
  g_autoptr (LanmuProfile) profile = NULL;
  if (!look_up (ctl, shot, &profile, &found, &now, &code))
    return code;
  if (wish != NULL) {
    LanmuPlacementStop stop = lanmu_crop_wish (&found, profile, wish, &job.wish);
    if (stop != LANMU_STOP_NONE)
      return lanmu_ctl_refuse (ctl, lanmu_crop_stop_word (stop), _ ("%s Nothing was changed."), lanmu_crop_stop_sentence (stop));
    code = lanmu_ctl_write (ctl, keep, &job);
    if (code != LANMU_CTL_DONE)
      return code;
    now = job.wish;
  }
  LanmuPlacement place = lanmu_crop_place (&found, profile, &now);
  show (ctl, &now, &place);
  if (wish != NULL && !ctl->json)
    lanmu_ctl_print ("%s\n", _ ("lanmuctl portraits makes the finished file anew."));
  return LANMU_CTL_DONE;
}

int lanmu_ctl_crop (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  g_auto (GStrv) rest = NULL;
  gboolean reset = FALSE;
  LanmuAdjustment wish = {0, 0, 1};
  const GOptionEntry entries[] = {
      {"dx", 0, 0, G_OPTION_ARG_DOUBLE, &wish.dx, _ ("move the head by so many portrait pixels to the right"), "N"},
      {"dy", 0, 0, G_OPTION_ARG_DOUBLE, &wish.dy, _ ("move the head by so many portrait pixels down"), "N"},
      {"zoom", 0, 0, G_OPTION_ARG_DOUBLE, &wish.zoom, _ ("make the head so many times as large"), "N"},
      {"reset", 0, 0, G_OPTION_ARG_NONE, &reset, _ ("back to the place the standard proposes"), NULL},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 1, 1, &rest, &code))
    return code;
  gboolean moved = wish.dx != 0 || wish.dy != 0 || wish.zoom != 1;
  if (!(wish.zoom > 0.1 && wish.zoom < 10) || !(wish.dx > -10000 && wish.dx < 10000) || !(wish.dy > -10000 && wish.dy < 10000))
    return lanmu_ctl_misuse (ctl, "crop", "%s", _ ("--zoom must be a number such as 0.95 or 1.1, --dx and --dy pixels of the portrait."));
  if (reset && moved)
    return lanmu_ctl_misuse (ctl, "crop", "%s", _ ("Either --reset or a place of your own."));
  return move (ctl, rest[0], moved || reset ? &wish : NULL);
}
