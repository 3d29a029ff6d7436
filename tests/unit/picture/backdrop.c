/* The backdrop check over scenes whose light is known. */
#include "capture/picture/backdrop.h"

#include <math.h>
#include "tests/unit/picture/scene.h"

static LanmuBackdropReading read_scene (SceneSpec spec)
{
  g_autoptr (LanmuFrame) frame = scene_new (&spec);
  LanmuBackdropLimits limits;
  LanmuBackdropReading reading;
  lanmu_backdrop_limits_init (&limits);
  limits.orientation = spec.orientation;
  lanmu_backdrop_read_frame (frame, &limits, &reading);
  g_test_message ("%s/%s colour %.2f even %.2f slope %.1f %.1f shadow %.3f border %.2f area %.2f mean %d,%d,%d",
                  lanmu_verdict_to_string (reading.verdict), lanmu_backdrop_reason_to_string (reading.reason), reading.colour_delta,
                  reading.even_delta, reading.slope_x, reading.slope_y, reading.shadow_share, reading.border_share, reading.area_share,
                  reading.mean_r, reading.mean_g, reading.mean_b);
  g_assert_true ((reading.reason == LANMU_BACKDROP_REASON_NONE) == (reading.verdict <= LANMU_VERDICT_OK));
  return reading;
}

static void test_even (void)
{
  static const int sizes[][2] = {{320, 214}, {333, 217}, {640, 424}, {640, 480}, {960, 640}, {1056, 704}, {1024, 576}, {1920, 1280}};
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++) {
    LanmuBackdropReading reading = read_scene ((SceneSpec){.width = sizes[i][0], .height = sizes[i][1], .noise = 6});
    g_assert_cmpint (reading.verdict, ==, LANMU_VERDICT_OK);
    g_assert_cmpfloat (reading.colour_delta, <, 1);
    g_assert_cmpfloat (reading.even_delta, <, 1.5);
    g_assert_cmpfloat (reading.shadow_share, <, 0.01);
    g_assert_cmpfloat (reading.border_share, >, 0.98);
    g_assert_cmpfloat (fabs (reading.slope_x), <, 0.5);
    g_assert_cmpint (ABS (reading.mean_r - 100), <=, 2);
    g_assert_cmpint (ABS (reading.mean_g - 197), <=, 2);
    g_assert_cmpint (ABS (reading.mean_b - 255), <=, 6); /* noise is cut at 255 */
  }
}

static void test_nobody (void)
{
  LanmuBackdropReading reading = read_scene ((SceneSpec){.nobody = TRUE});
  g_assert_cmpint (reading.verdict, ==, LANMU_VERDICT_OK);
  g_assert_cmpfloat (reading.area_share, >, 0.99);
}

/* The further the lamps are out of balance, the larger the measure; the side is named. */
static void test_side_light (void)
{
  double last = 0;
  for (double side = 0; side < 0.45; side += 0.05) {
    LanmuBackdropReading reading = read_scene ((SceneSpec){.side = side, .noise = 4});
    g_assert_cmpfloat (reading.even_delta, >, last);
    last = reading.even_delta;
    if (side >= 0.34) {
      g_assert_cmpint (reading.even, ==, LANMU_VERDICT_FAIL);
      g_assert_cmpfloat (reading.slope_x, >, 4);
    }
  }
  struct {
    SceneSpec spec;
    LanmuBackdropReason reason;
  } sides[] = {{{.side = 0.35}, LANMU_BACKDROP_REASON_UNEVEN_LEFT}, {{.side = -0.35}, LANMU_BACKDROP_REASON_UNEVEN_RIGHT},
               {{.down = 0.35}, LANMU_BACKDROP_REASON_UNEVEN_TOP}, {{.down = -0.35}, LANMU_BACKDROP_REASON_UNEVEN_BOTTOM}};
  for (gsize i = 0; i < G_N_ELEMENTS (sides); i++)
    g_assert_cmpint (read_scene (sides[i].spec).reason, ==, sides[i].reason);
}

