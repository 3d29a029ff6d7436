/* The people: each seed another one, and every one of them within the diploma bands (crown 50–110, eyes 200–300, face
 * 180–300 of the 480×640 crop). */
#include "capture/simcam/scene.h"
#include "capture/simcam/sitter/head.h"
#include "tests/unit/simcam/pixels.h"

#include <math.h>

static Pixels portrait (guint seed)
{
  SimScene *scene = sim_scene_new (seed);
  g_autoptr (GBytes) jpeg = sim_scene_live (scene, 0, 480, 640);
  sim_scene_free (scene);
  return pixels_of (jpeg);
}

static void test_differ (void)
{
  enum { PEOPLE = 12 };
  Pixels people[PEOPLE];
  for (guint i = 0; i < PEOPLE; i++)
    people[i] = portrait (i + 1);
  for (int i = 0; i < PEOPLE; i++)
    for (int k = 0; k < i; k++) {
      double apart = pixels_apart (&people[i], &people[k]);
      g_test_message ("%d and %d: %.1f", k + 1, i + 1, apart);
      g_assert_cmpfloat (apart, >, 4);
    }
  for (int i = 0; i < PEOPLE; i++)
    pixels_clear (&people[i]);
}

static void test_crown_in_pixels (void)
{
  for (guint seed = 1; seed <= 40; seed++) {
    g_auto (Pixels) picture = portrait (seed);
    double crown = pixels_crown (&picture, 240, 100, 197, 255);
    g_test_message ("%u: crown %.0f", seed, crown);
    g_assert_cmpfloat (crown, >, 54);
    g_assert_cmpfloat (crown, <, 106);
  }
}

static void test_bands_of_the_model (void)
{
  SimPose pose;
  sim_pose_reset (&pose);
  for (guint seed = 0; seed < 2000; seed++) {
    SimLook look = sim_look (seed);
    SimStance stance = sim_stance (&look, &pose);
    for (int side = -1; side <= 1; side += 2) {
      double x = side * look.eye_distance * look.width;
      SimPoint eye = sim_stance_place (&stance, (SimPoint){x, 0, sim_head_front (&look, x, 0)});
      g_assert_cmpfloat (eye.y, >, 215);
      g_assert_cmpfloat (eye.y, <, 285);
    }
    SimPoint left = sim_stance_place (&stance, sim_head_surface (&look, -G_PI / 2, 0.1, 0)),
             right = sim_stance_place (&stance, sim_head_surface (&look, G_PI / 2, 0.1, 0));
    g_assert_cmpfloat (right.x - left.x, >, 190);
    g_assert_cmpfloat (right.x - left.x, <, 290);
    g_assert_cmpfloat (fabs ((left.x + right.x) / 2 - 240), <, 20);
    SimPoint chin = sim_stance_place (&stance, (SimPoint){0, look.chin, 0});
    g_assert_cmpfloat (chin.y, <, 450);
  }
}

static void test_proportions (void)
{
  for (guint seed = 0; seed < 500; seed++) {
    SimLook look = sim_look (seed);
    double head = look.top + look.hair_volume + look.chin, between = 2 * (look.eye_distance - look.eye_width);
    g_assert_cmpfloat (look.chin / head, >, 0.44); /* eyes near half the height */
    g_assert_cmpfloat (look.chin / head, <, 0.54);
    g_assert_cmpfloat (between / (2 * look.eye_width), >, 0.9); /* an eye's width between the eyes */
    g_assert_cmpfloat (between / (2 * look.eye_width), <, 1.5);
  }
}

/* Iris darker than the white beside it, in the full picture, where the model says the eye is. */
static void test_eyes_in_pixels (void)
{
  SimPose pose;
  sim_pose_reset (&pose);
  for (guint seed = 1; seed <= 20; seed++) {
    SimLook look = sim_look (seed);
    SimStance stance = sim_stance (&look, &pose);
    SimScene *scene = sim_scene_new (seed);
    sim_scene_control (scene, "glasses off", NULL);
    g_autoptr (GBytes) jpeg = sim_scene_live (scene, 0, 480, 640);
    sim_scene_free (scene);
    g_auto (Pixels) picture = pixels_of (jpeg);
    for (int side = -1; side <= 1; side += 2) {
      double x = side * look.eye_distance * look.width, out = look.eye_width * look.width * 0.68;
      SimPoint iris = sim_stance_place (&stance, (SimPoint){x, 0, sim_head_front (&look, x, 0)});
      SimPoint white = sim_stance_place (&stance, (SimPoint){x + out, 0, sim_head_front (&look, x + out, 0)});
      double dark = pixels_mean (&picture, 1, iris.x, iris.y, 3, 2),
             light = pixels_mean (&picture, 1, white.x, white.y, 1, 1);
      g_test_message ("%u: iris %.0f, white %.0f", seed, dark, light);
      g_assert_cmpfloat (dark, <, 80);
      g_assert_cmpfloat (light, >, dark + 50);
    }
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/sitters/differ", test_differ);
  g_test_add_func ("/sitters/crown", test_crown_in_pixels);
  g_test_add_func ("/sitters/bands", test_bands_of_the_model);
  g_test_add_func ("/sitters/proportions", test_proportions);
  g_test_add_func ("/sitters/eyes", test_eyes_in_pixels);
  return g_test_run ();
}
