/* Drawing a frame: orientation and scale are one transform, stored pixels are never touched. */
#include "ui/texture.h"
#include "capture/picture/crop.h"

static const cairo_user_data_key_t frame_key;

void lanmu_picture_texture_set (LanmuPictureTexture *self, LanmuFrame *frame, int orientation)
{
  lanmu_frame_ref (frame);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->frame, lanmu_frame_unref);
  self->frame = frame;
  self->orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
  g_clear_pointer (&self->surfaces[LANMU_PICTURE_TEXTURE_KEPT - 1], cairo_surface_destroy);
  for (int i = LANMU_PICTURE_TEXTURE_KEPT - 1; i > 0; i--)
    self->surfaces[i] = self->surfaces[i - 1];
  self->surfaces[0] = NULL;
}

void lanmu_picture_texture_clear (LanmuPictureTexture *self)
{
  g_clear_object (&self->texture);
  g_clear_pointer (&self->frame, lanmu_frame_unref);
  for (int i = 0; i < LANMU_PICTURE_TEXTURE_KEPT; i++)
    g_clear_pointer (&self->surfaces[i], cairo_surface_destroy);
}

static GdkTexture *get_texture (LanmuPictureTexture *self)
{
  if (self->texture == NULL) {
    g_autoptr (GBytes) bytes = lanmu_frame_dup_bytes (self->frame);
    self->texture =
        gdk_memory_texture_new (lanmu_frame_get_width (self->frame), lanmu_frame_get_height (self->frame),
                                GDK_MEMORY_B8G8R8A8_PREMULTIPLIED, bytes, lanmu_frame_get_stride (self->frame));
  }
  return self->texture;
}

/* ARGB although the alpha is 255 throughout: the pixel library has its quick way of scaling from and to this format. */
static cairo_surface_t *get_surface (LanmuPictureTexture *self)
{
  if (self->surfaces[0] == NULL) {
    self->surfaces[0] = cairo_image_surface_create_for_data (
        (guchar *) lanmu_frame_get_pixels (self->frame), CAIRO_FORMAT_ARGB32, lanmu_frame_get_width (self->frame),
        lanmu_frame_get_height (self->frame), (int) lanmu_frame_get_stride (self->frame));
    cairo_surface_set_user_data (self->surfaces[0], &frame_key, lanmu_frame_ref (self->frame),
                                 (cairo_destroy_func_t) lanmu_frame_unref);
  }
  return self->surfaces[0];
}

/* Moves the stored picture so that it stands upright with its corner at the origin; w, h: of the upright picture. Only
 * turns and flips: a general matrix would not be drawn by every renderer. */
static void turn_upright (GtkSnapshot *snapshot, int orientation, float w, float h)
{
  static const struct {
    float degrees;
    gboolean mirror, right, down; /* mirrored left-right before turning; shifted by w, h after it */
  } turns[9] = {
      [1] = {0, FALSE, FALSE, FALSE}, [2] = {0, TRUE, TRUE, FALSE},    [3] = {180, FALSE, TRUE, TRUE},
      [4] = {180, TRUE, FALSE, TRUE}, [5] = {270, TRUE, FALSE, FALSE}, [6] = {90, FALSE, TRUE, FALSE},
      [7] = {90, TRUE, TRUE, TRUE},   [8] = {270, FALSE, FALSE, TRUE},
  };

  gtk_snapshot_translate (snapshot,
                          &GRAPHENE_POINT_INIT (turns[orientation].right ? w : 0, turns[orientation].down ? h : 0));
  gtk_snapshot_rotate (snapshot, turns[orientation].degrees);
  if (turns[orientation].mirror)
    gtk_snapshot_scale (snapshot, -1, 1);
}

/* area: where the picture lies. Only what is visible is drawn. */
static void draw_by_cairo (LanmuPictureTexture *self, GtkSnapshot *snapshot, const graphene_rect_t *area,
                           const graphene_rect_t *all)
{
  graphene_rect_t visible;
  if (!graphene_rect_intersection (area, all, &visible))
    return;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &visible);
  cairo_surface_t *surface = get_surface (self);
  cairo_translate (cr, area->origin.x, area->origin.y);
  cairo_scale (cr, area->size.width / cairo_image_surface_get_width (surface),
               area->size.height / cairo_image_surface_get_height (surface));
  cairo_set_source_surface (cr, surface, 0, 0);
  cairo_pattern_set_filter (cairo_get_source (cr), CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend (cairo_get_source (cr), CAIRO_EXTEND_PAD);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_paint (cr);
  cairo_destroy (cr);
}

void lanmu_picture_texture_draw (LanmuPictureTexture *self, GtkSnapshot *snapshot, GskRenderer *renderer,
                                 const graphene_rect_t *crop, const graphene_rect_t *all)
{
  if (self->frame == NULL)
    return;
  int w = lanmu_frame_get_width (self->frame), h = lanmu_frame_get_height (self->frame);
  int upright_w = self->orientation >= 5 ? h : w, upright_h = self->orientation >= 5 ? w : h;
  LanmuCrop own = lanmu_crop_for_frame (upright_w, upright_h, 1);
  float scale = (float) (crop->size.width / own.width);
  float x = crop->origin.x - (float) own.x * scale, y = crop->origin.y - (float) own.y * scale;

  if (self->orientation == 1 && GSK_IS_CAIRO_RENDERER (renderer)) {
    draw_by_cairo (self, snapshot, &GRAPHENE_RECT_INIT (x, y, w * scale, h * scale), all);
    return;
  }
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (x, y));
  if (self->orientation != 1)
    turn_upright (snapshot, self->orientation, upright_w * scale, upright_h * scale);
  gtk_snapshot_append_texture (snapshot, get_texture (self), &GRAPHENE_RECT_INIT (0, 0, w * scale, h * scale));
  gtk_snapshot_restore (snapshot);
}
