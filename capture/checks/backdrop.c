/* The backdrop in the portrait's part, and against the day's reference. The measures are capture/picture/backdrop.h's.
 */
#include "capture/checks/table.h"

#include "capture/picture/colour.h"
#include <math.h>

static gboolean is_there (const LanmuScene *scene, LanmuCheck *out)
{
  if (lanmu_view_has_backdrop (&scene->view))
    return TRUE;
  out->verdict = scene->view.good ? LANMU_VERDICT_UNSURE : LANMU_VERDICT_NOT_CHECKED;
  out->why = scene->view.good ? "not-found" : "too-small";
  return FALSE;
}

void lanmu_check_backdrop_border (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  if (!scene->view.good) {
    out->verdict = LANMU_VERDICT_NOT_CHECKED;
    out->why = "too-small";
    return;
  }
  out->measure = scene->view.backdrop.border_share;
  if (scene->view.backdrop.found == LANMU_VERDICT_FAIL)
    out->why = "not-found";
}

void lanmu_check_backdrop_colour (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  const LanmuBackdropReading *reading = &scene->view.backdrop;
  if (!is_there (scene, out))
    return;
  LanmuLab mean = lanmu_lab_from_srgb (reading->mean_r, reading->mean_g, reading->mean_b);
  out->measure = INFINITY;
  for (int i = 0; i < scene->profile->n_colours; i++) {
    const guint8 *c = scene->profile->colours[i];
    out->measure = MIN (out->measure, lanmu_delta_e2000 (mean, lanmu_lab_from_srgb (c[0], c[1], c[2])));
  }
}

/* The half of the portrait that is darker. */
static void at_side (const LanmuScene *scene, LanmuCheck *out)
{
  const LanmuBackdropReading *reading = &scene->view.backdrop;
  const LanmuPlacement *p = &scene->placement;
  gboolean sideways = fabs (reading->slope_x) >= fabs (reading->slope_y);
  gboolean second = sideways ? reading->slope_x < 0 : reading->slope_y < 0;
  out->why = sideways ? (second ? "right" : "left") : (second ? "bottom" : "top");
  if (sideways)
    lanmu_check_at (out, p->x + (second ? p->width / 2 : 0), p->y, p->width / 2, p->height);
  else
    lanmu_check_at (out, p->x, p->y + (second ? p->height / 2 : 0), p->width, p->height / 2);
}

void lanmu_check_backdrop_even (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  if (!is_there (scene, out))
    return;
  out->measure = scene->view.backdrop.even_delta;
  at_side (scene, out);
}

/* Around the darkest backdrop cells. */
static void at_darkest (const LanmuScene *scene, LanmuCheck *out)
{
  const LanmuView *view = &scene->view;
  int best = -1;
  for (int i = 0; i < view->cells.width * view->cells.height; i++)
    if (view->mask.core[i] && (best < 0 || view->cells.lab[i].l < view->cells.lab[best].l))
      best = i;
  if (best < 0)
    return;
  double x = view->x + (best % view->cells.width) * view->cell, y = view->y + (best / view->cells.width) * view->cell;
  lanmu_check_at (out, x - 6 * view->cell, y - 6 * view->cell, 13 * view->cell, 13 * view->cell);
  out->why = x < scene->placement.x + scene->placement.width / 2 ? "left" : "right";
}

void lanmu_check_backdrop_shadow (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  if (!is_there (scene, out))
    return;
  out->measure = scene->view.backdrop.shadow_share;
  at_darkest (scene, out);
}

void lanmu_check_drift (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  LanmuDrift drift;
  if (reference == NULL || !scene->wide.good) {
    out->verdict = LANMU_VERDICT_NOT_CHECKED;
    out->why = reference == NULL ? "no-reference" : "too-small";
    return;
  }
  lanmu_reference_compare (reference, &scene->wide, &drift);
  out->measure = drift.delta;
  out->why = drift.why;
  if (isnan (drift.delta))
    out->verdict = LANMU_VERDICT_WARN; /* of a backdrop that was there in the morning nothing is to be seen */
}
