/* Colour arithmetic for the checks: sRGB (D65) to CIE L*a*b*, and the CIEDE2000 difference. Internal to capture/picture. Pure, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  float l, a, b; /* L* 0..100 */
} LanmuLab;

/* By tables, error below 0.02 in each member: for whole pictures. count pixels; each channel in 1/16 of an 8-bit step (0..4080), order B G R. */
void lanmu_lab_from_bgr16 (const guint16 *bgr, gsize count, LanmuLab *out);
LanmuLab lanmu_lab_from_srgb (guint8 r, guint8 g, guint8 b); /* exact */
void lanmu_lab_to_srgb (LanmuLab lab, guint8 *r, guint8 *g, guint8 *b); /* clipped to what sRGB can show */

/* CIEDE2000 with unit weights: Sharma, Wu and Dalal, "The CIEDE2000 color-difference formula", Color Research & Application 30 (2005). */
double lanmu_delta_e2000 (LanmuLab one, LanmuLab two);

G_END_DECLS
