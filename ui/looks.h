/* How the window looks by itself: letters that grow with the screen, light or dark, as large as the screen. Main thread. */
#pragma once

#include <gtk/gtk.h>

/* Letters grow with the window in four steps, so that the layout is the same on every screen. Once, when it is realized. */
void lanmu_looks_follow_size (GtkWidget *window);
/* A class "dark-theme" or "light-theme" on the window, from now on. */
void lanmu_looks_follow_theme (GtkWidget *window);
void lanmu_looks_toggle_theme (void);
/* Without a window manager nobody makes a window fill the screen: it is born that large. */
void lanmu_looks_size_to_screen (GtkWindow *window);
