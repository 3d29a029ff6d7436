/* The live picture of ui/livepicture.h. What lies over the picture (guides) is one cached render node per size: the
 * renderer sees the same node again and spends nothing on comparing it. */
#include "ui/livepicture.h"
#include "ui/facemarks.h"
#include "capture/picture/crop.h"
#include "ui/guides.h"
#include "ui/surround.h"
#include "ui/texture.h"

#include <adwaita.h>
#include <string.h>

struct _LanmuLivePicture {
  GtkWidget parent;
  LanmuPictureTexture live, still;
  LanmuFrame *pending;     /* newest live frame not drawn yet */
  GskRenderNode *guides;   /* what lies over every picture */
  LanmuSurround surround;  /* the live picture outside of the crop, of an earlier frame */
  int guides_width, guides_height;
  gboolean stale;
  guint64 pushed, shown;
  LanmuShotPart part; /* of the still that becomes the portrait; width 0: not known */
  LanmuFault faults[LANMU_N_CHECKS];
  guint n_faults;
  LanmuProfile *standard; /* whose bands these are; NULL: the diploma's */
  LanmuBands bands;
  LanmuGuide guide; /* over the live picture; code NONE: nothing */
};

G_DEFINE_FINAL_TYPE (LanmuLivePicture, lanmu_live_picture, GTK_TYPE_WIDGET)

static GdkRGBA surround_colour (void)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  float grey = dark ? 30 / 255.0f : 236 / 255.0f;
  return (GdkRGBA){grey, grey, grey, 1};
}

static void drop_guides (LanmuLivePicture *self)
{
  g_clear_pointer (&self->guides, gsk_render_node_unref);
  lanmu_surround_clear (&self->surround);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Brackets, made anew only when the size or the theme changed. */
static void make_guides (LanmuLivePicture *self, const graphene_rect_t *crop, int width, int height)
{
  if (self->guides == NULL || self->guides_width != width || self->guides_height != height) {
    GtkSnapshot *own = gtk_snapshot_new ();
    GdkRGBA ink;
    gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (self)), &ink);
    g_clear_pointer (&self->guides, gsk_render_node_unref);
    lanmu_guides_draw_bands (own, crop, &self->bands, gtk_widget_get_pango_context (GTK_WIDGET (self)), &ink);
    self->guides = gtk_snapshot_free_to_node (own);
    self->guides_width = width;
    self->guides_height = height;
    lanmu_surround_clear (&self->surround);
  }
}

/* Over a live face what guidance draws, else the brackets; nothing to look at: nothing. */
static void append_guides (LanmuLivePicture *self, GtkSnapshot *snapshot, const graphene_rect_t *crop, int width,
                           int height)
{
  gboolean live = self->live.frame != NULL && self->still.frame == NULL && !self->stale;
  make_guides (self, crop, width, height);
  if (live && lanmu_face_marks_has (&self->guide))
    lanmu_face_marks_draw (snapshot, crop, &self->guide, &self->bands);
  else if (self->guides != NULL)
    gtk_snapshot_append_node (snapshot, self->guides);
}

/* The picture in all of its rectangle, dimmed outside of the crop. */
static GskRenderNode *make_surround (LanmuPictureTexture *picture, GskRenderer *renderer, const graphene_rect_t *crop,
                                     const graphene_rect_t *all)
{
  GtkSnapshot *own = gtk_snapshot_new ();
  GdkRGBA colour = surround_colour ();
  int width = (int) all->size.width, height = (int) all->size.height;
  graphene_rect_t sides[4];
  guint n = lanmu_guides_get_sides (crop, width, height, sides);

  if (!lanmu_picture_texture_covers (picture, crop, width, height))
    gtk_snapshot_append_color (own, &colour, all);
  for (guint i = 0; i < n; i++) {
    gtk_snapshot_push_clip (own, &sides[i]);
    lanmu_picture_texture_draw (picture, own, renderer, crop, &sides[i]);
    gtk_snapshot_pop (own);
  }
  lanmu_guides_draw_surround (own, crop, width, height, &colour);
  return gtk_snapshot_free_to_node (own);
}

