/* Measuring the backdrop: see the header. Here: the measures over the mask, and what they mean. */
#include "capture/picture/backdrop.h"

#include "capture/picture/backdropjudge.h"
#include "capture/picture/plane.h"
#include <math.h>

#define COLUMNS     6
#define ROWS        8
#define TILE_LEAST  0.3 /* of a tile must be backdrop to count */
#define TILES_LEAST 6   /* fewer say nothing about evenness */

const char *lanmu_backdrop_reason_to_string (LanmuBackdropReason reason)
{
  static const char *const names[] = {
      [LANMU_BACKDROP_REASON_NONE] = "none",
      [LANMU_BACKDROP_REASON_NOT_FOUND] = "not-found",
      [LANMU_BACKDROP_REASON_INCOMPLETE] = "incomplete",
      [LANMU_BACKDROP_REASON_WRONG_COLOUR] = "wrong-colour",
      [LANMU_BACKDROP_REASON_UNEVEN_LEFT] = "uneven-left",
      [LANMU_BACKDROP_REASON_UNEVEN_RIGHT] = "uneven-right",
      [LANMU_BACKDROP_REASON_UNEVEN_TOP] = "uneven-top",
      [LANMU_BACKDROP_REASON_UNEVEN_BOTTOM] = "uneven-bottom",
      [LANMU_BACKDROP_REASON_SHADOW] = "shadow",
  };
  return (guint) reason < G_N_ELEMENTS (names) ? names[reason] : "none";
}

void lanmu_backdrop_limits_init (LanmuBackdropLimits *self)
{
  *self = (LanmuBackdropLimits){
      .target_r = 100,
      .target_g = 197,
      .target_b = 255,
      .colour_good = 6,
      .colour_warn = 12,
      .even_good = 4,
      .even_warn = 7,
      .shadow_good = 0.02,
      .shadow_warn = 0.06,
      .shadow_depth = 5,
      .border_good = 0.92,
      .found_min = 0.4,
      .orientation = 1,
  };
}

/* ---- measures */

typedef struct {
  double l, a, b;
  int count, size; /* backdrop pixels, all pixels */
} Sum;

static void add (Sum *sum, const LanmuLab *pixel)
{
  sum->l += pixel->l;
  sum->a += pixel->a;
  sum->b += pixel->b;
  sum->count++;
}

static LanmuLab mean_of (const Sum *sum)
{
  return (LanmuLab){(float) (sum->l / sum->count), (float) (sum->a / sum->count), (float) (sum->b / sum->count)};
}

static void sum_up (const LanmuReduced *picture, const LanmuMask *mask, Sum *all, Sum tiles[ROWS][COLUMNS])
{
  const LanmuLab *pixel = picture->lab;
  const guint8 *core = mask->core;
  for (int y = 0; y < picture->height; y++)
    for (int x = 0; x < picture->width; x++, pixel++, core++) {
      Sum *tile = &tiles[y * ROWS / picture->height][x * COLUMNS / picture->width];
      tile->size++;
      if (*core) {
        add (tile, pixel);
        add (all, pixel);
      }
    }
}

typedef struct {
  int judged; /* tiles with enough backdrop */
  int worst;  /* index; -1 = none */
  double delta;
} Tiles;

static Tiles judge_tiles (Sum tiles[ROWS][COLUMNS], LanmuLab mean)
{
  Tiles result = {.worst = -1};
  for (int i = 0; i < ROWS * COLUMNS; i++) {
    const Sum *tile = &tiles[0][0] + i;
    if (tile->count < TILE_LEAST * tile->size || tile->count == 0)
      continue;
    result.judged++;
    double delta = lanmu_delta_e2000 (mean_of (tile), mean);
    if (delta >= result.delta) {
      result.delta = delta;
      result.worst = i;
    }
  }
  return result;
}

/* A shadow is what is darker than the slope of the light has it: whether the worst tile is that, by more than half of
 * what it is off. */
static gboolean is_worst_in_shadow (Sum tiles[ROWS][COLUMNS], const Tiles *judged, const LanmuPlane *plane,
                                    LanmuLab mean)
{
  if (judged->worst < 0)
    return FALSE;
  int row = judged->worst / COLUMNS, column = judged->worst % COLUMNS;
  double slope = plane->middle + plane->x * ((column + 0.5) / COLUMNS - 0.5) + plane->y * ((row + 0.5) / ROWS - 0.5);
  double l = mean_of (&tiles[row][column]).l;
  return l < mean.l && slope - l > (mean.l - l) / 2;
}

static double share_in_shadow (const LanmuReduced *picture, const LanmuMask *mask, const LanmuPlane *plane,
                               double depth)
{
  int count = 0, dark = 0;
  for (int y = 0; y < picture->height; y++)
    for (int x = 0; x < picture->width; x++) {
      int at = y * picture->width + x;
      if (!mask->core[at])
        continue;
      count++;
      dark += picture->lab[at].l < lanmu_plane_at (plane, picture, x, y) - depth;
    }
  return count > 0 ? (double) dark / count : 0;
}

static LanmuBackdropReason side_of_slope (const LanmuPlane *plane)
{
  if (fabs (plane->x) >= fabs (plane->y))
    return plane->x > 0 ? LANMU_BACKDROP_REASON_UNEVEN_LEFT : LANMU_BACKDROP_REASON_UNEVEN_RIGHT;
  return plane->y > 0 ? LANMU_BACKDROP_REASON_UNEVEN_TOP : LANMU_BACKDROP_REASON_UNEVEN_BOTTOM;
}

