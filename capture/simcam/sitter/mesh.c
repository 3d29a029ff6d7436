/* Triangles are filled row by row on a grid twice as fine as the canvas. The raster covers the canvas's rows and
 * columns only as far as the meshes reach, but is allocated whole: its pages are touched only where something is drawn.
 */
#include "capture/simcam/sitter/mesh.h"

#include <math.h>
#include <string.h>

#define FINE 2

struct SimRaster {
  SimCanvas canvas;
  int width, height;
  guint32 *pixels; /* premultiplied */
  float *depth;
  int left, top, right, bottom; /* what was touched, in fine pixels, right and bottom outside */
};

SimMesh sim_mesh_new (int columns, int rows)
{
  return (SimMesh){columns, rows, g_new0 (SimVertex, (gsize)columns * (gsize)rows)};
}

void sim_mesh_clear (SimMesh *self)
{
  g_clear_pointer (&self->vertices, g_free);
}

SimRaster *sim_raster_new (const SimCanvas *canvas)
{
  SimRaster *self = g_new0 (SimRaster, 1);
  self->canvas = *canvas;
  self->width = canvas->width * FINE;
  self->height = canvas->height * FINE;
  gsize count = (gsize)self->width * (gsize)self->height;
  self->pixels = g_new0 (guint32, count);
  self->depth = g_new0 (float, count); /* 0 is farthest: see place () */
  self->left = self->width;
  self->top = self->height;
  return self;
}

void sim_raster_free (SimRaster *self)
{
  g_free (self->pixels);
  g_free (self->depth);
  g_free (self);
}

/* The texture between its pixels: premultiplied channels as 0..255 floats, alpha last. */
static void sample (const guint8 *data, int stride, int width, int height, float u, float v, float out[4])
{
  u = CLAMP (u, 0, (float)width - 1.01f);
  v = CLAMP (v, 0, (float)height - 1.01f);
  int x = (int)u, y = (int)v;
  float a = u - (float)x, b = v - (float)y;
  const guint8 *p = data + (gsize)y * (gsize)stride + (gsize)x * 4, *q = p + stride;
  for (int i = 0; i < 4; i++) {
    float upper = p[i] + (p[i + 4] - p[i]) * a, lower = q[i] + (q[i + 4] - q[i]) * a;
    out[i] = upper + (lower - upper) * b;
  }
}

typedef struct {
  const guint8 *data;
  int stride, width, height;
} Texture;

static inline guint32 channel (float value, float most)
{
  return (guint32)(CLAMP (value, 0, most) + 0.5f);
}

static void blend (guint32 *pixel, const float texel[4], const SimVertex *at)
{
  float alpha = texel[3], keep = 1 - alpha / 255;
  float gloss = at->gloss * alpha;
  guint32 old = *pixel;
  float b = texel[0] * at->light[2] + gloss, g = texel[1] * at->light[1] + gloss, r = texel[2] * at->light[0] + gloss;
  guint32 ca = channel (alpha + (float)(old >> 24) * keep, 255);
  guint32 cr = channel (MIN (r, alpha) + (float)(old >> 16 & 0xff) * keep, (float)ca);
  guint32 cg = channel (MIN (g, alpha) + (float)(old >> 8 & 0xff) * keep, (float)ca);
  guint32 cb = channel (MIN (b, alpha) + (float)(old & 0xff) * keep, (float)ca);
  *pixel = ca << 24 | cr << 16 | cg << 8 | cb;
}

static void touch (SimRaster *self, int left, int top, int right, int bottom)
{
  self->left = MIN (self->left, left);
  self->top = MIN (self->top, top);
  self->right = MAX (self->right, right);
  self->bottom = MAX (self->bottom, bottom);
}

/* A value over a triangle: at its first corner, and how it changes a pixel to the right and a pixel down. */
typedef struct {
  float start, right, down;
} Plane;

enum { FIELD_Z = 2, FIELD_COUNT = sizeof (SimVertex) / sizeof (float) };

typedef struct {
  float x, y; /* first corner */
  Plane field[FIELD_COUNT];
} Slope;

static void slope_of (Slope *slope, const SimVertex *a, const SimVertex *b, const SimVertex *c, float area)
{
  const float *fa = &a->x, *fb = &b->x, *fc = &c->x;
  slope->x = a->x;
  slope->y = a->y;
  for (int i = FIELD_Z; i < FIELD_COUNT; i++) {
    float ab = fb[i] - fa[i], ac = fc[i] - fa[i];
    slope->field[i] = (Plane){fa[i], (ab * (c->y - a->y) - ac * (b->y - a->y)) / area,
                              (ac * (b->x - a->x) - ab * (c->x - a->x)) / area};
  }
}

static inline float value_at (const Slope *slope, int field, float dx, float dy)
{
  const Plane *plane = &slope->field[field];
  return plane->start + plane->right * dx + plane->down * dy;
}

static void shade_pixel (SimRaster *self, const Texture *texture, const Slope *slope, int x, int y)
{
  gsize place = (gsize)y * (gsize)self->width + (gsize)x;
  float dx = (float)x + 0.5f - slope->x, dy = (float)y + 0.5f - slope->y, depth = value_at (slope, FIELD_Z, dx, dy);
  if (depth <= self->depth[place])
    return;
  SimVertex at;
  for (int i = FIELD_Z; i < FIELD_COUNT; i++)
    (&at.x)[i] = value_at (slope, i, dx, dy);
  float texel[4];
  sample (texture->data, texture->stride, texture->width, texture->height, at.u, at.v, texel);
  if (texel[3] < 1)
    return;
  self->depth[place] = depth;
  blend (&self->pixels[place], texel, &at);
}

