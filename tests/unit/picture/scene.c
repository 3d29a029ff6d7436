#include "tests/unit/picture/scene.h"

#include <math.h>
#include "capture/picture/crop.h"

typedef struct {
  double r, g, b; /* linear, 0..1 */
} Light;

static Light from_srgb (int r, int g, int b)
{
  double value[3] = {r / 255.0, g / 255.0, b / 255.0};
  for (int c = 0; c < 3; c++)
    value[c] = value[c] <= 0.04045 ? value[c] / 12.92 : pow ((value[c] + 0.055) / 1.055, 2.4);
  return (Light){value[0], value[1], value[2]};
}

static guint8 to_srgb (double linear, int noise)
{
  double value = linear <= 0.0031308 ? linear * 12.92 : 1.055 * pow (linear, 1 / 2.4) - 0.055;
  return (guint8) CLAMP (lround (value * 255) + noise, 0, 255);
}

static Light lit (Light colour, double light)
{
  return (Light){colour.r * light, colour.g * light, colour.b * light};
}

static gboolean in_ellipse (double x, double y, double cx, double cy, double rx, double ry)
{
  double dx = (x - cx) / rx, dy = (y - cy) / ry;
  return dx * dx + dy * dy < 1;
}

static double blob (double x, double y, double cx, double cy, double size)
{
  return exp (-((x - cx) * (x - cx) + (y - cy) * (y - cy)) / (2 * size * size));
}

static Light backdrop_at (const SceneSpec *spec, double x, double y)
{
  Light colour = spec->r + spec->g + spec->b > 0 ? from_srgb (spec->r, spec->g, spec->b) : from_srgb (100, 197, 255);
  double light = (1 + spec->side * (x - 240) / 240) * (1 + spec->down * (y - 320) / 320);
  light *= 1 - spec->shadow * blob (x, y, 385, 230, 45);
  light *= 1 + spec->hot * blob (x, y, 110, 120, 60);
  return lit (colour, light);
}

/* x, y: crop pixels, upright. */
static Light scene_at (const SceneSpec *spec, double x, double y)
{
  gboolean dark_coat = spec->coat_r + spec->coat_g + spec->coat_b == 0;
  if (!spec->nobody && in_ellipse (x, y, 240, 290, 92, 130))
    return from_srgb (222, 178, 152);
  if (!spec->nobody && in_ellipse (x, y, 240, 235, 112, 150) && y < 330)
    return from_srgb (28, 24, 22);
  if (!spec->nobody && (in_ellipse (x, y, 240, 690, 230, 190) || (y > 380 && fabs (x - 240) < 55)))
    return dark_coat ? from_srgb (40, 42, 50) : from_srgb (spec->coat_r, spec->coat_g, spec->coat_b);
  if (spec->stand > 0 && x < spec->stand * 480)
    return from_srgb (60, 50, 45);
  if (spec->room)
    return from_srgb (40 + (int) (fabs (x) / 37) % 5 * 45, 60 + (int) (fabs (y) / 53) % 4 * 40, 30 + (int) (fabs (x + y) / 71) % 3 * 60);
  return backdrop_at (spec, x, y);
}

LanmuFrame *scene_new (const SceneSpec *spec)
{
  int width = spec->width > 0 ? spec->width : 960, height = spec->height > 0 ? spec->height : 640;
  gsize stride = ((gsize) width * 4 + 63) / 64 * 64;
  guint8 *pixels = g_malloc0 (stride * (gsize) height);
  LanmuCrop crop = lanmu_crop_for_frame (width, height, spec->orientation);
  guint32 random = 1;
  for (int row = 0; row < height; row++)
    for (int column = 0; column < width; column++) {
      double x, y;
      guint8 *pixel = pixels + (gsize) row * stride + (gsize) column * 4;
      lanmu_crop_from_frame (&crop, column + 0.5, row + 0.5, &x, &y);
      Light light = scene_at (spec, x, y);
      random = random * 1664525u + 1013904223u;
      int noise = spec->noise > 0 ? (int) (random >> 16) % (2 * spec->noise + 1) - spec->noise : 0;
      pixel[0] = to_srgb (light.b, noise);
      pixel[1] = to_srgb (light.g, noise);
      pixel[2] = to_srgb (light.r, noise);
      pixel[3] = 255;
    }
  g_autoptr (GBytes) bytes = g_bytes_new_take (pixels, stride * (gsize) height);
  return lanmu_frame_new_for_bytes (bytes, width, height, stride);
}
