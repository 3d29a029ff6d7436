/* The pane of ui/pinpane.h. Built by hand: its buttons are the staff list's. */
#include "ui/pinpane.h"
#include "app/roles/pin.h"
#include "ui/keybutton.h"
#include "ui/rolewords.h"

#include <glib/gi18n.h>
#include <string.h>

struct _LanmuPinPane {
  GtkWidget parent;
  LanmuDesk *desk;
  GPtrArray *people; /* LanmuStaffRow; NULL = closed */
  char *name;        /* whose PIN is asked for; NULL = nobody chosen yet */
  char *said;        /* the last refusal */
  gboolean busy;     /* an answer is being looked at */
  guint refusals;
  guint timer; /* counts a pause down */
  GtkWidget *box, *names, *pin, *whose, *entry, *word;
};

G_DEFINE_FINAL_TYPE (LanmuPinPane, lanmu_pin_pane, GTK_TYPE_WIDGET)

static guint entered_signal;

static void clear_entry (LanmuPinPane *self)
{
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void drop_focus (LanmuPinPane *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  if (root != NULL)
    gtk_window_set_focus (GTK_WINDOW (root), NULL);
}

static void show_word (LanmuPinPane *self)
{
  guint wait = self->desk != NULL && self->name != NULL ? lanmu_desk_get_wait (self->desk, self->name) : 0;
  g_autofree char *text = wait > 0 ? g_strdup_printf (ngettext ("Too many wrong PINs: wait %u second",
                                                                "Too many wrong PINs: wait %u seconds", wait),
                                                      wait)
                                   : g_strdup (self->busy           ? "…"
                                               : self->said != NULL ? self->said
                                                                    : "");
  gtk_label_set_label (GTK_LABEL (self->word), *text != '\0' ? text : " ");
  gboolean open = wait == 0 && !self->busy;
  if (gtk_widget_get_sensitive (self->pin) == open)
    return;
  if (!open)
    drop_focus (self);
  gtk_widget_set_sensitive (self->pin, open);
  if (open && self->name != NULL)
    gtk_widget_grab_focus (self->entry);
}

static gboolean on_second (gpointer data)
{
  show_word (data);
  return G_SOURCE_CONTINUE;
}

static void show_names (LanmuPinPane *self)
{
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->said, g_free);
  g_clear_handle_id (&self->timer, g_source_remove);
  clear_entry (self);
  if (gtk_widget_get_visible (self->pin))
    drop_focus (self);
  gtk_widget_set_visible (self->names, TRUE);
  gtk_widget_set_visible (self->pin, FALSE);
  show_word (self);
}

static void choose (LanmuPinPane *self, guint place)
{
  if (self->people == NULL || place >= self->people->len || self->busy)
    return;
  const LanmuStaffRow *row = self->people->pdata[place];
  g_autofree char *whose = g_strdup_printf (_ ("%s · %s: PIN"), row->name, lanmu_role_word (row->role));
  g_free (self->name);
  self->name = g_strdup (row->name);
  gtk_label_set_label (GTK_LABEL (self->whose), whose);
  clear_entry (self);
  gtk_widget_set_visible (self->names, FALSE);
  gtk_widget_set_visible (self->pin, TRUE);
  gtk_widget_grab_focus (self->entry);
  if (self->timer == 0)
    self->timer = g_timeout_add_seconds (1, on_second, self);
  show_word (self);
}

static void on_name (GtkButton *button, LanmuPinPane *self)
{
  choose (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "place")));
}

static GtkWidget *make_name (LanmuPinPane *self, guint place, const LanmuStaffRow *row)
{
  g_autofree char *key = place < 9 ? g_strdup_printf ("%u", place + 1) : NULL;
  g_autofree char *word = g_strdup_printf ("%s · %s", row->name, lanmu_role_word (row->role));
  GtkWidget *button = lanmu_key_button_new (key, word, NULL);
  g_object_set_data (G_OBJECT (button), "place", GUINT_TO_POINTER (place));
  g_signal_connect (button, "clicked", G_CALLBACK (on_name), self);
  gtk_widget_add_css_class (button, "staff-name");
  return button;
}

