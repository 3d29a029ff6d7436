/* LanmuPictureTexture: one picture ready to be drawn: a texture over a frame's own memory, and how it must be turned. Main thread; a plain value, zero = none. */
#pragma once

#include <gtk/gtk.h>
#include "capture/frame.h"

G_BEGIN_DECLS

typedef struct {
  GdkTexture *texture;
  LanmuFrame *frame;
  int orientation; /* EXIF 1–8 */
} LanmuPictureTexture;

void lanmu_picture_texture_set (LanmuPictureTexture *self, LanmuFrame *frame, int orientation);
void lanmu_picture_texture_clear (LanmuPictureTexture *self);
/* Draws it upright so that its own 3:4 crop fills `crop`; what lies outside of `all` is not visible. */
void lanmu_picture_texture_draw (const LanmuPictureTexture *self, GtkSnapshot *snapshot, const graphene_rect_t *crop, const graphene_rect_t *all);

G_END_DECLS
