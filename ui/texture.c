/* Drawing a frame: orientation and scale are one transform, stored pixels are never touched. */
#include "ui/texture.h"
#include "capture/picture/crop.h"

void
lanmu_picture_texture_set (LanmuPictureTexture *self, LanmuFrame *frame, int orientation)
{
  g_autoptr (GBytes) bytes = lanmu_frame_dup_bytes (frame);
  LanmuFrame *held = lanmu_frame_ref (frame);

  lanmu_picture_texture_clear (self);
  self->frame = held;
  self->texture = gdk_memory_texture_new (lanmu_frame_get_width (frame), lanmu_frame_get_height (frame), GDK_MEMORY_B8G8R8A8_PREMULTIPLIED,
                                          bytes, lanmu_frame_get_stride (frame));
  self->orientation = orientation >= 1 && orientation <= 8 ? orientation : 1;
}

void
lanmu_picture_texture_clear (LanmuPictureTexture *self)
{
  g_clear_object (&self->texture);
  g_clear_pointer (&self->frame, lanmu_frame_unref);
}

/* Moves the stored picture so that it stands upright with its corner at the origin; w, h: of the upright picture. Only turns and flips: a general
 * matrix would not be drawn by every renderer. */
static void
turn_upright (GtkSnapshot *snapshot, int orientation, float w, float h)
{
  static const struct {
    float degrees;
    gboolean mirror, right, down; /* mirrored left-right before turning; shifted by w, h after it */
  } turns[9] = {
    [1] = { 0, FALSE, FALSE, FALSE },  [2] = { 0, TRUE, TRUE, FALSE },    [3] = { 180, FALSE, TRUE, TRUE },
    [4] = { 180, TRUE, FALSE, TRUE },  [5] = { 270, TRUE, FALSE, FALSE }, [6] = { 90, FALSE, TRUE, FALSE },
    [7] = { 90, TRUE, TRUE, TRUE },    [8] = { 270, FALSE, FALSE, TRUE },
  };

  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (turns[orientation].right ? w : 0, turns[orientation].down ? h : 0));
  gtk_snapshot_rotate (snapshot, turns[orientation].degrees);
  if (turns[orientation].mirror)
    gtk_snapshot_scale (snapshot, -1, 1);
}

void
lanmu_picture_texture_draw (const LanmuPictureTexture *self, GtkSnapshot *snapshot, const graphene_rect_t *crop, const graphene_rect_t *all)
{
  if (self->texture == NULL)
    return;
  int w = gdk_texture_get_width (self->texture), h = gdk_texture_get_height (self->texture);
  int upright_w = self->orientation >= 5 ? h : w, upright_h = self->orientation >= 5 ? w : h;
  LanmuCrop own = lanmu_crop_for_frame (upright_w, upright_h, 1);
  float scale = (float) (crop->size.width / own.width);

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT (crop->origin.x - own.x * scale, crop->origin.y - own.y * scale));
  if (self->orientation != 1)
    turn_upright (snapshot, self->orientation, upright_w * scale, upright_h * scale);
  gtk_snapshot_append_texture (snapshot, self->texture, &GRAPHENE_RECT_INIT (0, 0, w * scale, h * scale));
  gtk_snapshot_restore (snapshot);
}
