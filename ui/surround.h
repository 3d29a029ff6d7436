/* LanmuSurround: what lies around the crop of a live picture, dimmed, where the processor draws it. Main thread; a plain
 * value, zero = none.
 *
 * Why: it is a third of all pixels and the least looked at. It is drawn once for several frames into a surface of its
 * own, so that neither the frame's buffer is held for it nor a pixel of it is scaled while it stays. */
#pragma once

#include "ui/texture.h"

G_BEGIN_DECLS

#define LANMU_SURROUND_FRAMES 6 /* frames that one drawing of it stays */

typedef struct {
  GskRenderNode *node;
  guint age; /* frames shown since it was drawn */
} LanmuSurround;

void lanmu_surround_clear (LanmuSurround *self);
/* Another frame is shown. */
void lanmu_surround_grow_older (LanmuSurround *self);
/* Appends it, drawn from picture when there is none or it is old. picture: upright (orientation 1), not empty. colour:
 * what it is dimmed towards. */
void lanmu_surround_append (LanmuSurround *self, GtkSnapshot *snapshot, LanmuPictureTexture *picture,
                            const graphene_rect_t *crop, int width, int height, const GdkRGBA *colour);

G_END_DECLS
