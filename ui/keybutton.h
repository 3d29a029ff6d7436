/* A button that shows its key: the key's print on a small plate, and one word. Main thread. */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* key: "" or NULL = none; word is shown as it is (translated); action: detailed, with its target. The focus stays where
 * it is when it is clicked. */
GtkWidget *lanmu_key_button_new (const char *key, const char *word, const char *action);

G_END_DECLS
