/* Clothes: one body of cloth with folds, and on it what makes a shirt, a jacket, a T-shirt, a hoodie or a polo of it.
 */
#include "capture/simcam/sitter/torso.h"

#include <math.h>

typedef struct {
  cairo_t *cr;
  const SimLook *look;
  double w, c; /* half width of the neck, chin */
  SimColour cloth, dark, light;
} Tailor;

static void body_outline (const Tailor *t, double neck_y, double neck_x)
{
  cairo_t *cr = t->cr;
  double s = t->look->shoulders, c = t->c;
  cairo_new_path (cr);
  cairo_move_to (cr, -neck_x, neck_y);
  cairo_curve_to (cr, -neck_x - 34, c + 38, -s * 0.62, c + 58, -s * 0.82, c + 84);
  cairo_curve_to (cr, -s * 0.98, c + 106, -s * 1.06, c + 150, -s * 1.10, c + 220);
  cairo_line_to (cr, -s * 1.20, c + 900);
  cairo_line_to (cr, s * 1.20, c + 900);
  cairo_line_to (cr, s * 1.10, c + 220);
  cairo_curve_to (cr, s * 1.06, c + 150, s * 0.98, c + 106, s * 0.82, c + 84);
  cairo_curve_to (cr, s * 0.62, c + 58, neck_x + 34, c + 38, neck_x, neck_y);
}

static void soft_line (const Tailor *t, double ax, double ay, double bx, double by, double cx, double cy, double width,
                       SimColour colour, double alpha, double blur)
{
  SimSoft soft;
  double left = MIN (ax, MIN (bx, cx)), right = MAX (ax, MAX (bx, cx)), top = MIN (ay, MIN (by, cy)),
         bottom = MAX (ay, MAX (by, cy));
  cairo_t *mask = sim_soft_begin (&soft, t->cr, left, top, right, bottom, width + 3 * blur);
  cairo_move_to (mask, ax, ay);
  cairo_curve_to (mask, ax + (bx - ax) * 0.67, ay + (by - ay) * 0.67, cx + (bx - cx) * 0.67, cy + (by - cy) * 0.67, cx,
                  cy);
  cairo_set_line_width (mask, width);
  cairo_set_line_cap (mask, CAIRO_LINE_CAP_ROUND);
  cairo_stroke (mask);
  sim_soft_end (&soft, colour, alpha, blur);
}

static void folds (const Tailor *t)
{
  SimRandom random = sim_random (t->look->seed, 51);
  double s = t->look->shoulders, c = t->c;
  for (int side = -1; side <= 1; side += 2) {
    sim_spot (t->cr, side * s * 1.05, c + 190, s * 0.42, 190, t->dark, 0.50);
    sim_spot (t->cr, side * s * 0.50, c + 80, s * 0.42, 36, t->light, 0.30);
    soft_line (t, side * s * 0.82, c + 92, side * s * 0.70, c + 170, side * s * 0.76, c + 290, 3, t->dark, 0.45, 2.5);
    for (int i = 0; i < 5; i++) {
      double x = side * s * sim_random_between (&random, 0.35, 0.75), y = c + sim_random_between (&random, 100, 190);
      double dx = side * sim_random_between (&random, -50, 10), dy = sim_random_between (&random, 40, 90),
             width = sim_random_between (&random, 5, 12);
      soft_line (t, x, y, x + dx * 0.2, y + dy * 0.6, x + dx, y + dy, width, t->dark, 0.26, 5);
      soft_line (t, x + width * 0.9, y, x + dx * 0.2 + width, y + dy * 0.6, x + dx + width, y + dy, width * 0.6,
                 t->light, 0.22, 4);
    }
  }
  g_autoptr (cairo_pattern_t) low = cairo_pattern_create_linear (0, c + 140, 0, c + 480); /* the lamps are above */
  cairo_pattern_add_color_stop_rgba (low, 0, t->dark.r, t->dark.g, t->dark.b, 0);
  cairo_pattern_add_color_stop_rgba (low, 1, t->dark.r, t->dark.g, t->dark.b, 0.45);
  cairo_set_source (t->cr, low);
  cairo_paint (t->cr);
}

static void weave (const Tailor *t)
{
  SimRandom random = sim_random (t->look->seed, 52);
  for (int i = 0; i < 160; i++) {
    double x = sim_random_between (&random, -t->look->shoulders, t->look->shoulders),
           y = t->c + sim_random_between (&random, 30, 300);
    sim_spot (t->cr, x, y, sim_random_between (&random, 8, 26), sim_random_between (&random, 6, 20),
              sim_random_chance (&random, 0.5) ? t->dark : t->light, 0.035);
  }
}

