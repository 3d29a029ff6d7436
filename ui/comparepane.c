/* See ui/comparepane.h. */
#include "ui/comparepane.h"
#include "app/owner.h"
#include "app/roles/veil.h"
#include "app/tray.h"
#include "ui/storedpicture.h"
#include "ui/template.h"

#include <glib/gi18n.h>

struct _LanmuComparePane {
  GtkWidget parent;
  LanmuStation *station;
  LanmuTrayItem *item;
  LanmuStudent *student;
  GPtrArray *takes; /* LanmuShotRow of the student */
  guint take;       /* shown, from 0 */
  GtkLabel *when, *reason, *guess, *name, *number, *takes_word;
  LanmuStoredPicture *picture, *other;
};

G_DEFINE_FINAL_TYPE (LanmuComparePane, lanmu_compare_pane, GTK_TYPE_WIDGET)

static guint changed_signal;

/* A blank keeps the line's height. */
static void say (GtkLabel *label, const char *text)
{
  gtk_label_set_label (label, text != NULL && *text != '\0' ? text : " ");
}

static void on_picture (LanmuComparePane *self)
{
  g_signal_emit (self, changed_signal, 0);
}

gboolean lanmu_compare_pane_is_likely (LanmuComparePane *self)
{
  const char *likely = self->item != NULL ? lanmu_tray_item_get_likely_no (self->item) : NULL;
  return self->student != NULL && g_strcmp0 (likely, lanmu_student_get_student_no (self->student)) == 0;
}

static void show_other (LanmuComparePane *self)
{
  guint n = lanmu_compare_pane_get_n_takes (self);
  const LanmuShotRow *shot = self->take < n ? g_ptr_array_index (self->takes, self->take) : NULL;
  g_autofree char *word = NULL;

  if (shot != NULL)
    word = g_strdup_printf (_ ("Their own picture %u of %u · no. %d"), self->take + 1, n, (int) shot->sequence_no);
  else if (self->student != NULL)
    word = g_strdup (_ ("No picture of this student yet: ask the person"));
  say (self->takes_word, word);
  lanmu_stored_picture_show (self->other, self->station, shot != NULL ? shot->path : NULL);
  g_signal_emit (self, changed_signal, 0);
}

static void show_name (LanmuComparePane *self)
{
  if (self->student == NULL) {
    say (self->guess, self->item != NULL ? _ ("Whose is it? F finds a student") : NULL);
    say (self->name, NULL);
    say (self->number, NULL);
    return;
  }
  g_autofree char *grouped = lanmu_student_dup_grouped_no (self->student);
  g_autofree char *line = g_strjoin (" · ", grouped, lanmu_student_get_class_name (self->student), NULL);
  say (self->guess, lanmu_compare_pane_is_likely (self) ? _ ("Likely this student") : _ ("Chosen by you"));
  g_autofree char *name = lanmu_veil_dup_student_name (self->student, LANMU_VEIL_CALLED);
  say (self->name, name);
  say (self->number, line);
}

/* The portrait is the picture to compare with; without one, the newest take. */
static guint best_take (const GPtrArray *takes)
{
  for (guint i = 0; takes != NULL && i < takes->len; i++)
    if (((LanmuShotRow *) g_ptr_array_index (takes, i))->chosen)
      return i;
  return takes != NULL && takes->len > 0 ? takes->len - 1 : 0;
}

static GPtrArray *load_takes (LanmuComparePane *self, LanmuStudent *student)
{
  LanmuDb *reader = lanmu_store_get_reader (lanmu_station_get_store (self->station));
  g_autoptr (LanmuStudentRow) owner = lanmu_owner_get (reader, lanmu_student_get_student_no (student), NULL);
  return owner != NULL ? lanmu_owner_get_shots (reader, owner, NULL) : NULL;
}

void lanmu_compare_pane_show_student (LanmuComparePane *self, LanmuStudent *student)
{
  g_set_object (&self->student, student);
  g_clear_pointer (&self->takes, g_ptr_array_unref);
  if (student != NULL)
    self->takes = load_takes (self, student);
  self->take = best_take (self->takes);
  show_name (self);
  show_other (self);
}

