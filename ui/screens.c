/* Screenshots by the window's own renderer: what is saved is what was drawn, with no other program involved. */
#include "ui/screens.h"

#include <errno.h>

struct _LanmuScreens {
  GObject parent;
  GtkWidget *window;
  char *folder, *due;
  GHashTable *saved;
  guint painted; /* frames painted since the page became due */
};

G_DEFINE_FINAL_TYPE (LanmuScreens, lanmu_screens, G_TYPE_OBJECT)

#define SETTLED_FRAMES 2 /* the first frame may still be laid out for the page before */

gboolean
lanmu_screens_save (GtkWidget *window, const char *path, GError **error)
{
  int width = gtk_widget_get_width (window), height = gtk_widget_get_height (window);
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, width, height);
  g_autoptr (GskRenderNode) node = gtk_snapshot_to_node (snapshot);
  GskRenderer *renderer = gtk_native_get_renderer (GTK_NATIVE (window));

  if (node == NULL || renderer == NULL) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The window was not drawn yet, no picture of it can be saved to %s.", path);
    return FALSE;
  }
  g_autoptr (GdkTexture) texture = gsk_renderer_render_texture (renderer, node, &GRAPHENE_RECT_INIT (0, 0, width, height));
  if (gdk_texture_save_to_png (texture, path))
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s cannot be written: check the folder and the disk.", path);
  return FALSE;
}

static void
save_due (LanmuScreens *self)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *name = g_strdup_printf ("%02u-%s.png", g_hash_table_size (self->saved) + 1, self->due);
  g_autofree char *path = g_build_filename (self->folder, name, NULL);
  if (!lanmu_screens_save (self->window, path, &error))
    g_warning ("%s", error->message);
  g_hash_table_add (self->saved, g_steal_pointer (&self->due));
}

static void
on_painted (LanmuScreens *self)
{
  if (self->due != NULL && ++self->painted >= SETTLED_FRAMES)
    save_due (self);
  else if (self->due != NULL)
    gtk_widget_queue_draw (self->window);
}

static void
on_realize (LanmuScreens *self)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (self->window);
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (on_painted), self, G_CONNECT_SWAPPED);
}

void
lanmu_screens_pass (LanmuScreens *self, const char *name)
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

gboolean
lanmu_screens_is_due (LanmuScreens *self)
{
  return self->due != NULL;
}

static void
lanmu_screens_finalize (GObject *object)
{
  LanmuScreens *self = LANMU_SCREENS (object);
  g_free (self->folder);
  g_free (self->due);
  g_hash_table_unref (self->saved);
  G_OBJECT_CLASS (lanmu_screens_parent_class)->finalize (object);
}

static void
lanmu_screens_class_init (LanmuScreensClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = lanmu_screens_finalize;
}

static void
lanmu_screens_init (LanmuScreens *self)
{
  self->saved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

LanmuScreens *
lanmu_screens_new (LanmuWindow *window, const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0755) != 0) {
    g_set_error (error, G_FILE_ERROR, g_file_error_from_errno (errno), "The folder %s cannot be made: %s.", folder, g_strerror (errno));
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