/* Where memory is drawn by the processor it is drawn anew with every few frames only. */
static void append_surround (LanmuLivePicture *self, GtkSnapshot *snapshot, GskRenderer *renderer,
                             const graphene_rect_t *crop, const graphene_rect_t *all)
{
  GdkRGBA colour = surround_colour ();
  if (GSK_IS_CAIRO_RENDERER (renderer)) {
    lanmu_surround_append (&self->surround, snapshot, &self->live, crop, (int) all->size.width, (int) all->size.height,
                           &colour);
    return;
  }
  g_autoptr (GskRenderNode) node = make_surround (&self->live, renderer, crop, all);
  if (node != NULL)
    gtk_snapshot_append_node (snapshot, node);
}

static void take_pending (LanmuLivePicture *self)
{
  if (self->pending == NULL)
    return;
  lanmu_picture_texture_set (&self->live, self->pending, 1);
  lanmu_surround_grow_older (&self->surround);
  g_clear_pointer (&self->pending, lanmu_frame_unref);
  self->shown++;
}

static void append_still (LanmuLivePicture *self, GtkSnapshot *snapshot, GskRenderer *renderer,
                          const graphene_rect_t *crop, const graphene_rect_t *all)
{
  g_autoptr (GskRenderNode) surround = make_surround (&self->still, renderer, crop, all);
  if (surround != NULL)
    gtk_snapshot_append_node (snapshot, surround);
  lanmu_picture_texture_draw (&self->still, snapshot, renderer, crop, crop);
}

static void append_live (LanmuLivePicture *self, GtkSnapshot *snapshot, GskRenderer *renderer,
                         const graphene_rect_t *crop, const graphene_rect_t *all)
{
  GdkRGBA stale = surround_colour ();
  take_pending (self);
  if (self->live.frame == NULL)
    return;
  gtk_snapshot_push_clip (snapshot, crop);
  lanmu_picture_texture_draw (&self->live, snapshot, renderer, crop, crop);
  gtk_snapshot_pop (snapshot);
  append_surround (self, snapshot, renderer, crop, all); /* after it: what is drawn first goes straight to the screen */
  stale.alpha = 0.65f;
  if (self->stale)
    gtk_snapshot_append_color (snapshot, &stale, crop);
}

static void lanmu_live_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LanmuLivePicture *self = LANMU_LIVE_PICTURE (widget);
  int width = gtk_widget_get_width (widget), height = gtk_widget_get_height (widget);
  graphene_rect_t crop = lanmu_guides_place_crop (width, height), all = GRAPHENE_RECT_INIT (0, 0, width, height);
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));
  GdkRGBA empty = surround_colour ();

  gtk_snapshot_push_clip (snapshot, &all);
  if (self->still.frame != NULL)
    append_still (self, snapshot, renderer, &crop, &all);
  else
    append_live (self, snapshot, renderer, &crop, &all);
  if (self->still.frame != NULL)
    lanmu_guides_draw_frozen (snapshot, &crop);
  if (self->still.frame != NULL && self->part.width > 0)
    lanmu_fault_marks_draw (snapshot, gtk_widget_get_pango_context (widget), &crop, &self->part, self->faults, self->n_faults);
  if (self->live.frame != NULL || self->still.frame != NULL)
    append_guides (self, snapshot, &crop, width, height);
  else
    gtk_snapshot_append_color (snapshot, &empty, &all);
  gtk_snapshot_pop (snapshot);
}

static void lanmu_live_picture_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                                        int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 240 : 320;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 480 : 640;
}

static void lanmu_live_picture_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (lanmu_live_picture_parent_class)->css_changed (widget, change);
  drop_guides (LANMU_LIVE_PICTURE (widget));
}

static void lanmu_live_picture_dispose (GObject *object)
{
  LanmuLivePicture *self = LANMU_LIVE_PICTURE (object);
  g_clear_pointer (&self->standard, lanmu_profile_unref);
  lanmu_picture_texture_clear (&self->live);
  lanmu_picture_texture_clear (&self->still);
  g_clear_pointer (&self->pending, lanmu_frame_unref);
  g_clear_pointer (&self->guides, gsk_render_node_unref);
  lanmu_surround_clear (&self->surround);
  G_OBJECT_CLASS (lanmu_live_picture_parent_class)->dispose (object);
}

