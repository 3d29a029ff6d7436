/* lanmuctl calibrate [FILE]: a picture of the empty backdrop becomes the day's reference, with advice on lamps and
 * locks. Without FILE: what the reference is. */
#include "app/ctl/standard.h"

#include "app/standard/checkwords.h"
#include "app/standard/profiles.h"
#include "app/standard/rows.h"
#include "db/settings.h"
#include <math.h>

#define EMPTY_SHARE 0.97 /* of the picture must be backdrop */
#define BALANCED    2.5  /* L* between the sides: less is level */

typedef struct {
  LanmuBackdropReading reading;
  LanmuReference reference;
  double left, right; /* mean L* of the outer tiles' columns */
  double colour;      /* ΔE2000 to the nearest wanted colour */
} Calibration;

static double side_lightness (const LanmuReference *reference, int column)
{
  double sum = 0;
  int n = 0;
  for (int row = 0; row < LANMU_REFERENCE_ROWS; row++) {
    const LanmuLab *tile = &reference->tiles[row * LANMU_REFERENCE_COLUMNS + column];
    if (tile->l >= 0)
      sum += tile->l, n++;
  }
  return n > 0 ? sum / n : NAN;
}

static double nearest_colour (const LanmuBackdropReading *reading, const LanmuProfile *profile)
{
  LanmuLab mean = lanmu_lab_from_srgb (reading->mean_r, reading->mean_g, reading->mean_b);
  double best = INFINITY;
  for (int i = 0; i < profile->n_colours; i++) {
    const guint8 *c = profile->colours[i];
    best = MIN (best, lanmu_delta_e2000 (mean, lanmu_lab_from_srgb (c[0], c[1], c[2])));
  }
  return best;
}

/* FALSE: it is no empty backdrop; said, *code set. */
static gboolean measure (LanmuCtl *ctl, const char *path, LanmuProfile *profile, Calibration *out, int *code)
{
  gsize size;
  g_auto (LanmuScene) scene = {0};
  g_autoptr (GError) error = NULL;
  g_autofree guint8 *bytes = lanmu_ctl_read_picture (path, &size, &error);
  if (bytes == NULL || !lanmu_scene_init (&scene, bytes, size, profile, &error)) {
    *code = lanmu_ctl_fail_with (ctl, path, error);
    return FALSE;
  }
  out->reading = scene.wide.backdrop;
  if (!lanmu_reference_take (&out->reference, &scene.wide)) {
    *code = lanmu_ctl_refuse (ctl, "no-backdrop", _ ("%s shows no backdrop; nothing was changed."), path);
    return FALSE;
  }
  if (out->reading.area_share < EMPTY_SHARE) {
    *code = lanmu_ctl_refuse (ctl, "not-empty",
                              _ ("%s shows something before the backdrop (%.0f %% of it is covered); take the picture "
                                 "of the empty backdrop. Nothing was changed."),
                              path, 100 * (1 - out->reading.area_share));
    return FALSE;
  }
  out->left = side_lightness (&out->reference, 0);
  out->right = side_lightness (&out->reference, LANMU_REFERENCE_COLUMNS - 1);
  out->colour = nearest_colour (&out->reading, profile);
  return TRUE;
}

/* Both lamps give half of the light in the middle each; a side's lightness follows its lamp nearly alone: L* ∝
 * light^(1/3). */
static double stops_between (const Calibration *c)
{
  return 3 * log2 ((c->left + 16) / (c->right + 16));
}

static void advise (LanmuCtl *ctl, const Calibration *c, const LanmuProfile *profile)
{
  const LanmuProfileLimit *colour = &profile->limits[LANMU_CHECK_BACKDROP_COLOUR],
                          *even = &profile->limits[LANMU_CHECK_BACKDROP_EVEN];
  double stops = stops_between (c);
  if (fabs (c->left - c->right) > BALANCED && stops < 0)
    lanmu_ctl_print (_ ("The left side is darker: turn the left lamp up by %.1f stops, or bring it nearer.\n"), -stops);
  else if (fabs (c->left - c->right) > BALANCED)
    lanmu_ctl_print (_ ("The right side is darker: turn the right lamp up by %.1f stops, or bring it nearer.\n"),
                     stops);
  else
    lanmu_ctl_print ("%s\n", _ ("Both lamps are in balance."));
  if (!isnan (even->warn) && c->reading.even_delta > even->warn)
    lanmu_ctl_print ("%s\n", lanmu_check_sentence (LANMU_CHECK_BACKDROP_EVEN, LANMU_VERDICT_WARN,
                                                   fabs (c->reading.slope_x) >= fabs (c->reading.slope_y)
                                                       ? (c->reading.slope_x > 0 ? "left" : "right")
                                                   : c->reading.slope_y > 0 ? "top"
                                                                            : "bottom"));
  if (!isnan (colour->warn) && c->colour > colour->warn)
    lanmu_ctl_print ("%s %s\n", _ ("The backdrop has another colour than the standard wants."),
                     _ ("Set the white balance of the camera by a grey card, or choose a standard with this colour."));
  if (MIN (c->reading.mean_r, MIN (c->reading.mean_g, c->reading.mean_b)) > 250)
    lanmu_ctl_print ("%s\n", _ ("The backdrop is burnt out: less light on it."));
  lanmu_ctl_print (
      "%s\n",
      _ ("Now lock the camera: exposure manual, white balance fixed (no AUTO), ISO fixed, focus at the chair."));
}

