/* Neck and ears: skin that is not on the relief of the head. */
#include "capture/simcam/sitter/torso.h"

#include <math.h>
#include <stdlib.h>

static void neck_outline (cairo_t *cr, const SimLook *look)
{
  double w = look->neck * look->width, c = look->chin;
  cairo_new_path (cr);
  cairo_move_to (cr, -w * 1.04, c * 0.35);
  cairo_curve_to (cr, -w, c * 0.8, -w * 0.98, c + 2, -w * 1.06, c + 20);
  cairo_curve_to (cr, -w * 1.12, c + 34, -w * 1.3, c + 44, -w * 1.45, c + 60);
  cairo_line_to (cr, -w * 1.2, c + 130);
  cairo_line_to (cr, w * 1.2, c + 130);
  cairo_line_to (cr, w * 1.45, c + 60);
  cairo_curve_to (cr, w * 1.3, c + 44, w * 1.12, c + 34, w * 1.06, c + 20);
  cairo_curve_to (cr, w * 0.98, c + 2, w, c * 0.8, w * 1.04, c * 0.35);
  cairo_close_path (cr);
}

static void jaw_shadow (cairo_t *cr, const SimLook *look, SimColour shade)
{
  SimSoft soft;
  double w = look->neck * look->width;
  cairo_t *mask = sim_soft_begin (&soft, cr, -w * 1.4, look->chin * 0.3, w * 1.4, look->chin + 60, 30);
  cairo_move_to (mask, -w * 1.4, look->chin * 0.3);
  for (int i = -20; i <= 20; i++) {
    double x = i / 20.0 * w * 1.4, y = look->chin;
    while (y > 0 && sim_head_half_width (look, y) < fabs (x))
      y -= 2;
    cairo_line_to (mask, x * 0.97, y + 26 - 10 * abs (i) / 20.0);
  }
  cairo_line_to (mask, w * 1.4, look->chin * 0.3);
  cairo_close_path (mask);
  cairo_fill (mask);
  sim_soft_end (&soft, shade, 0.72, 8);
}

void sim_torso_neck (cairo_t *cr, const SimLook *look)
{
  double w = look->neck * look->width, c = look->chin;
  SimColour skin = sim_mix (look->skin, (SimColour){0.86, 0.62, 0.50}, 0.18),
            shade = sim_mix (sim_darker (look->skin, 0.52), (SimColour){0.42, 0.20, 0.14}, 0.3);
  cairo_save (cr);
  neck_outline (cr, look);
  cairo_clip (cr);
  sim_source (cr, sim_darker (skin, 0.96), 1);
  cairo_paint (cr);
  g_autoptr (cairo_pattern_t) round = cairo_pattern_create_linear (-w * 1.08, 0, w * 1.08, 0);
  const double stops[][2] = {{0, 0.72}, {0.14, 0.34}, {0.34, 0.06}, {0.5, 0.10}, {0.66, 0.06}, {0.86, 0.34}, {1, 0.72}};
  for (gsize i = 0; i < G_N_ELEMENTS (stops); i++)
    cairo_pattern_add_color_stop_rgba (round, stops[i][0], shade.r, shade.g, shade.b, stops[i][1]);
  g_autoptr (cairo_pattern_t) fade = cairo_pattern_create_linear (0, c - 10, 0, c + 46);
  cairo_pattern_add_color_stop_rgba (fade, 0, 0, 0, 0, 1);
  cairo_pattern_add_color_stop_rgba (fade, 1, 0, 0, 0, 0);
  cairo_set_source (cr, round);
  cairo_mask (cr, fade);
  for (int side = -1; side <= 1; side += 2) { /* the muscles that run to the breastbone; the collar bones */
    sim_spot (cr, side * w * 0.42, c + 34, w * 0.16, 44, sim_mix (skin, (SimColour){1, 0.95, 0.9}, 0.5), 0.35);
    sim_spot (cr, side * w * 0.20, c + 44, w * 0.14, 34, shade, 0.34);
    sim_spot (cr, side * w * 1.2, c + 50, w * 0.9, 10, shade, 0.30);
    sim_spot (cr, side * w * 1.15, c + 62, w * 0.8, 9, sim_mix (skin, (SimColour){1, 0.95, 0.9}, 0.5), 0.3);
  }
  sim_spot (cr, 0, c + 58, w * 0.22, 14, shade, 0.45);
  jaw_shadow (cr, look, shade);
  cairo_restore (cr);
}

