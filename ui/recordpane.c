/* The record of ui/recordpane.h. A pure picture of the station's properties: it decides nothing. */
#include "ui/recordpane.h"
#include "app/proofwords.h"
#include "app/roles/veil.h"
#include "ui/mark.h"
#include "ui/sitter.h"

#include "ui/template.h"

#include <glib/gi18n.h>

#define MOST_TAKES 6 /* the newest; every take has its key */

struct _LanmuRecordPane {
  GtkWidget parent;
  LanmuStation *station;
  GtkLabel *caption, *name, *number, *class_name, *major, *id_no, *takes_caption, *proof, *next_name, *next_number;
  GtkBox *takes;
  LanmuChecksPane *checks;
  LanmuMark *proof_mark, *signed_mark;
  GtkLabel *signed_word;
  GtkWidget *take_buttons[MOST_TAKES];
};

G_DEFINE_FINAL_TYPE (LanmuRecordPane, lanmu_record_pane, GTK_TYPE_WIDGET)

/* A blank keeps the line's height. */
static void say (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL && *text != '\0' ? text : " ");
}

/* Long names step down in size instead of breaking the panel. */
static void size_name (LanmuRecordPane *self, const char *name)
{
  glong letters = g_utf8_strlen (name, -1);
  gunichar first = g_utf8_get_char (name);
  glong width = first < 0x2e80 ? (letters + 1) / 2 : letters; /* Latin letters are half as wide as Chinese ones */
  GtkWidget *label = GTK_WIDGET (self->name);

  gtk_widget_remove_css_class (label, "long");
  gtk_widget_remove_css_class (label, "very-long");
  if (width > 10)
    gtk_widget_add_css_class (label, "very-long");
  else if (width > 5)
    gtk_widget_add_css_class (label, "long");
}

static void show_sitter (LanmuRecordPane *self)
{
  g_auto (LanmuSitter) sitter = {0};
  lanmu_sitter_read (&sitter, self->station);
  if (sitter.name != NULL)
    size_name (self, sitter.name);
  say (self->caption, sitter.caption);
  say (self->name, sitter.name);
  say (self->number, sitter.number);
  say (self->class_name, sitter.class_name);
  say (self->major, sitter.major);
  say (self->id_no, sitter.id_no);
}

static void show_next (LanmuRecordPane *self)
{
  LanmuStudent *student = lanmu_station_get_next_student (self->station);
  g_autofree char *grouped = student != NULL ? lanmu_student_dup_grouped_no (student) : NULL;
  g_autofree char *name = student != NULL ? lanmu_veil_dup_student_name (student, LANMU_VEIL_OTHER) : NULL;
  say (self->next_name, name != NULL ? name : _ ("Nobody is waiting"));
  say (self->next_number, grouped);
}

/* How strong the proof of the take on review is; without one, where a shot would be: nothing. */
static void show_proof (LanmuRecordPane *self, LanmuTake *take)
{
  static const struct {
    LanmuMarkShape shape;
    const char *tone;
  } marks[] = {
      [LANMU_PROOF_STRONG] = {LANMU_MARK_DOT, "good"},
      [LANMU_PROOF_FAIR] = {LANMU_MARK_HALF, "good"},
      [LANMU_PROOF_WEAK] = {LANMU_MARK_TRIANGLE, "warn"},
  };
  guint trouble = LANMU_TROUBLE_NONE, open = lanmu_station_get_open_tickets (self->station);
  g_object_get (self->station, "trouble", &trouble, NULL);
  if (take == NULL && open > 0 && trouble != LANMU_TROUBLE_NONE) { /* a shot survives the camera's absence */
    g_autofree char *waits = g_strdup_printf (
        ngettext ("%u shot is open and waits for its picture", "%u shots are open and wait for their pictures", open),
        open);
    say (self->proof, waits);
    lanmu_mark_set (self->proof_mark, LANMU_MARK_RING, "warn");
    return;
  }
  if (take == NULL) {
    say (self->proof, NULL);
    lanmu_mark_set (self->proof_mark, LANMU_MARK_NONE, NULL);
    return;
  }
  LanmuProofStrength strength = lanmu_proof_strength (lanmu_take_get_proof (take));
  g_autofree char *sentence = lanmu_proof_sentence (lanmu_take_get_proof (take));
  g_autofree char *text = g_strdup_printf (_ ("On disk · %s"), sentence);
  say (self->proof, text);
  lanmu_mark_set (self->proof_mark, marks[strength].shape, marks[strength].tone);
}