/* Returns how unevenness, if it is any, is to be called. */
static LanmuBackdropReason measure (const LanmuReduced *picture, const LanmuMask *mask,
                                    const LanmuBackdropLimits *limits, LanmuBackdropReading *out)
{
  Sum all = {0}, tiles[ROWS][COLUMNS] = {0};
  sum_up (picture, mask, &all, tiles);
  if (all.count == 0) { /* nothing but thin strips */
    out->colour = out->even = out->shadow = LANMU_VERDICT_UNSURE;
    return LANMU_BACKDROP_REASON_INCOMPLETE;
  }
  LanmuLab mean = mean_of (&all), target = lanmu_lab_from_srgb (limits->target_r, limits->target_g, limits->target_b);
  LanmuPlane plane = lanmu_plane_fit (picture, mask, limits->shadow_depth / 2);
  Tiles judged = judge_tiles (tiles, mean);
  lanmu_lab_to_srgb (mean, &out->mean_r, &out->mean_g, &out->mean_b);
  out->colour_delta = lanmu_delta_e2000 (mean, target);
  out->even_delta = judged.delta;
  out->slope_x = plane.x;
  out->slope_y = plane.y;
  out->shadow_share = share_in_shadow (picture, mask, &plane, limits->shadow_depth);
  out->colour = lanmu_verdict_below (out->colour_delta, limits->colour_good, limits->colour_warn);
  out->even = lanmu_verdict_below (out->even_delta, limits->even_good, limits->even_warn);
  out->shadow = lanmu_verdict_below (out->shadow_share, limits->shadow_good, limits->shadow_warn);
  if (judged.judged < TILES_LEAST && out->even == LANMU_VERDICT_OK)
    out->even = LANMU_VERDICT_UNSURE;
  if (out->shadow > out->even || is_worst_in_shadow (tiles, &judged, &plane, mean))
    return LANMU_BACKDROP_REASON_SHADOW;
  return side_of_slope (&plane);
}

/* ---- what they mean */

/* At equal weight unevenness goes before colour: one lamp too weak changes both, and putting it right puts both right.
 */
static LanmuBackdropReason explain (const LanmuBackdropReading *reading, LanmuBackdropReason unevenness)
{
  if (reading->verdict <= LANMU_VERDICT_OK)
    return LANMU_BACKDROP_REASON_NONE;
  if (reading->found == LANMU_VERDICT_FAIL)
    return LANMU_BACKDROP_REASON_NOT_FOUND;
  if (reading->found == reading->verdict || reading->verdict == LANMU_VERDICT_UNSURE)
    return LANMU_BACKDROP_REASON_INCOMPLETE;
  if (MAX (reading->even, reading->shadow) < reading->verdict)
    return LANMU_BACKDROP_REASON_WRONG_COLOUR;
  return unevenness;
}

static LanmuVerdict judge_found (double border_share, const LanmuBackdropLimits *limits)
{
  if (border_share < limits->found_min)
    return LANMU_VERDICT_FAIL;
  return border_share < limits->border_good ? LANMU_VERDICT_WARN : LANMU_VERDICT_OK;
}

void lanmu_backdrop_judge (const LanmuReduced *picture, const LanmuMask *mask, const LanmuBackdropLimits *limits,
                           LanmuBackdropReading *out)
{
  LanmuBackdropReason unevenness = LANMU_BACKDROP_REASON_NONE;
  *out = (LanmuBackdropReading){.border_share = mask->border_share, .area_share = mask->area_share};
  out->found = judge_found (mask->border_share, limits);
  if (out->found != LANMU_VERDICT_FAIL)
    unevenness = measure (picture, mask, limits, out);
  out->verdict =
      lanmu_verdict_worse (lanmu_verdict_worse (out->found, out->colour), lanmu_verdict_worse (out->even, out->shadow));
  out->reason = explain (out, unevenness);
}

void lanmu_backdrop_read (const guint8 *pixels, int width, int height, gsize stride, const LanmuBackdropLimits *limits,
                          LanmuBackdropReading *out)
{
  LanmuBackdropLimits defaults;
  LanmuReduced picture;
  LanmuMask mask;
  *out = (LanmuBackdropReading){0};
  if (limits == NULL) {
    lanmu_backdrop_limits_init (&defaults);
    limits = &defaults;
  }
  if (width < 32 || height < 32)
    return;
  LanmuCrop crop = lanmu_crop_for_frame (width, height, limits->orientation);
  if (!lanmu_reduced_init (&picture, pixels, stride, &crop))
    return;
  lanmu_mask_init (&mask, &picture);
  lanmu_backdrop_judge (&picture, &mask, limits, out);
  lanmu_mask_clear (&mask);
  lanmu_reduced_clear (&picture);
}

void lanmu_backdrop_read_frame (const LanmuFrame *frame, const LanmuBackdropLimits *limits, LanmuBackdropReading *out)
{
  lanmu_backdrop_read (lanmu_frame_get_pixels (frame), lanmu_frame_get_width (frame), lanmu_frame_get_height (frame),
                       lanmu_frame_get_stride (frame), limits, out);
}
