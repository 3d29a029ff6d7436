/* See paint.h. A plain head: shape and colour by seed. */
#include "capture/simcam/paint.h"

static void ellipse (cairo_t *cr, double x, double y, double rx, double ry, SimColour colour)
{
  cairo_save (cr);
  cairo_translate (cr, x, y);
  cairo_scale (cr, rx, ry);
  cairo_arc (cr, 0, 0, 1, 0, 2 * G_PI);
  cairo_restore (cr);
  cairo_set_source_rgb (cr, colour.r, colour.g, colour.b);
  cairo_fill (cr);
}

cairo_surface_t *sim_paint_backdrop (const SimCanvas *canvas, guint sitter, const SimPose *pose)
{
  cairo_surface_t *surface = sim_canvas_surface (canvas, CAIRO_FORMAT_RGB24);
  g_autoptr (cairo_t) cr = cairo_create (surface);
  g_autoptr (cairo_pattern_t) wash = cairo_pattern_create_linear (0, 0, canvas->width, 0);
  const double lamps[] = { pose->light_left, (pose->light_left + pose->light_right) / 2, pose->light_right };
  for (int i = 0; i < 3; i++)
    cairo_pattern_add_color_stop_rgb (wash, i / 2.0, MIN (1, pose->backdrop.r * lamps[i]), MIN (1, pose->backdrop.g * lamps[i]),
                                      MIN (1, pose->backdrop.b * lamps[i]));
  cairo_set_source (cr, wash);
  cairo_paint (cr);
  return surface;
}

cairo_surface_t *sim_paint_person (const SimCanvas *canvas, guint sitter, const SimPose *pose)
{
  cairo_surface_t *surface = sim_canvas_surface (canvas, CAIRO_FORMAT_ARGB32);
  if (pose->empty)
    return surface;
  g_autoptr (cairo_t) cr = sim_canvas_draw (canvas, surface);
  double warm = (sitter * 37 % 20) / 100.0;
  SimColour skin = { 0.93 - warm / 2, 0.77 - warm / 2, 0.66 - warm / 2 }, hair = { 0.12, 0.10, 0.09 };
  SimColour cloth = { 0.2 + sitter * 53 % 60 / 100.0, 0.2, 0.25 };
  cairo_translate (cr, 240 + pose->shift_x, 250 + pose->shift_y);
  cairo_scale (cr, pose->size, pose->size);
  ellipse (cr, 0, 400, 290, 210, cloth);
  ellipse (cr, 0, 160, 60, 110, skin);
  ellipse (cr, 0, -10, 122, 160, hair);
  ellipse (cr, 0, 25, 112, 142, skin);
  for (int side = -1; side <= 1; side += 2) {
    ellipse (cr, side * 52, 0, 22, 0.5 + 9 * pose->eyes, (SimColour){ 0.95, 0.94, 0.92 });
    ellipse (cr, side * 52, 0, 10, 0.5 + 8.5 * pose->eyes, hair);
    ellipse (cr, side * 52, -30, 28, 4, hair);
  }
  ellipse (cr, 0, 108, 34, 9, (SimColour){ 0.75, 0.42, 0.40 });
  return surface;
}
