/* The live picture of ui/livepicture.h. What lies over the picture (guides) is one cached render node per size: the renderer sees the same node again and
 * spends nothing on comparing it. */
#include "ui/livepicture.h"
#include "capture/picture/crop.h"
#include "ui/guides.h"
#include "ui/texture.h"

#include <adwaita.h>

struct _LanmuLivePicture {
  GtkWidget parent;
  LanmuPictureTexture live, still;
  LanmuFrame *pending; /* newest live frame not drawn yet */
  GskRenderNode *guides;
  int guides_width, guides_height;
  gboolean stale;
  guint64 pushed, shown;
};

G_DEFINE_FINAL_TYPE (LanmuLivePicture, lanmu_live_picture, GTK_TYPE_WIDGET)

static GdkRGBA
surround_colour (void)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  float grey = dark ? 30 / 255.0f : 236 / 255.0f;
  return (GdkRGBA){ grey, grey, grey, 1 };
}

static void
drop_guides (LanmuLivePicture *self)
{
  g_clear_pointer (&self->guides, gsk_render_node_unref);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Dimmed surroundings and brackets, made anew only when the size or the theme changed. */
static void
append_guides (LanmuLivePicture *self, GtkSnapshot *snapshot, const graphene_rect_t *crop, int width, int height)
{
  if (self->guides == NULL || self->guides_width != width || self->guides_height != height) {
    GtkSnapshot *own = gtk_snapshot_new ();
    GdkRGBA surround = surround_colour ();
    g_clear_pointer (&self->guides, gsk_render_node_unref);
    lanmu_guides_draw_surround (own, crop, width, height, &surround);
    lanmu_guides_draw_bands (own, crop, lanmu_bands_diploma (), gtk_widget_get_pango_context (GTK_WIDGET (self)));
    self->guides = gtk_snapshot_free_to_node (own);
    self->guides_width = width;
    self->guides_height = height;
  }
  if (self->guides != NULL)
    gtk_snapshot_append_node (snapshot, self->guides);
}

static void
take_pending (LanmuLivePicture *self)
{
  if (self->pending == NULL)
    return;
  lanmu_picture_texture_set (&self->live, self->pending, 1);
  g_clear_pointer (&self->pending, lanmu_frame_unref);
  self->shown++;
}

static void
lanmu_live_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LanmuLivePicture *self = LANMU_LIVE_PICTURE (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  graphene_rect_t crop = lanmu_guides_place_crop (width, height), all = GRAPHENE_RECT_INIT (0, 0, width, height);
  GdkRGBA surround = surround_colour ();

  gtk_snapshot_push_clip (snapshot, &all);
  if (self->still.texture != NULL) {
    lanmu_picture_texture_draw (&self->still, snapshot, &crop, &all);
  } else {
    take_pending (self);
    lanmu_picture_texture_draw (&self->live, snapshot, &crop, &all);
  }
  if (self->live.texture != NULL || self->still.texture != NULL)
    append_guides (self, snapshot, &crop, width, height);
  if (self->stale && self->still.texture == NULL) {
    surround.alpha = 0.65f;
    gtk_snapshot_append_color (snapshot, &surround, &crop);
  }
  gtk_snapshot_pop (snapshot);
}

static void
lanmu_live_picture_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                            int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : 320;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 480 : 640;
}

static void
lanmu_live_picture_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (lanmu_live_picture_parent_class)->css_changed (widget, change);
  drop_guides (LANMU_LIVE_PICTURE (widget));
}

static void
lanmu_live_picture_dispose (GObject *object)
{
  LanmuLivePicture *self = LANMU_LIVE_PICTURE (object);
  lanmu_picture_texture_clear (&self->live);
  lanmu_picture_texture_clear (&self->still);
  g_clear_pointer (&self->pending, lanmu_frame_unref);
  g_clear_pointer (&self->guides, gsk_render_node_unref);
  G_OBJECT_CLASS (lanmu_live_picture_parent_class)->dispose (object);
}

static void
lanmu_live_picture_class_init (LanmuLivePictureClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = lanmu_live_picture_dispose;
  widget->snapshot = lanmu_live_picture_snapshot;
  widget->measure = lanmu_live_picture_measure;
  widget->css_changed = lanmu_live_picture_css_changed;
  gtk_widget_class_set_css_name (widget, "livepicture");
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
lanmu_live_picture_init (LanmuLivePicture *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (drop_guides), self, G_CONNECT_SWAPPED);
}

GtkWidget *
lanmu_live_picture_new (void)
{
  return g_object_new (LANMU_TYPE_LIVE_PICTURE, NULL);
}

void
lanmu_live_picture_push (LanmuLivePicture *self, LanmuFrame *frame)
{
  self->pushed++;
  g_clear_pointer (&self->pending, lanmu_frame_unref);
  self->pending = lanmu_frame_ref (frame);
  self->stale = FALSE;
  if (self->still.texture == NULL)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lanmu_live_picture_forget (LanmuLivePicture *self)
{
  g_clear_pointer (&self->pending, lanmu_frame_unref);
  lanmu_picture_texture_clear (&self->live);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lanmu_live_picture_set_stale (LanmuLivePicture *self, gboolean stale)
{
  if (self->stale == stale)
    return;
  self->stale = stale;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lanmu_live_picture_show_still (LanmuLivePicture *self, LanmuFrame *frame, int orientation)
{
  lanmu_picture_texture_set (&self->still, frame, orientation);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void
lanmu_live_picture_clear_still (LanmuLivePicture *self)
{
  if (self->still.texture == NULL)
    return;
  lanmu_picture_texture_clear (&self->still);
  lanmu_picture_texture_clear (&self->live); /* older than the take: wait for the next frame instead */
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
lanmu_live_picture_has_still (LanmuLivePicture *self)
{
  return self->still.texture != NULL;
}

gboolean
lanmu_live_picture_has_live (LanmuLivePicture *self)
{
  return self->live.texture != NULL || self->pending != NULL;
}

guint64
lanmu_live_picture_get_pushed (LanmuLivePicture *self)
{
  return self->pushed;
}

guint64
lanmu_live_picture_get_shown (LanmuLivePicture *self)
{
  return self->shown;
}

graphene_rect_t
lanmu_live_picture_get_crop (LanmuLivePicture *self)
{
  return lanmu_guides_place_crop (gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
}
