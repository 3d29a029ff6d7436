/* Nose and mouth: the parts of them that are colour; their relief is in head.c. */
#include "capture/simcam/sitter/face.h"

#include <math.h>

typedef struct {
  double wide, line, corner; /* half width; heights of the mouth's line in the middle and at the corners */
  double upper, lower, gap;  /* thickness of the lips, half the opening */
} Mouth;

static Mouth mouth_of (const SimLook *look, double open)
{
  double line = look->mouth_line * look->chin / look->width;
  return (Mouth){look->mouth_width, line,        line - look->mouth_curve + open * 0.01, look->lip_upper,
                 look->lip_lower,   open * 0.085};
}

static void upper_edge (cairo_t *cr, const Mouth *m)
{
  double top = m->line - m->gap * 0.5 - m->upper;
  cairo_move_to (cr, -m->wide, m->corner);
  cairo_curve_to (cr, -m->wide * 0.62, m->corner - m->upper * 0.55, -m->wide * 0.42, top + 0.004, -0.075, top);
  cairo_curve_to (cr, -0.045, top, -0.02, top + m->upper * 0.20, 0, top + m->upper * 0.20);
  cairo_curve_to (cr, 0.02, top + m->upper * 0.20, 0.045, top, 0.075, top);
  cairo_curve_to (cr, m->wide * 0.42, top + 0.004, m->wide * 0.62, m->corner - m->upper * 0.55, m->wide, m->corner);
}

static void line_back (cairo_t *cr, const Mouth *m, double shift)
{
  double y = m->line + shift;
  cairo_curve_to (cr, m->wide * 0.6, y - 0.004, m->wide * 0.36, y - 0.006, m->wide * 0.18, y - 0.002);
  cairo_curve_to (cr, 0.03, y + 0.008, -0.03, y + 0.008, -m->wide * 0.18, y - 0.002);
  cairo_curve_to (cr, -m->wide * 0.36, y - 0.006, -m->wide * 0.6, y - 0.004, -m->wide, m->corner);
}

static void lower_edge_back (cairo_t *cr, const Mouth *m)
{
  double bottom = m->line + m->gap * 1.5 + m->lower;
  cairo_curve_to (cr, m->wide * 0.7, m->corner + (bottom - m->corner) * 0.62, m->wide * 0.40, bottom, 0, bottom);
  cairo_curve_to (cr, -m->wide * 0.40, bottom, -m->wide * 0.7, m->corner + (bottom - m->corner) * 0.62, -m->wide,
                  m->corner);
}

static cairo_t *begin (SimSoft *soft, cairo_t *cr, const Mouth *m)
{
  return sim_soft_begin (soft, cr, -m->wide - 0.05, m->line - 0.25, m->wide + 0.05, m->line + 0.4, 0.05);
}

static void lips (cairo_t *cr, const Mouth *m, const SimLook *look)
{
  SimSoft soft;
  cairo_t *mask = begin (&soft, cr, m);
  upper_edge (mask, m);
  lower_edge_back (mask, m);
  cairo_fill (mask);
  sim_soft_end (&soft, look->lips, 0.88, 0.012);
  mask = begin (&soft, cr, m); /* the upper lip looks down and is darker */
  upper_edge (mask, m);
  line_back (mask, m, -m->gap * 0.5);
  cairo_fill (mask);
  sim_soft_end (&soft, sim_darker (look->lips, 0.74), 0.50, 0.014);
  sim_spot (cr, 0, m->line + m->gap * 1.5 + m->lower * 0.42, m->wide * 0.42, m->lower * 0.36,
            sim_mix (look->lips, (SimColour){1, 0.93, 0.90}, 0.65), 0.40);
  sim_spot (cr, 0, m->line + m->gap * 1.5 + m->lower + 0.045, m->wide * 0.60, 0.055, sim_darker (look->skin, 0.50),
            0.38);
}

