/* See soft.h. A mask is a small A8 surface that lies on whole pixels of the picture below, so that blurring it costs
 * what it covers and no more. */
#include "capture/simcam/sitter/soft.h"

#include <math.h>

cairo_t *sim_soft_begin (SimSoft *self, cairo_t *onto, double x, double y, double right, double bottom, double margin)
{
  cairo_matrix_t matrix;
  cairo_get_matrix (onto, &matrix);
  self->onto = onto;
  self->unit = sqrt (fabs (matrix.xx * matrix.yy - matrix.xy * matrix.yx));
  const double corners[4][2] = {{x, y}, {right, y}, {x, bottom}, {right, bottom}};
  double least_x = G_MAXDOUBLE, least_y = G_MAXDOUBLE, most_x = -G_MAXDOUBLE, most_y = -G_MAXDOUBLE;
  for (int i = 0; i < 4; i++) {
    double px = corners[i][0], py = corners[i][1];
    cairo_matrix_transform_point (&matrix, &px, &py);
    least_x = MIN (least_x, px);
    most_x = MAX (most_x, px);
    least_y = MIN (least_y, py);
    most_y = MAX (most_y, py);
  }
  double edge = margin * self->unit + 2;
  int left = (int)floor (least_x - edge), top = (int)floor (least_y - edge);
  self->surface =
      cairo_image_surface_create (CAIRO_FORMAT_A8, (int)ceil (most_x + edge) - left, (int)ceil (most_y + edge) - top);
  cairo_surface_set_device_offset (self->surface, -left, -top);
  self->mask = cairo_create (self->surface);
  cairo_set_matrix (self->mask, &matrix);
  cairo_set_source_rgb (self->mask, 0, 0, 0);
  return self->mask;
}

void sim_soft_end (SimSoft *self, SimColour colour, double alpha, double deviation)
{
  g_clear_pointer (&self->mask, cairo_destroy);
  sim_blur (self->surface, deviation * self->unit);
  cairo_save (self->onto);
  cairo_identity_matrix (self->onto);
  sim_source (self->onto, colour, alpha);
  cairo_mask_surface (self->onto, self->surface, 0, 0);
  cairo_restore (self->onto);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
}

void sim_ellipse (cairo_t *cr, double x, double y, double wide, double high)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, MAX (wide, 1e-4), MAX (high, 1e-4));
  cairo_new_sub_path (cr);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (cr);
  cairo_fill (cr);
}

void sim_spot (cairo_t *cr, double x, double y, double wide, double high, SimColour colour, double alpha)
{
  g_autoptr (cairo_pattern_t) fade = cairo_pattern_create_radial (0, 0, 0, 0, 0, 1);
  for (int i = 0; i <= 6; i++) {
    double share = i / 6.0;
    cairo_pattern_add_color_stop_rgba (fade, share, colour.r, colour.g, colour.b,
                                       alpha * (exp (-4 * share * share) - exp (-4)) / (1 - exp (-4)));
  }
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, wide, high);
  cairo_set_source (cr, fade);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_fill (cr);
  cairo_restore (cr);
}

SimColour sim_mix (SimColour a, SimColour b, double part)
{
  return (SimColour){a.r + (b.r - a.r) * part, a.g + (b.g - a.g) * part, a.b + (b.b - a.b) * part};
}

SimColour sim_darker (SimColour colour, double factor)
{
  return (SimColour){colour.r * factor, colour.g * factor, colour.b * factor};
}

void sim_source (cairo_t *cr, SimColour colour, double alpha)
{
  cairo_set_source_rgba (cr, colour.r, colour.g, colour.b, alpha);
}
