/* Skin: no surface of one colour. Regions differ in hue (forehead yellow, cheeks and nose red, a man's jaw grey), and
 * all over it is mottled. */
#include "capture/simcam/sitter/face.h"

#include <math.h>

static void regions (cairo_t *cr, const SimLook *look)
{
  double chin = look->chin / look->width, end = look->nose_end * chin;
  SimColour red = {0.86, 0.42, 0.36}, pale = sim_mix (look->skin, (SimColour){1, 0.94, 0.80}, 0.5);
  sim_spot (cr, 0, -0.55, 0.80, 0.42, pale, 0.30);
  for (int side = -1; side <= 1; side += 2) {
    sim_spot (cr, side * 0.56, 0.40, 0.42, 0.34, red, 0.24 * look->blush);
    sim_spot (cr, side * 0.98, 0.2, 0.22, 0.5, red, 0.16);
    sim_spot (cr, side * 0.40, 0.26, 0.28, 0.16, pale, 0.22);
  }
  sim_spot (cr, 0, end - 0.08, 0.19, 0.15, red, 0.20 + 0.15 * look->blush);
  sim_spot (cr, 0, chin * 0.92, 0.26, 0.16, red, 0.14);
  sim_spot (cr, 0, chin * 0.84, 0.16, 0.10, pale, 0.2);
}

static void beard (cairo_t *cr, const SimLook *look)
{
  if (look->woman)
    return;
  double chin = look->chin / look->width, line = look->mouth_line * chin;
  SimColour grey = sim_mix (look->skin, (SimColour){0.30, 0.31, 0.34}, 0.7);
  double strength = 0.10 + 0.12 * look->brow_strength;
  sim_spot (cr, 0, line - look->lip_upper - 0.06, 0.34, 0.085, grey, strength * 1.3);
  sim_spot (cr, 0, chin * 0.92, 0.44, 0.26, grey, strength);
  for (int side = -1; side <= 1; side += 2)
    sim_spot (cr, side * 0.62, chin * 0.66, 0.34, 0.34, grey, strength * 0.7);
}

static void mottle (cairo_t *cr, const SimLook *look)
{
  SimRandom random = sim_random (look->seed, 31);
  for (int i = 0; i < 700; i++) {
    double x = sim_random_between (&random, -1.05, 1.05), y = sim_random_between (&random, -1.1, 1.55),
           size = sim_random_between (&random, 0.02, 0.075);
    gboolean dark = sim_random_chance (&random, 0.5);
    sim_spot (cr, x, y, size, size * sim_random_between (&random, 0.7, 1.3),
              dark ? (SimColour){0.62, 0.32, 0.24} : (SimColour){1, 0.93, 0.84}, 0.040);
  }
}

static void moles (cairo_t *cr, const SimLook *look)
{
  SimRandom random = sim_random (look->seed, 32);
  int count = (int)(look->moles * 4);
  for (int i = 0; i < count; i++) {
    double x = sim_random_between (&random, 0.15, 0.8) * (sim_random_chance (&random, 0.5) ? 1 : -1),
           y = sim_random_between (&random, 0.2, 1.1);
    double size = sim_random_between (&random, 0.010, 0.020);
    sim_spot (cr, x, y, size * 1.6, size * 1.6, (SimColour){0.22, 0.11, 0.08}, sim_random_between (&random, 0.5, 0.9));
  }
}

void sim_face_skin (cairo_t *cr, const SimLook *look)
{
  sim_source (cr, look->skin, 1);
  cairo_paint (cr);
  regions (cr, look);
  beard (cr, look);
  mottle (cr, look);
  moles (cr, look);
}

/* A lamp too hard on oily skin: where the face bends towards the light. */
void sim_face_shine (cairo_t *cr, const SimLook *look, double strength)
{
  const SimColour white = {1, 1, 1};
  if (strength <= 0)
    return;
  for (int layer = 0; layer < 5; layer++) { /* soft edges, a white middle */
    sim_spot (cr, 0, -0.62, 0.42, 0.20, white, strength);
    sim_spot (cr, 0, 0.30, 0.10, 0.26, white, strength);
    for (int side = -1; side <= 1; side += 2)
      sim_spot (cr, side * 0.52, 0.40, 0.20, 0.16, white, strength);
  }
}
