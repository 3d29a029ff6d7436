/* Actions of the window that need no state of it: sound, theme, moves of the portrait, the list of checks, signing out. Main thread. */
#pragma once

#include <gtk/gtk.h>

void lanmu_window_actions_install (GtkWidgetClass *window);
