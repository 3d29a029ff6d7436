/* Measuring the backdrop: see the header. Here: the measures over the mask, and what they mean. */
#include "capture/picture/backdrop.h"

#include "capture/picture/mask.h"
#include "capture/picture/plane.h"
#include <math.h>

#define COLUMNS       6
#define ROWS          8
#define TILE_LEAST    0.3 /* of a tile must be backdrop to count */
#define TILES_LEAST   6   /* fewer say nothing about evenness */
#define SLOPE_NOTABLE 4.0 /* L* across the crop: from here on a slope explains unevenness */

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

/* Returns how many tiles could be judged. */
static int find_worst_tile (Sum tiles[ROWS][COLUMNS], LanmuLab mean, double *worst)
{
  int judged = 0;
  *worst = 0;
  for (int i = 0; i < ROWS * COLUMNS; i++) {
    const Sum *tile = &tiles[0][0] + i;
    if (tile->count < TILE_LEAST * tile->size || tile->count == 0)
      continue;
    judged++;
    *worst = MAX (*worst, lanmu_delta_e2000 (mean_of (tile), mean));
  }
  return judged;
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

static void measure (const LanmuReduced *picture, const LanmuMask *mask, const LanmuBackdropLimits *limits,
                     LanmuBackdropReading *out)
{
  Sum all = {0}, tiles[ROWS][COLUMNS] = {0};
  sum_up (picture, mask, &all, tiles);
  if (all.count == 0) { /* nothing but thin strips */
    out->colour = out->even = out->shadow = LANMU_VERDICT_UNSURE;
    return;
  }
  LanmuLab mean = mean_of (&all), target = lanmu_lab_from_srgb (limits->target_r, limits->target_g, limits->target_b);
  lanmu_lab_to_srgb (mean, &out->mean_r, &out->mean_g, &out->mean_b);
  out->colour_delta = lanmu_delta_e2000 (mean, target);
  int judged = find_worst_tile (tiles, mean, &out->even_delta);
  LanmuPlane plane = lanmu_plane_fit (picture, mask, limits->shadow_depth / 2);
  out->slope_x = plane.x;
  out->slope_y = plane.y;
  out->shadow_share = share_in_shadow (picture, mask, &plane, limits->shadow_depth);
  out->colour = lanmu_verdict_below (out->colour_delta, limits->colour_good, limits->colour_warn);
  out->even = lanmu_verdict_below (out->even_delta, limits->even_good, limits->even_warn);
  out->shadow = lanmu_verdict_below (out->shadow_share, limits->shadow_good, limits->shadow_warn);
  if (judged < TILES_LEAST && out->even == LANMU_VERDICT_OK)
    out->even = LANMU_VERDICT_UNSURE;
}

/* ---- what they mean */

static LanmuBackdropReason side_of_slope (const LanmuBackdropReading *reading)
{
  if (fabs (reading->slope_x) >= fabs (reading->slope_y))
    return reading->slope_x > 0 ? LANMU_BACKDROP_REASON_UNEVEN_LEFT : LANMU_BACKDROP_REASON_UNEVEN_RIGHT;
  return reading->slope_y > 0 ? LANMU_BACKDROP_REASON_UNEVEN_TOP : LANMU_BACKDROP_REASON_UNEVEN_BOTTOM;
}

static LanmuBackdropReason explain_unevenness (const LanmuBackdropReading *reading)
{
  double slope = MAX (fabs (reading->slope_x), fabs (reading->slope_y));
  if (reading->shadow > LANMU_VERDICT_OK && (reading->shadow > reading->even || slope < SLOPE_NOTABLE))
    return LANMU_BACKDROP_REASON_SHADOW;
  return side_of_slope (reading);
}

static LanmuBackdropReason explain (const LanmuBackdropReading *reading)
{
  if (reading->verdict <= LANMU_VERDICT_OK)
    return LANMU_BACKDROP_REASON_NONE;
  if (reading->found == LANMU_VERDICT_FAIL)
    return LANMU_BACKDROP_REASON_NOT_FOUND;
  if (reading->found == reading->verdict || reading->verdict == LANMU_VERDICT_UNSURE)
    return LANMU_BACKDROP_REASON_INCOMPLETE;
  if (reading->colour == reading->verdict)
    return LANMU_BACKDROP_REASON_WRONG_COLOUR;
  return explain_unevenness (reading);
}

static LanmuVerdict judge_found (double border_share, const LanmuBackdropLimits *limits)
{
  if (border_share < limits->found_min)
    return LANMU_VERDICT_FAIL;
  return border_share < limits->border_good ? LANMU_VERDICT_WARN : LANMU_VERDICT_OK;
}

static void judge (const LanmuReduced *picture, const LanmuBackdropLimits *limits, LanmuBackdropReading *out)
{
  LanmuMask mask;
  lanmu_mask_init (&mask, picture);
  out->border_share = mask.border_share;
  out->area_share = mask.area_share;
  out->found = judge_found (mask.border_share, limits);
  if (out->found != LANMU_VERDICT_FAIL)
    measure (picture, &mask, limits, out);
  out->verdict =
      lanmu_verdict_worse (lanmu_verdict_worse (out->found, out->colour), lanmu_verdict_worse (out->even, out->shadow));
  out->reason = explain (out);
  lanmu_mask_clear (&mask);
}

void lanmu_backdrop_read (const guint8 *pixels, int width, int height, gsize stride, const LanmuBackdropLimits *limits,
                          LanmuBackdropReading *out)
{
  LanmuBackdropLimits defaults;
  LanmuReduced picture;
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
  judge (&picture, limits, out);
  lanmu_reduced_clear (&picture);
}

void lanmu_backdrop_read_frame (const LanmuFrame *frame, const LanmuBackdropLimits *limits, LanmuBackdropReading *out)
{
  lanmu_backdrop_read (lanmu_frame_get_pixels (frame), lanmu_frame_get_width (frame), lanmu_frame_get_height (frame),
                       lanmu_frame_get_stride (frame), limits, out);
}
