/* The surroundings of ui/surround.h. */
#include "ui/surround.h"

#include "ui/guides.h"
#include "ui/lentsurface.h"

void lanmu_surround_clear (LanmuSurround *self)
{
  g_clear_pointer (&self->node, gsk_render_node_unref);
}

void lanmu_surround_grow_older (LanmuSurround *self)
{
  self->age++;
}

static void add_sides (cairo_t *cr, const graphene_rect_t *crop, int width, int height)
{
  graphene_rect_t sides[4];
  guint n = lanmu_guides_get_sides (crop, width, height, sides);
  for (guint i = 0; i < n; i++)
    cairo_rectangle (cr, sides[i].origin.x, sides[i].origin.y, sides[i].size.width, sides[i].size.height);
}

/* The surface is as large as the picture; memory that is never drawn on (the crop) is never touched. */
static cairo_surface_t *paint (LanmuPictureTexture *picture, const graphene_rect_t *crop, int width, int height,
                               const GdkRGBA *colour)
{
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_RGB24, width, height);
  cairo_t *cr = cairo_create (surface);
  add_sides (cr, crop, width, height);
  cairo_clip (cr);
  cairo_set_source_rgb (cr, colour->red, colour->green, colour->blue);
  if (!lanmu_picture_texture_covers (picture, crop, width, height))
    cairo_paint (cr);
  lanmu_picture_texture_paint (picture, cr, crop);
  cairo_set_source_rgba (cr, colour->red, colour->green, colour->blue, LANMU_GUIDES_DIM);
  cairo_paint (cr);
  cairo_destroy (cr);
  return surface;
}

static void draw_anew (LanmuSurround *self, LanmuPictureTexture *picture, const graphene_rect_t *crop, int width,
                       int height, const GdkRGBA *colour)
{
  GtkSnapshot *own = gtk_snapshot_new ();
  graphene_rect_t sides[4];
  guint n = lanmu_guides_get_sides (crop, width, height, sides);

  cairo_surface_t *surface = paint (picture, crop, width, height, colour);
  cairo_pattern_t *pattern = lanmu_lent_surface_new (surface);
  for (guint i = 0; i < n; i++) {
    cairo_t *cr = gtk_snapshot_append_cairo (own, &sides[i]);
    cairo_set_source (cr, pattern);
    cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
    cairo_paint (cr);
    cairo_destroy (cr);
  }
  g_clear_pointer (&self->node, gsk_render_node_unref);
  self->node = gtk_snapshot_free_to_node (own);
  self->age = 0;
  cairo_pattern_destroy (pattern);
  cairo_surface_destroy (surface);
}

void lanmu_surround_append (LanmuSurround *self, GtkSnapshot *snapshot, LanmuPictureTexture *picture,
                            const graphene_rect_t *crop, int width, int height, const GdkRGBA *colour)
{
  if (self->node == NULL || self->age >= LANMU_SURROUND_FRAMES)
    draw_anew (self, picture, crop, width, height, colour);
  if (self->node != NULL)
    gtk_snapshot_append_node (snapshot, self->node);
}