static void show_take_button (GtkWidget *button, LanmuTake *take, gboolean current)
{
  gboolean chosen = take != NULL && lanmu_take_get_chosen (take);
  g_autofree char *text = take != NULL ? g_strdup_printf ("%u", lanmu_take_get_index (take)) : NULL;
  GtkWidget *label = gtk_widget_get_first_child (gtk_button_get_child (GTK_BUTTON (button)));
  GtkWidget *mark = gtk_widget_get_last_child (gtk_button_get_child (GTK_BUTTON (button)));

  gtk_widget_set_visible (button, take != NULL);
  gtk_label_set_label (GTK_LABEL (label), text != NULL ? text : "");
  lanmu_mark_set (LANMU_MARK (mark), chosen ? LANMU_MARK_CHECK : LANMU_MARK_NONE, "good");
  gtk_widget_set_visible (mark, chosen);
  if (current)
    gtk_widget_add_css_class (button, "current");
  else
    gtk_widget_remove_css_class (button, "current");
}

static void show_takes (LanmuRecordPane *self)
{
  GListModel *takes = lanmu_station_get_takes (self->station);
  LanmuTake *on_review = lanmu_station_get_take (self->station);
  guint n = g_list_model_get_n_items (takes), first = n > MOST_TAKES ? n - MOST_TAKES : 0;
  g_autofree char *count = g_strdup_printf (ngettext ("%u take", "%u takes", n), n);
  g_autofree char *number =
      on_review != NULL ? g_strdup_printf (_ ("Picture no. %u"), lanmu_take_get_number (on_review)) : NULL;
  g_autofree char *caption = number != NULL ? g_strdup_printf ("%s · %s", count, number) : g_strdup (count);

  say (self->takes_caption, n > 0 ? caption : _ ("No take yet"));
  for (guint i = 0; i < MOST_TAKES; i++) {
    g_autoptr (LanmuTake) take = first + i < n ? g_list_model_get_item (takes, first + i) : NULL;
    show_take_button (self->take_buttons[i], take, take != NULL && take == on_review);
    if (take != NULL)
      gtk_actionable_set_action_target (GTK_ACTIONABLE (self->take_buttons[i]), "u", lanmu_take_get_index (take));
  }
  show_proof (self, on_review);
}

gboolean lanmu_record_pane_get_take_place (LanmuRecordPane *self, guint index, GtkWidget *widget,
                                           graphene_rect_t *place)
{
  guint n = g_list_model_get_n_items (lanmu_station_get_takes (self->station));
  guint first = n > MOST_TAKES ? n - MOST_TAKES : 0;

  return index > first && index <= n &&
         gtk_widget_compute_bounds (self->take_buttons[index - 1 - first], widget, place);
}

/* 核签: who confirmed that person and record agree, and when. The line keeps its place while nobody has. */
static void show_signed (LanmuRecordPane *self)
{
  g_autofree char *by = NULL, *text = NULL;
  g_object_get (self->station, "countersigned", &by, NULL);
  if (by != NULL) {
    g_autoptr (GDateTime) now = g_date_time_new_now_local ();
    g_autofree char *time = g_date_time_format (now, "%H:%M");
    text = g_strdup_printf (_ ("Confirmed by %s · %s"), by, time);
  }
  say (self->signed_word, text);
  lanmu_mark_set (self->signed_mark, by != NULL ? LANMU_MARK_DOT : LANMU_MARK_NONE, "good");
}

