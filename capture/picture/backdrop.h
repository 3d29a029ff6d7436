/* The backdrop check of one picture: is it there, of the wanted colour, even, without shadow? Plain C, no model, about half a millisecond a live frame.
 *
 * Method: the diploma crop is reduced by whole boxes to about 106×141; the backdrop is flooded in CIE Lab from the crop's upper border, tolerant of shade
 * (colour that keeps its hue while it darkens); what was flooded is measured. Only the crop counts: lamp stands outside of it are nobody's business.
 * The hue is judged loosely, evenness strictly (the standard: even, no gradient, no shadow; its light blue is a reference value only).
 * Pure function, any thread. Left, right, top, bottom are those of the upright, unmirrored picture.
 */
#pragma once

#include "capture/frame.h"
#include "capture/picture/verdict.h"

G_BEGIN_DECLS

/* Why the verdict is not OK, worst first when several apply; the sentence for it lives in ui. */
typedef enum {
  LANMU_BACKDROP_REASON_NONE,
  LANMU_BACKDROP_REASON_NOT_FOUND,     /* no even surface at the crop's upper border */
  LANMU_BACKDROP_REASON_INCOMPLETE,    /* found, but something else reaches into the crop's upper border */
  LANMU_BACKDROP_REASON_WRONG_COLOUR,
  LANMU_BACKDROP_REASON_UNEVEN_LEFT,   /* the left side is darker */
  LANMU_BACKDROP_REASON_UNEVEN_RIGHT,
  LANMU_BACKDROP_REASON_UNEVEN_TOP,    /* the upper part is darker */
  LANMU_BACKDROP_REASON_UNEVEN_BOTTOM,
  LANMU_BACKDROP_REASON_SHADOW,        /* a dark place that is no slope: the head's shadow, a fold, a corner */
} LanmuBackdropReason;
const char *lanmu_backdrop_reason_to_string (LanmuBackdropReason reason); /* "none" "not-found" … "uneven-left" … "shadow" */

/* Limits: profile data. Colour differences are CIEDE2000. */
typedef struct {
  guint8 target_r, target_g, target_b;    /* sRGB; 100,197,255: the standard's reference light blue */
  double colour_good, colour_warn;        /* ΔE of the mean to the target: 6, 12 */
  double even_good, even_warn;            /* ΔE of the worst tile to the mean: 4, 7 */
  double shadow_good, shadow_warn;        /* share of the backdrop that is darker than its fitted slope by more than shadow_depth: 0.02, 0.06 */
  double shadow_depth;                    /* L* units: 5 */
  double border_good;                     /* share of the upper border that is backdrop: at least 0.92 is ok */
  double found_min;                       /* under this share of the upper border there is no backdrop: 0.4 */
  int orientation;                        /* EXIF 1–8: how the camera stands; 1 */
} LanmuBackdropLimits;
void lanmu_backdrop_limits_init (LanmuBackdropLimits *self); /* the defaults above */

typedef struct {
  LanmuVerdict verdict;       /* the worst of those below */
  LanmuBackdropReason reason; /* of the worst; NONE exactly when verdict is OK or NOT_CHECKED */
  LanmuVerdict found;         /* FAIL: not found, the measures below are 0 and their verdicts NOT_CHECKED; WARN: incomplete */
  LanmuVerdict colour;
  LanmuVerdict even;          /* tiles */
  LanmuVerdict shadow;
  guint8 mean_r, mean_g, mean_b; /* sRGB of the backdrop's mean */
  double colour_delta;        /* ΔE2000, mean to target */
  double even_delta;          /* ΔE2000, worst tile to mean */
  double slope_x;             /* L* gained from the crop's left edge to its right edge by the fitted plane: negative = right side darker */
  double slope_y;             /* … from top to bottom: negative = bottom darker */
  double shadow_share;        /* 0..1 of the backdrop */
  double border_share;        /* 0..1 of the crop's upper border (top edge, upper 60 % of both sides) */
  double area_share;          /* 0..1 of the crop */
} LanmuBackdropReading;

/* pixels: B G R A, top row first. limits NULL = defaults. Frames smaller than 32×32 read NOT_CHECKED. */
void lanmu_backdrop_read (const guint8 *pixels, int width, int height, gsize stride, const LanmuBackdropLimits *limits, LanmuBackdropReading *out);
void lanmu_backdrop_read_frame (const LanmuFrame *frame, const LanmuBackdropLimits *limits, LanmuBackdropReading *out);

G_END_DECLS
