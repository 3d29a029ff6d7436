/* See canvas.h. The blur: three running means across, then three down, on each channel. */
#include "capture/simcam/sitter/canvas.h"

#include <math.h>
#include <string.h>

SimCanvas sim_canvas_for (int width, int height)
{
  SimCanvas canvas = {.width = width, .height = height};
  canvas.scale = MIN (width / 480.0, height / 640.0);
  canvas.x = width / 2.0 - 240 * canvas.scale;
  canvas.y = height / 2.0 - 320 * canvas.scale;
  return canvas;
}

cairo_surface_t *sim_canvas_surface (const SimCanvas *self, cairo_format_t format)
{
  cairo_surface_t *surface = cairo_image_surface_create (format, self->width, self->height);
  if (cairo_surface_status (surface) != CAIRO_STATUS_SUCCESS)
    g_error ("no memory to paint %d × %d pixels", self->width, self->height);
  return surface;
}

cairo_t *sim_canvas_draw (const SimCanvas *self, cairo_surface_t *surface)
{
  cairo_t *cr = cairo_create (surface);
  cairo_translate (cr, self->x, self->y);
  cairo_scale (cr, self->scale, self->scale);
  return cr;
}

/* One running mean of 2·radius + 1 over `length` bytes that lie `step` apart; the ends are repeated. */
static void box (const guint8 *from, guint8 *to, int length, gsize step, int radius, guint8 *line)
{
  for (int i = 0; i < length; i++)
    line[i] = from[(gsize)i * step];
  guint window = 2u * (guint)radius + 1u, sum = 0;
  guint64 share = (1u << 24) / window;
  for (int i = -radius; i <= radius; i++)
    sum += line[CLAMP (i, 0, length - 1)];
  for (int i = 0; i < length; i++) {
    to[(gsize)i * step] = (guint8)((sum * share + (1u << 23)) >> 24);
    sum += line[MIN (i + radius + 1, length - 1)];
    sum -= line[MAX (i - radius, 0)];
  }
}

void sim_blur (cairo_surface_t *surface, double deviation)
{
  if (deviation < 0.3)
    return;
  int radius = MAX (1, (int)lround ((sqrt (4 * deviation * deviation + 1) - 1) / 2));
  int width = cairo_image_surface_get_width (surface), height = cairo_image_surface_get_height (surface);
  gsize stride = (gsize)cairo_image_surface_get_stride (surface);
  gsize channels = cairo_image_surface_get_format (surface) == CAIRO_FORMAT_A8 ? 1 : 4;
  cairo_surface_flush (surface);
  guint8 *data = cairo_image_surface_get_data (surface);
  g_autofree guint8 *line = g_malloc ((gsize)MAX (width, height));
  for (int pass = 0; pass < 3; pass++)
    for (gsize channel = 0; channel < channels; channel++) {
      for (int y = 0; y < height; y++)
        box (data + (gsize)y * stride + channel, data + (gsize)y * stride + channel, width, channels, radius, line);
      for (int x = 0; x < width; x++)
        box (data + (gsize)x * channels + channel, data + (gsize)x * channels + channel, height, stride, radius, line);
    }
  cairo_surface_mark_dirty (surface);
}
