/* Which pixels of a small upright picture are backdrop. Internal to capture/picture. Any thread.
 *
 * The backdrop's colour is the median of the upper border (top edge, upper part of both sides): there is nothing else in a portrait. From border pixels
 * like it the mask spreads to touching pixels like it. "Like it" for a coloured backdrop: the same hue after the darkening is divided out, in a wide range
 * of shade, and wider where it is reached without crossing an edge, as light changes; for a grey or white one, where hair and clothes are colourless too:
 * close in lightness, and no edge crossed.
 */
#pragma once

#include "capture/picture/reduce.h"

G_BEGIN_DECLS

#define LANMU_MASK_BORDER_PART 0.6 /* of the sides' height that counts as upper border: shoulders come below */

typedef struct {
  int width, height;
  guint8 *backdrop;    /* width × height: 1 = backdrop; owned */
  guint8 *core;        /* the same without the pixels next to something else, which are mixtures; owned */
  LanmuLab colour;     /* median of the upper border */
  double border_share; /* 0..1 */
  double area_share;   /* 0..1 */
} LanmuMask;

void lanmu_mask_init (LanmuMask *self, const LanmuReduced *picture);
void lanmu_mask_clear (LanmuMask *self);

G_END_DECLS
