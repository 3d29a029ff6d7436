/* The cap is a dark ground with some thousand strands along the way each style is combed, and the face cut out of it
 * softly. */
#include "capture/simcam/sitter/hair.h"

#include "capture/simcam/sitter/pen.h"

#include <math.h>

typedef struct {
  double x, y;
} At;

static double hairline_y (const SimLook *look)
{
  return -look->hairline * look->top / look->width;
}

static gboolean parted (const SimLook *look)
{
  return look->hair_style != SIM_HAIR_CROP && look->hair_style != SIM_HAIR_FRINGE;
}

/* The edge of the hair round the forehead, t from -1 (left temple) to 1 (right): an arch, higher at the parting. */
static void edge_at (const SimLook *look, double t, double *x, double *y)
{
  double line = hairline_y (look), edge = look->woman ? 0.94 : 0.91, angle = t * G_PI / 2,
         square = look->woman ? 0.78 : 0.62;
  double c = cos (angle), s = sin (angle), low = -0.30;
  *x = copysign (pow (fabs (s), square), s) * edge;
  *y = low + (line * 1.03 - low) * pow (MAX (c, 0), square);
  if (parted (look))
    *y -= 0.035 * exp (-pow ((*x - look->hair_part * 0.6) / 0.16, 2));
  else
    *y += 0.012 * sin (*x * 17 + look->seed) * c;
}

static void face_opening (cairo_t *cr, const SimLook *look)
{
  double edge = look->woman ? 0.94 : 0.91, low = 1.9;
  cairo_new_path (cr);
  cairo_move_to (cr, -edge - 0.03, low);
  cairo_line_to (cr, -edge - 0.01, 0.10);
  for (int i = -40; i <= 40; i++) {
    double x, y;
    edge_at (look, i / 40.0, &x, &y);
    cairo_line_to (cr, x, y);
  }
  cairo_line_to (cr, edge + 0.01, 0.10);
  cairo_line_to (cr, edge + 0.03, low);
  cairo_close_path (cr);
}

static void strand (SimPen *pen, const SimLook *look, SimRandom *random, At from, At over, At to, double alpha)
{
  double tone = sim_random_between (random, 0, 1), width = sim_random_between (random, 0.005, 0.013);
  SimColour light = sim_mix (look->hair, (SimColour){0.52, 0.42, 0.36}, 0.26);
  SimStroke stroke = {
      .x = {from.x, from.x + (over.x - from.x) * 0.67, to.x + (over.x - to.x) * 0.67, to.x},
      .y = {from.y, from.y + (over.y - from.y) * 0.67, to.y + (over.y - to.y) * 0.67, to.y},
      .root = width,
      .tip = width * 0.35,
      .colour = tone < 0.55 ? sim_darker (look->hair, 0.35 + tone) : sim_mix (look->hair, light, (tone - 0.55) * 2.2),
      .alpha = alpha,
  };
  sim_pen_curve (pen, &stroke);
}

/* From the parting to both sides: depth 0 along the forehead .. 1 over the crown. */
static void comb_parted (SimPen *pen, const SimLook *look, SimRandom *random)
{
  double line = hairline_y (look), crown = -look->top / look->width - 0.2, part = look->hair_part * 0.75;
  for (int i = 0; i < 1900; i++) {
    double depth = pow (sim_random_between (random, 0, 1), 0.8),
           side = sim_random_chance (random, 0.5 + part * 0.3) ? -1 : 1;
    double wave = sim_random_between (random, -0.03, 0.03);
    At from = {part + side * sim_random_between (random, 0, 0.015), line * 1.02 + (crown - line) * depth};
    At over = {part + side * (0.30 + (1 - side * part) * 0.40) + wave,
               line * 0.99 + (crown * 1.03 - line) * depth + wave};
    At to = {side * (0.93 + 0.22 * depth) + wave, -0.10 - 0.62 * depth * sim_random_between (random, 0.4, 1) + wave};
    strand (pen, look, random, from, over, to, 0.5);
  }
}

