/* LanmuPictureTexture: one picture ready to be drawn over a frame's own memory, and how it must be turned. Main thread;
 * a plain value, zero = none.
 *
 * A GL renderer gets a texture. GTK 4.8's memory renderer would convert every pixel of a texture to floating point and
 * back, seven times the cost of drawing it, so it gets a drawing operation over the same memory. */
#pragma once

#include <gtk/gtk.h>
#include "capture/frame.h"

G_BEGIN_DECLS

typedef struct {
  LanmuFrame *frame;
  GdkTexture *texture;      /* made when a GL renderer draws */
  cairo_surface_t *surface; /* made when the processor draws; holds the frame */
  int orientation;          /* EXIF 1–8 */
  graphene_rect_t part;     /* what of the upright picture fills the crop, as shares of it; empty: its own largest 3:4 part */
} LanmuPictureTexture;

void lanmu_picture_texture_set (LanmuPictureTexture *self, LanmuFrame *frame, int orientation);
/* Another part than its own 3:4 one, until the next set or clear. */
void lanmu_picture_texture_set_part (LanmuPictureTexture *self, const graphene_rect_t *part);
void lanmu_picture_texture_clear (LanmuPictureTexture *self);
/* Draws it upright so that its own 3:4 crop fills `crop`; what lies outside of `all` is not visible. renderer: what
 * will draw it. */
void lanmu_picture_texture_draw (LanmuPictureTexture *self, GtkSnapshot *snapshot, GskRenderer *renderer,
                                 const graphene_rect_t *crop, const graphene_rect_t *all);

/* Whether it leaves nothing of width × height uncovered when its own crop fills `crop`. There must be a frame. */
gboolean lanmu_picture_texture_covers (LanmuPictureTexture *self, const graphene_rect_t *crop, int width, int height);
/* Paints it so that its own 3:4 crop fills `crop`, within the clip of cr. orientation must be 1, and there must be a
 * frame. */
void lanmu_picture_texture_paint (LanmuPictureTexture *self, cairo_t *cr, const graphene_rect_t *crop);

G_END_DECLS
