/* Live frames: the cycle closes, moves and blinks; a frame seen before is the same bytes; memory is bounded. */
#include "capture/simcam/scene.h"
#include "capture/simcam/sitter/head.h"
#include "tests/unit/simcam/pixels.h"

#include <math.h>

#define WIDTH  480
#define HEIGHT 320

static GBytes *frame (SimScene *scene, double seconds)
{
  GBytes *jpeg = sim_scene_live (scene, seconds, WIDTH, HEIGHT);
  g_assert_nonnull (jpeg);
  return jpeg;
}

static void test_cycle (void)
{
  SimScene *scene = sim_scene_new (5);
  g_autoptr (GBytes) first = frame (scene, 0.3), round = frame (scene, 0.3 + SIM_SCENE_CYCLE),
                     past = frame (scene, 0.3 - SIM_SCENE_CYCLE), other = frame (scene, 1.4);
  g_assert_true (first == round); /* not only equal: found, not drawn */
  g_assert_true (first == past);
  g_assert_false (g_bytes_equal (first, other));
  sim_scene_free (scene);
}

static double least_white (SimScene *scene, const SimLook *look)
{
  double least = 1;
  for (double t = 0; t < SIM_SCENE_CYCLE; t += 0.04) {
    g_autoptr (GBytes) jpeg = frame (scene, t);
    g_auto (Pixels) pixels = pixels_of (jpeg);
    least = MIN (least, pixels_white (&pixels, 240 - look->eye_distance * look->width, look->eye_line, 24, 10));
  }
  return least;
}

static void test_blink (void)
{
  SimLook look = sim_look (5);
  SimScene *scene = sim_scene_new (5);
  sim_scene_control (scene, "glasses off", NULL);
  g_assert_cmpfloat (least_white (scene, &look), <, 0.01);
  sim_scene_control (scene, "eyes open", NULL);
  g_assert_cmpfloat (least_white (scene, &look), >, 0.03); /* told to keep them open */
  sim_scene_free (scene);
}

static void test_same_everywhere (void)
{
  SimScene *a = sim_scene_new (8), *b = sim_scene_new (2);
  g_autoptr (GBytes) elsewhere = frame (b, 0.7);
  sim_scene_control (b, "tilt 20", NULL);
  g_autoptr (GBytes) tilted = frame (b, 0.7);
  sim_scene_control (b, "reset", NULL);
  sim_scene_control (b, "sitter 8", NULL);
  g_autoptr (GBytes) one = frame (a, 0.7), two = frame (b, 0.7);
  g_assert_true (g_bytes_equal (one, two)); /* what came before leaves no trace */
  g_assert_false (g_bytes_equal (elsewhere, tilted));
  g_assert_false (g_bytes_equal (elsewhere, two));
  sim_scene_free (a);
  sim_scene_free (b);
}

static void test_format (void)
{
  static const int sizes[][2] = {{640, 424}, {1056, 704}, {961, 641}, {424, 640}, {16, 16}};
  SimScene *scene = sim_scene_new (4);
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    g_autoptr (GBytes) jpeg = sim_scene_live (scene, 0, sizes[i][0], sizes[i][1]);
    g_auto (Pixels) pixels = pixels_of (jpeg);
    g_assert_cmpint (pixels.width, ==, sizes[i][0]);
    g_assert_cmpint (pixels.height, ==, sizes[i][1]);
    gsize size = 0;
    const guint8 *data = g_bytes_get_data (jpeg, &size);
    for (gsize k = 2; k + 1 < size;
         k++) /* drivers cut a frame at the first end mark, so there is one start and one end */
      g_assert_false (data[k] == 0xff && (data[k + 1] == 0xd8 || (data[k + 1] == 0xd9 && k + 2 < size)));
  }
  g_assert_null (sim_scene_live (scene, 0, 8, 640));
  g_assert_null (sim_scene_live (scene, 0, 5000, 640));
  g_assert_null (sim_scene_live (scene, NAN, 640, 424));
  sim_scene_free (scene);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/live/cycle", test_cycle);
  g_test_add_func ("/live/blink", test_blink);
  g_test_add_func ("/live/same-everywhere", test_same_everywhere);
  g_test_add_func ("/live/format", test_format);
  return g_test_run ();
}
