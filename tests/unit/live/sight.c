/* From a sitter to a sentence: painted frames through backdrop check, face engine and guidance. Skipped without the
 * face models. */
#include "capture/live/guidance.h"

#include <math.h>
#include "tests/unit/face/sitter.h"
#include "tests/unit/simcam/pixels.h"

#define WIDTH  640
#define HEIGHT 424

static gboolean have_models; /* looked for once, by opening them */

static gboolean no_models (void)
{
  if (!have_models)
    g_test_skip ("the face models were not fetched (packaging/fetch-models)");
  return !have_models;
}

static LanmuFrame *frame_of (const SitterPicture *picture)
{
  const LanmuFaceView *view = &picture->view;
  gsize stride = 4 * (gsize) view->width;
  guint8 *pixels = g_malloc (stride * (gsize) view->height);
  for (int i = 0; i < view->width * view->height; i++) {
    for (int c = 0; c < 3; c++)
      pixels[4 * i + c] = view->pixels[3 * i + 2 - c];
    pixels[4 * i + 3] = 255;
  }
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, stride * (gsize) view->height);
  return lanmu_frame_new_for_bytes (bytes, view->width, view->height, stride);
}

static LanmuSight look (guint seed, const char *controls)
{
  g_auto (SitterPicture) picture = sitter_picture (seed, controls, WIDTH, HEIGHT);
  g_autoptr (LanmuFrame) frame = frame_of (&picture);
  g_autoptr (LanmuSighter) sighter = lanmu_sighter_new (NULL);
  LanmuBackdropReading backdrop;
  LanmuSight sight;
  lanmu_backdrop_read_frame (frame, NULL, &backdrop);
  lanmu_sighter_look (sighter, frame, 1, &backdrop, &sight);
  return sight;
}

/* The crown against the first row that is not backdrop, as another program counts it. */
static void test_crown (void)
{
  if (no_models ())
    return;
  for (guint seed = 1; seed <= 8; seed++) {
    SimScene *scene = sim_scene_new (seed);
    g_autoptr (GBytes) jpeg = sim_scene_live (scene, 0, WIDTH, HEIGHT);
    g_auto (Pixels) pixels = pixels_of (jpeg);
    sim_scene_free (scene);
    LanmuSight sight = look (seed, "");
    double truth = pixels_crown (&pixels, 240, 100, 197, 255) * HEIGHT / 640;
    g_test_message ("%u: crown %.1f, counted %.1f", seed, sight.crown, truth);
    g_assert_cmpfloat (fabs (sight.crown - truth), <=, 0.012 * HEIGHT);
  }
  g_assert_true (isnan (look (1, "shift 0 -120").crown)); /* the hair is cut off */
}

static void test_clothes (void)
{
  if (no_models ())
    return;
  for (guint seed = 1; seed <= 4; seed++) {
    g_assert_cmpfloat (look (seed, "").clothes, <, 0.03);
    g_assert_cmpfloat (look (seed, "clothes clash").clothes, >, 0.3);
  }
}

static void test_light (void)
{
  if (no_models ())
    return;
  LanmuSight even = look (2, ""), left = look (2, "light left 0.3"), right = look (2, "light right 0.3");
  g_assert_cmpfloat (fabs (even.balance), <, 6);
  g_assert_cmpfloat (left.balance, <, even.balance - 4);
  g_assert_cmpfloat (right.balance, >, even.balance + 4);
  g_assert_cmpfloat (left.luminance, <, even.luminance);
}

/* The code after two seconds of the same picture. */
static LanmuGuideCode guide (guint seed, const char *controls)
{
  g_auto (SitterPicture) picture = sitter_picture (seed, controls, WIDTH, HEIGHT);
  g_autoptr (LanmuFrame) frame = frame_of (&picture);
  g_autoptr (LanmuSighter) sighter = lanmu_sighter_new (NULL);
  g_autoptr (LanmuProfile) profile = lanmu_profile_find ("diploma", NULL, NULL);
  g_autoptr (LanmuGuidance) guidance = lanmu_guidance_new (profile);
  for (int i = 0; i < 16; i++) {
    LanmuBackdropReading backdrop;
    LanmuSight sight;
    lanmu_backdrop_read_frame (frame, NULL, &backdrop);
    lanmu_sighter_look (sighter, frame, 1, &backdrop, &sight);
    lanmu_guidance_update (guidance, &sight, &backdrop, 1 + i * 125000);
  }
  return lanmu_guidance_get (guidance)->code;
}

static void test_words (void)
{
  static const struct {
    const char *controls;
    LanmuGuideCode code;
  } cases[] = {
      {"tilt 0;turn 0", LANMU_GUIDE_READY}, {"empty on", LANMU_GUIDE_NOBODY},    {"second on", LANMU_GUIDE_OTHERS},
      {"eyes 0", LANMU_GUIDE_EYES},         {"mouth 1", LANMU_GUIDE_MOUTH},      {"tilt 12", LANMU_GUIDE_TILT_LEFT},
      {"tilt -12", LANMU_GUIDE_TILT_RIGHT}, {"turn 20", LANMU_GUIDE_TURN_RIGHT}, {"turn -20", LANMU_GUIDE_TURN_LEFT},
      {"shift 0 -75", LANMU_GUIDE_LOWER},   {"size 0.35", LANMU_GUIDE_CLOSER},   {"clothes clash", LANMU_GUIDE_CLOTHES},
      {"shadow 1", LANMU_GUIDE_BACKDROP},
  };
  if (no_models ())
    return;
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_test_message ("%s", cases[i].controls);
    g_assert_cmpstr (lanmu_guide_code_to_string (guide (3, cases[i].controls)), ==,
                     lanmu_guide_code_to_string (cases[i].code));
  }
}

/* No models: nothing is known, and the reason is there to be told. */
static void test_without_models (void)
{
  g_auto (SitterPicture) picture = sitter_picture (1, "", 320, 214);
  g_autoptr (LanmuFrame) frame = frame_of (&picture);
  g_autoptr (LanmuSighter) sighter = lanmu_sighter_new ("/nonexistent/models");
  LanmuBackdropReading backdrop;
  LanmuSight sight;
  lanmu_backdrop_read_frame (frame, NULL, &backdrop);
  lanmu_sighter_look (sighter, frame, 1, &backdrop, &sight);
  g_assert_cmpint (sight.kind, ==, LANMU_SIGHT_NOT_CHECKED);
  g_assert_error (lanmu_sighter_get_error (sighter), LANMU_FACE_ERROR, LANMU_FACE_ERROR_NO_MODELS);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  LanmuFaceEngine *engine = sitter_engine ();
  have_models = engine != NULL;
  g_clear_pointer (&engine, lanmu_face_engine_free);
  g_test_add_func ("/live/sight/crown", test_crown);
  g_test_add_func ("/live/sight/clothes", test_clothes);
  g_test_add_func ("/live/sight/light", test_light);
  g_test_add_func ("/live/sight/words", test_words);
  g_test_add_func ("/live/sight/without-models", test_without_models);
  return g_test_run ();
}