static void test_shadow (void)
{
  double last_even = 0, last_share = -1;
  for (double depth = 0; depth < 0.75; depth += 0.1) {
    LanmuBackdropReading reading = read_scene ((SceneSpec){.shadow = depth, .noise = 4});
    g_assert_cmpfloat (reading.even_delta, >=, last_even);
    g_assert_cmpfloat (reading.shadow_share, >=, last_share);
    last_even = reading.even_delta;
    last_share = reading.shadow_share;
  }
  for (double depth = 0.3; depth < 0.95; depth += 0.1)
    g_assert_cmpint (read_scene ((SceneSpec){.shadow = depth}).reason, ==, LANMU_BACKDROP_REASON_SHADOW);
  g_assert_cmpint (read_scene ((SceneSpec){.shadow = 0.6}).verdict, ==, LANMU_VERDICT_FAIL);
}

static void test_hot_spot (void)
{
  LanmuBackdropReading reading = read_scene ((SceneSpec){.hot = 0.8});
  g_assert_cmpint (reading.even, >=, LANMU_VERDICT_WARN);
}

static void test_wrong_colour (void)
{
  static const guint8 colours[][3] = {{30, 60, 200}, {255, 255, 255}, {240, 240, 240}, {180, 20, 30}, {60, 160, 90}, {0, 0, 0}};
  for (gsize i = 0; i < G_N_ELEMENTS (colours); i++) {
    guint8 r = colours[i][0], g = colours[i][1], b = colours[i][2];
    LanmuBackdropReading reading = read_scene ((SceneSpec){.r = MAX (r, 1), .g = g, .b = b});
    g_assert_cmpint (reading.colour, ==, LANMU_VERDICT_FAIL);
    g_assert_cmpint (reading.reason, ==, LANMU_BACKDROP_REASON_WRONG_COLOUR);
  }
  LanmuBackdropReading bluer = read_scene ((SceneSpec){.g = 163, .b = 230}); /* #00A3E6, another house's blue */
  g_assert_cmpint (bluer.colour, >=, LANMU_VERDICT_WARN);
}

/* White and grey backdrops are allowed when the campaign says so. */
static void test_white_target (void)
{
  static const guint8 greys[] = {250, 240};
  for (gsize i = 0; i < G_N_ELEMENTS (greys); i++) {
    SceneSpec spec = {.r = greys[i], .g = greys[i], .b = greys[i], .noise = 3};
    g_autoptr (LanmuFrame) frame = scene_new (&spec);
    LanmuBackdropLimits limits;
    LanmuBackdropReading reading;
    lanmu_backdrop_limits_init (&limits);
    limits.target_r = limits.target_g = limits.target_b = greys[i];
    lanmu_backdrop_read_frame (frame, &limits, &reading);
    g_assert_cmpint (reading.verdict, ==, LANMU_VERDICT_OK);
    g_assert_cmpfloat (reading.area_share, <, 0.75); /* the sitter is not taken for it */
  }
}

/* One lamp too weak is told as that, not as a wrong colour. */
static void test_weak_lamp (void)
{
  LanmuBackdropReading reading = read_scene ((SceneSpec){.r = 84, .g = 166, .b = 215, .side = 0.25});
  g_assert_cmpint (reading.colour, ==, LANMU_VERDICT_WARN);
  g_assert_cmpint (reading.even, ==, LANMU_VERDICT_WARN);
  g_assert_cmpint (reading.reason, ==, LANMU_BACKDROP_REASON_UNEVEN_LEFT);
}

static void test_no_backdrop (void)
{
  LanmuBackdropReading reading = read_scene ((SceneSpec){.room = TRUE, .noise = 4});
  g_assert_cmpint (reading.verdict, ==, LANMU_VERDICT_FAIL);
  g_assert_cmpint (reading.reason, ==, LANMU_BACKDROP_REASON_NOT_FOUND);
  g_assert_cmpint (reading.colour, ==, LANMU_VERDICT_NOT_CHECKED);
}