/* A neck opening cut as low as `low` below the chin; pointed or round. */
static void neckline (const Tailor *t, double low, gboolean pointed)
{
  cairo_t *cr = t->cr;
  double x = t->w * 1.22, y = t->c + 26, deep = t->c + low;
  if (pointed) {
    cairo_curve_to (cr, x * 0.9, y + 16, x * 0.4, deep - 12, 0, deep);
    cairo_curve_to (cr, -x * 0.4, deep - 12, -x * 0.9, y + 16, -x, y);
  } else {
    cairo_curve_to (cr, x * 0.92, deep - 8, x * 0.5, deep, 0, deep);
    cairo_curve_to (cr, -x * 0.5, deep, -x * 0.92, deep - 8, -x, y);
  }
}

static void body (const Tailor *t, double low, gboolean pointed)
{
  cairo_t *cr = t->cr;
  cairo_save (cr);
  body_outline (t, t->c + 26, t->w * 1.22);
  neckline (t, low, pointed);
  cairo_close_path (cr);
  cairo_clip (cr);
  sim_source (cr, t->cloth, 1);
  cairo_paint (cr);
  weave (t);
  folds (t);
  cairo_restore (cr);
}

static void edge_shadow (const Tailor *t, double low, gboolean pointed, double band)
{
  SimSoft soft;
  double x = t->w * 1.22, y = t->c + 26;
  cairo_t *mask = sim_soft_begin (&soft, t->cr, -x, y, x, t->c + low, 20);
  cairo_move_to (mask, x, y);
  Tailor masked = *t;
  masked.cr = mask;
  neckline (&masked, low, pointed);
  cairo_set_line_width (mask, band);
  cairo_stroke (mask);
  sim_soft_end (&soft, t->dark, 0.65, 1.6);
}

static void flap (const Tailor *t, double side, double reach, double drop, SimColour colour)
{
  cairo_t *cr = t->cr;
  double w = t->w, c = t->c;
  const double points[][2] = {{w * 1.02, c + 2},  {w * 1.34, c + 26}, {w * 0.62, c + 52 + drop + reach},
                              {w * 0.04, c + 62}, {w * 0.50, c + 50}, {w * 0.90, c + 30}};
  cairo_new_path (cr);
  cairo_move_to (cr, side * points[0][0], points[0][1]);
  cairo_curve_to (cr, side * w * 1.20, c + 8, side * points[1][0], points[1][1] - 10, side * points[1][0],
                  points[1][1]);
  cairo_line_to (cr, side * points[2][0], points[2][1]);
  cairo_line_to (cr, side * points[3][0], points[3][1]);
  cairo_curve_to (cr, side * points[4][0], points[4][1], side * points[5][0], points[5][1], side * points[0][0],
                  points[0][1]);
  cairo_close_path (cr);
  sim_source (cr, colour, 1);
  cairo_fill_preserve (cr);
  sim_source (cr, sim_darker (colour, 0.55), 0.55);
  cairo_set_line_width (cr, 1.1);
  cairo_stroke (cr);
  sim_spot (cr, side * w * 1.05, c + 26, w * 0.3, 24, sim_darker (colour, 0.6), 0.25);
}

static void collar (const Tailor *t, SimColour colour)
{
  Tailor shadow = *t;
  for (int side = -1; side <= 1; side += 2)
    soft_line (&shadow, side * t->w * 1.34, t->c + 34, side * t->w * 1.0, t->c + 70, side * t->w * 0.56, t->c + 80, 9,
               t->dark, 0.55, 4);
  flap (t, -1, 18, 6, colour);
  flap (t, 1, 18, 6, colour);
}

static void placket (const Tailor *t, double from, double to)
{
  soft_line (t, 9, t->c + from, 9, t->c + (from + to) / 2, 9, t->c + to, 1.6, t->dark, 0.6, 0.8);
  for (double y = from + 26; y < to; y += 62) {
    sim_source (t->cr, t->dark, 0.5);
    sim_ellipse (t->cr, 0.6, t->c + y + 0.8, 4.2, 4.2);
    sim_source (t->cr, sim_mix (t->cloth, (SimColour){0.9, 0.9, 0.88}, 0.5), 1);
    sim_ellipse (t->cr, 0, t->c + y, 3.8, 3.8);
  }
}

static void shirt (const Tailor *t)
{
  body (t, 62, TRUE);
  placket (t, 62, 420);
  collar (t, sim_mix (t->cloth, t->light, 0.25));
}

