/* Eyes and brows. Both eyes are drawn by the same strokes, the left one mirrored: x grows from the nose outwards, the
 * pupil is at the origin. */
#include "capture/simcam/sitter/face.h"

#include "capture/simcam/sitter/pen.h"

#include <math.h>

typedef struct {
  const SimLook *look;
  double wide, high; /* halves: corner to corner, lid to lid when open */
  double open;       /* 0..1 */
  double inner_y, outer_y;
} Eye;

/* The lids as curves from the inner corner to the outer one; along 0..1, height: where the curve's middle is, positive
 * up. */
static void lid (cairo_t *cr, const Eye *eye, double height, gboolean outwards, double lift)
{
  double x[4] = {-eye->wide, -eye->wide * 0.50, eye->wide * 0.42, eye->wide};
  double y[4] = {eye->inner_y - lift * 0.35, -height * 1.32 - lift, -height * 1.36 - lift, eye->outer_y - lift * 0.7};
  if (outwards)
    cairo_curve_to (cr, x[1], y[1], x[2], y[2], x[3], y[3]);
  else
    cairo_curve_to (cr, x[2], y[2], x[1], y[1], x[0], y[0]);
}

static double upper_height (const Eye *eye)
{
  return eye->high * (1.08 * eye->open - 0.62 * (1 - eye->open));
}

static double lower_height (const Eye *eye)
{
  return -eye->high * 0.80;
}

static void opening (cairo_t *cr, const Eye *eye)
{
  cairo_new_path (cr);
  cairo_move_to (cr, -eye->wide, eye->inner_y);
  lid (cr, eye, upper_height (eye), TRUE, 0);
  lid (cr, eye, lower_height (eye), FALSE, 0);
  cairo_close_path (cr);
}

/* The flash from the back of the eye: the whole pupil, red to orange. */
static void red_pupil (cairo_t *cr, const Eye *eye, double strength)
{
  double radius = eye->look->iris * 0.72, y = -eye->high * 0.14;
  if (strength <= 0)
    return;
  sim_source (cr, (SimColour){0.86, 0.13, 0.10}, strength);
  sim_ellipse (cr, 0, y, radius, radius);
  sim_spot (cr, 0, y, radius * 0.7, radius * 0.7, (SimColour){1, 0.32, 0.20}, 0.8 * strength);
}

static void iris (cairo_t *cr, const Eye *eye)
{
  const SimLook *look = eye->look;
  double radius = look->iris, y = -eye->high * 0.14;
  g_autoptr (cairo_pattern_t) ring = cairo_pattern_create_radial (0, y, radius * 0.2, 0, y, radius);
  SimColour light = sim_mix (look->iris_colour, (SimColour){0.46, 0.28, 0.16}, 0.35),
            dark = sim_darker (look->iris_colour, 0.45);
  cairo_pattern_add_color_stop_rgb (ring, 0, light.r * 0.8, light.g * 0.8, light.b * 0.8);
  cairo_pattern_add_color_stop_rgb (ring, 0.65, light.r, light.g, light.b);
  cairo_pattern_add_color_stop_rgb (ring, 0.86, dark.r, dark.g, dark.b);
  cairo_pattern_add_color_stop_rgba (ring, 1, dark.r, dark.g, dark.b, 0.55);
  cairo_set_source (cr, ring);
  sim_ellipse (cr, 0, y, radius, radius);
  sim_spot (cr, 0, y, radius * 0.62, radius * 0.62, (SimColour){0.02, 0.015, 0.015}, 1);
  sim_source (cr, (SimColour){0.02, 0.015, 0.015}, 1);
  sim_ellipse (cr, 0, y, radius * 0.36, radius * 0.36);
}

static void catchlights (cairo_t *cr, const Eye *eye, const SimPose *pose, double mirror)
{
  double y = -eye->high * 0.14 - eye->look->iris * 0.28, x = eye->look->iris * 0.36;
  SimColour white = {1, 1, 1};
  sim_spot (cr, -x * mirror, y, 0.026, 0.030, white, MIN (1, 0.9 * pose->light_left));
  sim_spot (cr, x * mirror, y, 0.026, 0.030, white, MIN (1, 0.9 * pose->light_right));
}