static void list_names (LanmuPinPane *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (self->names)) != NULL)
    gtk_flow_box_remove (GTK_FLOW_BOX (self->names), child);
  for (guint i = 0; i < self->people->len; i++) {
    gtk_flow_box_append (GTK_FLOW_BOX (self->names), make_name (self, i, self->people->pdata[i]));
    gtk_widget_set_focusable (gtk_widget_get_last_child (self->names), FALSE);
  }
}

void lanmu_pin_pane_begin (LanmuPinPane *self, LanmuDesk *desk, LanmuAction action, gint64 class_id)
{
  lanmu_pin_pane_end (self);
  g_set_object (&self->desk, desk);
  self->refusals = 0;
  self->people = lanmu_desk_list (desk, action, class_id, NULL);
  if (self->people == NULL)
    self->people = g_ptr_array_new ();
  list_names (self);
  show_names (self);
  if (self->people->len == 1)
    choose (self, 0);
}

void lanmu_pin_pane_end (LanmuPinPane *self)
{
  self->busy = FALSE;
  g_clear_pointer (&self->people, g_ptr_array_unref);
  show_names (self);
}

void lanmu_pin_pane_refuse (LanmuPinPane *self, const char *sentence)
{
  self->busy = FALSE;
  self->refusals++;
  g_free (self->said);
  self->said = g_strdup (sentence);
  clear_entry (self);
  show_word (self);
}

static void submit (LanmuPinPane *self)
{
  const char *typed = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  if (self->name == NULL || self->busy || *typed == '\0')
    return;
  char *pin = g_strdup (typed);
  g_clear_pointer (&self->said, g_free);
  self->busy = TRUE;
  clear_entry (self);
  show_word (self);
  g_signal_emit (self, entered_signal, 0, self->name, pin);
  lanmu_pin_wipe (pin);
  g_free (pin);
}

gboolean lanmu_pin_pane_press (LanmuPinPane *self, const char *action, GVariant *target)
{
  if (self->people == NULL)
    return FALSE;
  if (g_str_equal (action, "station.take") && self->name == NULL) {
    choose (self, g_variant_get_uint32 (target) - 1);
    return TRUE;
  }
  if (g_str_equal (action, "win.live") && self->name != NULL && self->people->len > 1 && !self->busy) {
    show_names (self);
    return TRUE;
  }
  return FALSE;
}

guint lanmu_pin_pane_get_n_people (LanmuPinPane *self)
{
  return self->people != NULL ? self->people->len : 0;
}

guint lanmu_pin_pane_get_refusals (LanmuPinPane *self)
{
  return self->refusals;
}

const char *lanmu_pin_pane_get_mode (LanmuPinPane *self)
{
  return self->people == NULL ? "closed" : self->busy ? "busy" : self->name != NULL ? "pin" : "names";
}

const char *lanmu_pin_pane_get_text (LanmuPinPane *self)
{
  return g_str_equal (gtk_label_get_label (GTK_LABEL (self->word)), " ") ? ""
                                                                         : gtk_label_get_label (GTK_LABEL (self->word));
}

/* -- what may be typed -- */

static void on_insert (GtkEditable *editable, const char *text, int length, int *position, LanmuPinPane *self)
{
  gsize bytes = length < 0 ? strlen (text) : (gsize) length;
  for (gsize i = 0; i < bytes; i++)
    if (!g_ascii_isdigit (text[i])) {
      g_signal_stop_emission_by_name (editable, "insert-text");
      return;
    }
}