/* Narrows from..to to where the edge a → b has the row's pixels on its right side (looking along it with y down). */
static void narrow (const SimVertex *a, const SimVertex *b, float y, float *from, float *to)
{
  float rise = b->y - a->y, run = b->x - a->x;
  if (rise == 0) {
    if (run * (y - a->y) < 0)
      *to = *from - 1;
    return;
  }
  float cross = a->x + run * (y - a->y) / rise;
  if (rise < 0)
    *from = MAX (*from, cross);
  else
    *to = MIN (*to, cross);
}

static void draw_triangle (SimRaster *self, const Texture *texture, const SimVertex *a, const SimVertex *b,
                           const SimVertex *c)
{
  float area = (b->x - a->x) * (c->y - a->y) - (c->x - a->x) * (b->y - a->y);
  if (area <= 1e-6f)
    return; /* seen from behind */
  float least = MIN (a->x, MIN (b->x, c->x)), most = MAX (a->x, MAX (b->x, c->x));
  int top = MAX (0, (int)floorf (MIN (a->y, MIN (b->y, c->y)))),
      bottom = MIN (self->height, (int)ceilf (MAX (a->y, MAX (b->y, c->y))) + 1);
  Slope slope;
  slope_of (&slope, a, b, c, area);
  for (int y = top; y < bottom; y++) {
    float from = least, to = most, middle = (float)y + 0.5f;
    narrow (a, b, middle, &from, &to);
    narrow (b, c, middle, &from, &to);
    narrow (c, a, middle, &from, &to);
    int left = MAX (0, (int)ceilf (from - 0.5f)), right = MIN (self->width - 1, (int)floorf (to - 0.5f));
    if (left > right)
      continue;
    touch (self, left, y, right + 1, y + 1);
    for (int x = left; x <= right; x++)
      shade_pixel (self, texture, &slope, x, y);
  }
}

/* A vertex in fine pixels; depths are made positive so that an empty raster is farthest. */
static SimVertex place (const SimRaster *self, const SimVertex *vertex, double bias)
{
  SimVertex at = *vertex;
  at.x = (float)((self->canvas.x + self->canvas.scale * vertex->x) * FINE);
  at.y = (float)((self->canvas.y + self->canvas.scale * vertex->y) * FINE);
  at.z = (float)(vertex->z + bias + 10000);
  return at;
}

void sim_raster_draw (SimRaster *self, const SimMesh *mesh, cairo_surface_t *texture, double bias)
{
  cairo_surface_flush (texture);
  Texture t = {cairo_image_surface_get_data (texture), cairo_image_surface_get_stride (texture),
               cairo_image_surface_get_width (texture), cairo_image_surface_get_height (texture)};
  gsize count = (gsize)mesh->columns * (gsize)mesh->rows;
  g_autofree SimVertex *placed = g_new (SimVertex, count);
  for (gsize i = 0; i < count; i++)
    placed[i] = place (self, &mesh->vertices[i], bias);
  for (int row = 0; row + 1 < mesh->rows; row++)
    for (int column = 0; column + 1 < mesh->columns; column++) {
      const SimVertex *a = &placed[row * mesh->columns + column], *b = a + 1, *c = a + mesh->columns, *d = c + 1;
      draw_triangle (self, &t, a, b, c);
      draw_triangle (self, &t, b, d, c);
    }
}

/* Four fine pixels to one. */
static guint32 gather (const SimRaster *self, int x, int y)
{
  guint32 sums[4] = {2, 2, 2, 2};
  for (int i = 0; i < FINE * FINE; i++) {
    guint32 pixel = self->pixels[(gsize)(y * FINE + i / FINE) * (gsize)self->width + (gsize)(x * FINE + i % FINE)];
    for (int k = 0; k < 4; k++)
      sums[k] += pixel >> (8 * k) & 0xff;
  }
  return sums[3] / 4 << 24 | sums[2] / 4 << 16 | sums[1] / 4 << 8 | sums[0] / 4;
}

void sim_raster_finish (SimRaster *self, cairo_surface_t *onto)
{
  int left = self->left / FINE, top = self->top / FINE;
  int right = MIN (self->canvas.width, (self->right + 1) / FINE),
      bottom = MIN (self->canvas.height, (self->bottom + 1) / FINE);
  if (left >= right || top >= bottom)
    return;
  g_autoptr (cairo_surface_t) part = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, right - left, bottom - top);
  guint8 *data = cairo_image_surface_get_data (part);
  int stride = cairo_image_surface_get_stride (part);
  for (int y = top; y < bottom; y++) {
    guint32 *row = (guint32 *)(void *)(data + (gsize)(y - top) * (gsize)stride);
    for (int x = left; x < right; x++)
      row[x - left] = gather (self, x, y);
  }
  cairo_surface_mark_dirty (part);
  g_autoptr (cairo_t) cr = cairo_create (onto);
  cairo_set_source_surface (cr, part, left, top);
  cairo_paint (cr);
}