static void eyeball (cairo_t *cr, const Eye *eye, const SimPose *pose, double mirror)
{
  if (eye->open < 0.04)
    return;
  cairo_save (cr);
  opening (cr, eye);
  cairo_clip (cr);
  g_autoptr (cairo_pattern_t) white = cairo_pattern_create_radial (0, 0, 0, 0, 0, eye->wide * 1.1);
  cairo_pattern_add_color_stop_rgb (white, 0, 0.93, 0.91, 0.90);
  cairo_pattern_add_color_stop_rgb (white, 0.7, 0.88, 0.84, 0.82);
  cairo_pattern_add_color_stop_rgb (white, 1, 0.72, 0.62, 0.58);
  cairo_set_source (cr, white);
  cairo_paint (cr);
  sim_spot (cr, -eye->wide * 0.97, eye->inner_y, 0.055, 0.05, (SimColour){0.80, 0.50, 0.46}, 0.9);
  iris (cr, eye);
  red_pupil (cr, eye, pose->redeye);
  SimSoft soft; /* the upper lid's shadow on the ball */
  cairo_t *mask = sim_soft_begin (&soft, cr, -eye->wide, -eye->high * 2, eye->wide, eye->high, 0.05);
  cairo_move_to (mask, -eye->wide, eye->inner_y);
  lid (mask, eye, upper_height (eye), TRUE, 0);
  cairo_set_line_width (mask, 0.055);
  cairo_stroke (mask);
  sim_soft_end (&soft, (SimColour){0.16, 0.10, 0.09}, 0.62, 0.014);
  catchlights (cr, eye, pose, mirror);
  cairo_restore (cr);
}

static void lid_shading (cairo_t *cr, const Eye *eye)
{
  const SimLook *look = eye->look;
  SimColour shade = sim_mix (sim_darker (look->skin, 0.62), (SimColour){0.45, 0.24, 0.20}, 0.35);
  SimSoft soft;
  cairo_t *mask = sim_soft_begin (&soft, cr, -eye->wide * 1.2, -0.22, eye->wide * 1.25, 0.05, 0.08);
  cairo_move_to (mask, -eye->wide, eye->inner_y);
  lid (mask, eye, upper_height (eye), TRUE, 0.01);
  cairo_set_line_width (mask, 0.06);
  cairo_stroke (mask);
  sim_soft_end (&soft, shade, 0.42, 0.030);
  sim_spot (cr, -eye->wide * 1.12, -0.02, 0.10, 0.12, shade, 0.30); /* beside the nose's root */
  sim_spot (cr, eye->wide * 0.2, 0.15, eye->wide * 1.25, 0.075, sim_mix (shade, (SimColour){0.42, 0.30, 0.34}, 0.4),
            0.30 * look->weariness);
  mask = sim_soft_begin (&soft, cr, -eye->wide, 0, eye->wide, 0.2, 0.05);
  cairo_move_to (mask, -eye->wide * 0.9, eye->inner_y + 0.03);
  cairo_curve_to (mask, -eye->wide * 0.5, 0.135, eye->wide * 0.2, 0.15, eye->wide * 0.7, 0.105);
  cairo_set_line_width (mask, 0.014);
  cairo_stroke (mask);
  sim_soft_end (&soft, shade, 0.18 + 0.25 * look->weariness, 0.012);
}

/* The crease; with the lids shut it goes flat. */
static void fold (cairo_t *cr, const Eye *eye)
{
  const SimLook *look = eye->look;
  SimSoft soft;
  double lift = 0.022 + 0.028 * look->fold;
  cairo_t *mask = sim_soft_begin (&soft, cr, -eye->wide * 1.1, -0.25, eye->wide * 1.2, 0.1, 0.03);
  cairo_move_to (mask, -eye->wide * 0.96, eye->inner_y - lift * 0.35);
  lid (mask, eye, eye->high * (0.9 + 0.18 * eye->open), TRUE, lift);
  cairo_set_line_width (mask, 0.011 + 0.006 * look->fold);
  cairo_stroke (mask);
  sim_soft_end (&soft, sim_mix (sim_darker (look->skin, 0.48), (SimColour){0.36, 0.18, 0.14}, 0.4),
                (0.25 + 0.55 * look->fold) * (0.4 + 0.6 * eye->open), 0.005);
}

static void lash_line (cairo_t *cr, const Eye *eye, double makeup)
{
  SimColour dark = sim_darker (sim_mix (eye->look->hair, (SimColour){0.12, 0.07, 0.06}, 0.5), 0.75);
  SimSoft soft;
  cairo_t *mask = sim_soft_begin (&soft, cr, -eye->wide * 1.1, -0.25, eye->wide * 1.25, 0.15, 0.02);
  cairo_move_to (mask, -eye->wide, eye->inner_y);
  lid (mask, eye, upper_height (eye), TRUE, 0.004);
  lid (mask, eye, upper_height (eye) + 0.010 + 0.02 * makeup, FALSE, 0.018 + 0.02 * makeup);
  cairo_close_path (mask);
  cairo_fill_preserve (mask);
  cairo_set_line_width (mask, 0.008);
  cairo_stroke (mask);
  sim_soft_end (&soft, dark, eye->look->woman ? 0.95 : 0.82, 0.0035);
  mask = sim_soft_begin (&soft, cr, -eye->wide, -0.1, eye->wide, 0.15, 0.02);
  cairo_move_to (mask, eye->wide, eye->outer_y);
  lid (mask, eye, lower_height (eye), FALSE, 0);
  cairo_set_line_width (mask, 0.012 + 0.014 * makeup);
  cairo_stroke (mask);
  sim_soft_end (&soft, sim_mix (dark, eye->look->skin, 0.35 * (1 - makeup)), 0.55 + 0.4 * makeup, 0.005);
}

