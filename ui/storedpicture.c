/* See ui/storedpicture.h. */
#include "ui/storedpicture.h"
#include "ui/guides.h"
#include "ui/template.h"
#include "ui/texture.h"

#include <glib/gi18n.h>

#define LONGEST_SIDE 1200
#define SMALL_SIDE   320

struct _LanmuStoredPicture {
  GtkWidget parent;
  LanmuPictureTexture picture;
  GtkWidget *word;
  char *path; /* asked for last */
  gboolean small;
  gboolean failed; /* it cannot be shown: said in its place */
};

G_DEFINE_FINAL_TYPE (LanmuStoredPicture, lanmu_stored_picture, GTK_TYPE_WIDGET)

static guint changed_signal;

typedef struct {
  LanmuStoredPicture *self;
  char *path;
} Wish;

static void say (LanmuStoredPicture *self, const char *word)
{
  gtk_label_set_label (GTK_LABEL (self->word), word != NULL ? word : "");
  gtk_widget_queue_draw (GTK_WIDGET (self));
  g_signal_emit (self, changed_signal, 0);
}

static void on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  Wish *wish = data;
  int orientation = 1;
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuFrame) frame =
      lanmu_station_load_picture_finish (LANMU_STATION (source), result, &orientation, &error);

  if (g_strcmp0 (wish->path, wish->self->path) == 0) {
    if (frame != NULL)
      lanmu_picture_texture_set (&wish->self->picture, frame, orientation);
    wish->self->failed = frame == NULL;
    say (wish->self, frame != NULL ? NULL : _ ("This picture cannot be shown"));
  }
  g_object_unref (wish->self);
  g_free (wish->path);
  g_free (wish);
}

void lanmu_stored_picture_show (LanmuStoredPicture *self, LanmuStation *station, const char *path)
{
  if (g_strcmp0 (self->path, path) == 0)
    return;
  lanmu_picture_texture_clear (&self->picture);
  self->failed = FALSE;
  g_free (self->path);
  self->path = g_strdup (path);
  say (self, path != NULL ? "…" : _ ("No picture"));
  if (path == NULL)
    return;
  Wish *wish = g_new (Wish, 1);
  wish->self = g_object_ref (self);
  wish->path = g_strdup (path);
  lanmu_station_load_picture_async (station, path, self->small ? SMALL_SIDE : LONGEST_SIDE, on_loaded, wish);
}

void lanmu_stored_picture_set_small (LanmuStoredPicture *self)
{
  self->small = TRUE;
  gtk_widget_add_css_class (GTK_WIDGET (self), "small");
}

gboolean lanmu_stored_picture_is_shown (LanmuStoredPicture *self)
{
  return self->picture.frame != NULL;
}

gboolean lanmu_stored_picture_is_settled (LanmuStoredPicture *self)
{
  return self->path == NULL || self->failed || self->picture.frame != NULL;
}

static void lanmu_stored_picture_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  LanmuStoredPicture *self = LANMU_STORED_PICTURE (widget);
  graphene_rect_t crop = lanmu_guides_place_crop (gtk_widget_get_width (widget), gtk_widget_get_height (widget));
  GskRenderer *renderer = gtk_native_get_renderer (gtk_widget_get_native (widget));

  if (self->picture.frame != NULL) {
    gtk_snapshot_push_clip (snapshot, &crop);
    lanmu_picture_texture_draw (&self->picture, snapshot, renderer, &crop, &crop);
    gtk_snapshot_pop (snapshot);
  } else {
    static const GdkRGBA empty = {0.5f, 0.5f, 0.5f, 0.12f};
    gtk_snapshot_append_color (snapshot, &empty, &crop);
    gtk_widget_snapshot_child (widget, self->word, snapshot);
  }
}

static void lanmu_stored_picture_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                                          int *natural, int *minimum_baseline, int *natural_baseline)
{
  int ignored;
  gtk_widget_measure (LANMU_STORED_PICTURE (widget)->word, orientation, -1, &ignored, &ignored, NULL, NULL);
  *minimum = orientation == GTK_ORIENTATION_HORIZONTAL ? 60 : 80;
  *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? 480 : 640;
  if (LANMU_STORED_PICTURE (widget)->small)
    *natural = *minimum;
}

static void lanmu_stored_picture_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  gtk_widget_size_allocate (LANMU_STORED_PICTURE (widget)->word, &(GtkAllocation){0, 0, width, height}, -1);
}

static void lanmu_stored_picture_dispose (GObject *object)
{
  LanmuStoredPicture *self = LANMU_STORED_PICTURE (object);
  lanmu_picture_texture_clear (&self->picture);
  g_clear_pointer (&self->word, gtk_widget_unparent);
  g_clear_pointer (&self->path, g_free);
  G_OBJECT_CLASS (lanmu_stored_picture_parent_class)->dispose (object);
}

static void lanmu_stored_picture_class_init (LanmuStoredPictureClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = lanmu_stored_picture_dispose;
  widget->snapshot = lanmu_stored_picture_snapshot;
  widget->measure = lanmu_stored_picture_measure;
  widget->size_allocate = lanmu_stored_picture_size_allocate;
  gtk_widget_class_set_css_name (widget, "storedpicture");
  gtk_widget_class_set_accessible_role (widget, GTK_ACCESSIBLE_ROLE_IMG);
  changed_signal =
      g_signal_new ("changed", LANMU_TYPE_STORED_PICTURE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void lanmu_stored_picture_init (LanmuStoredPicture *self)
{
  self->word = gtk_label_new (_ ("No picture"));
  gtk_label_set_wrap (GTK_LABEL (self->word), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->word), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (self->word, "quiet");
  gtk_widget_set_parent (self->word, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}
