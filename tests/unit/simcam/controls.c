/* A control line changes what it says, in the pixels; a wrong one changes nothing and says why. */
#include "capture/simcam/scene.h"
#include "capture/simcam/sitter/head.h"
#include "tests/unit/simcam/pixels.h"

#include <math.h>
#include <string.h>

#define SEED 3u

static SimScene *scene_with (const char *first, ...)
{
  SimScene *scene = sim_scene_new (SEED);
  g_assert_true (sim_scene_control (scene, "glasses off", NULL)); /* nothing between the test and the eyes */
  va_list lines;
  va_start (lines, first);
  for (const char *line = first; line != NULL; line = va_arg (lines, const char *)) {
    g_autofree char *error = NULL;
    sim_scene_control (scene, line, &error);
    g_assert_cmpstr (error, ==, NULL);
  }
  va_end (lines);
  return scene;
}

static Pixels look_at (SimScene *scene)
{
  g_autoptr (GBytes) jpeg = sim_scene_live (scene, 0, 960, 640);
  sim_scene_free (scene);
  return pixels_of (jpeg);
}

/* Where a point of the head frame is, in crop pixels, under the controls of `pose`. */
static SimPoint place (const SimPose *pose, double x, double y)
{
  SimLook look = sim_look (SEED);
  SimStance stance = sim_stance (&look, pose);
  return sim_stance_place (
      &stance, (SimPoint){x * look.width, y * look.width, sim_head_front (&look, x * look.width, y * look.width)});
}

static SimPoint eye (double side)
{
  SimPose pose;
  sim_pose_reset (&pose);
  return place (&pose, side * sim_look (SEED).eye_distance, 0);
}

static double light (const Pixels *p, double x, double y, double half)
{
  return 0.3 * pixels_mean (p, 0, x, y, half, half) + 0.6 * pixels_mean (p, 1, x, y, half, half) +
         0.1 * pixels_mean (p, 2, x, y, half, half);
}

static void test_eyes (void)
{
  g_auto (Pixels) open = look_at (scene_with ("eyes open", NULL)), closed = look_at (scene_with ("eyes closed", NULL)),
                  half = look_at (scene_with ("eyes 0.5", NULL));
  for (int side = -1; side <= 1; side += 2) {
    SimPoint at = eye (side);
    double white_open = pixels_white (&open, at.x, at.y, 22, 8), white_half = pixels_white (&half, at.x, at.y, 22, 8),
           white_closed = pixels_white (&closed, at.x, at.y, 22, 8);
    g_test_message ("white of the eye: open %.3f, half %.3f, closed %.3f", white_open, white_half, white_closed);
    g_assert_cmpfloat (white_open, >, 0.06);
    g_assert_cmpfloat (white_half, <, white_open);
    g_assert_cmpfloat (white_closed, <, 0.01);
    g_assert_cmpfloat (light (&closed, at.x, at.y - 2, 3), >,
                       light (&open, at.x, at.y - 2, 3) + 30); /* lid instead of iris */
  }
}

static void test_mouth (void)
{
  SimPose pose;
  sim_pose_reset (&pose);
  SimLook look = sim_look (SEED);
  SimPoint at = place (&pose, 0, look.mouth_line * look.chin / look.width + 0.09);
  g_auto (Pixels) shut = look_at (scene_with ("mouth closed", NULL)), open = look_at (scene_with ("mouth open", NULL));
  g_assert_cmpfloat (light (&open, at.x, at.y, 3), <, light (&shut, at.x, at.y, 3) - 40);
}

static void test_light (void)
{
  g_auto (Pixels) even = look_at (scene_with ("light even", NULL)),
                  left = look_at (scene_with ("light left 0.6", NULL)),
                  right = look_at (scene_with ("light right 0.6", NULL));
  g_assert_cmpfloat (fabs (light (&even, 20, 40, 10) - light (&even, 460, 40, 10)), <, 1.5);
  g_assert_cmpfloat (light (&left, 20, 40, 10), <, light (&left, 460, 40, 10) - 10);
  g_assert_cmpfloat (light (&right, 460, 40, 10), <, light (&right, 20, 40, 10) - 10);
  g_assert_cmpfloat (light (&left, 240 - 60, 290, 12), <, light (&left, 240 + 60, 290, 12) - 8); /* the cheeks follow */
  g_assert_cmpfloat (light (&right, 240 + 60, 290, 12), <, light (&right, 240 - 60, 290, 12) - 8);
}

