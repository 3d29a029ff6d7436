/* See ui/looks.h. */
#include "ui/looks.h"
#include "ui/shootplaces.h"

#include <adwaita.h>

static void on_layout (GtkWidget *window, int width, int height)
{
  const char *before = g_object_get_data (G_OBJECT (window), "size-class");
  const char *size_class = lanmu_shoot_places_size_class (width, height);
  if (size_class == before)
    return;
  if (before != NULL)
    gtk_widget_remove_css_class (window, before);
  gtk_widget_add_css_class (window, size_class);
  g_object_set_data (G_OBJECT (window), "size-class", (gpointer) size_class);
}

void lanmu_looks_follow_size (GtkWidget *window)
{
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (window)), "layout", G_CALLBACK (on_layout), window,
                           G_CONNECT_SWAPPED);
}

static void show_theme (GtkWidget *window)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  gtk_widget_remove_css_class (window, dark ? "light-theme" : "dark-theme");
  gtk_widget_add_css_class (window, dark ? "dark-theme" : "light-theme");
}

void lanmu_looks_follow_theme (GtkWidget *window)
{
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (show_theme), window,
                           G_CONNECT_SWAPPED);
  show_theme (window);
}

void lanmu_looks_toggle_theme (void)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (manager);
  adw_style_manager_set_color_scheme (manager, dark ? ADW_COLOR_SCHEME_FORCE_LIGHT : ADW_COLOR_SCHEME_FORCE_DARK);
}

void lanmu_looks_size_to_screen (GtkWindow *window)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (window)));
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, 0);
  GdkRectangle area = {0, 0, 1920, 1080};
  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &area);
  gtk_window_set_default_size (window, area.width, area.height);
}
