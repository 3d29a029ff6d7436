/* The button of ui/keybutton.h. */
#include "ui/keybutton.h"

#include <glib/gi18n.h>

GtkWidget *lanmu_key_button_new (const char *key, const char *word, const char *action)
{
  GtkWidget *button = gtk_button_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8);

  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  if (key != NULL && *key != '\0') {
    GtkWidget *plate = gtk_label_new (_ (key));
    gtk_widget_add_css_class (plate, "key");
    gtk_box_append (GTK_BOX (box), plate);
  }
  gtk_box_append (GTK_BOX (box), gtk_label_new (word));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_actionable_set_detailed_action_name (GTK_ACTIONABLE (button), action);
  return button;
}