static void lashes (cairo_t *cr, const Eye *eye, double makeup)
{
  SimRandom random = sim_random (eye->look->seed, 21);
  double up = upper_height (eye), length = (eye->look->woman ? 0.036 : 0.022) + 0.045 * makeup;
  SimPen pen = sim_pen_begin (cr);
  for (int i = 0; i < 30; i++) {
    double along = -0.7 + 1.66 * i / 29, bend = 1 - along * along;
    double x = along * eye->wide, y = -up * bend + eye->outer_y * (along + 1) / 2 + eye->inner_y * (1 - along) / 2;
    double reach = length * sim_random_between (&random, 0.6, 1.1) * (0.6 + 0.4 * along),
           fall = eye->open > 0.3 ? -0.75 : 0.9;
    SimStroke stroke = {{x, x + reach * 0.2, x + reach * 0.5 * along, x + reach * 0.8 * along},
                        {y, y + reach * 0.15, y + reach * fall * 0.4, y + reach * fall},
                        0.008,
                        0.002,
                        sim_darker (eye->look->hair, 0.5),
                        0.6};
    sim_pen_curve (&pen, &stroke);
  }
  sim_pen_end (&pen);
}

void sim_face_eyes (cairo_t *cr, const SimLook *look, const SimPose *pose)
{
  Eye eye = {look, look->eye_width, look->eye_height, pose->eyes, look->eye_height * 0.22, -look->eye_slant};
  for (int side = -1; side <= 1; side += 2) {
    cairo_save (cr);
    cairo_translate (cr, side * look->eye_distance, 0);
    cairo_scale (cr, side, 1);
    lid_shading (cr, &eye);
    eyeball (cr, &eye, pose, side);
    fold (cr, &eye);
    lash_line (cr, &eye, pose->makeup);
    lashes (cr, &eye, pose->makeup);
    cairo_restore (cr);
  }
}

/* Middle line of a brow, along 0 (nose) .. 1 (temple). */
static void brow_at (const SimLook *look, double along, double *x, double *y)
{
  *x = look->eye_distance - 0.25 + 0.53 * along;
  double peak = 1 - pow ((along - 0.62) / (along < 0.62 ? 0.62 : 0.38), 2);
  *y = -look->brow_height + 0.03 - look->brow_slope * along - look->brow_arch * peak +
       (along > 0.8 ? (along - 0.8) * 0.12 : 0);
}

static void brow_hairs (cairo_t *cr, const SimLook *look, SimRandom *random)
{
  SimPen pen = sim_pen_begin (cr);
  for (int i = 0; i < 300; i++) {
    double along = sim_random_between (random, -0.02, 0.97), across = sim_random_between (random, -1, 1), x, y;
    brow_at (look, along, &x, &y);
    double half = look->brow_thickness * (along < 0.2    ? 0.6 + 2 * MAX (along, 0)
                                          : along > 0.55 ? 1.0 - 1.7 * (along - 0.55)
                                                         : 1.0);
    y += across * half * 0.8;
    double angle = (1.20 - 1.45 * along) * (across > 0 ? 1 : 0.35), length = sim_random_between (random, 0.045, 0.08),
           c = cos (angle), s = sin (angle);
    SimStroke stroke = {{x, x + length * 0.4 * c, x + length * 0.75, x + length},
                        {y, y - length * 0.4 * s, y - length * 0.55 * s, y - length * 0.5 * s + 0.03 * length},
                        0.0085,
                        0.002,
                        sim_darker (look->hair, sim_random_between (random, 0.6, 1.3)),
                        look->brow_strength * sim_random_between (random, 0.3, 0.62)};
    sim_pen_curve (&pen, &stroke);
  }
  sim_pen_end (&pen);
}

void sim_face_brows (cairo_t *cr, const SimLook *look)
{
  for (int side = -1; side <= 1; side += 2) {
    SimRandom random = sim_random (look->seed, side < 0 ? 22 : 23);
    cairo_save (cr);
    cairo_scale (cr, side, 1);
    SimSoft soft;
    cairo_t *mask = sim_soft_begin (&soft, cr, 0, -0.6, 1, 0, 0.1);
    for (int i = 0; i <= 40; i++) {
      double along = i / 40.0, x, y;
      brow_at (look, along, &x, &y);
      sim_ellipse (mask, x, y, 0.025,
                   look->brow_thickness *
                       (along > 0.6 ? 0.80 - 1.5 * (along - 0.6) : 0.62 + 0.3 * MIN (along * 3, 0.6)));
    }
    sim_soft_end (&soft, look->hair, look->brow_strength * 0.52, 0.018);
    brow_hairs (cr, look, &random);
    cairo_restore (cr);
  }
}
