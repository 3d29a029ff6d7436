/* Screenshots by the window's own renderer: what is saved is what was drawn, with no other program involved. Packing a
 * PNG takes longer than a frame, so it is done by a thread of its own that gets plain pixels. */
#include "ui/screens.h"

#include <errno.h>

struct _LanmuScreens {
  GObject parent;
  GtkWidget *window;
  char *folder, *due;
  GHashTable *saved;
  GThreadPool *packers; /* one thread, oldest first */
  guint painted;        /* frames painted since the page became due */
};

G_DEFINE_FINAL_TYPE (LanmuScreens, lanmu_screens, G_TYPE_OBJECT)

#define SETTLED_FRAMES 2 /* the first frame may still be laid out for the page before */

typedef struct {
  cairo_surface_t *pixels;
  char *path;
} Picture;

static void pack (gpointer data, gpointer user_data)
{
  Picture *picture = data;
  cairo_status_t status = cairo_surface_write_to_png (picture->pixels, picture->path);
  if (status != CAIRO_STATUS_SUCCESS)
    g_warning ("%s cannot be written: %s", picture->path, cairo_status_to_string (status));
  cairo_surface_destroy (picture->pixels);
  g_free (picture->path);
  g_free (picture);
}

/* What the window shows, as pixels nobody else has; NULL when it was not drawn yet. */
static cairo_surface_t *take_pixels (GtkWidget *window)
{
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  g_autoptr (GskRenderNode) node = gtk_snapshot_to_node (snapshot);
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (window));

  if (node == NULL || renderer == NULL)
    return NULL;
  g_autoptr (GdkTexture) texture =
      gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width, height);
  gdk_texture_download (texture, cairo_image_surface_get_data (surface),
                        (gsize) cairo_image_surface_get_stride (surface));
  cairo_surface_mark_dirty (surface);
  return surface;
}

static void save_due (LanmuScreens *self)
{
  g_autofree char *name = g_strdup_printf ("%02u-%s.png", g_hash_table_size (self->saved) + 1, self->due);
  Picture *picture = g_new0 (Picture, 1);
  picture->pixels = take_pixels (self->window);
  picture->path = g_build_filename (self->folder, name, NULL);
  if (picture->pixels != NULL) {
    g_thread_pool_push (self->packers, picture, NULL);
  } else {
    g_free (picture->path);
    g_free (picture);
  }
  g_hash_table_add (self->saved, g_steal_pointer (&self->due));
}

static void on_painted (LanmuScreens *self)
{
  if (self->due != NULL && ++self->painted >= SETTLED_FRAMES)
    save_due (self);
  else if (self->due != NULL)
    gtk_widget_queue_draw (self->window);
}

static void on_realize (LanmuScreens *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (self->window);
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (on_painted), self, G_CONNECT_SWAPPED);
}

void lanmu_screens_pass (LanmuScreens *self, const char *name)
{
  if (g_hash_table_contains (self->saved, name)) {
    g_clear_pointer (&self->due, g_free);
    return;
  }
  if (g_strcmp0 (self->due, name) == 0)
    return;
  g_free (self->due);
  self->due = g_strdup (name);
  self->painted = 0;
  gtk_widget_queue_draw (self->window);
}

gboolean lanmu_screens_is_due (LanmuScreens *self)
{
  return self->due != NULL;
}

static void lanmu_screens_finalize (GObject *object)
{
  LanmuScreens *self = LANMU_SCREENS (object);
  g_free (self->folder);
  g_free (self->due);
  g_hash_table_unref (self->saved);
  g_thread_pool_free (self->packers, FALSE, TRUE); /* what was taken is written before the program ends */
  G_OBJECT_CLASS (lanmu_screens_parent_class)->finalize (object);
}

static void lanmu_screens_class_init (LanmuScreensClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanmu_screens_finalize;
}

static void lanmu_screens_init (LanmuScreens *self)
{
  self->saved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->packers = g_thread_pool_new (pack, NULL, 1, FALSE, NULL);
}

LanmuScreens *lanmu_screens_new (LanmuWindow *window, const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0755) != 0) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "The folder %s cannot be made: %s.", folder,
                 g_strerror (errno));
    return NULL;
  }
  LanmuScreens *self = g_object_new (LANMU_TYPE_SCREENS, NULL);
  self->window = GTK_WIDGET (window);
  self->folder = g_strdup (folder);
  if (gtk_widget_get_realized (self->window))
    on_realize (self);
  else
    g_signal_connect_object (window, "realize", G_CALLBACK (on_realize), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  return self;
}
