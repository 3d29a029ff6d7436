/* The cap is a dark ground with some thousand strands along the way each style is combed, and the face cut out of it softly. */
#include "capture/simcam/sitter/hair.h"

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

/* The edge of the hair round the face, from the left side over the forehead to the right. */
static void face_opening (cairo_t *cr, const SimLook *look)
{
  double line = hairline_y (look), dip = parted (look) ? look->hair_part : 0;
  double edge = look->woman ? 0.93 : 0.90, low = 1.9;
  cairo_new_path (cr);
  cairo_move_to (cr, -edge - 0.02, low);
  cairo_line_to (cr, -edge - 0.015, 0.10);
  cairo_curve_to (cr, -edge, -0.10, -edge + 0.03, -0.26, -edge + 0.02, -0.38);
  cairo_curve_to (cr, -edge + 0.01, -0.52, -0.80, line * 0.84, -0.60, line * 0.93);
  cairo_curve_to (cr, -0.42, line * 1.0, -0.2 + dip * 0.4, line * 1.02, dip * 0.6, line * 1.03);
  cairo_curve_to (cr, 0.2 + dip * 0.4, line * 1.02, 0.42, line * 1.0, 0.60, line * 0.93);
  cairo_curve_to (cr, 0.80, line * 0.84, edge - 0.01, -0.52, edge - 0.02, -0.38);
  cairo_curve_to (cr, edge - 0.03, -0.26, edge, -0.10, edge + 0.015, 0.10);
  cairo_line_to (cr, edge + 0.02, low);
  cairo_close_path (cr);
}

static void strand (cairo_t *cr, const SimLook *look, SimRandom *random, At from, At over, At to, double alpha)
{
  double tone = sim_random_between (random, 0, 1);
  SimColour light = sim_mix (look->hair, (SimColour){ 0.52, 0.42, 0.36 }, 0.26);
  sim_source (cr, tone < 0.55 ? sim_darker (look->hair, 0.35 + tone) : sim_mix (look->hair, light, (tone - 0.55) * 2.2), alpha);
  cairo_set_line_width (cr, sim_random_between (random, 0.004, 0.012));
  cairo_move_to (cr, from.x, from.y);
  cairo_curve_to (cr, from.x + (over.x - from.x) * 0.67, from.y + (over.y - from.y) * 0.67, to.x + (over.x - to.x) * 0.67, to.y + (over.y - to.y) * 0.67, to.x, to.y);
  cairo_stroke (cr);
}

/* From the parting to both sides: depth 0 along the forehead .. 1 over the crown. */
static void comb_parted (cairo_t *cr, const SimLook *look, SimRandom *random)
{
  double line = hairline_y (look), crown = -look->top / look->width - 0.2, part = look->hair_part * 0.75;
  for (int i = 0; i < 1900; i++) {
    double depth = pow (sim_random_between (random, 0, 1), 0.8), side = sim_random_chance (random, 0.5 + part * 0.3) ? -1 : 1;
    double wave = sim_random_between (random, -0.03, 0.03);
    At from = { part + side * sim_random_between (random, 0, 0.015), line * 1.02 + (crown - line) * depth };
    At over = { part + side * (0.30 + (1 - side * part) * 0.40) + wave, line * 0.99 + (crown * 1.03 - line) * depth + wave };
    At to = { side * (0.93 + 0.22 * depth) + wave, -0.10 - 0.62 * depth * sim_random_between (random, 0.4, 1) + wave };
    strand (cr, look, random, from, over, to, 0.5);
  }
}

static void comb_up (cairo_t *cr, const SimLook *look, SimRandom *random)
{
  double line = hairline_y (look), crown = -look->top / look->width - 0.25;
  for (int i = 0; i < 2000; i++) {
    double x = sim_random_between (random, -1.15, 1.15), y = sim_random_between (random, crown, 0.15);
    if (y > line * (1 - 0.25 * x * x) && fabs (x) < 0.86)
      continue;
    double lean = look->hair_part * 0.10, length = sim_random_between (random, 0.08, 0.17) * (fabs (x) > 0.85 ? 0.5 : 1);
    At to = { x + lean + x * length * 0.6 + sim_random_between (random, -0.05, 0.05), y - length };
    At over = { x + lean * 0.3, y - length * 0.6 };
    strand (cr, look, random, (At){ x, y }, over, to, 0.6);
  }
}