/* The number of a capture code's picture stands among the lines about who it is. */
static void on_take (LanmuRecordPane *self)
{
  show_takes (self);
  if (lanmu_station_get_code (self->station) != NULL)
    show_sitter (self);
}

static void show_all (LanmuRecordPane *self)
{
  show_sitter (self);
  show_takes (self);
  show_next (self);
}

void lanmu_record_pane_set_station (LanmuRecordPane *self, LanmuStation *station)
{
  g_set_object (&self->station, station);
  g_signal_connect_object (station, "notify::student", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notify::token", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notify::next-student", G_CALLBACK (show_next), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notify::countersigned", G_CALLBACK (show_signed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notify::trouble", G_CALLBACK (show_takes), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notify::open-tickets", G_CALLBACK (show_takes), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notify::take", G_CALLBACK (on_take), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notify::phase", G_CALLBACK (show_takes), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lanmu_station_get_takes (station), "items-changed", G_CALLBACK (show_takes), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (lanmu_veil_get_default (), "changed", G_CALLBACK (show_all), self, G_CONNECT_SWAPPED);
  lanmu_checks_pane_set_station (self->checks, station);
  show_signed (self);
  show_all (self);
}

LanmuChecksPane *lanmu_record_pane_get_checks (LanmuRecordPane *self)
{
  return self->checks;
}

static GtkWidget *make_take_button (void)
{
  GtkWidget *button = gtk_button_new (), *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 4);
  gtk_widget_set_halign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), gtk_label_new (NULL));
  gtk_box_append (GTK_BOX (box), lanmu_mark_new (LANMU_MARK_NONE));
  gtk_button_set_child (GTK_BUTTON (button), box);
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "station.take");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", 1u);
  gtk_widget_add_css_class (button, "take");
  return button;
}

static void lanmu_record_pane_dispose (GObject *object)
{
  LanmuRecordPane *self = LANMU_RECORD_PANE (object);
  g_clear_object (&self->station);
  lanmu_template_dispose (GTK_WIDGET (self), LANMU_TYPE_RECORD_PANE);
  G_OBJECT_CLASS (lanmu_record_pane_parent_class)->dispose (object);
}

static void lanmu_record_pane_class_init (LanmuRecordPaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = lanmu_record_pane_dispose;
  g_type_ensure (LANMU_TYPE_MARK);
  g_type_ensure (LANMU_TYPE_CHECKS_PANE);
  gtk_widget_class_set_template_from_resource (widget, "/org/lanmu/Lanmu/recordpane.ui");
  gtk_widget_class_bind_template_child (widget, LanmuRecordPane, caption);
  gtk_widget_class_bind_template_child (widget, LanmuRecordPane, name);
  gtk_widget_class_bind_template_child (widget, LanmuRecordPane, number);
  gtk_widget_class_bind_template_child (widget, LanmuRecordPane, class_name);
  gtk_widget_class_bind_template_child (widget, LanmuRecordPane, major);
  gtk_widget_class_bind_template_child (widget, LanmuRecordPane, id_no);
  gtk_widget_class_bind_template_child (widget, LanmuRecordPane, signed_mark);
  gtk_widget_class_bind_template_child (widget, LanmuRecordPane, signed_word);
  gtk_widget_class_bind_template_child (widget, LanmuRecordPane, takes_caption);
  gtk_widget_class_bind_template_child (widget, LanmuRecordPane, takes);
  gtk_widget_class_bind_template_child (widget, LanmuRecordPane, proof);
  gtk_widget_class_bind_template_child (widget, LanmuRecordPane, proof_mark);
  gtk_widget_class_bind_template_child (widget, LanmuRecordPane, checks);
  gtk_widget_class_bind_template_child (widget, LanmuRecordPane, next_name);
  gtk_widget_class_bind_template_child (widget, LanmuRecordPane, next_number);
}

static void lanmu_record_pane_init (LanmuRecordPane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < MOST_TAKES; i++) {
    self->take_buttons[i] = make_take_button ();
    gtk_widget_set_visible (self->take_buttons[i], FALSE);
    gtk_box_append (self->takes, self->take_buttons[i]);
  }
}
