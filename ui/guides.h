/* What is drawn over a picture: its surroundings dimmed, the crop's edge, the bands a head must keep to as brackets at
 * that edge. Pure drawing, main thread. */
#pragma once

#include <gtk/gtk.h>
#include "capture/picture/crop.h"

G_BEGIN_DECLS

/* The largest 3:4 rectangle in the middle of width × height, on whole pixels. */
graphene_rect_t lanmu_guides_place_crop (int width, int height);

/* The rectangles around crop inside width × height; returns how many are not empty. */
guint lanmu_guides_get_sides (const graphene_rect_t *crop, int width, int height, graphene_rect_t sides[4]);

#define LANMU_GUIDES_DIM 0.65f /* share of the surround's colour around the crop */

/* Everything around crop inside width × height is drawn down to 35 % towards `surround`. */
void lanmu_guides_draw_surround (GtkSnapshot *snapshot, const graphene_rect_t *crop, int width, int height,
                                 const GdkRGBA *surround);

/* Edge and brackets. context, ink: of the little words beside the crop, which are drawn where there is room. */
void lanmu_guides_draw_bands (GtkSnapshot *snapshot, const graphene_rect_t *crop, const LanmuBands *bands,
                              PangoContext *context, const GdkRGBA *ink);

/* A frame around a picture that stands still, so that a take is not mistaken for the live picture. */
void lanmu_guides_draw_frozen (GtkSnapshot *snapshot, const graphene_rect_t *crop);

G_END_DECLS
