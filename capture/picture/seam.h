/* Looks for the mark that damage leaves in a baseline JPEG when the decoder did not complain. Internal to capture/picture. Pure, any thread.
 *
 * Why: a hit in the entropy-coded data often falls back into step without losing a block, so that nothing is formally wrong. But the averages of blocks are
 * stored as differences, so from the hit on the whole rest of the picture is brighter, darker or tinted. The eye sees a seam: a step along the border of
 * a row of blocks, knife-sharp, of the same height over the whole width, whatever the picture shows there. A real edge would have to lie on the block grid,
 * level to a hair; and as a lens blurs it, the whole picture is looked at closely before the word "seam" is said.
 */
#pragma once

#include "capture/picture/markers.h"
#include "capture/picture/picture.h"

G_BEGIN_DECLS

/* picture: decoded from data, scaled down by the denominator. Returns the row (of the whole picture) below the seam, -1 when there is none.
 * Says -1 for progressive files and files with restart markers, where damage looks otherwise. Costs 3 ms for 24 MP, and a second decode where it suspects. */
int lanmu_seam_find (const LanmuPicture *picture, int denominator, const guint8 *data, gsize size, const LanmuJpegMarkers *markers);

G_END_DECLS