static void comb_up (SimPen *pen, const SimLook *look, SimRandom *random)
{
  double line = hairline_y (look), crown = -look->top / look->width - 0.25;
  for (int i = 0; i < 2000; i++) {
    double x = sim_random_between (random, -1.15, 1.15), y = sim_random_between (random, crown, 0.15);
    if (y > line * (1 - 0.25 * x * x) && fabs (x) < 0.86)
      continue;
    double lean = look->hair_part * 0.10,
           length = sim_random_between (random, 0.08, 0.17) * (fabs (x) > 0.85 ? 0.5 : 1);
    At to = {x + lean + x * length * 0.6 + sim_random_between (random, -0.05, 0.05), y - length};
    At over = {x + lean * 0.3, y - length * 0.6};
    strand (pen, look, random, (At){x, y}, over, to, 0.6);
  }
}

/* Locks that end in points over the forehead. */
static void comb_down (SimPen *pen, const SimLook *look, SimRandom *random)
{
  double crown = -look->top / look->width - 0.15, low = -look->brow_height - look->brow_thickness - 0.17;
  for (int lock = 0; lock < 46; lock++) {
    double x = -0.90 + 1.80 * lock / 45, swing = look->hair_part * 0.35 + sim_random_between (random, -0.06, 0.06);
    double end =
        low - 0.10 * fabs (x) + sim_random_between (random, -0.12, 0.035) - 0.12 * MAX (0, x * look->hair_part);
    At tip = {x * 0.98 + swing * 0.5, fabs (x) > 0.78 ? -0.28 + sim_random_between (random, -0.1, 0.1) : end};
    for (int i = 0; i < 26; i++) {
      double spread = sim_random_between (random, -0.055, 0.055);
      At from = {x * 0.45 + spread * 1.5, crown + sim_random_between (random, 0, 0.25)};
      At over = {x * 1.02 + spread * 1.3, crown * 0.80};
      At to = {tip.x + spread * 0.45, tip.y - sim_random_between (random, 0, 0.14) * fabs (spread) * 18};
      strand (pen, look, random, from, over, to, 0.72);
    }
  }
}

static void comb_sides (SimPen *pen, const SimLook *look, SimRandom *random)
{
  for (int i = 0; i < 420; i++) {
    double side = sim_random_chance (random, 0.5) ? -1 : 1;
    double x = side * sim_random_between (random, 0.89, 1.08),
           y = sim_random_between (random, -0.75, look->woman ? 0.05 : 0.20);
    strand (pen, look, random, (At){x, y - 0.12}, (At){x + side * 0.01, y - 0.05}, (At){x + side * 0.03, y}, 0.5);
  }
}

/* Thin hairs across the edge, so that hair does not end like a hat. */
static void edge_down (SimPen *pen, const SimLook *look, SimRandom *random)
{
  for (int i = 0; i < 420; i++) {
    double t = sim_random_between (random, -1, 1), x, y;
    edge_at (look, t, &x, &y);
    y += sim_random_between (random, -0.05, 0.035);
    double lean = x - look->hair_part * 0.7, length = sim_random_between (random, 0.08, 0.15);
    SimStroke stroke = {{x, x + lean * 0.02, x + lean * 0.06, x + lean * 0.11},
                        {y, y - length * 0.4, y - length * 0.7, y - length},
                        0.002,
                        0.008,
                        look->hair,
                        0.42};
    sim_pen_curve (pen, &stroke);
  }
}

static void comb (cairo_t *cr, const SimLook *look, SimRandom *random)
{
  SimPen pen = sim_pen_begin (cr);
  if (parted (look))
    comb_parted (&pen, look, random);
  else
    comb_up (&pen, look, random);
  comb_sides (&pen, look, random);
  sim_pen_end (&pen);
}

