/* See ui/handoverchoices.h. */
#include "ui/handoverchoices.h"
#include "app/delivery/prints.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <string.h>

#define T(form) (1u << (form))

/* What a row may be: its words, and what each of them means. */
static const struct {
  const char *title;
  struct {
    const char *word;
    guint value;
  } values[5];
} ROWS[] = {
    {N_ ("1  Pictures"),
     {{N_ ("portraits"), 0}, {N_ ("portraits and originals"), 1}, {N_ ("originals"), 2}, {NULL, 0}}},
    {N_ ("2  Of whom"), {{N_ ("everybody"), 0}, {N_ ("who is new since the last hand-over"), 1}, {NULL, 0}}},
    {N_ ("3  Table"),
     {{N_ ("CSV"), T (LANMU_TABLE_CSV)},
      {N_ ("CSV and Excel"), T (LANMU_TABLE_CSV) | T (LANMU_TABLE_XLSX)},
      {N_ ("CSV, Excel and DBF"), T (LANMU_TABLE_CSV) | T (LANMU_TABLE_XLSX) | T (LANMU_TABLE_DBF)},
      {N_ ("CSV in GB18030"), T (LANMU_TABLE_GB18030)},
      {NULL, 0}}},
    {N_ ("4  Print sheets"),
     {{N_ ("none"), 0}, {N_ ("PDF"), LANMU_PRINTS_PDF}, {N_ ("JPEG"), LANMU_PRINTS_JPEG}, {NULL, 0}}},
    {N_ ("5  Who is not ready"),
     {{N_ ("stops it"), 0}, {N_ ("is left out, by name"), (1u << LANMU_DELIVERY_N_PROBLEMS) - 1}, {NULL, 0}}},
};
enum { PICTURES, WHOM, TABLE, PRINTS, UNREADY };

struct _LanmuHandOverChoices {
  GtkWidget parent;
  guint chosen[G_N_ELEMENTS (ROWS)];
  GtkLabel *words[G_N_ELEMENTS (ROWS)];
  GtkWidget *group;
  GtkEditable *target, *password;
  char *suggested;
};

G_DEFINE_FINAL_TYPE (LanmuHandOverChoices, lanmu_hand_over_choices, GTK_TYPE_WIDGET)

static guint changed_signal;

static guint value_of (LanmuHandOverChoices *self, guint row)
{
  return ROWS[row].values[self->chosen[row]].value;
}

static void show (LanmuHandOverChoices *self)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    gtk_label_set_label (self->words[i], _ (ROWS[i].values[self->chosen[i]].word));
}

static void choose_next (LanmuHandOverChoices *self, guint row)
{
  self->chosen[row]++;
  if (ROWS[row].values[self->chosen[row]].word == NULL)
    self->chosen[row] = 0;
  show (self);
  g_signal_emit (self, changed_signal, 0);
}

gboolean lanmu_hand_over_choices_press (LanmuHandOverChoices *self, guint digit)
{
  if (digit < 1 || digit > G_N_ELEMENTS (ROWS))
    return FALSE;
  choose_next (self, digit - 1);
  return TRUE;
}

LanmuHandoverWish lanmu_hand_over_choices_get_wish (LanmuHandOverChoices *self)
{
  const char *password = gtk_editable_get_text (self->password);
  gboolean originals = value_of (self, PICTURES) == 2;
  return (LanmuHandoverWish){
      .originals = originals,
      .originals_too = value_of (self, PICTURES) == 1,
      .only_new = value_of (self, WHOM) == 1,
      .tables = value_of (self, TABLE),
      .prints = originals ? 0 : value_of (self, PRINTS), /* sheets are made of portraits */
      .accepted = value_of (self, UNREADY),
      .password = *password != '\0' ? password : NULL,
  };
}

char *lanmu_hand_over_choices_dup_digits (LanmuHandOverChoices *self)
{
  GString *digits = g_string_new (NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (ROWS); i++)
    g_string_append_printf (digits, "%u", self->chosen[i]);
  return g_string_free (digits, FALSE);
}

char *lanmu_hand_over_choices_dup_target (LanmuHandOverChoices *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->target)));
}

void lanmu_hand_over_choices_suggest (LanmuHandOverChoices *self, const char *target)
{
  const char *text = gtk_editable_get_text (self->target);
  if (*text != '\0' && g_strcmp0 (text, self->suggested) != 0)
    return;
  g_free (self->suggested);
  self->suggested = g_strdup (target);
  gtk_editable_set_text (self->target, target);
}

void lanmu_hand_over_choices_forget (LanmuHandOverChoices *self)
{
  gtk_editable_set_text (self->password, "");
}

static void on_row (LanmuHandOverChoices *self, AdwActionRow *row)
{
  choose_next (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (row), "row")));
}

static void add_row (LanmuHandOverChoices *self, guint index)
{
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ (ROWS[index].title));
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  self->words[index] = GTK_LABEL (gtk_label_new (NULL));
  gtk_widget_add_css_class (GTK_WIDGET (self->words[index]), "choice");
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->words[index]));
  g_object_set_data (G_OBJECT (row), "row", GUINT_TO_POINTER (index));
  g_signal_connect_object (row, "activated", G_CALLBACK (on_row), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
}

static GtkEditable *add_entry (LanmuHandOverChoices *self, GtkWidget *row, const char *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->group), row);
  return GTK_EDITABLE (row);
}

static void on_password (LanmuHandOverChoices *self)
{
  g_signal_emit (self, changed_signal, 0);
}

static void lanmu_hand_over_choices_dispose (GObject *object)
{
  LanmuHandOverChoices *self = LANMU_HAND_OVER_CHOICES (object);
  g_clear_pointer (&self->group, gtk_widget_unparent);
  g_clear_pointer (&self->suggested, g_free);
  G_OBJECT_CLASS (lanmu_hand_over_choices_parent_class)->dispose (object);
}

static void lanmu_hand_over_choices_class_init (LanmuHandOverChoicesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_hand_over_choices_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  changed_signal =
      g_signal_new ("changed", LANMU_TYPE_HAND_OVER_CHOICES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void lanmu_hand_over_choices_init (LanmuHandOverChoices *self)
{
  self->group = adw_preferences_group_new ();
  gtk_widget_set_parent (self->group, GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (ROWS); i++)
    add_row (self, i);
  self->target = add_entry (self, adw_entry_row_new (), _ ("New folder"));
  self->password = add_entry (self, adw_password_entry_row_new (), _ ("Password: with one, encrypted zips"));
  g_signal_connect_object (self->password, "changed", G_CALLBACK (on_password), self, G_CONNECT_SWAPPED);
  show (self);
}
