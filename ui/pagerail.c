/* The rail of ui/pagerail.h. */
#include "ui/pagerail.h"
#include "ui/keybutton.h"
#include "ui/pages.h"

#include <glib/gi18n.h>

struct _LanmuPageRail {
  GtkWidget parent;
  GHashTable *buttons; /* page name → GtkWidget, not owned */
};

G_DEFINE_FINAL_TYPE (LanmuPageRail, lanmu_page_rail, GTK_TYPE_WIDGET)

void lanmu_page_rail_show (LanmuPageRail *self, const char *page)
{
  GHashTableIter iter;
  gpointer name, button;
  g_hash_table_iter_init (&iter, self->buttons);
  while (g_hash_table_iter_next (&iter, &name, &button)) {
    if (g_str_equal (name, page))
      gtk_widget_add_css_class (button, "current");
    else
      gtk_widget_remove_css_class (button, "current");
  }
}

static void lanmu_page_rail_dispose (GObject *object)
{
  LanmuPageRail *self = LANMU_PAGE_RAIL (object);
  GtkWidget *child;
  g_clear_pointer (&self->buttons, g_hash_table_unref);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  G_OBJECT_CLASS (lanmu_page_rail_parent_class)->dispose (object);
}

static void lanmu_page_rail_class_init (LanmuPageRailClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_page_rail_dispose;
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "pagerail");
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BOX_LAYOUT);
}

static void lanmu_page_rail_init (LanmuPageRail *self)
{
  guint n;
  const LanmuPageRow *rows = lanmu_pages_get (&n);
  self->buttons = g_hash_table_new (g_str_hash, g_str_equal);
  gtk_orientable_set_orientation (GTK_ORIENTABLE (gtk_widget_get_layout_manager (GTK_WIDGET (self))),
                                  GTK_ORIENTATION_VERTICAL);
  for (guint i = 0; i < n; i++) {
    if (rows[i].word == NULL)
      continue;
    g_autofree char *action = g_strdup_printf ("win.page('%s')", rows[i].name);
    GtkWidget *button = lanmu_key_button_new (rows[i].key, _ (rows[i].word), action);
    gtk_widget_set_halign (gtk_button_get_child (GTK_BUTTON (button)), GTK_ALIGN_START);
    gtk_widget_set_parent (button, GTK_WIDGET (self));
    g_hash_table_insert (self->buttons, (gpointer) rows[i].name, button);
  }
}