gboolean lanmu_compare_pane_show_take (LanmuComparePane *self, guint index)
{
  if (index == 0 || index > lanmu_compare_pane_get_n_takes (self))
    return FALSE;
  self->take = index - 1;
  show_other (self);
  return TRUE;
}

void lanmu_compare_pane_show_item (LanmuComparePane *self, LanmuTrayItem *item)
{
  LanmuQueue *queue = lanmu_station_get_queue (self->station);
  const char *likely = item != NULL ? lanmu_tray_item_get_likely_no (item) : NULL;
  g_autoptr (LanmuStudent) student = likely != NULL ? lanmu_queue_find_student (queue, likely) : NULL;
  g_autofree char *time = item != NULL ? lanmu_tray_item_dup_time (item) : NULL;
  g_autofree char *when =
      item != NULL ? g_strdup_printf (_ ("%s · no. %u"), time, lanmu_tray_item_get_number (item)) : NULL;

  g_set_object (&self->item, item);
  say (self->when, when);
  say (self->reason, item != NULL ? lanmu_tray_reason_sentence (lanmu_tray_item_get_reason (item)) : NULL);
  lanmu_stored_picture_show (self->picture, self->station, item != NULL ? lanmu_tray_item_get_path (item) : NULL);
  lanmu_compare_pane_show_student (self, student);
}

LanmuStudent *lanmu_compare_pane_get_student (LanmuComparePane *self)
{
  return self->student;
}

guint lanmu_compare_pane_get_n_takes (LanmuComparePane *self)
{
  return self->takes != NULL ? self->takes->len : 0;
}

gboolean lanmu_compare_pane_is_ready (LanmuComparePane *self)
{
  return self->item != NULL && self->student != NULL && lanmu_stored_picture_is_shown (self->picture) &&
         lanmu_stored_picture_is_settled (self->other);
}

void lanmu_compare_pane_set_station (LanmuComparePane *self, LanmuStation *station)
{
  g_set_object (&self->station, station);
  g_signal_connect_object (lanmu_veil_get_default (), "changed", G_CALLBACK (show_name), self, G_CONNECT_SWAPPED);
}

static void lanmu_compare_pane_dispose (GObject *object)
{
  LanmuComparePane *self = LANMU_COMPARE_PANE (object);
  g_clear_object (&self->item);
  g_clear_object (&self->student);
  g_clear_object (&self->station);
  g_clear_pointer (&self->takes, g_ptr_array_unref);
  lanmu_template_dispose (GTK_WIDGET (self), LANMU_TYPE_COMPARE_PANE);
  G_OBJECT_CLASS (lanmu_compare_pane_parent_class)->dispose (object);
}

static void lanmu_compare_pane_class_init (LanmuComparePaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = lanmu_compare_pane_dispose;
  g_type_ensure (LANMU_TYPE_STORED_PICTURE);
  gtk_widget_class_set_template_from_resource (widget, "/org/lanmu/Lanmu/comparepane.ui");
  gtk_widget_class_bind_template_child (widget, LanmuComparePane, when);
  gtk_widget_class_bind_template_child (widget, LanmuComparePane, reason);
  gtk_widget_class_bind_template_child (widget, LanmuComparePane, guess);
  gtk_widget_class_bind_template_child (widget, LanmuComparePane, name);
  gtk_widget_class_bind_template_child (widget, LanmuComparePane, number);
  gtk_widget_class_bind_template_child (widget, LanmuComparePane, takes_word);
  gtk_widget_class_bind_template_child (widget, LanmuComparePane, picture);
  gtk_widget_class_bind_template_child (widget, LanmuComparePane, other);
  changed_signal =
      g_signal_new ("changed", LANMU_TYPE_COMPARE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void lanmu_compare_pane_init (LanmuComparePane *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->picture, "changed", G_CALLBACK (on_picture), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->other, "changed", G_CALLBACK (on_picture), self, G_CONNECT_SWAPPED);
}
