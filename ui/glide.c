/* See ui/glide.h. */
#include "ui/glide.h"
#include "ui/texture.h"

#include <adwaita.h>

struct _LanmuGlide {
  GtkWidget *widget;
  AdwAnimation *animation;
  LanmuPictureTexture picture;
  graphene_rect_t from, to;
  double at; /* 0 … 1 */
  guint count;
};

static void on_step (double value, gpointer data)
{
  LanmuGlide *self = data;
  self->at = value;
  gtk_widget_queue_draw (self->widget);
}

static void on_done (LanmuGlide *self)
{
  lanmu_picture_texture_clear (&self->picture);
  gtk_widget_queue_draw (self->widget);
}

LanmuGlide *lanmu_glide_new (GtkWidget *widget)
{
  LanmuGlide *self = g_new0 (LanmuGlide, 1);
  self->widget = widget;
  self->animation =
      adw_timed_animation_new (widget, 0, 1, LANMU_GLIDE_MS, adw_callback_animation_target_new (on_step, self, NULL));
  g_signal_connect_swapped (self->animation, "done", G_CALLBACK (on_done), self);
  return self;
}

void lanmu_glide_stop (LanmuGlide *self)
{
  adw_animation_reset (self->animation);
  on_done (self);
}

void lanmu_glide_free (LanmuGlide *self)
{
  g_signal_handlers_disconnect_by_data (self->animation, self);
  adw_animation_reset (self->animation);
  g_object_unref (self->animation);
  lanmu_picture_texture_clear (&self->picture);
  g_free (self);
}

void lanmu_glide_start (LanmuGlide *self, LanmuFrame *frame, int orientation, const graphene_rect_t *from,
                        const graphene_rect_t *to)
{
  lanmu_glide_stop (self);
  lanmu_picture_texture_set (&self->picture, frame, orientation);
  self->from = *from;
  self->to = *to;
  self->at = 0;
  self->count++;
  adw_animation_play (self->animation);
}

void lanmu_glide_snapshot (LanmuGlide *self, GtkSnapshot *snapshot)
{
  graphene_rect_t place;
  if (self->picture.frame == NULL)
    return;
  graphene_rect_interpolate (&self->from, &self->to, self->at, &place);
  gtk_snapshot_push_opacity (snapshot, 1 - self->at * 0.6);
  gtk_snapshot_push_clip (snapshot, &place);
  lanmu_picture_texture_draw (&self->picture, snapshot, gtk_native_get_renderer (gtk_widget_get_native (self->widget)),
                              &place, &place);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_pop (snapshot);
}

guint lanmu_glide_get_count (LanmuGlide *self)
{
  return self->count;
}
