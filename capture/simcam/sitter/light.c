/* See light.h. Light is reckoned linearly and applied to stored values through the exponent 1/2.2; red passes round an
 * edge farther than blue does, which is what makes skin look like skin. */
#include "capture/simcam/sitter/light.h"

#include <math.h>

#define ROOM  0.20 /* share of light that comes from everywhere */
#define REACH 400  /* crop pixels from the middle to where one lamp does nearly all */

double sim_light_flat (const SimPose *pose, double x)
{
  double left = CLAMP (0.5 - 0.5 * (x - 240) / REACH, 0.1, 0.9);
  double light = ROOM + (1 - ROOM) * (pose->light_left * left + pose->light_right * (1 - left));
  return pow (light, 1 / 2.2);
}

void sim_light_surface (cairo_surface_t *surface, const SimCanvas *canvas, const SimPose *pose)
{
  if (pose->light_left == 1 && pose->light_right == 1)
    return;
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface),
      stride = cairo_image_surface_get_stride (surface);
  gboolean opaque = cairo_image_surface_get_format (surface) == CAIRO_FORMAT_RGB24;
  g_autofree guint *factors = g_new (guint, width);
  for (int x = 0; x < width; x++)
    factors[x] = (guint)lround (256 * sim_light_flat (pose, (x + 0.5 - canvas->x) / canvas->scale));
  cairo_surface_flush (surface);
  guint8 *data = cairo_image_surface_get_data (surface);
  for (int y = 0; y < height; y++) {
    guint32 *row = (guint32 *)(void *)(data + (gsize)y * (gsize)stride);
    for (int x = 0; x < width; x++) {
      guint32 pixel = row[x], most = opaque ? 255 : pixel >> 24;
      guint32 r = MIN (most, (pixel >> 16 & 0xff) * factors[x] >> 8),
              g = MIN (most, (pixel >> 8 & 0xff) * factors[x] >> 8), b = MIN (most, (pixel & 0xff) * factors[x] >> 8);
      row[x] = (pixel & 0xff000000u) | r << 16 | g << 8 | b;
    }
  }
  cairo_surface_mark_dirty (surface);
}

typedef struct {
  double x, y, z;
} Vector;

static Vector unit (Vector v)
{
  double length = sqrt (v.x * v.x + v.y * v.y + v.z * v.z);
  return length > 0 ? (Vector){v.x / length, v.y / length, v.z / length} : (Vector){0, 0, 1};
}

static double dot (Vector a, Vector b)
{
  return a.x * b.x + a.y * b.y + a.z * b.z;
}

static Vector normal_at (const SimMesh *mesh, int row, int column)
{
  int left = MAX (column - 1, 0), right = MIN (column + 1, mesh->columns - 1), up = MAX (row - 1, 0),
      down = MIN (row + 1, mesh->rows - 1);
  const SimVertex *l = &mesh->vertices[row * mesh->columns + left], *r = &mesh->vertices[row * mesh->columns + right];
  const SimVertex *u = &mesh->vertices[up * mesh->columns + column],
                  *d = &mesh->vertices[down * mesh->columns + column];
  Vector across = {r->x - l->x, r->y - l->y, r->z - l->z}, along = {d->x - u->x, d->y - u->y, d->z - u->z};
  return unit ((Vector){across.y * along.z - across.z * along.y, across.z * along.x - across.x * along.z,
                        across.x * along.y - across.y * along.x});
}

static double lamp (Vector normal, Vector direction, double wrap)
{
  return MAX (0, (dot (normal, direction) + wrap) / (1 + wrap));
}

static const Vector left_lamp = {-0.60, -0.28, 0.749}, right_lamp = {0.60, -0.28, 0.749};

static double received (Vector n, const SimPose *pose, double wrap)
{
  double facing = (left_lamp.z + wrap) / (1 + wrap);
  double lamps =
      (pose->light_left * lamp (n, left_lamp, wrap) + pose->light_right * lamp (n, right_lamp, wrap)) / (2 * facing);
  double room = 0.80 - 0.30 * n.y + 0.20 * MAX (0, n.z);
  return ROOM * room + (1 - ROOM) * lamps;
}

static double shine (Vector n, const SimPose *pose, double sharpness)
{
  Vector left_half = unit ((Vector){left_lamp.x, left_lamp.y, left_lamp.z + 1}),
         right_half = unit ((Vector){right_lamp.x, right_lamp.y, right_lamp.z + 1});
  return pose->light_left * pow (MAX (0, dot (n, left_half)), sharpness) +
         pose->light_right * pow (MAX (0, dot (n, right_half)), sharpness);
}

static void light_skin (SimVertex *vertex, Vector n, const SimPose *pose)
{
  static const double wraps[3] = {0.36, 0.27, 0.22};
  for (int i = 0; i < 3; i++)
    vertex->light[i] = (float)pow (received (n, pose, wraps[i]), 1 / 2.2);
  vertex->gloss = (float)(9 / 255.0 * shine (n, pose, 26));
}

static void light_hair (SimVertex *vertex, Vector n, const SimPose *pose)
{
  double sheen = exp (-pow ((n.y + 0.62) / 0.17, 2)) * (0.35 + 0.65 * fabs (n.x)) *
                 (pose->light_left * MAX (0, 0.5 - n.x) + pose->light_right * MAX (0, 0.5 + n.x));
  for (int i = 0; i < 3; i++)
    vertex->light[i] = (float)(pow (received (n, pose, 0.3), 1 / 2.2) * (1 + 1.3 * sheen));
  vertex->gloss = (float)(10 / 255.0 * sheen);
}

void sim_light_mesh (SimMesh *mesh, const SimPose *pose, SimMatter matter)
{
  for (int row = 0; row < mesh->rows; row++)
    for (int column = 0; column < mesh->columns; column++) {
      SimVertex *vertex = &mesh->vertices[row * mesh->columns + column];
      Vector normal = normal_at (mesh, row, column);
      if (matter == SIM_MATTER_SKIN)
        light_skin (vertex, normal, pose);
      else
        light_hair (vertex, normal, pose);
    }
}