static void polo (const Tailor *t)
{
  body (t, 66, TRUE);
  placket (t, 64, 170);
  collar (t, sim_mix (t->cloth, t->dark, 0.18));
}

static void tee (const Tailor *t)
{
  body (t, 60, FALSE);
  edge_shadow (t, 60, FALSE, 3);
  edge_shadow (t, 70, FALSE, 1.4);
}

static void lapel (const Tailor *t, double side)
{
  cairo_t *cr = t->cr;
  double w = t->w, c = t->c;
  cairo_new_path (cr);
  cairo_move_to (cr, side * w * 1.16, c + 12);
  cairo_curve_to (cr, side * w * 1.5, c + 36, side * w * 1.62, c + 62, side * w * 1.72, c + 92);
  cairo_line_to (cr, side * w * 1.36, c + 104);
  cairo_line_to (cr, side * w * 1.60, c + 122);
  cairo_curve_to (cr, side * w * 1.3, c + 190, side * w * 0.6, c + 250, side * 4, c + 300);
  cairo_curve_to (cr, side * w * 0.5, c + 210, side * w * 0.98, c + 110, side * w * 1.16, c + 12);
  cairo_close_path (cr);
  sim_source (cr, sim_mix (t->cloth, t->light, 0.14), 1);
  cairo_fill_preserve (cr);
  sim_source (cr, t->dark, 0.8);
  cairo_set_line_width (cr, 1.4);
  cairo_stroke (cr);
  soft_line (t, side * w * 1.66, c + 112, side * w * 1.4, c + 200, side * 8, c + 306, 5, t->dark, 0.5, 3);
}

static void jacket (const Tailor *t)
{
  SimColour inner = t->look->cloth_inner;
  Tailor under = *t;
  under.cloth = inner;
  under.dark = sim_mix (sim_darker (inner, 0.55), (SimColour){0.35, 0.36, 0.42}, 0.3);
  under.light = (SimColour){1, 1, 1};
  body (&under, 60, TRUE);
  placket (&under, 60, 420);
  cairo_save (t->cr);
  body_outline (t, t->c + 10, t->w * 1.16);
  cairo_curve_to (t->cr, t->w * 0.9, t->c + 120, t->w * 0.5, t->c + 220, 0, t->c + 305);
  cairo_curve_to (t->cr, -t->w * 0.5, t->c + 220, -t->w * 0.9, t->c + 120, -t->w * 1.16, t->c + 10);
  cairo_close_path (t->cr);
  cairo_clip (t->cr);
  sim_source (t->cr, t->cloth, 1);
  cairo_paint (t->cr);
  weave (t);
  folds (t);
  cairo_restore (t->cr);
  lapel (t, -1);
  lapel (t, 1);
  collar (&under, sim_mix (inner, (SimColour){1, 1, 1}, 0.3));
}

static void hoodie (const Tailor *t)
{
  double w = t->w, c = t->c;
  body (t, 66, FALSE);
  for (int side = -1; side <= 1; side += 2) { /* the hood lies round the neck in two rolls */
    soft_line (t, side * w * 1.18, c + 8, side * w * 1.75, c + 46, side * w * 0.35, c + 92, 34,
               sim_mix (t->cloth, t->light, 0.10), 1, 0.6);
    soft_line (t, side * w * 1.36, c + 22, side * w * 1.95, c + 66, side * w * 0.4, c + 118, 6, t->dark, 0.60, 4);
    soft_line (t, side * w * 1.02, c + 14, side * w * 1.30, c + 46, side * w * 0.18, c + 72, 5, t->dark, 0.60, 3);
    soft_line (t, side * w * 0.36, c + 96, side * w * 0.40, c + 140, side * w * 0.36, c + 196, 3.4,
               sim_mix (t->light, (SimColour){0.9, 0.9, 0.88}, 0.5), 0.95, 0.5);
  }
}

void sim_torso_clothes (cairo_t *cr, const SimLook *look, SimColour cloth)
{
  Tailor tailor = {cr,
                   look,
                   look->neck * look->width,
                   look->chin,
                   sim_darker (cloth, 0.94),
                   sim_darker (cloth, 0.42),
                   sim_mix (cloth, (SimColour){1, 1, 1}, 0.30)};
  void (*const sew[]) (const Tailor *) = {[SIM_DRESS_SHIRT] = shirt,
                                          [SIM_DRESS_JACKET] = jacket,
                                          [SIM_DRESS_TEE] = tee,
                                          [SIM_DRESS_HOODIE] = hoodie,
                                          [SIM_DRESS_POLO] = polo};
  cairo_save (cr);
  sew[look->dress](&tailor);
  cairo_restore (cr);
}