typedef struct {
  const SimLook *look;
  const SimStance *stance;
  double side;
  double front; /* how far the drawing reaches towards the face: far under the head, or to the ear's own edge */
} EarFrame;

/* Ear coordinates: x outwards 0..1 of what stands out, y -1 top .. 1 lobe. */
static void at (const EarFrame *ear, double x, double y, double *px, double *py)
{
  const SimLook *look = ear->look;
  double middle = look->nose_end * look->chin * 0.42, half = look->ear_length * look->width * 0.5;
  double head_x = ear->side * (look->width * (0.955 - 0.035 * y) + x * look->width * look->ear_out * 1.3);
  SimPoint point =
      sim_stance_place (ear->stance, (SimPoint){head_x, middle + y * half, -look->width * (0.85 + 0.2 * x)});
  *px = point.x;
  *py = point.y;
}

static void ear_curve (cairo_t *cr, const EarFrame *ear, double ax, double ay, double bx, double by, double cx,
                       double cy)
{
  double p[6];
  at (ear, ax, ay, &p[0], &p[1]);
  at (ear, bx, by, &p[2], &p[3]);
  at (ear, cx, cy, &p[4], &p[5]);
  cairo_curve_to (cr, p[0], p[1], p[2], p[3], p[4], p[5]);
}

static void ear_move (cairo_t *cr, const EarFrame *ear, double x, double y)
{
  double px, py;
  at (ear, x, y, &px, &py);
  cairo_new_path (cr);
  cairo_move_to (cr, px, py);
}

static void ear_outline (cairo_t *cr, const EarFrame *ear)
{
  ear_move (cr, ear, ear->front, -0.62);
  ear_curve (cr, ear, ear->front * 0.5, -1.12, 0.95, -1.10, 1.0, -0.52);
  ear_curve (cr, ear, 1.02, -0.05, 0.62, 0.30, 0.42, 0.62);
  ear_curve (cr, ear, 0.34, 1.02, ear->front * 0.3, 1.10, ear->front * 0.75, 0.80);
  ear_curve (cr, ear, ear->front * 0.6, 0.3, ear->front * 0.6, -0.3, ear->front, -0.62);
  cairo_close_path (cr);
}

static void ear_stroke (cairo_t *cr, SimColour colour, double alpha, double width)
{
  sim_source (cr, colour, alpha);
  cairo_set_line_width (cr, width);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  cairo_stroke (cr);
}

void sim_torso_ear (cairo_t *cr, const SimLook *look, const SimStance *stance, int side, gboolean near)
{
  SimColour skin = sim_darker (sim_mix (look->skin, (SimColour){0.88, 0.48, 0.40}, 0.26), 0.90),
            shade = sim_mix (sim_darker (look->skin, 0.5), (SimColour){0.42, 0.16, 0.12}, 0.4);
  double unit = look->width * stance->size * look->ear_out, x, y;
  EarFrame ear = {look, stance, side, near ? -0.30 : -1.2};
  ear_outline (cr, &ear);
  sim_source (cr, skin, 1);
  cairo_fill_preserve (cr);
  cairo_save (cr);
  cairo_clip_preserve (cr);
  ear_stroke (cr, shade, 0.35, unit * 0.28);
  ear_move (cr, &ear, -0.2, -0.72);
  ear_curve (cr, &ear, 0.4, -0.85, 0.68, -0.60, 0.60, -0.20);
  ear_curve (cr, &ear, 0.55, 0.1, 0.25, 0.3, 0.1, 0.42);
  ear_stroke (cr, shade, 0.42, unit * 0.22);
  at (&ear, 0.0, 0.0, &x, &y);
  sim_spot (cr, x, y, unit * 0.75, look->ear_length * look->width * 0.26 * stance->size, shade, 0.75);
  at (&ear, 0.85, -0.55, &x, &y);
  sim_spot (cr, x, y, unit * 0.5, unit * 1.6, sim_mix (look->skin, (SimColour){1, 0.9, 0.85}, 0.5), 0.4);
  cairo_restore (cr);
  cairo_new_path (cr);
}
