/* The diploma crop inside a frame, upright and on its side. */
#include "capture/picture/crop.h"

static void expect_near (double value, double expected)
{
  g_assert_cmpfloat_with_epsilon (value, expected, 1e-9);
}

static void test_landscape (void)
{
  LanmuCrop crop = lanmu_crop_for_frame (1056, 704, 1);
  expect_near (crop.height, 704);
  expect_near (crop.width, 528);
  expect_near (crop.x, 264);
  expect_near (crop.y, 0);
  expect_near (crop.scale, 1.1);
  double x, y;
  lanmu_crop_to_frame (&crop, 240, 320, &x, &y);
  expect_near (x, 528);
  expect_near (y, 352);
}

/* A camera on its side sees 2:3 upright: narrower than 3:4, so the full width. */
static void test_on_its_side (void)
{
  LanmuCrop crop = lanmu_crop_for_frame (6000, 4000, 6);
  expect_near (crop.height, 4000);
  expect_near (crop.width, 4000 * 4 / 3.0);
  expect_near (crop.x, (6000 - 4000 * 4 / 3.0) / 2);
  double x, y;
  lanmu_crop_to_frame (&crop, 0, 0, &x, &y); /* upper left as seen: left edge, lower corner as stored */
  expect_near (x, crop.x);
  expect_near (y, 4000);
  lanmu_crop_to_frame (&crop, 480, 640, &x, &y);
  expect_near (x, crop.x + crop.width);
  expect_near (y, 0);
}

/* Where the scene's upper left corner lies in the stored picture, by the text of the Exif standard (row 0 and column 0 of each orientation). */
static void test_corners (void)
{
  static const struct {
    gboolean right, bottom;
  } upper_left[9] = {[1] = {0, 0}, [2] = {1, 0}, [3] = {1, 1}, [4] = {0, 1}, [5] = {0, 0}, [6] = {0, 1}, [7] = {1, 1}, [8] = {1, 0}};
  for (int orientation = 1; orientation <= 8; orientation++) {
    LanmuCrop crop = lanmu_crop_for_frame (1200, 800, orientation);
    double x, y;
    lanmu_crop_to_frame (&crop, 0, 0, &x, &y);
    expect_near (x, crop.x + (upper_left[orientation].right ? crop.width : 0));
    expect_near (y, crop.y + (upper_left[orientation].bottom ? crop.height : 0));
  }
}

static void test_round_trip (void)
{
  static const int sizes[][2] = {{640, 424}, {960, 640}, {1056, 704}, {1024, 576}, {100, 900}, {6000, 4000}, {7, 5}};
  for (gsize i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (int orientation = 0; orientation <= 9; orientation++) {
      LanmuCrop crop = lanmu_crop_for_frame (sizes[i][0], sizes[i][1], orientation);
      g_assert_cmpfloat (crop.x, >=, -1e-9);
      g_assert_cmpfloat (crop.y, >=, -1e-9);
      g_assert_cmpfloat (crop.x + crop.width, <=, sizes[i][0] + 1e-9);
      g_assert_cmpfloat (crop.y + crop.height, <=, sizes[i][1] + 1e-9);
      for (double at = 0; at <= 480; at += 60) {
        double x, y, back_x, back_y;
        lanmu_crop_to_frame (&crop, at, 640 - at, &x, &y);
        lanmu_crop_from_frame (&crop, x, y, &back_x, &back_y);
        g_assert_cmpfloat_with_epsilon (back_x, at, 1e-6);
        g_assert_cmpfloat_with_epsilon (back_y, 640 - at, 1e-6);
      }
    }
}

static void test_bands (void)
{
  const LanmuBands *bands = lanmu_bands_diploma ();
  g_assert_cmpstr (bands->crown.name, ==, "crown");
  expect_near (bands->crown.from, 50);
  expect_near (bands->crown.to, 110);
  expect_near (bands->eyes.from, 200);
  expect_near (bands->eyes.to, 300);
  g_assert_true (bands->face.kind == LANMU_BAND_WIDTH);
  expect_near (bands->face.from, 180);
  expect_near (bands->face.to, 300);
  expect_near (bands->centring, 24);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/crop/landscape", test_landscape);
  g_test_add_func ("/picture/crop/on-its-side", test_on_its_side);
  g_test_add_func ("/picture/crop/corners", test_corners);
  g_test_add_func ("/picture/crop/round-trip", test_round_trip);
  g_test_add_func ("/picture/crop/bands", test_bands);
  return g_test_run ();
}