static void lanmu_live_picture_class_init (LanmuLivePictureClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = lanmu_live_picture_dispose;
  widget->snapshot = lanmu_live_picture_snapshot;
  widget->measure = lanmu_live_picture_measure;
  widget->css_changed = lanmu_live_picture_css_changed;
  gtk_widget_class_set_css_name (widget, "livepicture");
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_IMG);
}

static void lanmu_live_picture_init (LanmuLivePicture *self)
{
  self->bands = *lanmu_bands_diploma ();
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (drop_guides), self,
                           G_CONNECT_SWAPPED);
}

GtkWidget *lanmu_live_picture_new (void)
{
  return g_object_new (LANMU_TYPE_LIVE_PICTURE, NULL);
}

void lanmu_live_picture_push (LanmuLivePicture *self, LanmuFrame *frame)
{
  self->pushed++;
  g_clear_pointer (&self->pending, lanmu_frame_unref);
  self->pending = lanmu_frame_ref (frame);
  self->stale = FALSE;
  if (self->still.frame == NULL)
    gtk_widget_queue_draw (GTK_WIDGET (self));
}

/* Every pixel of what was live: the surroundings too. */
static void forget_live (LanmuLivePicture *self)
{
  lanmu_picture_texture_clear (&self->live);
  lanmu_surround_clear (&self->surround);
}

void lanmu_live_picture_forget (LanmuLivePicture *self)
{
  g_clear_pointer (&self->pending, lanmu_frame_unref);
  forget_live (self);
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void lanmu_live_picture_set_standard (LanmuLivePicture *self, LanmuProfile *profile)
{
  if (profile == NULL || profile == self->standard)
    return;
  g_clear_pointer (&self->standard, lanmu_profile_unref);
  self->standard = lanmu_profile_ref (profile);
  lanmu_profile_get_bands (profile, &self->bands);
  drop_guides (self);
}

void lanmu_live_picture_set_guide (LanmuLivePicture *self, const LanmuGuide *guide)
{
  self->guide = guide != NULL ? *guide : (LanmuGuide){.code = LANMU_GUIDE_NONE};
}

void lanmu_live_picture_set_stale (LanmuLivePicture *self, gboolean stale)
{
  if (self->stale == stale)
    return;
  self->stale = stale;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void lanmu_live_picture_show_still (LanmuLivePicture *self, LanmuFrame *frame, int orientation)
{
  lanmu_picture_texture_set (&self->still, frame, orientation);
  self->part.width = 0;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

void lanmu_live_picture_show_portrait (LanmuLivePicture *self, const LanmuShotPart *part, int width, int height, const LanmuFault *faults,
                                       guint n_faults)
{
  g_return_if_fail (self->still.frame != NULL && width > 0 && height > 0 && n_faults <= LANMU_N_CHECKS);
  self->part = *part;
  self->n_faults = n_faults;
  memcpy (self->faults, faults, n_faults * sizeof *faults);
  lanmu_picture_texture_set_part (&self->still, &GRAPHENE_RECT_INIT ((float) (part->x / width), (float) (part->y / height),
                                                                     (float) (part->width / width), (float) (part->height / height)));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean lanmu_live_picture_has_portrait (LanmuLivePicture *self)
{
  return self->still.frame != NULL && self->part.width > 0;
}

void lanmu_live_picture_clear_still (LanmuLivePicture *self)
{
  if (self->still.frame == NULL)
    return;
  lanmu_picture_texture_clear (&self->still);
  forget_live (self); /* older than the take: wait for the next frame instead */
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean lanmu_live_picture_has_still (LanmuLivePicture *self)
{
  return self->still.frame != NULL;
}

gboolean lanmu_live_picture_has_live (LanmuLivePicture *self)
{
  return self->live.frame != NULL || self->pending != NULL;
}

guint64 lanmu_live_picture_get_pushed (LanmuLivePicture *self)
{
  return self->pushed;
}

guint64 lanmu_live_picture_get_shown (LanmuLivePicture *self)
{
  return self->shown;
}

graphene_rect_t lanmu_live_picture_get_crop (LanmuLivePicture *self)
{
  return lanmu_guides_place_crop (gtk_widget_get_width (GTK_WIDGET (self)), gtk_widget_get_height (GTK_WIDGET (self)));
}