static void test_head_moves (void)
{
  const struct {
    const char *line;
    double tilt, turn, nod;
  } cases[] = {{"tilt 12", 12, 0, 0},   {"tilt -12", -12, 0, 0}, {"turn 15", 0, 15, 0},
               {"turn -15", 0, -15, 0}, {"nod 12", 0, 0, 12},    {"nod -12", 0, 0, -12}};
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    SimPose pose;
    sim_pose_reset (&pose);
    pose.tilt = cases[i].tilt;
    pose.turn = cases[i].turn;
    pose.nod = cases[i].nod;
    g_auto (Pixels) picture = look_at (scene_with (cases[i].line, NULL));
    for (int side = -1; side <= 1; side += 2) { /* a dark iris where the model says the eye is */
      SimPoint at = place (&pose, side * sim_look (SEED).eye_distance, -0.01);
      g_test_message ("%s: eye at %.0f %.0f, %.0f", cases[i].line, at.x, at.y, light (&picture, at.x, at.y, 4));
      g_assert_cmpfloat (light (&picture, at.x, at.y, 4), <, 95);
    }
  }
}

static void test_tilt_is_to_the_right_shoulder (void)
{
  SimPose pose;
  sim_pose_reset (&pose);
  pose.tilt = 10;
  g_assert_cmpfloat (place (&pose, -0.46, 0).y, >, place (&pose, 0.46, 0).y + 10);
  sim_pose_reset (&pose);
  pose.turn = 20;
  g_assert_cmpfloat (place (&pose, 0, 0.6).x, >, 240 + 15);
}

static void test_place_and_size (void)
{
  g_auto (Pixels) plain = look_at (scene_with (NULL, NULL)), low = look_at (scene_with ("shift 0 60", NULL)),
                  large = look_at (scene_with ("size 1.3", NULL));
  double crown = pixels_crown (&plain, 240, 100, 197, 255);
  g_assert_cmpfloat (fabs (pixels_crown (&low, 240, 100, 197, 255) - crown - 60), <, 3);
  g_assert_cmpfloat (pixels_crown (&large, 240, 100, 197, 255), <, crown - 30);
}

static void test_colours (void)
{
  g_auto (Pixels) backdrop = look_at (scene_with ("backdrop 240 240 240", NULL)),
                  cloth = look_at (scene_with ("clothes 20 140 40", NULL)),
                  clash = look_at (scene_with ("clothes clash", NULL));
  for (int channel = 0; channel < 3; channel++)
    g_assert_cmpfloat (fabs (pixels_mean (&backdrop, channel, 20, 40, 10, 10) - 240), <, 3);
  g_assert_cmpfloat (pixels_mean (&cloth, 1, 140, 590, 10, 10), >, pixels_mean (&cloth, 0, 140, 590, 10, 10) + 50);
  g_assert_cmpfloat (pixels_mean (&clash, 2, 140, 560, 10, 10), >, pixels_mean (&clash, 0, 140, 560, 10, 10) + 80);
}

static void test_shadow (void)
{
  g_auto (Pixels) without = look_at (scene_with ("shadow 0", NULL)), with = look_at (scene_with ("shadow 0.8", NULL));
  double darkest = 0;
  for (double x = 20; x < 460; x += 20)
    darkest = MAX (darkest, light (&without, x, 230, 4) - light (&with, x, 230, 4));
  g_assert_cmpfloat (darkest, >, 25);
  g_assert_cmpfloat (fabs (light (&without, -200, 20, 4) - light (&with, -200, 20, 4)), <, 6);
}

static void test_glasses_and_blur (void)
{
  g_auto (Pixels) plain = look_at (scene_with (NULL, NULL)), glasses = look_at (scene_with ("glasses on", NULL)),
                  blurred = look_at (scene_with ("blur 4", NULL));
  g_assert_cmpfloat (pixels_apart (&plain, &glasses), >, 0.1);
  SimPoint at = eye (1);
  g_assert_cmpfloat (pixels_white (&blurred, at.x, at.y, 22, 8), <, pixels_white (&plain, at.x, at.y, 22, 8));
}

