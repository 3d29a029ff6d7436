/* See detect.h. The network answers for fixed places: 16×16 cells with 2 boxes each, then 8×8 cells with 6; a box is
 * given relative to its cell's middle, in pixels of the 128. */
#include "capture/face/detect.h"

#include <math.h>
#include <string.h>

#define SCORE_MIN  0.5
#define OVERLAP    0.3 /* share of the union from which two boxes are the same face */
#define CANDIDATES 64
#define SURE       0.85 /* a face that stands upright in the picture is seen with more */
#define CLEARLY    0.05 /* by so much a turned one must be seen better */
#define TURNED_MAX 4
#define MIDDLE     0.6 /* share of the picture's longer side that the second look takes */

/* The middle of the cell a box belongs to, 0..1. */
static void cell_middle (int box, double *x, double *y)
{
  int cells = box < 512 ? 16 : 8, cell = box < 512 ? box / 2 : (box - 512) / 6;
  *x = (cell % cells + 0.5) / cells;
  *y = (cell / cells + 0.5) / cells;
}

static LanmuDetection read_box (const float *values, const LanmuPart *part, int box, double score)
{
  double x, y;
  cell_middle (box, &x, &y);
  const float *v = values + box * LANMU_DETECT_VALUES;
  LanmuFacePoint middle = lanmu_part_place (part, x + v[0] / LANMU_DETECT_SIDE, y + v[1] / LANMU_DETECT_SIDE);
  LanmuDetection found = {.score = score, .x = middle.x, .y = middle.y};
  found.width = v[2] / LANMU_DETECT_SIDE * part->width;
  found.height = v[3] / LANMU_DETECT_SIDE * part->height;
  for (int i = 0; i < 2; i++)
    found.eyes[i] = lanmu_part_place (part, x + v[4 + 2 * i] / LANMU_DETECT_SIDE, y + v[5 + 2 * i] / LANMU_DETECT_SIDE);
  return found;
}

static double overlap (const LanmuDetection *a, const LanmuDetection *b)
{
  double w = MIN (a->x + a->width / 2, b->x + b->width / 2) - MAX (a->x - a->width / 2, b->x - b->width / 2);
  double h = MIN (a->y + a->height / 2, b->y + b->height / 2) - MAX (a->y - a->height / 2, b->y - b->height / 2);
  double common = MAX (w, 0) * MAX (h, 0), both = a->width * a->height + b->width * b->height - common;
  return both > 0 ? common / both : 0;
}

static int by_score (const void *a, const void *b)
{
  double sa = ((const LanmuDetection *) a)->score, sb = ((const LanmuDetection *) b)->score;
  return sa < sb ? 1 : sa > sb ? -1 : 0;
}

static gboolean is_sane (const LanmuDetection *self)
{
  return isfinite (self->x) && isfinite (self->y) && self->width > 0 && self->height > 0 && self->width < 1e6 &&
         self->height < 1e6 && isfinite (self->eyes[0].x) && isfinite (self->eyes[0].y) && isfinite (self->eyes[1].x) &&
         isfinite (self->eyes[1].y);
}

static int gather (const float *values, const float *scores, const LanmuPart *part, LanmuDetection *out)
{
  int n = 0;
  for (int i = 0; i < LANMU_DETECT_BOXES && n < CANDIDATES; i++) {
    double score = 1 / (1 + exp (-CLAMP ((double) scores[i], -100, 100)));
    if (!(score >= SCORE_MIN))
      continue;
    out[n] = read_box (values, part, i, score);
    n += is_sane (&out[n]);
  }
  return n;
}

/* The boxes of one face as their mean, weighted by score: steadier than the best alone. */
static LanmuDetection merge (const LanmuDetection *all, gboolean *used, int n, int best)
{
  LanmuDetection sum = {.score = all[best].score};
  double weight = 0;
  for (int i = best; i < n; i++) {
    const LanmuDetection *d = &all[i];
    if (used[i] || overlap (&all[best], d) < OVERLAP)
      continue;
    used[i] = TRUE;
    weight += d->score;
    sum.x += d->x * d->score, sum.y += d->y * d->score, sum.width += d->width * d->score,
        sum.height += d->height * d->score;
    for (int k = 0; k < 2; k++) {
      sum.eyes[k].x += (float) (d->eyes[k].x * d->score);
      sum.eyes[k].y += (float) (d->eyes[k].y * d->score);
    }
  }
  sum.x /= weight, sum.y /= weight, sum.width /= weight, sum.height /= weight;
  for (int k = 0; k < 2; k++) {
    sum.eyes[k].x /= (float) weight;
    sum.eyes[k].y /= (float) weight;
  }
  return sum;
}

int lanmu_detect_read (const float *values, const float *scores, const LanmuPart *part, LanmuDetection *out, int max)
{
  LanmuDetection all[CANDIDATES];
  gboolean used[CANDIDATES] = {FALSE};
  int n = gather (values, scores, part, all), found = 0;
  qsort (all, (gsize) n, sizeof *all, by_score);
  for (int i = 0; i < n && found < max; i++)
    if (!used[i])
      out[found++] = merge (all, used, n, i);
  return found;
}

static int look_at (LanmuNetwork *network, const LanmuFaceView *view, const LanmuPart *part, LanmuDetection *out,
                    int max)
{
  lanmu_sample (view, part, LANMU_DETECT_SIDE, LANMU_DETECT_SIDE, 2, -1, lanmu_network_input (network));
  if (!lanmu_network_run (network))
    return 0;
  return lanmu_detect_read (lanmu_network_output (network, 0), lanmu_network_output (network, 1), part, out, max);
}

static int look_upright (LanmuNetwork *network, const LanmuFaceView *view, LanmuPart part, LanmuDetection *out, int max)
{
  int n = look_at (network, view, &part, out, max);
  if (n > 0)
    return n;
  part.width = part.height = part.width * MIDDLE;
  return look_at (network, view, &part, out, max);
}

int lanmu_detect (LanmuNetwork *network, const LanmuFaceView *view, gboolean any_way_up, LanmuDetection *out, int max)
{
  static const double ways[] = {G_PI, G_PI / 2, -G_PI / 2};
  int width, height;
  lanmu_face_view_get_size (view, &width, &height);
  double side = MAX (width, height);
  LanmuPart part = {.x = width / 2.0, .y = height / 2.0, .width = side, .height = side};
  int n = look_upright (network, view, part, out, max);
  for (gsize i = 0; any_way_up && i < G_N_ELEMENTS (ways) && (n == 0 || out[0].score < SURE); i++) {
    LanmuDetection turned[TURNED_MAX];
    part.angle = ways[i];
    int found = look_at (network, view, &part, turned, MIN (max, TURNED_MAX));
    if (found == 0 || (n > 0 && turned[0].score < out[0].score + CLEARLY))
      continue;
    memcpy (out, turned, (gsize) found * sizeof *out);
    n = found;
  }
  return n;
}

LanmuPart lanmu_detection_get_part (const LanmuDetection *self)
{
  double side = 1.5 * MAX (self->width, self->height);
  double angle = atan2 (self->eyes[1].y - self->eyes[0].y, self->eyes[1].x - self->eyes[0].x);
  return (LanmuPart){.x = self->x, .y = self->y, .width = side, .height = side, .angle = angle};
}