/* A key of the pad: 0–9, ⌫ and ✓. */
static void on_pad (GtkButton *button, LanmuPinPane *self)
{
  const char *key = gtk_button_get_label (button);
  int end = -1;
  if (g_ascii_isdigit (*key)) {
    gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
    end = gtk_editable_get_position (GTK_EDITABLE (self->entry));
    gtk_editable_insert_text (GTK_EDITABLE (self->entry), key, 1, &end);
    gtk_editable_set_position (GTK_EDITABLE (self->entry), -1);
  } else if (g_str_equal (key, "⌫")) {
    end = (int) g_utf8_strlen (gtk_editable_get_text (GTK_EDITABLE (self->entry)), -1);
    gtk_editable_delete_text (GTK_EDITABLE (self->entry), MAX (end - 1, 0), end);
  } else {
    submit (self);
  }
}

static GtkWidget *make_pad (LanmuPinPane *self)
{
  static const char *const keys[] = {"1", "2", "3", "4", "5", "6", "7", "8", "9", "0", "⌫", "✓"};
  GtkWidget *pad = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_box_set_homogeneous (GTK_BOX (pad), TRUE);
  for (gsize i = 0; i < G_N_ELEMENTS (keys); i++) {
    GtkWidget *button = gtk_button_new_with_label (keys[i]);
    gtk_widget_set_focus_on_click (button, FALSE);
    gtk_widget_set_focusable (button, FALSE);
    g_signal_connect (button, "clicked", G_CALLBACK (on_pad), self);
    gtk_box_append (GTK_BOX (pad), button);
  }
  gtk_widget_add_css_class (pad, "pin-pad");
  return pad;
}

static void make_entry (LanmuPinPane *self)
{
  g_autoptr (GtkEntryBuffer) buffer = gtk_password_entry_buffer_new ();
  self->entry = gtk_text_new_with_buffer (buffer);
  gtk_text_set_visibility (GTK_TEXT (self->entry), FALSE);
  gtk_text_set_max_length (GTK_TEXT (self->entry), LANMU_PIN_LONGEST);
  gtk_text_set_input_purpose (GTK_TEXT (self->entry), GTK_INPUT_PURPOSE_PIN);
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->entry), FALSE);
  gtk_editable_set_alignment (GTK_EDITABLE (self->entry), 0.5f);
  g_signal_connect (self->entry, "insert-text", G_CALLBACK (on_insert), self);
  g_signal_connect_swapped (self->entry, "activate", G_CALLBACK (submit), self);
  gtk_widget_add_css_class (self->entry, "find-entry");
}

static void lanmu_pin_pane_dispose (GObject *object)
{
  LanmuPinPane *self = LANMU_PIN_PANE (object);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_pointer (&self->people, g_ptr_array_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->said, g_free);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (lanmu_pin_pane_parent_class)->dispose (object);
}

static void lanmu_pin_pane_class_init (LanmuPinPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_pin_pane_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "pinpane");
  entered_signal =
      g_signal_new ("entered", LANMU_TYPE_PIN_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                    G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE, G_TYPE_STRING | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void lanmu_pin_pane_init (LanmuPinPane *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 10);
  self->names = gtk_flow_box_new ();
  gtk_flow_box_set_selection_mode (GTK_FLOW_BOX (self->names), GTK_SELECTION_NONE);
  gtk_flow_box_set_max_children_per_line (GTK_FLOW_BOX (self->names), 3);
  self->pin = gtk_box_new (GTK_ORIENTATION_VERTICAL, 8);
  self->whose = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->whose, "pin-whose");
  make_entry (self);
  gtk_box_append (GTK_BOX (self->pin), self->whose);
  gtk_box_append (GTK_BOX (self->pin), self->entry);
  gtk_box_append (GTK_BOX (self->pin), make_pad (self));
  self->word = gtk_label_new (" ");
  gtk_label_set_wrap (GTK_LABEL (self->word), TRUE);
  gtk_label_set_justify (GTK_LABEL (self->word), GTK_JUSTIFY_CENTER);
  gtk_widget_add_css_class (self->word, "warn");
  gtk_box_append (GTK_BOX (self->box), self->names);
  gtk_box_append (GTK_BOX (self->box), self->pin);
  gtk_box_append (GTK_BOX (self->box), self->word);
  gtk_widget_set_visible (self->pin, FALSE);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}
