/* Crown and outline: see the header. */
#include "capture/checks/crown.h"

#include <math.h>

#define SOLID        0.30 /* of the column: hair, not a strand */
#define STRAND       0.06 /* less than this is a strand */
#define SOLID_HEIGHT 0.03 /* of the view's height */
#define LEAST_EDGE   6    /* Lab units that hair differs from the backdrop */
#define WIDE_EDGE    22

static LanmuLab lab_of (const guint8 *pixel)
{
  LanmuLab lab;
  guint16 bgr[3] = {(guint16) (pixel[0] * 16), (guint16) (pixel[1] * 16), (guint16) (pixel[2] * 16)};
  lanmu_lab_from_bgr16 (bgr, 1, &lab);
  return lab;
}

/* The backdrop's colour over the head: mean of its cells there, else the border's. */
static LanmuLab colour_above (const LanmuView *view, int left, int right, int bottom)
{
  double l = 0, a = 0, b = 0;
  int n = 0;
  for (int y = 0; y < MIN (bottom, view->cells.height); y++)
    for (int x = MAX (left, 0); x < MIN (right, view->cells.width); x++)
      if (view->mask.core[y * view->cells.width + x]) {
        const LanmuLab *cell = lanmu_view_lab (view, x, y);
        l += cell->l, a += cell->a, b += cell->b, n++;
      }
  return n > 0 ? (LanmuLab){(float) (l / n), (float) (a / n), (float) (b / n)} : view->mask.colour;
}

typedef struct {
  const LanmuSmall *small;
  LanmuLab backdrop;
  int left, right; /* small columns */
  double edge;     /* Lab units: more than this is not backdrop */
} Column;

static double share (const Column *c, int row)
{
  int off = 0;
  for (int x = c->left; x < c->right; x++) {
    LanmuLab lab = lab_of (lanmu_small_at (c->small, x, row));
    off += lanmu_lab_distance (&lab, &c->backdrop) > c->edge;
  }
  return (double) off / (c->right - c->left);
}

/* First row from which on the column stays solid; −1: none. */
static int solid_row (const Column *c, int top, int bottom, int height)
{
  int run = 0;
  for (int row = top; row < bottom; row++) {
    run = share (c, row) >= SOLID ? run + 1 : 0;
    if (run >= height)
      return row - run + 1;
  }
  return -1;
}

static int topmost_row (const Column *c, int solid, int top, int reach)
{
  int row = solid;
  while (row > top && solid - row < reach && share (c, row - 1) >= STRAND)
    row--;
  return row;
}

/* Hair of little contrast needs a finer edge than black hair, whose edge a soft lens spreads. */
static double edge_for (Column *c, int row)
{
  LanmuLab inside = {0};
  int n = 0;
  for (int x = c->left; x < c->right; x++, n++) {
    LanmuLab lab = lab_of (lanmu_small_at (c->small, x, row));
    inside.l += lab.l, inside.a += lab.a, inside.b += lab.b;
  }
  inside.l /= (float) n, inside.a /= (float) n, inside.b /= (float) n;
  return CLAMP (lanmu_lab_distance (&inside, &c->backdrop) / 2, LEAST_EDGE, WIDE_EDGE);
}

double lanmu_crown_find (const LanmuSmall *small, double factor, const LanmuView *view, double middle, double half,
                         double eyes)
{
  if (!lanmu_view_has_backdrop (view))
    return NAN;
  int top = CLAMP ((int) (view->y / factor), 0, small->height - 1),
      bottom = CLAMP ((int) (eyes / factor), top, small->height);
  int height = MAX ((int) (SOLID_HEIGHT * view->cells.height * view->cell / factor), 2);
  Column c = {.small = small, .edge = WIDE_EDGE / 2.0};
  c.left = CLAMP ((int) ((middle - half) / factor), 0, small->width - 1);
  c.right = CLAMP ((int) ((middle + half) / factor), c.left + 1, small->width);
  c.backdrop = colour_above (view, lanmu_view_column (view, middle - 1.5 * half),
                             lanmu_view_column (view, middle + 1.5 * half), lanmu_view_row (view, eyes));
  int solid = solid_row (&c, top, bottom, height);
  if (solid < 0)
    return NAN;
  c.edge = edge_for (&c, MIN (solid + height, small->height - 1));
  solid = solid_row (&c, top, bottom, height);
  return solid < 0 ? NAN : topmost_row (&c, solid, top, 2 * height) * factor;
}

/* ---- outline */

/* The longest run in the row that is not backdrop. */
static int longest_run (const LanmuView *view, int row, int *from)
{
  int best = 0, run = 0;
  for (int x = 0; x < view->cells.width; x++) {
    run = lanmu_view_is_backdrop (view, x, row) ? 0 : run + 1;
    if (run > best) {
      best = run;
      *from = x - run + 1;
    }
  }
  return best;
}

gboolean lanmu_silhouette_find (const LanmuView *view, double *crown, double *middle, double *width)
{
  int from = 0, least = MAX (view->good ? view->cells.width / 12 : 0, 3), top = 0;
  if (!lanmu_view_has_backdrop (view))
    return FALSE;
  while (top < view->cells.height && longest_run (view, top, &from) < least)
    top++;
  for (int row = top; row < view->cells.height;
       row++) { /* a head is about a third higher than wide: its widest place lies this deep */
    int run = longest_run (view, row, &from);
    if (row - top < 0.6 * run)
      continue;
    if (run >= view->cells.width - 1)
      return FALSE;
    *crown = view->y + top * view->cell;
    *middle = view->x + (from + run / 2.0) * view->cell;
    *width = run * view->cell;
    return TRUE;
  }
  return FALSE;
}
