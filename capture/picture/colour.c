/* Colour arithmetic: see the header. Tables are made once, by whoever comes first. */
#include "capture/picture/colour.h"

#include <math.h>
#include <pthread.h>

#define CHANNEL_STEPS 4081 /* 0..4080: 8 bits and 4 of a fraction */
#define ROOT_STEPS    4096
#define HALF_TURN     (180 + 1e-6) /* degrees: opposite hues are opposite whatever the last digit says */

static float linear_of[CHANNEL_STEPS];
static float root_of[ROOT_STEPS + 2];
static pthread_once_t tables_once = PTHREAD_ONCE_INIT;

static double to_linear (double value)
{
  return value <= 0.04045 ? value / 12.92 : pow ((value + 0.055) / 1.055, 2.4);
}

static double lab_root (double t)
{
  return t > 216.0 / 24389 ? cbrt (t) : (t * 24389.0 / 27 + 16) / 116;
}

static void make_tables (void)
{
  for (int i = 0; i < CHANNEL_STEPS; i++)
    linear_of[i] = (float) to_linear (i / 4080.0);
  for (int i = 0; i < ROOT_STEPS + 2; i++)
    root_of[i] = (float) lab_root ((double) i / ROOT_STEPS);
}

static inline float table_root (float t)
{
  float at = t * ROOT_STEPS;
  int i = (int) at;
  return root_of[i] + (root_of[i + 1] - root_of[i]) * (at - (float) i);
}

/* Linear sRGB → XYZ relative to the D65 white (IEC 61966-2-1), each 0..1. */
#define X_OF(r, g, b) (0.4339499f * (r) + 0.3762098f * (g) + 0.1898403f * (b))
#define Y_OF(r, g, b) (0.2126390f * (r) + 0.7151687f * (g) + 0.0721923f * (b))
#define Z_OF(r, g, b) (0.0177566f * (r) + 0.1094680f * (g) + 0.8727755f * (b))

void lanmu_lab_from_bgr16 (const guint16 *bgr, gsize count, LanmuLab *out)
{
  pthread_once (&tables_once, make_tables);
  for (gsize i = 0; i < count; i++, bgr += 3) {
    float b = linear_of[bgr[0]], g = linear_of[bgr[1]], r = linear_of[bgr[2]];
    float x = table_root (X_OF (r, g, b)), y = table_root (Y_OF (r, g, b)), z = table_root (Z_OF (r, g, b));
    out[i] = (LanmuLab){116 * y - 16, 500 * (x - y), 200 * (y - z)};
  }
}

LanmuLab lanmu_lab_from_srgb (guint8 red, guint8 green, guint8 blue)
{
  float r = (float) to_linear (red / 255.0), g = (float) to_linear (green / 255.0),
        b = (float) to_linear (blue / 255.0);
  double x = lab_root (X_OF (r, g, b)), y = lab_root (Y_OF (r, g, b)), z = lab_root (Z_OF (r, g, b));
  return (LanmuLab){(float) (116 * y - 16), (float) (500 * (x - y)), (float) (200 * (y - z))};
}

static guint8 to_srgb (double linear)
{
  double value = linear <= 0.0031308 ? linear * 12.92 : 1.055 * pow (linear, 1 / 2.4) - 0.055;
  return (guint8) lround (CLAMP (value, 0, 1) * 255);
}

static double lab_cube (double f)
{
  return f > 6.0 / 29 ? f * f * f : (116 * f - 16) * 27 / 24389;
}

void lanmu_lab_to_srgb (LanmuLab lab, guint8 *red, guint8 *green, guint8 *blue)
{
  double fy = (lab.l + 16) / 116.0;
  double x = lab_cube (fy + lab.a / 500) * 0.9504559, y = lab_cube (fy), z = lab_cube (fy - lab.b / 200) * 1.0890578;
  *red = to_srgb (3.2404542 * x - 1.5371385 * y - 0.4985314 * z);
  *green = to_srgb (-0.9692660 * x + 1.8760108 * y + 0.0415560 * z);
  *blue = to_srgb (0.0556434 * x - 0.2040259 * y + 1.0572252 * z);
}

static double degrees (double radians)
{
  return radians * 180 / G_PI;
}

static double radians (double angle)
{
  return angle * G_PI / 180;
}

static double hue_of (double a, double b)
{
  if (a == 0 && b == 0)
    return 0;
  double hue = degrees (atan2 (b, a));
  return hue < 0 ? hue + 360 : hue;
}

static double hue_difference (double h1, double h2)
{
  double difference = h2 - h1;
  if (difference > HALF_TURN)
    return difference - 360;
  return difference < -HALF_TURN ? difference + 360 : difference;
}

static double hue_mean (double h1, double h2)
{
  if (fabs (h1 - h2) <= HALF_TURN)
    return (h1 + h2) / 2;
  return h1 + h2 < 360 ? (h1 + h2 + 360) / 2 : (h1 + h2 - 360) / 2;
}

static double chroma_share (double chroma)
{
  double seventh = pow (chroma, 7);
  return sqrt (seventh / (seventh + 6103515625.0)); /* 25^7 */
}

double lanmu_delta_e2000 (LanmuLab one, LanmuLab two)
{
  double g = 0.5 * (1 - chroma_share ((hypot (one.a, one.b) + hypot (two.a, two.b)) / 2));
  double a1 = (1 + g) * one.a, a2 = (1 + g) * two.a;
  double c1 = hypot (a1, one.b), c2 = hypot (a2, two.b);
  double h1 = hue_of (a1, one.b), h2 = hue_of (a2, two.b);
  gboolean grey = c1 * c2 == 0;
  double dl = two.l - one.l, dc = c2 - c1;
  double dh = 2 * sqrt (c1 * c2) * sin (radians (grey ? 0 : hue_difference (h1, h2)) / 2);
  double l = (one.l + two.l) / 2, c = (c1 + c2) / 2, h = grey ? h1 + h2 : hue_mean (h1, h2);
  double t = 1 - 0.17 * cos (radians (h - 30)) + 0.24 * cos (radians (2 * h)) + 0.32 * cos (radians (3 * h + 6)) -
             0.20 * cos (radians (4 * h - 63));
  double off = (l - 50) * (l - 50);
  double sl = 1 + 0.015 * off / sqrt (20 + off), sc = 1 + 0.045 * c, sh = 1 + 0.015 * c * t;
  double turn = 30 * exp (-((h - 275) / 25) * ((h - 275) / 25));
  double rt = -2 * chroma_share (c) * sin (radians (2 * turn));
  dl /= sl, dc /= sc, dh /= sh;
  return sqrt (dl * dl + dc * dc + dh * dh + rt * dc * dh);
}
