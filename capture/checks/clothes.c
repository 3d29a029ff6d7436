/* Clothes against the backdrop. The portals' machines reject clothes that melt into it, so both the area and the line
 * along the shoulders are looked at. The torso's place is known by the head: below the chin, narrow enough to be body
 * on any sitter. */
#include "capture/checks/table.h"

#include <math.h>
#include <stdlib.h>

#define NEAR_COLOUR 12 /* plain Lab distance of a cell to the backdrop around it */
#define LEAST_CELLS 60 /* fewer: no torso in the picture */
#define LEAST_EDGES 6
#define BESIDE      0.45 /* face widths from the middle: beside the neck */
#define CHIN        0.75 /* face widths from the eyes to below the chin, when no chin is known */

typedef struct {
  double top;    /* row where clothes begin */
  double middle; /* column */
  double face;   /* width in cells */
} Torso;

static gboolean find_torso (const LanmuScene *scene, LanmuCheck *out, Torso *torso)
{
  const LanmuHead *head = &scene->head;
  const LanmuView *view = &scene->view;
  if (!lanmu_view_has_backdrop (view) || head->kind == LANMU_HEAD_NONE) {
    out->verdict = LANMU_VERDICT_NOT_CHECKED;
    out->why = head->kind == LANMU_HEAD_NONE ? "nobody" : "not-found";
    return FALSE;
  }
  double chin = head->chin > 0 ? head->chin : head->eyes + CHIN * head->face_width;
  torso->top = (chin + 0.35 * head->face_width - view->y) / view->cell;
  torso->middle = (head->middle - view->x) / view->cell;
  torso->face = head->face_width / view->cell;
  return TRUE;
}

/* Shoulders fall away: half a face wide at the top, three quarters further down. */
static double half_width (const Torso *torso, int row)
{
  return torso->face * CLAMP (0.4 + 0.7 * (row - torso->top) / torso->face, 0.4, 0.75);
}

static LanmuLab backdrop_mean (const LanmuView *view)
{
  const LanmuBackdropReading *reading = &view->backdrop;
  return lanmu_lab_from_srgb (reading->mean_r, reading->mean_g, reading->mean_b);
}

static gboolean looks_like_backdrop (const LanmuView *view, const LanmuLab *mean, int column, int row)
{
  return lanmu_view_is_backdrop (view, column, row) ||
         lanmu_lab_distance (lanmu_view_lab (view, column, row), mean) < NEAR_COLOUR;
}

void lanmu_check_clothes_share (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  Torso torso;
  const LanmuView *view = &scene->view;
  if (!find_torso (scene, out, &torso))
    return;
  LanmuLab mean = backdrop_mean (view);
  int all = 0, like = 0;
  for (int row = MAX ((int) ceil (torso.top), 0); row < view->cells.height; row++) {
    double half = half_width (&torso, row);
    int left = MAX ((int) (torso.middle - half), 0), right = MIN ((int) (torso.middle + half), view->cells.width);
    for (int column = left; column < right; column++, all++)
      like += looks_like_backdrop (view, &mean, column, row);
  }
  if (all < LEAST_CELLS) {
    out->verdict = LANMU_VERDICT_NOT_CHECKED;
    out->why = "no-torso";
    return;
  }
  out->measure = (double) like / all;
  double half = 0.75 * torso.face * view->cell, top = view->y + torso.top * view->cell;
  lanmu_check_at (out, scene->head.middle - half, top, 2 * half, view->y + view->cells.height * view->cell - top);
}

/* ---- along the shoulders */

/* Where the shoulder begins in this column, from beside the neck downwards; −1: long hair stands there, or there is
 * none. */
static int shoulder_row (const LanmuView *view, int column, int from)
{
  if (from >= view->cells.height || !lanmu_view_is_backdrop (view, column, from))
    return -1;
  for (int row = from; row < view->cells.height; row++)
    if (!lanmu_view_is_backdrop (view, column, row))
      return row;
  return -1;
}

/* Difference two cells to either side of the edge: mixtures lie between. −1: the edge is at the picture's. */
static double across (const LanmuView *view, int column, int row)
{
  if (row < 2 || row + 2 >= view->cells.height)
    return -1;
  return lanmu_delta_e2000 (*lanmu_view_lab (view, column, row - 2), *lanmu_view_lab (view, column, row + 2));
}

static int by_size (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return x < y ? -1 : x > y;
}

void lanmu_check_clothes_contrast (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  Torso torso;
  const LanmuView *view = &scene->view;
  if (!find_torso (scene, out, &torso))
    return;
  g_autofree double *found = g_new (double, view->cells.width);
  int n = 0, from = MAX ((int) (torso.top - 0.15 * torso.face), 0);
  for (int column = 0; column < view->cells.width; column++) {
    int row = fabs (column - torso.middle) > BESIDE * torso.face ? shoulder_row (view, column, from) : -1;
    double difference = row >= 0 ? across (view, column, row) : -1;
    if (difference >= 0)
      found[n++] = difference;
  }
  if (n < LEAST_EDGES) {
    out->verdict = LANMU_VERDICT_NOT_CHECKED;
    out->why = "no-torso";
    return;
  }
  qsort (found, (gsize) n, sizeof *found, by_size);
  out->measure = found[n / 4];
  double top = view->y + torso.top * view->cell;
  lanmu_check_at (out, scene->placement.x, top, scene->placement.width,
                  view->y + view->cells.height * view->cell - top);
}