/* The hair ends before the ears, softly. */
static void fade_low (cairo_t *cr, const SimLook *look)
{
  g_autoptr (cairo_pattern_t) low =
      cairo_pattern_create_linear (0, look->woman ? -0.05 : 0.06, 0, look->woman ? 0.15 : 0.26);
  cairo_pattern_add_color_stop_rgba (low, 0, 0, 0, 0, 0);
  cairo_pattern_add_color_stop_rgba (low, 1, 0, 0, 0, 1);
  cairo_set_source (cr, low);
  cairo_paint (cr);
  if (look->woman)
    return;
  g_autoptr (cairo_pattern_t) side =
      cairo_pattern_create_linear (0, -0.55, 0, 0.06); /* clipped short: skin shows through */
  cairo_pattern_add_color_stop_rgba (side, 0, 0, 0, 0, 0);
  cairo_pattern_add_color_stop_rgba (side, 1, 0, 0, 0, look->hair_style == SIM_HAIR_CROP ? 0.45 : 0.30);
  cairo_rectangle (cr, -2, -0.55, 4, 0.61);
  cairo_set_source (cr, side);
  cairo_fill (cr);
}

void sim_hair_cap (cairo_t *cr, const SimLook *look)
{
  SimRandom random = sim_random (look->seed, 41);
  sim_source (cr, look->hair, 1);
  cairo_paint (cr);
  comb (cr, look, &random);
  SimSoft soft;
  cairo_t *mask = sim_soft_begin (&soft, cr, -1, hairline_y (look) * 1.1, 1, 1.9, 0.1);
  face_opening (mask, look);
  cairo_fill (mask);
  cairo_set_operator (cr, CAIRO_OPERATOR_DEST_OUT);
  sim_soft_end (&soft, (SimColour){0, 0, 0}, 1, look->woman ? 0.020 : 0.026);
  fade_low (cr, look);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
  SimPen pen = sim_pen_begin (cr);
  edge_down (&pen, look, &random);
  if (look->hair_style == SIM_HAIR_FRINGE)
    comb_down (&pen, look, &random);
  sim_pen_end (&pen);
}

void sim_hair_lining (cairo_t *cr, const SimLook *look)
{
  sim_source (cr, sim_darker (look->hair, 0.85), 1);
  cairo_paint (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_DEST_OUT);
  fade_low (cr, look);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
}

double sim_hair_thickness (const SimLook *look, double around, double down)
{
  double up = CLAMP ((-down - 0.25) / 0.6, 0, 1), lean = parted (look) ? -sin (around) * look->hair_part : 0;
  double waves = up * (1 - pow (CLAMP (-down, 0, 1), 6)); /* at the crown all columns meet and must agree */
  double thickness = look->hair_side + (look->hair_volume - look->hair_side) * up * up * (3 - 2 * up);
  thickness *= 1 + 0.35 * lean * waves;
  if (!look->woman)
    thickness += waves * (0.9 * sin (around * 23 + look->seed) + 0.7 * sin (around * 41 + 2 * look->seed));
  return thickness * CLAMP ((0.22 - down) / 0.3, 0.1, 1);
}

static void place (const SimStance *stance, const SimLook *look, double x, double y, double z, double *px, double *py)
{
  SimPoint point = sim_stance_place (stance, (SimPoint){x * look->width, y * look->width, z * look->width});
  *px = point.x;
  *py = point.y;
}

typedef struct {
  double inner[4][2],
      outer[4][2]; /* two curves from top to bottom, shares, for the right side; between them hair hangs */
  double depth;    /* z, share */
} Fall;

/* A hair of a fall, across 0 (inner edge) .. 1 (outer), as a curve in crop pixels. Both edges are Béziers, so what lies
 * between them is one too. */
static SimStroke fall_stroke (const Fall *fall, double across, double side, double until, const SimLook *look,
                              const SimStance *stance)
{
  SimStroke stroke = {.root = 1, .tip = 1};
  for (int i = 0; i < 4; i++) {
    double x = fall->inner[i][0] + (fall->outer[i][0] - fall->inner[i][0]) * across,
           y = fall->inner[i][1] + (fall->outer[i][1] - fall->inner[i][1]) * across;
    if (i == 3)
      y = fall->inner[0][1] + (y - fall->inner[0][1]) * until;
    place (stance, look, side * x, y, fall->depth, &stroke.x[i], &stroke.y[i]);
  }
  return stroke;
}