/* Locks that end in points over the forehead. */
static void comb_down (cairo_t *cr, const SimLook *look, SimRandom *random)
{
  double crown = -look->top / look->width - 0.15, low = -look->brow_height - look->brow_thickness - 0.17;
  for (int lock = 0; lock < 46; lock++) {
    double x = -0.90 + 1.80 * lock / 45, swing = look->hair_part * 0.35 + sim_random_between (random, -0.06, 0.06);
    double end = low - 0.10 * fabs (x) + sim_random_between (random, -0.12, 0.035) - 0.12 * MAX (0, x * look->hair_part);
    At tip = { x * 0.98 + swing * 0.5, fabs (x) > 0.78 ? -0.28 + sim_random_between (random, -0.1, 0.1) : end };
    for (int i = 0; i < 26; i++) {
      double spread = sim_random_between (random, -0.055, 0.055);
      At from = { x * 0.45 + spread * 1.5, crown + sim_random_between (random, 0, 0.25) };
      At over = { x * 1.02 + spread * 1.3, crown * 0.80 };
      At to = { tip.x + spread * 0.45, tip.y - sim_random_between (random, 0, 0.14) * fabs (spread) * 18 };
      strand (cr, look, random, from, over, to, 0.72);
    }
  }
}

static void comb_sides (cairo_t *cr, const SimLook *look, SimRandom *random)
{
  for (int i = 0; i < 420; i++) {
    double side = sim_random_chance (random, 0.5) ? -1 : 1;
    double x = side * sim_random_between (random, 0.89, 1.08), y = sim_random_between (random, -0.75, look->woman ? 0.05 : 0.20);
    strand (cr, look, random, (At){ x, y - 0.12 }, (At){ x + side * 0.01, y - 0.05 }, (At){ x + side * 0.03, y }, 0.5);
  }
}

/* Thin hairs across the edge, so that hair does not end like a hat. */
static void edge_down (cairo_t *cr, const SimLook *look, SimRandom *random)
{
  double line = hairline_y (look);
  for (int i = 0; i < 240; i++) {
    double x = sim_random_between (random, -0.86, 0.86), y = line * (1.03 - 0.26 * pow (fabs (x), 2.6)) + sim_random_between (random, -0.06, 0.03);
    double lean = x - look->hair_part * 0.7;
    At to = { x + lean * 0.10, y - 0.13 };
    cairo_set_line_width (cr, 0.004);
    sim_source (cr, look->hair, 0.40);
    cairo_move_to (cr, x, y);
    cairo_curve_to (cr, x + lean * 0.02, y - 0.05, to.x, to.y + 0.04, to.x, to.y);
    cairo_stroke (cr);
  }
}

void sim_hair_cap (cairo_t *cr, const SimLook *look)
{
  SimRandom random = sim_random (look->seed, 41);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  sim_source (cr, look->hair, 1);
  cairo_paint (cr);
  if (parted (look))
    comb_parted (cr, look, &random);
  else
    comb_up (cr, look, &random);
  comb_sides (cr, look, &random);
  SimSoft soft;
  cairo_t *mask = sim_soft_begin (&soft, cr, -1, hairline_y (look) * 1.1, 1, 1.9, 0.1);
  face_opening (mask, look);
  cairo_fill (mask);
  cairo_set_operator (cr, CAIRO_OPERATOR_DEST_OUT);
  sim_soft_end (&soft, (SimColour){ 0, 0, 0 }, 1, look->woman ? 0.016 : 0.022);
  g_autoptr (cairo_pattern_t) low = cairo_pattern_create_linear (0, look->woman ? -0.05 : 0.06, 0, look->woman ? 0.15 : 0.26);
  cairo_pattern_add_color_stop_rgba (low, 0, 0, 0, 0, 0);
  cairo_pattern_add_color_stop_rgba (low, 1, 0, 0, 0, 1);
  cairo_set_source (cr, low);
  cairo_paint (cr);
  cairo_set_operator (cr, CAIRO_OPERATOR_OVER);
  edge_down (cr, look, &random);
  if (look->hair_style == SIM_HAIR_FRINGE)
    comb_down (cr, look, &random);
}

double sim_hair_thickness (const SimLook *look, double around, double down)
{
  double up = CLAMP ((-down - 0.25) / 0.6, 0, 1), lean = parted (look) ? -sin (around) * look->hair_part : 0;
  double thickness = look->hair_side + (look->hair_volume - look->hair_side) * up * up * (3 - 2 * up);
  thickness *= 1 + 0.25 * lean * up;
  if (!look->woman)
    thickness += up * (0.9 * sin (around * 23 + look->seed) + 0.7 * sin (around * 41 + 2 * look->seed));
  return thickness * CLAMP ((0.22 - down) / 0.3, 0.1, 1);
}