static void test_people (void)
{
  g_auto (Pixels) one = look_at (scene_with ("second off", NULL)), two = look_at (scene_with ("second on", NULL)),
                  none = look_at (scene_with ("empty on", NULL));
  g_assert_cmpfloat (pixels_apart (&one, &two), >, 3);
  for (double x = -200; x <= 680; x += 40)
    for (double y = 20; y < 640; y += 40)
      g_assert_cmpfloat (fabs (light (&none, x, y, 2) - (0.3 * 100 + 0.6 * 197 + 0.1 * 255)), <, 6);
}

static void test_reset (void)
{
  g_auto (Pixels) plain = look_at (scene_with (NULL, NULL));
  SimScene *scene = scene_with ("tilt 9", "light left 0.3", "backdrop 1 2 3", "eyes closed", "second on",
                                "shift 30 -20", "reset", "glasses off", NULL);
  g_assert_cmpuint (sim_scene_sitter (scene), ==, SEED);
  g_auto (Pixels) again = look_at (scene);
  g_assert_cmpfloat (pixels_apart (&plain, &again), ==, 0);
}

static void test_refusals (void)
{
  static const char *const lines[] = {"",
                                      "  ",
                                      "dance",
                                      "eyes",
                                      "eyes 2",
                                      "eyes open wide",
                                      "eyes nan",
                                      "mouth -0.1",
                                      "tilt",
                                      "tilt x",
                                      "tilt 41",
                                      "turn 1e9",
                                      "nod inf",
                                      "size 0",
                                      "size 2.5",
                                      "shift 1",
                                      "shift 1 2 3",
                                      "shift 900 0",
                                      "clothes",
                                      "clothes red",
                                      "clothes 1 2",
                                      "clothes 1 2 256",
                                      "clothes clash now",
                                      "glasses maybe",
                                      "shadow 1.5",
                                      "light",
                                      "light up",
                                      "light left",
                                      "light even 1",
                                      "light left 3",
                                      "backdrop 1 2",
                                      "backdrop a b c",
                                      "blur -1",
                                      "blur 21",
                                      "second",
                                      "second yes",
                                      "empty 1",
                                      "reset all",
                                      "sitter",
                                      "sitter -1",
                                      "sitter 1 2",
                                      "sitter 99999999999",
                                      "sitterx 4",
                                      "EYES closed",
                                      "\xff\xfe"};
  SimScene *scene = sim_scene_new (SEED);
  g_autoptr (GBytes) before = sim_scene_live (scene, 0, 480, 320);
  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++) {
    g_autofree char *error = NULL;
    g_autofree char *shown = g_strescape (lines[i], NULL);
    g_test_message ("%s", shown);
    g_assert_false (sim_scene_control (scene, lines[i], &error));
    g_assert_nonnull (error);
    g_assert_true (g_utf8_validate (error, -1, NULL));
    g_assert_cmpuint (strlen (error), >, 15);
    g_assert_true (g_str_has_suffix (error, "."));
    g_assert_false (sim_scene_control (scene, lines[i], NULL));
  }
  g_autoptr (GBytes) after = sim_scene_live (scene, 0, 480, 320);
  g_assert_true (g_bytes_equal (before, after));
  sim_scene_free (scene);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/controls/eyes", test_eyes);
  g_test_add_func ("/controls/mouth", test_mouth);
  g_test_add_func ("/controls/light", test_light);
  g_test_add_func ("/controls/head-moves", test_head_moves);
  g_test_add_func ("/controls/directions", test_tilt_is_to_the_right_shoulder);
  g_test_add_func ("/controls/place-and-size", test_place_and_size);
  g_test_add_func ("/controls/colours", test_colours);
  g_test_add_func ("/controls/shadow", test_shadow);
  g_test_add_func ("/controls/glasses-and-blur", test_glasses_and_blur);
  g_test_add_func ("/controls/people", test_people);
  g_test_add_func ("/controls/reset", test_reset);
  g_test_add_func ("/controls/refusals", test_refusals);
  return g_test_run ();
}