static void ground (cairo_t *cr, const Fall *fall, double side, const SimLook *look, const SimStance *stance)
{
  SimStroke inner = fall_stroke (fall, 0, side, 1, look, stance), outer = fall_stroke (fall, 1, side, 1, look, stance);
  cairo_new_path (cr);
  cairo_move_to (cr, inner.x[0], inner.y[0]);
  cairo_curve_to (cr, inner.x[1], inner.y[1], inner.x[2], inner.y[2], inner.x[3], inner.y[3]);
  cairo_line_to (cr, outer.x[3], outer.y[3]);
  cairo_curve_to (cr, outer.x[2], outer.y[2], outer.x[1], outer.y[1], outer.x[0], outer.y[0]);
  cairo_close_path (cr);
  sim_source (cr, sim_darker (look->hair, 0.85), 1);
  cairo_fill (cr);
}

static void hang (cairo_t *cr, const Fall *fall, double side, const SimLook *look, const SimStance *stance,
                  guint stream)
{
  SimRandom random = sim_random (look->seed, stream);
  double unit = look->width * stance->size;
  SimColour light = sim_mix (look->hair, (SimColour){0.50, 0.40, 0.34}, 0.24);
  ground (cr, fall, side, look, stance);
  SimPen pen = sim_pen_begin (cr);
  for (int i = 0; i < 280; i++) {
    double tone = sim_random_between (&random, 0, 1), across = sim_random_between (&random, 0.01, 1.01),
           round = sin (CLAMP (across, 0, 1) * G_PI);
    SimStroke stroke = fall_stroke (fall, across, side, sim_random_between (&random, 0.85, 1.03), look, stance);
    stroke.root = sim_random_between (&random, 0.006, 0.016) * unit;
    stroke.tip = stroke.root * 0.4;
    stroke.colour = tone < 0.6 ? sim_darker (look->hair, 0.35 + tone * 1.1) : sim_mix (look->hair, light, round);
    stroke.alpha = 0.5;
    sim_pen_curve (&pen, &stroke);
  }
  sim_pen_end (&pen);
}

void sim_hair_behind (cairo_t *cr, const SimLook *look, const SimStance *stance)
{
  const Fall lengthy = {
      {{0, -1.2}, {0.3, 0}, {0.3, 1.2}, {0.25, 2.5}}, {{0.85, -0.95}, {1.22, -0.3}, {1.18, 1.0}, {1.20, 2.5}}, -0.9};
  const Fall bob = {
      {{0, -1.2}, {0.2, 0}, {0.2, 0.8}, {0.3, 1.42}}, {{0.85, -0.95}, {1.25, -0.3}, {1.24, 0.9}, {1.02, 1.40}}, -0.9};
  const Fall nape = {
      {{0, -1.0}, {0.2, 0}, {0.2, 0.6}, {0.3, 0.9}}, {{0.9, -0.8}, {1.02, -0.2}, {0.95, 0.4}, {0.56, 1.0}}, -0.9};
  const Fall *fall = look->hair_style == SIM_HAIR_LONG ? &lengthy : look->hair_style == SIM_HAIR_BOB ? &bob : &nape;
  hang (cr, fall, -1, look, stance, 42);
  hang (cr, fall, 1, look, stance, 43);
}

void sim_hair_before (cairo_t *cr, const SimLook *look, const SimStance *stance)
{
  const Fall lock = {{{0.80, -0.78}, {0.96, -0.40}, {0.90, 0.30}, {0.86, 1.20}},
                     {{0.78, -1.05}, {1.34, -0.50}, {1.22, 0.70}, {1.02, 1.36}},
                     -0.35};
  if (look->hair_style != SIM_HAIR_BOB)
    return;
  hang (cr, &lock, -1, look, stance, 44);
  hang (cr, &lock, 1, look, stance, 45);
}