static gboolean store_work (LanmuDb *db, gpointer data, GError **error)
{
  const Calibration *c = data;
  g_autofree char *line = lanmu_reference_to_string (&c->reference),
                  *now = g_strdup_printf ("%" G_GINT64_FORMAT, g_get_real_time ());
  return lanmu_setting_set (db, LANMU_SETTING_REFERENCE, line, lanmu_ctl_actor (), error) &&
         lanmu_setting_set (db, LANMU_SETTING_REFERENCE_US, now, lanmu_ctl_actor (), error);
}

static void add_double (JsonBuilder *builder, const char *name, double value)
{
  json_builder_set_member_name (builder, name);
  json_builder_add_double_value (builder, round (value * 100) / 100);
}

static void print_json (const Calibration *c, gboolean kept)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *colour = g_strdup_printf ("#%02x%02x%02x", c->reading.mean_r, c->reading.mean_g, c->reading.mean_b);
  json_builder_begin_object (builder);
  lanmu_ctl_json_bool (builder, "ok", TRUE);
  lanmu_ctl_json_bool (builder, "kept", kept);
  lanmu_ctl_json_string (builder, "colour", colour);
  add_double (builder, "colour_delta", c->colour);
  add_double (builder, "even_delta", c->reading.even_delta);
  add_double (builder, "slope_x", c->reading.slope_x);
  add_double (builder, "slope_y", c->reading.slope_y);
  add_double (builder, "left_l", c->left);
  add_double (builder, "right_l", c->right);
  add_double (builder, "stops", stops_between (c));
  add_double (builder, "shadow_share", c->reading.shadow_share);
  json_builder_end_object (builder);
  lanmu_ctl_print_json (builder);
}

static void print_lines (LanmuCtl *ctl, const Calibration *c, const LanmuProfile *profile)
{
  lanmu_ctl_print (
      _ ("Backdrop: colour %d, %d, %d, %.1f from the standard's; unevenness %.1f; lightness %.1f left, %.1f right.\n"),
      c->reading.mean_r, c->reading.mean_g, c->reading.mean_b, c->colour, c->reading.even_delta, c->left, c->right);
  advise (ctl, c, profile);
}

static int calibrate (LanmuCtl *ctl, const char *path, const char *profile_name, gboolean look_only)
{
  int code;
  Calibration c;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuProfile) profile = lanmu_ctl_take_profile (ctl, profile_name, &code);
  if (profile == NULL || !measure (ctl, path, profile, &c, &code))
    return code;
  if (!look_only) {
    g_autoptr (LanmuStore) store = lanmu_ctl_open_writing (ctl, LANMU_DB_READ_WRITE, &code);
    if (store == NULL)
      return code;
    lanmu_store_run_sync (store, store_work, &c, &error);
    lanmu_store_close (store);
    if (error != NULL)
      return lanmu_ctl_fail (ctl, error);
  }
  if (ctl->json)
    print_json (&c, !look_only);
  else
    print_lines (ctl, &c, profile);
  return LANMU_CTL_DONE;
}

static int show (LanmuCtl *ctl)
{
  int code;
  LanmuReference reference;
  g_autoptr (LanmuDb) db = lanmu_ctl_open_reading (ctl, &code);
  if (db == NULL)
    return code;
  if (!lanmu_reference_load (db, &reference))
    return lanmu_ctl_refuse (
        ctl, "no-reference", "%s",
        _ ("No reference was taken; photograph the empty backdrop and name the file: lanmuctl calibrate FILE."));
  g_autofree char *text = lanmu_setting_get (db, LANMU_SETTING_REFERENCE_US, "0", NULL);
  g_autoptr (GDateTime) when =
      g_date_time_new_from_unix_local (g_ascii_strtoll (text != NULL ? text : "0", NULL, 10) / G_USEC_PER_SEC);
  g_autofree char *time = g_date_time_format (when, "%Y-%m-%d %H:%M");
  if (ctl->json) {
    g_autoptr (JsonBuilder) builder = json_builder_new ();
    json_builder_begin_object (builder);
    lanmu_ctl_json_bool (builder, "ok", TRUE);
    lanmu_ctl_json_string (builder, "taken", time);
    add_double (builder, "left_l", side_lightness (&reference, 0));
    add_double (builder, "right_l", side_lightness (&reference, LANMU_REFERENCE_COLUMNS - 1));
    json_builder_end_object (builder);
    lanmu_ctl_print_json (builder);
  } else
    lanmu_ctl_print (_ ("Reference of %s: lightness %.1f left, %.1f right.\n"), time, side_lightness (&reference, 0),
                     side_lightness (&reference, LANMU_REFERENCE_COLUMNS - 1));
  return LANMU_CTL_DONE;
}

int lanmu_ctl_calibrate (LanmuCtl *ctl, int argc, char **argv)
{
  int code;
  gboolean look_only = FALSE;
  g_auto (GStrv) files = NULL;
  g_autofree char *name = NULL;
  const GOptionEntry entries[] = {
      {"profile", 0, 0, G_OPTION_ARG_STRING, &name, _ ("go by this photo standard: a name or a file"), "P"},
      {"look", 0, 0, G_OPTION_ARG_NONE, &look_only, _ ("only look and advise; keep nothing"), NULL},
      {0},
  };
  if (!lanmu_ctl_parse (ctl, argc, argv, entries, 0, 1, &files, &code))
    return code;
  return files[0] != NULL ? calibrate (ctl, files[0], name, look_only) : show (ctl);
}
