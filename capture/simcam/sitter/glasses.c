/* Glasses stand on the nose a little before the eyes and turn with the head. */
#include "capture/simcam/sitter/torso.h"

#include <math.h>

typedef struct {
  cairo_t *cr;
  const SimLook *look;
  const SimStance *stance;
  double wide, high, roundness; /* halves of a lens, shares; exponent of its outline */
} Frame;

static void at (const Frame *f, double x, double y, double z, double *px, double *py)
{
  double width = f->look->width;
  SimPoint point = sim_stance_place (f->stance, (SimPoint){x * width, y * width, (z + 0.16) * width});
  *px = point.x;
  *py = point.y;
}

/* The rim from angle a to b (0 right, π/2 below), as points of a superellipse. */
static void rim (const Frame *f, double side, double a, double b)
{
  for (int i = 0; i <= 48; i++) {
    double angle = a + (b - a) * i / 48, c = cos (angle), s = sin (angle), px, py;
    double x = copysign (pow (fabs (c), f->roundness), c) * f->wide,
           y = copysign (pow (fabs (s), f->roundness), s) * f->high;
    at (f, side * f->look->eye_distance * 1.03 + x, 0.045 + y, -0.05 * fabs (x + side * 0.3), &px, &py);
    if (i == 0)
      cairo_move_to (f->cr, px, py);
    else
      cairo_line_to (f->cr, px, py);
  }
}

static void lens (const Frame *f, double side, const SimPose *pose)
{
  double px, py, unit = f->look->width * f->stance->size;
  cairo_save (f->cr);
  cairo_new_path (f->cr);
  rim (f, side, 0, 2 * G_PI);
  cairo_clip (f->cr);
  at (f, side * f->look->eye_distance - f->wide * 0.5, 0.045 - f->high * 0.7, 0, &px, &py);
  sim_spot (f->cr, px, py, unit * 0.20, unit * 0.11, (SimColour){1, 1, 1}, 0.16 * pose->light_left);
  at (f, side * f->look->eye_distance + f->wide * 0.6, 0.045 - f->high * 0.6, 0, &px, &py);
  sim_spot (f->cr, px, py, unit * 0.16, unit * 0.10, (SimColour){1, 1, 1}, 0.13 * pose->light_right);
  cairo_restore (f->cr);
}

static void bridge_and_arms (const Frame *f, double line)
{
  double inner = f->look->eye_distance * 1.03 - f->wide, outer = f->look->eye_distance * 1.03 + f->wide, p[6];
  at (f, -inner, 0.0, 0, &p[0], &p[1]);
  at (f, 0, -0.05, 0.04, &p[2], &p[3]);
  at (f, inner, 0.0, 0, &p[4], &p[5]);
  cairo_move_to (f->cr, p[0], p[1]);
  cairo_curve_to (f->cr, p[2], p[3], p[2], p[3], p[4], p[5]);
  for (int side = -1; side <= 1; side += 2) {
    at (f, side * outer, -0.01, -0.06, &p[0], &p[1]);
    at (f, side * MAX (outer + 0.01, 0.99), -0.02, -0.50, &p[2], &p[3]);
    cairo_move_to (f->cr, p[0], p[1]);
    cairo_line_to (f->cr, p[2], p[3]);
  }
  cairo_set_line_width (f->cr, line);
  cairo_stroke (f->cr);
}

void sim_glasses (cairo_t *cr, const SimLook *look, const SimStance *stance, const SimPose *pose)
{
  static const double shapes[][3] = {[SIM_FRAME_ROUND] = {0.325, 0.300, 1.0},
                                     [SIM_FRAME_OBLONG] = {0.350, 0.235, 0.55},
                                     [SIM_FRAME_HALF] = {0.345, 0.240, 0.62}};
  Frame f = {cr, look, stance, shapes[look->frame][0], shapes[look->frame][1], shapes[look->frame][2]};
  double unit = look->width * stance->size, line = unit * (look->frame_colour.r > 0.3 ? 0.020 : 0.034);
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (int side = -1; side <= 1; side += 2) {
    lens (&f, side, pose);
    SimSoft soft; /* the rim's shadow on the skin */
    Frame shadow = f;
    double x, y;
    at (&f, side * look->eye_distance, 0.08, 0, &x, &y);
    shadow.cr =
        sim_soft_begin (&soft, cr, x - 0.45 * unit, y - 0.4 * unit, x + 0.45 * unit, y + 0.4 * unit, 0.05 * unit);
    cairo_translate (shadow.cr, 0, 0.03 * unit);
    rim (&shadow, side, 0, 2 * G_PI);
    cairo_set_line_width (shadow.cr, line * 1.2);
    cairo_stroke (shadow.cr);
    sim_soft_end (&soft, (SimColour){0.30, 0.14, 0.10}, 0.30, 0.02 * unit);
    sim_source (cr, look->frame_colour, 1);
    cairo_new_path (cr);
    rim (&f, side, look->frame == SIM_FRAME_HALF ? G_PI * 0.97 : 0,
         look->frame == SIM_FRAME_HALF ? G_PI * 2.03 : 2 * G_PI);
    cairo_set_line_width (cr, line);
    cairo_stroke (cr);
    if (look->frame == SIM_FRAME_HALF) {
      rim (&f, side, 0, G_PI);
      sim_source (cr, (SimColour){0.85, 0.88, 0.9}, 0.35);
      cairo_set_line_width (cr, line * 0.4);
      cairo_stroke (cr);
    }
  }
  sim_source (cr, look->frame_colour, 1);
  bridge_and_arms (&f, line);
}