static void test_something_in_it (void)
{
  LanmuBackdropReading reading = read_scene ((SceneSpec){.stand = 0.06});
  g_assert_cmpint (reading.found, ==, LANMU_VERDICT_WARN);
  g_assert_cmpint (reading.reason, ==, LANMU_BACKDROP_REASON_INCOMPLETE);
}

/* A blue shirt of another hue, a white one, a grey one: none leaks into the measure. */
static void test_clothes (void)
{
  static const guint8 coats[][3] = {{255, 255, 255}, {150, 150, 155}, {25, 30, 80}, {200, 40, 60}, {120, 150, 90}};
  LanmuBackdropReading plain = read_scene ((SceneSpec){0});
  for (gsize i = 0; i < G_N_ELEMENTS (coats); i++) {
    LanmuBackdropReading reading = read_scene ((SceneSpec){.coat_r = coats[i][0], .coat_g = coats[i][1], .coat_b = coats[i][2]});
    g_assert_cmpint (reading.verdict, ==, LANMU_VERDICT_OK);
    g_assert_cmpfloat_with_epsilon (reading.area_share, plain.area_share, 0.01);
  }
}

/* The same scene from a camera on its side reads the same, sides named as seen upright. */
static void test_orientations (void)
{
  SceneSpec spec = {.side = 0.3, .width = 1056, .height = 704};
  for (int orientation = 1; orientation <= 8; orientation++) {
    spec.orientation = orientation;
    LanmuBackdropReading reading = read_scene (spec);
    g_assert_cmpint (reading.reason, ==, LANMU_BACKDROP_REASON_UNEVEN_LEFT);
    g_assert_cmpfloat (reading.slope_x, >, 5);
    g_assert_cmpfloat (fabs (reading.slope_y), <, 1);
  }
}

static void test_tiny (void)
{
  for (int size = 1; size < 64; size++) {
    LanmuBackdropReading reading = read_scene ((SceneSpec){.width = size, .height = 64 - size});
    if (size < 32 || 64 - size < 32)
      g_assert_cmpint (reading.verdict, ==, LANMU_VERDICT_NOT_CHECKED);
  }
  for (int size = 30; size < 330; size += 7)
    read_scene ((SceneSpec){.width = size * 3 / 2, .height = size, .orientation = size % 8 + 1});
}

static void test_speed (void)
{
  SceneSpec spec = {.width = 1056, .height = 704, .noise = 4};
  g_autoptr (LanmuFrame) frame = scene_new (&spec);
  LanmuBackdropReading reading;
  const int rounds = 200;
  gint64 start = g_get_monotonic_time ();
  for (int i = 0; i < rounds; i++)
    lanmu_backdrop_read_frame (frame, NULL, &reading);
  g_test_minimized_result ((double) (g_get_monotonic_time () - start) / rounds / 1000, "%.3f ms a frame of 1056x704",
                           (double) (g_get_monotonic_time () - start) / rounds / 1000);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/backdrop/even", test_even);
  g_test_add_func ("/picture/backdrop/nobody", test_nobody);
  g_test_add_func ("/picture/backdrop/side-light", test_side_light);
  g_test_add_func ("/picture/backdrop/shadow", test_shadow);
  g_test_add_func ("/picture/backdrop/hot-spot", test_hot_spot);
  g_test_add_func ("/picture/backdrop/wrong-colour", test_wrong_colour);
  g_test_add_func ("/picture/backdrop/white-target", test_white_target);
  g_test_add_func ("/picture/backdrop/weak-lamp", test_weak_lamp);
  g_test_add_func ("/picture/backdrop/no-backdrop", test_no_backdrop);
  g_test_add_func ("/picture/backdrop/something-in-it", test_something_in_it);
  g_test_add_func ("/picture/backdrop/clothes", test_clothes);
  g_test_add_func ("/picture/backdrop/orientations", test_orientations);
  g_test_add_func ("/picture/backdrop/tiny", test_tiny);
  if (g_test_perf ())
    g_test_add_func ("/picture/backdrop/speed", test_speed);
  return g_test_run ();
}
