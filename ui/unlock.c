/* See unlock.h. */
#include "ui/unlock.h"

#include <glib/gi18n.h>
#include <string.h>

#include "db/seal.h"
#include "ui/advice.h"

struct _LanmuUnlock {
  GtkBox parent;
  LanmuStore *store;
  GtkPasswordEntry *entry;
  GtkButton *button;
  GtkLabel *said;
};

enum { SIGNAL_OPENED, N_SIGNALS };
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (LanmuUnlock, lanmu_unlock, GTK_TYPE_BOX)

static gboolean open_work (LanmuDb *db, gpointer data, GError **error)
{
  return lanmu_seal_open (db, data, error);
}

static void free_passphrase (gpointer passphrase)
{
  explicit_bzero (passphrase, strlen (passphrase));
  g_free (passphrase);
}

static void set_busy (LanmuUnlock *self, gboolean busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->entry), !busy);
  gtk_widget_set_sensitive (GTK_WIDGET (self->button), !busy);
}

static void on_tried (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanmuUnlock) self = data;
  g_autoptr (GError) error = NULL;
  gboolean opened = lanmu_store_run_finish (LANMU_STORE (source), result, &error);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
  set_busy (self, FALSE);
  if (opened) {
    g_signal_emit (self, signals[SIGNAL_OPENED], 0);
    return;
  }
  gboolean wrong = g_error_matches (error, LANMU_DB_ERROR, LANMU_DB_ERROR_PASSPHRASE);
  gtk_label_set_label (self->said, wrong ? _ ("The passphrase does not open this campaign; try again.") : lanmu_advice_for_error (error).what);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

static void try_passphrase (LanmuUnlock *self, const char *passphrase)
{
  set_busy (self, TRUE);
  gtk_label_set_label (self->said, _ ("Opening…"));
  lanmu_store_run_async (self->store, open_work, g_strdup (passphrase), free_passphrase, on_tried, g_object_ref (self));
}

static void on_entered (LanmuUnlock *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  if (*text != '\0')
    try_passphrase (self, text);
}

gboolean lanmu_unlock_try_file (LanmuUnlock *self)
{
  const char *path = g_getenv ("LANMU_PASSPHRASE_FILE");
  char *text = NULL;
  if (path == NULL || !g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  text[strcspn (text, "\r\n")] = '\0';
  gboolean there = *text != '\0' && g_utf8_validate (text, -1, NULL);
  if (there)
    try_passphrase (self, text);
  free_passphrase (text);
  return there;
}

static void lanmu_unlock_dispose (GObject *object)
{
  g_clear_object (&LANMU_UNLOCK (object)->store);
  G_OBJECT_CLASS (lanmu_unlock_parent_class)->dispose (object);
}

static void lanmu_unlock_class_init (LanmuUnlockClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_unlock_dispose;
  signals[SIGNAL_OPENED] = g_signal_new ("opened", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void lanmu_unlock_init (LanmuUnlock *self)
{
  self->entry = GTK_PASSWORD_ENTRY (gtk_password_entry_new ());
  self->button = GTK_BUTTON (gtk_button_new_with_label (_ ("Open")));
  self->said = GTK_LABEL (gtk_label_new (""));
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 18);
  gtk_widget_set_size_request (GTK_WIDGET (self), 480, -1);
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "suggested-action");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _ ("Passphrase"), -1);
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->entry));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->button));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->said));
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_entered), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->button, "clicked", G_CALLBACK (on_entered), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "map", G_CALLBACK (gtk_widget_grab_focus), self->entry, G_CONNECT_SWAPPED);
}

LanmuUnlock *lanmu_unlock_new (LanmuStore *store)
{
  LanmuUnlock *self = g_object_new (LANMU_TYPE_UNLOCK, NULL);
  self->store = g_object_ref (store);
  return self;
}
