/* Drawing a frame: orientation and scale are one transform, stored pixels are never touched. */
#include "ui/texture.h"
#include "capture/picture/crop.h"
#include "ui/lentsurface.h"

static const cairo_user_data_key_t frame_key;

void lanmu_picture_texture_set (LanmuPictureTexture *self, LanmuFrame *frame, int orientation)
{
  lanmu_frame_ref (frame);
  lanmu_picture_texture_clear (self);
  self->frame = frame;
  self->orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
}

void lanmu_picture_texture_clear (LanmuPictureTexture *self)
{
  g_clear_object (&self->texture);
  g_clear_pointer (&self->frame, lanmu_frame_unref);
  g_clear_pointer (&self->surface, cairo_surface_destroy);
  self->part = *graphene_rect_zero ();
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
  if (self->surface == NULL) {
    self->surface = cairo_image_surface_create_for_data (
        (guchar *) lanmu_frame_get_pixels (self->frame), CAIRO_FORMAT_ARGB32, lanmu_frame_get_width (self->frame),
        lanmu_frame_get_height (self->frame), (int) lanmu_frame_get_stride (self->frame));
    cairo_surface_set_user_data (self->surface, &frame_key, lanmu_frame_ref (self->frame),
                                 (cairo_destroy_func_t) lanmu_frame_unref);
  }
  return self->surface;
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

void lanmu_picture_texture_set_part (LanmuPictureTexture *self, const graphene_rect_t *part)
{
  self->part = *part;
}

/* The whole upright picture, when `part` of it fills the crop. */
static graphene_rect_t place_part (const graphene_rect_t *part, const graphene_rect_t *crop, float width, float height)
{
  float scale = MAX (crop->size.width / (part->size.width * width), crop->size.height / (part->size.height * height));
  float x = crop->origin.x + crop->size.width / 2 - (part->origin.x + part->size.width / 2) * width * scale;
  float y = crop->origin.y + crop->size.height / 2 - (part->origin.y + part->size.height / 2) * height * scale;
  return GRAPHENE_RECT_INIT (x, y, width * scale, height * scale);
}

/* Where the whole upright picture lies when its own 3:4 crop fills `crop`, which is 3:4 but for a part of a pixel. */
static graphene_rect_t place (LanmuPictureTexture *self, const graphene_rect_t *crop)
{
  int w = lanmu_frame_get_width (self->frame), h = lanmu_frame_get_height (self->frame);
  int upright_w = self->orientation >= 5 ? h : w, upright_h = self->orientation >= 5 ? w : h;
  if (self->part.size.width > 0)
    return place_part (&self->part, crop, (float) upright_w, (float) upright_h);
  LanmuCrop own = lanmu_crop_for_frame (upright_w, upright_h, 1);
  float scale = MAX (crop->size.width / (float) own.width, crop->size.height / (float) own.height);
  return GRAPHENE_RECT_INIT (crop->origin.x - (float) own.x * scale, crop->origin.y - (float) own.y * scale,
                             upright_w * scale, upright_h * scale);
}

/* A part of a pixel at an edge counts as a whole one: the picture's last row is repeated there. */
static graphene_rect_t round_out (const graphene_rect_t *area)
{
  graphene_rect_t pixels;
  graphene_rect_round_extents (area, &pixels);
  return pixels;
}

static void clip_to_pixels (cairo_t *cr, const graphene_rect_t *area)
{
  graphene_rect_t pixels = round_out (area);
  cairo_rectangle (cr, pixels.origin.x, pixels.origin.y, pixels.size.width, pixels.size.height);
  cairo_clip (cr);
}

gboolean lanmu_picture_texture_covers (LanmuPictureTexture *self, const graphene_rect_t *crop, int width, int height)
{
  graphene_rect_t area = place (self, crop), pixels = round_out (&area);
  return graphene_rect_contains_rect (&pixels, &GRAPHENE_RECT_INIT (0, 0, width, height));
}

void lanmu_picture_texture_paint (LanmuPictureTexture *self, cairo_t *cr, const graphene_rect_t *crop)
{
  graphene_rect_t area = place (self, crop);
  cairo_surface_t *surface = get_surface (self);
  cairo_pattern_t *pattern = lanmu_lent_surface_new (surface);
  cairo_save (cr);
  clip_to_pixels (cr, &area);
  cairo_translate (cr, area.origin.x, area.origin.y);
  cairo_scale (cr, area.size.width / cairo_image_surface_get_width (surface),
               area.size.height / cairo_image_surface_get_height (surface));
  cairo_pattern_set_filter (pattern, CAIRO_FILTER_BILINEAR);
  cairo_pattern_set_extend (pattern, CAIRO_EXTEND_PAD);
  cairo_set_source (cr, pattern);
  cairo_set_operator (cr, CAIRO_OPERATOR_SOURCE);
  cairo_paint (cr);
  cairo_restore (cr);
  cairo_pattern_destroy (pattern);
}

/* Only what is visible is drawn. */
static void draw_by_cairo (LanmuPictureTexture *self, GtkSnapshot *snapshot, const graphene_rect_t *crop,
                           const graphene_rect_t *all)
{
  graphene_rect_t area = place (self, crop), pixels = round_out (&area), visible;
  if (!graphene_rect_intersection (&pixels, all, &visible))
    return;
  cairo_t *cr = gtk_snapshot_append_cairo (snapshot, &visible);
  lanmu_picture_texture_paint (self, cr, crop);
  cairo_destroy (cr);
}

void lanmu_picture_texture_draw (LanmuPictureTexture *self, GtkSnapshot *snapshot, GskRenderer *renderer,
                                 const graphene_rect_t *crop, const graphene_rect_t *all)
{
  if (self->frame == NULL)
    return;
  if (self->orientation == 1 && GSK_IS_CAIRO_RENDERER (renderer)) {
    draw_by_cairo (self, snapshot, crop, all);
    return;
  }
  graphene_rect_t area = place (self, crop);
  gboolean lying = self->orientation >= 5;
  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &area.origin);
  if (self->orientation != 1)
    turn_upright (snapshot, self->orientation, area.size.width, area.size.height);
  gtk_snapshot_append_texture (snapshot, get_texture (self),
                               &GRAPHENE_RECT_INIT (0, 0, lying ? area.size.height : area.size.width,
                                                    lying ? area.size.width : area.size.height));
  gtk_snapshot_restore (snapshot);
}
