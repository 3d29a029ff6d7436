/* The table of checks, and what makes a verdict of a measure: see the headers. */
#include "capture/checks/checks.h"

#include "capture/checks/table.h"
#include <math.h>

static const LanmuCheckFunc table[LANMU_N_CHECKS] = {
    [LANMU_CHECK_RESOLUTION] = lanmu_check_resolution,
    [LANMU_CHECK_PERSONS] = lanmu_check_persons,
    [LANMU_CHECK_CROWN] = lanmu_check_crown,
    [LANMU_CHECK_EYES] = lanmu_check_eyes,
    [LANMU_CHECK_FACE_WIDTH] = lanmu_check_face_width,
    [LANMU_CHECK_CENTRING] = lanmu_check_centring,
    [LANMU_CHECK_ROLL] = lanmu_check_roll,
    [LANMU_CHECK_YAW] = lanmu_check_yaw,
    [LANMU_CHECK_PITCH] = lanmu_check_pitch,
    [LANMU_CHECK_EYES_OPEN] = lanmu_check_eyes_open,
    [LANMU_CHECK_MOUTH] = lanmu_check_mouth,
    [LANMU_CHECK_EYE_DISTANCE] = lanmu_check_eye_distance,
    [LANMU_CHECK_BACKDROP_BORDER] = lanmu_check_backdrop_border,
    [LANMU_CHECK_BACKDROP_COLOUR] = lanmu_check_backdrop_colour,
    [LANMU_CHECK_BACKDROP_EVEN] = lanmu_check_backdrop_even,
    [LANMU_CHECK_BACKDROP_SHADOW] = lanmu_check_backdrop_shadow,
    [LANMU_CHECK_CLOTHES_SHARE] = lanmu_check_clothes_share,
    [LANMU_CHECK_CLOTHES_CONTRAST] = lanmu_check_clothes_contrast,
    [LANMU_CHECK_SHARPNESS] = lanmu_check_sharpness,
    [LANMU_CHECK_HIGHLIGHTS] = lanmu_check_highlights,
    [LANMU_CHECK_DARK] = lanmu_check_dark,
    [LANMU_CHECK_LUMINANCE] = lanmu_check_luminance,
    [LANMU_CHECK_BALANCE] = lanmu_check_balance,
    [LANMU_CHECK_GLARE] = lanmu_check_glare,
    [LANMU_CHECK_RED_EYE] = lanmu_check_red_eye,
    [LANMU_CHECK_DRIFT] = lanmu_check_drift,
};

static LanmuVerdict judge_band (double measure, double low, double high)
{
  return measure >= low - 0.05 && measure <= high + 0.05 ? LANMU_VERDICT_OK
                                                         : LANMU_VERDICT_FAIL; /* a twentieth of a pixel is rounding */
}

LanmuVerdict lanmu_check_judge (LanmuCheckId id, double measure, double warn, double fail)
{
  const LanmuCheckKind *kind = lanmu_check_kind (id);
  if (isnan (warn) || isnan (fail))
    return LANMU_VERDICT_NOT_CHECKED;
  if (isnan (measure))
    return LANMU_VERDICT_UNSURE;
  if (kind->sense == LANMU_CHECK_IN_BAND)
    return judge_band (measure, warn, fail);
  double sign = kind->sense == LANMU_CHECK_BAD_ABOVE ? 1 : -1;
  if (sign * measure <= sign * warn)
    return LANMU_VERDICT_OK;
  if (id == LANMU_CHECK_GLARE)
    return LANMU_VERDICT_UNSURE; /* bright spots are mostly skin */
  return sign * measure <= sign * fail || kind->advisory ? LANMU_VERDICT_WARN : LANMU_VERDICT_FAIL;
}

const LanmuFace *lanmu_check_face (const LanmuScene *scene, LanmuCheck *out)
{
  const LanmuFace *face = lanmu_scene_get_sitter (scene);
  if (face == NULL) {
    out->verdict = scene->n_faces < 0 ? LANMU_VERDICT_NOT_CHECKED : LANMU_VERDICT_UNSURE;
    out->why = scene->n_faces < 0 ? "no-models" : "no-face";
  }
  return face;
}

void lanmu_check_at (LanmuCheck *out, double x, double y, double width, double height)
{
  out->x = x;
  out->y = y;
  out->width = width;
  out->height = height;
}

/* The profile's limit of a check; of a band its two ends. */
static void take_limit (LanmuCheck *check, const LanmuProfile *profile)
{
  const LanmuProfileBand *band = check->id == LANMU_CHECK_CROWN  ? &profile->crown
                                 : check->id == LANMU_CHECK_EYES ? &profile->eyes
                                                                 : &profile->face;
  gboolean is_band = lanmu_check_kind (check->id)->sense == LANMU_CHECK_IN_BAND;
  check->warn = is_band ? band->low : profile->limits[check->id].warn;
  check->fail = is_band ? band->high : profile->limits[check->id].fail;
}

static void run (LanmuCheck *check, LanmuCheckId id, const LanmuScene *scene, const LanmuReference *reference)
{
  *check = (LanmuCheck){.id = id, .verdict = LANMU_VERDICT_OK, .measure = NAN, .why = ""};
  take_limit (check, scene->profile);
  table[id](scene, reference, check);
  if (check->verdict == LANMU_VERDICT_OK)
    check->verdict = lanmu_check_judge (id, check->measure, check->warn, check->fail);
  else if (isnan (check->warn))
    check->verdict = LANMU_VERDICT_NOT_CHECKED;
}

void lanmu_checks_run (const LanmuScene *scene, const LanmuReference *reference, LanmuInspection *out)
{
  *out = (LanmuInspection){.worst = LANMU_VERDICT_OK,
                           .faces = scene->n_faces,
                           .width = scene->width,
                           .height = scene->height,
                           .head = scene->head,
                           .placement = scene->placement};
  for (int i = 0; i < LANMU_N_CHECKS; i++) {
    run (&out->checks[i], (LanmuCheckId) i, scene, reference);
    out->worst = lanmu_verdict_worse (out->worst, out->checks[i].verdict);
  }
}

guint lanmu_inspection_count (const LanmuInspection *self, LanmuVerdict verdict)
{
  guint n = 0;
  for (int i = 0; i < LANMU_N_CHECKS; i++)
    n += self->checks[i].verdict == verdict;
  return n;
}

gboolean lanmu_inspect (const guint8 *data, gsize size, const LanmuInspectBy *by, LanmuInspection *out, GError **error)
{
  g_auto (LanmuScene) scene = {0};
  if (!lanmu_scene_init (&scene, data, size, by->profile, error))
    return FALSE;
  g_autofree LanmuFace *faces = g_new (LanmuFace, LANMU_SCENE_MOST_FACES);
  lanmu_scene_find_faces (&scene, by->engine, faces, by->by_hand);
  lanmu_checks_run (&scene, by->reference, out);
  return TRUE;
}