static void place (cairo_t *cr, const SimStance *stance, const SimLook *look, double x, double y, double z, double *px, double *py)
{
  SimPoint point = sim_stance_place (stance, (SimPoint){ x * look->width, y * look->width, z * look->width });
  *px = point.x;
  *py = point.y;
}

typedef struct {
  double inner[4][2], outer[4][2]; /* two curves from top to bottom, shares, for the right side; between them hair hangs */
  double depth;                    /* z, share */
} Fall;

static void edge_point (const double edge[4][2], double t, double *x, double *y)
{
  double u = 1 - t;
  double w[4] = { u * u * u, 3 * u * u * t, 3 * u * t * t, t * t * t };
  *x = *y = 0;
  for (int i = 0; i < 4; i++) {
    *x += w[i] * edge[i][0];
    *y += w[i] * edge[i][1];
  }
}

static void trace (cairo_t *cr, const Fall *fall, double across, double side, double until, const SimLook *look, const SimStance *stance)
{
  for (int i = 0; i <= 14; i++) {
    double t = i / 14.0 * until, ax, ay, bx, by, px, py;
    edge_point (fall->inner, t, &ax, &ay);
    edge_point (fall->outer, t, &bx, &by);
    place (cr, stance, look, side * (ax + (bx - ax) * across), ay + (by - ay) * across, fall->depth, &px, &py);
    if (i == 0)
      cairo_move_to (cr, px, py);
    else
      cairo_line_to (cr, px, py);
  }
}

static void hang (cairo_t *cr, const Fall *fall, double side, const SimLook *look, const SimStance *stance, guint stream)
{
  SimRandom random = sim_random (look->seed, stream);
  double unit = look->width * stance->size;
  cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
  cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
  for (int i = 0; i < 60; i++) { /* the ground: broad strokes from edge to edge */
    trace (cr, fall, i / 59.0, side, 1, look, stance);
    cairo_set_line_width (cr, 0.03 * unit);
    sim_source (cr, sim_darker (look->hair, 0.72 + 0.28 * sin (i / 59.0 * G_PI)), 1);
    cairo_stroke (cr);
  }
  SimColour light = sim_mix (look->hair, (SimColour){ 0.50, 0.40, 0.34 }, 0.24);
  for (int i = 0; i < 170; i++) {
    double tone = sim_random_between (&random, 0, 1);
    trace (cr, fall, sim_random_between (&random, 0, 1.03), side, sim_random_between (&random, 0.8, 1.04), look, stance);
    cairo_set_line_width (cr, sim_random_between (&random, 0.004, 0.013) * unit);
    sim_source (cr, tone < 0.6 ? sim_darker (look->hair, 0.4 + tone) : light, 0.40);
    cairo_stroke (cr);
  }
}

void sim_hair_behind (cairo_t *cr, const SimLook *look, const SimStance *stance)
{
  const Fall lengthy = { { { 0, -1.2 }, { 0.3, 0 }, { 0.3, 1.2 }, { 0.25, 2.5 } }, { { 0.85, -0.95 }, { 1.22, -0.3 }, { 1.18, 1.0 }, { 1.20, 2.5 } }, -0.9 };
  const Fall bob = { { { 0, -1.2 }, { 0.2, 0 }, { 0.2, 0.8 }, { 0.3, 1.42 } }, { { 0.85, -0.95 }, { 1.25, -0.3 }, { 1.24, 0.9 }, { 1.02, 1.40 } }, -0.9 };
  const Fall nape = { { { 0, -1.0 }, { 0.2, 0 }, { 0.2, 0.6 }, { 0.3, 0.9 } }, { { 0.9, -0.8 }, { 1.02, -0.2 }, { 0.95, 0.4 }, { 0.56, 1.0 } }, -0.9 };
  const Fall *fall = look->hair_style == SIM_HAIR_LONG ? &lengthy : look->hair_style == SIM_HAIR_BOB ? &bob : &nape;
  hang (cr, fall, -1, look, stance, 42);
  hang (cr, fall, 1, look, stance, 43);
}

void sim_hair_before (cairo_t *cr, const SimLook *look, const SimStance *stance)
{
  const Fall lock = { { { 0.80, -0.78 }, { 0.96, -0.40 }, { 0.90, 0.30 }, { 0.86, 1.20 } }, { { 0.78, -1.05 }, { 1.34, -0.50 }, { 1.22, 0.70 }, { 1.02, 1.36 } }, -0.35 };
  if (look->hair_style != SIM_HAIR_BOB)
    return;
  hang (cr, &lock, -1, look, stance, 44);
  hang (cr, &lock, 1, look, stance, 45);
}