static void inside (cairo_t *cr, const Mouth *m)
{
  if (m->gap < 0.003)
    return;
  cairo_save (cr);
  cairo_new_path (cr);
  cairo_move_to (cr, -m->wide * 0.86, m->corner);
  cairo_curve_to (cr, -m->wide * 0.4, m->line - m->gap * 0.8, m->wide * 0.4, m->line - m->gap * 0.8, m->wide * 0.86,
                  m->corner);
  cairo_curve_to (cr, m->wide * 0.5, m->line + m->gap * 1.9, -m->wide * 0.5, m->line + m->gap * 1.9, -m->wide * 0.86,
                  m->corner);
  cairo_clip (cr);
  sim_source (cr, (SimColour){0.20, 0.07, 0.07}, 1);
  cairo_paint (cr);
  sim_source (cr, (SimColour){0.88, 0.85, 0.80}, MIN (1, m->gap * 24));
  sim_ellipse (cr, 0, m->line - m->gap * 0.55, m->wide * 0.66, m->gap * 0.75);
  cairo_restore (cr);
}

static void mouth_line (cairo_t *cr, const Mouth *m)
{
  SimSoft soft;
  SimColour dark = {0.26, 0.09, 0.08};
  cairo_t *mask = begin (&soft, cr, m);
  cairo_set_line_width (mask, 0.014);
  cairo_set_line_cap (mask, CAIRO_LINE_CAP_ROUND);
  cairo_move_to (mask, m->wide, m->corner);
  line_back (mask, m, -m->gap * 0.5);
  cairo_stroke (mask);
  sim_soft_end (&soft, dark, 0.82, 0.006);
  for (int side = -1; side <= 1; side += 2)
    sim_spot (cr, side * (m->wide + 0.005), m->corner + 0.002, 0.045, 0.035, dark, 0.34);
}

void sim_face_mouth (cairo_t *cr, const SimLook *look, double open)
{
  Mouth mouth = mouth_of (look, open);
  lips (cr, &mouth, look);
  inside (cr, &mouth);
  if (open < 0.1)
    mouth_line (cr, &mouth);
}

static void nostril (cairo_t *cr, const SimLook *look, double end)
{
  SimSoft soft;
  SimColour dark = {0.20, 0.08, 0.06};
  cairo_t *mask = sim_soft_begin (&soft, cr, 0, end - 0.12, look->nose_width + 0.1, end + 0.1, 0.05);
  cairo_move_to (mask, 0.040, end - 0.004);
  cairo_curve_to (mask, 0.055, end - 0.040, look->nose_width * 0.62, end - 0.052, look->nose_width * 0.74, end - 0.018);
  cairo_curve_to (mask, look->nose_width * 0.66, end + 0.004, 0.07, end + 0.014, 0.040, end - 0.004);
  cairo_fill (mask);
  sim_soft_end (&soft, dark, 0.78, 0.012);
  mask = sim_soft_begin (&soft, cr, 0, end - 0.25, look->nose_width + 0.15, end + 0.1, 0.05); /* the wing's edge */
  cairo_move_to (mask, look->nose_width * 0.90, end - 0.125);
  cairo_curve_to (mask, look->nose_width * 1.14, end - 0.10, look->nose_width * 1.14, end - 0.015,
                  look->nose_width * 0.88, end - 0.004);
  cairo_set_line_width (mask, 0.016);
  cairo_stroke (mask);
  sim_soft_end (&soft, sim_mix (dark, look->skin, 0.25), 0.34, 0.014);
}

void sim_face_nose (cairo_t *cr, const SimLook *look)
{
  double end = look->nose_end * look->chin / look->width;
  SimColour shade = sim_mix (sim_darker (look->skin, 0.52), (SimColour){0.40, 0.18, 0.12}, 0.3);
  sim_spot (cr, 0, end + 0.035, look->nose_width * 1.15, 0.075, shade, 0.55);
  for (int side = -1; side <= 1; side += 2) {
    cairo_save (cr);
    cairo_scale (cr, side, 1);
    sim_spot (cr, 0.135, end * 0.45, 0.075, end * 0.50, shade, 0.20); /* down the side of the bridge */
    sim_spot (cr, 0.155, 0.02, 0.07, 0.13, shade, 0.22);
    nostril (cr, look, end);
    cairo_restore (cr);
  }
  sim_spot (cr, 0, end - 0.085, 0.075, 0.060, (SimColour){1, 0.95, 0.90}, 0.16);
  sim_spot (cr, 0, end * 0.4, 0.04, end * 0.5, (SimColour){1, 0.95, 0.90}, 0.12);
}
