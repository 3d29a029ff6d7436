/* Colour arithmetic against published values. */
#include "capture/picture/colour.h"

#include <math.h>

/* Sharma, Wu, Dalal (2005), table 1: the pairs that implementations get wrong. */
static const struct {
  LanmuLab one, two;
  double difference;
} sharma[] = {
    {{50, 2.6772f, -79.7751f}, {50, 0, -82.7485f}, 2.0425},
    {{50, 3.1571f, -77.2803f}, {50, 0, -82.7485f}, 2.8615},
    {{50, 2.8361f, -74.0200f}, {50, 0, -82.7485f}, 3.4412},
    {{50, -1.3802f, -84.2814f}, {50, 0, -82.7485f}, 1.0000},
    {{50, -1.1848f, -84.8006f}, {50, 0, -82.7485f}, 1.0000},
    {{50, -0.9009f, -85.5211f}, {50, 0, -82.7485f}, 1.0000},
    {{50, 0, 0}, {50, -1, 2}, 2.3669},
    {{50, -1, 2}, {50, 0, 0}, 2.3669},
    {{50, 2.49f, -0.001f}, {50, -2.49f, 0.0009f}, 7.1792},
    {{50, 2.49f, -0.001f}, {50, -2.49f, 0.0010f}, 7.1792},
    {{50, 2.49f, -0.001f}, {50, -2.49f, 0.0011f}, 7.2195},
    {{50, 2.49f, -0.001f}, {50, -2.49f, 0.0012f}, 7.2195},
    {{50, -0.001f, 2.49f}, {50, 0.0009f, -2.49f}, 4.8045},
    {{50, -0.001f, 2.49f}, {50, 0.0010f, -2.49f}, 4.8045},
    {{50, -0.001f, 2.49f}, {50, 0.0011f, -2.49f}, 4.7461},
    {{50, 2.5f, 0}, {50, 0, -2.5f}, 4.3065},
    {{50, 2.5f, 0}, {73, 25, -18}, 27.1492},
    {{50, 2.5f, 0}, {61, -5, 29}, 22.8977},
    {{50, 2.5f, 0}, {56, -27, -3}, 31.9030},
    {{50, 2.5f, 0}, {58, 24, 15}, 19.4535},
    {{50, 2.5f, 0}, {50, 3.1736f, 0.5854f}, 1.0000},
    {{50, 2.5f, 0}, {50, 3.2972f, 0}, 1.0000},
    {{50, 2.5f, 0}, {50, 1.8634f, 0.5757f}, 1.0000},
    {{50, 2.5f, 0}, {50, 3.2592f, 0.3350f}, 1.0000},
    {{60.2574f, -34.0099f, 36.2677f}, {60.4626f, -34.1751f, 39.4387f}, 1.2644},
    {{63.0109f, -31.0961f, -5.8663f}, {62.8187f, -29.7946f, -4.0864f}, 1.2630},
    {{61.2901f, 3.7196f, -5.3901f}, {61.4292f, 2.2480f, -4.9620f}, 1.8731},
    {{35.0831f, -44.1164f, 3.7933f}, {35.0232f, -40.0716f, 1.5901f}, 1.8645},
    {{22.7233f, 20.0904f, -46.6940f}, {23.0331f, 14.9730f, -42.5619f}, 2.0373},
    {{36.4612f, 47.8580f, 18.3852f}, {36.2715f, 50.5065f, 21.2231f}, 1.4146},
    {{90.8027f, -2.0831f, 1.4410f}, {91.1528f, -1.6435f, 0.0447f}, 1.4441},
    {{90.9257f, -0.5406f, -0.9208f}, {88.6381f, -0.8985f, -0.7239f}, 1.5381},
    {{6.7747f, -0.2908f, -2.4247f}, {5.8714f, -0.0985f, -2.2286f}, 0.6377},
    {{2.0776f, 0.0795f, -1.1350f}, {0.9033f, -0.0636f, -0.5514f}, 0.9082},
};

static void test_sharma (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (sharma); i++)
    g_assert_cmpfloat_with_epsilon (lanmu_delta_e2000 (sharma[i].one, sharma[i].two), sharma[i].difference, 0.0001);
}

static void expect_lab (guint8 r, guint8 g, guint8 b, double l, double a, double bb)
{
  LanmuLab lab = lanmu_lab_from_srgb (r, g, b);
  g_assert_cmpfloat_with_epsilon (lab.l, l, 0.02);
  g_assert_cmpfloat_with_epsilon (lab.a, a, 0.02);
  g_assert_cmpfloat_with_epsilon (lab.b, bb, 0.02);
}

/* Primaries, white and black under D65, as colour calculators give them. */
static void test_srgb (void)
{
  expect_lab (0, 0, 0, 0, 0, 0);
  expect_lab (255, 255, 255, 100, 0, 0);
  expect_lab (255, 0, 0, 53.24, 80.09, 67.20);
  expect_lab (0, 255, 0, 87.73, -86.18, 83.18);
  expect_lab (0, 0, 255, 32.30, 79.19, -107.86);
  expect_lab (119, 119, 119, 50.03, 0, 0);
}

static void test_there_and_back (void)
{
  for (int r = 0; r < 256; r += 15)
    for (int g = 0; g < 256; g += 15)
      for (int b = 0; b < 256; b += 15) {
        guint8 red, green, blue;
        lanmu_lab_to_srgb (lanmu_lab_from_srgb ((guint8) r, (guint8) g, (guint8) b), &red, &green, &blue);
        g_assert_cmpint (ABS (red - r), <=, 1);
        g_assert_cmpint (ABS (green - g), <=, 1);
        g_assert_cmpint (ABS (blue - b), <=, 1);
      }
}

static void test_tables (void)
{
  for (int r = 0; r < 256; r += 5)
    for (int g = 0; g < 256; g += 5)
      for (int b = 0; b < 256; b += 5) {
        guint16 bgr[3] = {(guint16) (b * 16), (guint16) (g * 16), (guint16) (r * 16)};
        LanmuLab fast, exact = lanmu_lab_from_srgb ((guint8) r, (guint8) g, (guint8) b);
        lanmu_lab_from_bgr16 (bgr, 1, &fast);
        g_assert_cmpfloat (fabs (fast.l - exact.l), <, 0.02);
        g_assert_cmpfloat (fabs (fast.a - exact.a), <, 0.02);
        g_assert_cmpfloat (fabs (fast.b - exact.b), <, 0.02);
      }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/picture/colour/sharma", test_sharma);
  g_test_add_func ("/picture/colour/srgb", test_srgb);
  g_test_add_func ("/picture/colour/there-and-back", test_there_and_back);
  g_test_add_func ("/picture/colour/tables", test_tables);
  return g_test_run ();
}
