/* Where the hair ends above: by what stands out from the backdrop. Internal to capture/checks. Any thread.
 * A loose strand is no crown: a third of the head's column must stand out, for 3 % of the picture's height; from there up only what is more than a strand. */
#pragma once

#include "capture/checks/view.h"

G_BEGIN_DECLS

/* middle, half: of the head's column; eyes: not below; upright shot pixels. NaN: not to be seen (no backdrop, no edge). The top of the view: the head is cut off. */
double lanmu_crown_find (const LanmuSmall *small, double factor, const LanmuView *view, double middle, double half, double eyes);

/* The outline of whoever stands before the backdrop: FALSE when nobody does. */
gboolean lanmu_silhouette_find (const LanmuView *view, double *crown, double *middle, double *width);

G_END_DECLS
