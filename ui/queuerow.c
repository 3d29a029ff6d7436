/* A row of the queue. Built by hand: 30 of them live for 100,000 students and are filled again while scrolling. */
#include "ui/queuerow.h"
#include "app/format.h"
#include "app/roles/veil.h"
#include "ui/mark.h"

#include <glib/gi18n.h>
#include <string.h>

struct _LanmuQueueRow {
  GtkWidget parent;
  LanmuStudent *student;
  LanmuRowTurn turn;
  char *sought, *held;
  GtkWidget *box, *mark, *number, *name, *word;
};

G_DEFINE_FINAL_TYPE (LanmuQueueRow, lanmu_queue_row, GTK_TYPE_WIDGET)

static const struct {
  LanmuMarkShape shape;
  const char *tone, *word;
} STATES[LANMU_STUDENT_N_STATES] = {
    [LANMU_STUDENT_WAITING] = {LANMU_MARK_RING, "rest", ""},
    [LANMU_STUDENT_SHOT] = {LANMU_MARK_HALF, "rest", N_ ("shot")},
    [LANMU_STUDENT_ACCEPTED] = {LANMU_MARK_CHECK, "good", N_ ("accepted")},
    [LANMU_STUDENT_SKIPPED] = {LANMU_MARK_SKIP, "warn", N_ ("skipped")},
    [LANMU_STUDENT_ABSENT] = {LANMU_MARK_TRIANGLE, "warn", N_ ("absent")},
};

/* Who was called, and whoever is found by two letters of the name: the person typed it. */
static gboolean is_called (LanmuQueueRow *self)
{
  if (self->turn == LANMU_ROW_CURRENT)
    return TRUE;
  if (self->sought == NULL || g_utf8_strlen (self->sought, -1) < 2)
    return FALSE;
  g_autofree char *sought = lanmu_format_fold (self->sought);
  g_autofree char *name = lanmu_format_fold (lanmu_student_get_name (self->student));
  return strstr (name, sought) != NULL;
}

static char *make_number (LanmuQueueRow *self)
{
  const char *whole = lanmu_student_get_student_no (self->student);
  gsize length = strlen (whole);
  if (self->sought != NULL && *self->sought != '\0')
    return lanmu_student_dup_grouped_no (self->student);
  return g_strdup (g_str_is_ascii (whole) && length > 4 ? whole + length - 4 : whole);
}

static const char *make_word (LanmuQueueRow *self)
{
  const char *word = STATES[lanmu_student_get_state (self->student)].word;
  if (self->turn == LANMU_ROW_CURRENT)
    return _ ("now");
  if (self->held != NULL)
    return _ (self->held); /* the common reasons are translated, own words are as they were typed */
  if (self->turn == LANMU_ROW_NEXT)
    return _ ("next");
  return *word != '\0' ? _ (word) : "";
}

static void show (LanmuQueueRow *self)
{
  if (self->student == NULL)
    return;
  LanmuStudentState state = lanmu_student_get_state (self->student);
  g_autofree char *number = make_number (self);
  g_autofree char *name =
      lanmu_veil_dup_student_name (self->student, is_called (self) ? LANMU_VEIL_CALLED : LANMU_VEIL_OTHER);
  gboolean current = self->turn == LANMU_ROW_CURRENT;

  const char *tone = current ? NULL : self->held != NULL ? "bad" : STATES[state].tone;
  LanmuMarkShape shape = self->held != NULL ? LANMU_MARK_CROSS : STATES[state].shape;
  lanmu_mark_set (LANMU_MARK (self->mark), current ? LANMU_MARK_PLAY : shape, tone);
  lanmu_tone_set (self->word, tone);
  gtk_label_set_label (GTK_LABEL (self->number), number);
  gtk_label_set_label (GTK_LABEL (self->name), name);
  gtk_label_set_label (GTK_LABEL (self->word), make_word (self));
  if (current)
    gtk_widget_add_css_class (GTK_WIDGET (self), "current");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "current");
}

void lanmu_queue_row_set_student (LanmuQueueRow *self, LanmuStudent *student)
{
  if (self->student != NULL)
    g_signal_handlers_disconnect_by_func (self->student, show, self);
  g_set_object (&self->student, student);
  if (student != NULL)
    g_signal_connect_object (student, "notify", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  show (self);
}

LanmuStudent *lanmu_queue_row_get_student (LanmuQueueRow *self)
{
  return self->student;
}

void lanmu_queue_row_set_held (LanmuQueueRow *self, const char *reason)
{
  if (g_strcmp0 (self->held, reason) == 0)
    return;
  g_free (self->held);
  self->held = g_strdup (reason);
  show (self);
}

void lanmu_queue_row_set_turn (LanmuQueueRow *self, LanmuRowTurn turn, const char *sought)
{
  self->turn = turn;
  g_free (self->sought);
  self->sought = g_strdup (sought);
  show (self);
}

static void lanmu_queue_row_dispose (GObject *object)
{
  LanmuQueueRow *self = LANMU_QUEUE_ROW (object);
  if (self->student != NULL)
    g_signal_handlers_disconnect_by_func (self->student, show, self);
  g_clear_object (&self->student);
  g_clear_pointer (&self->sought, g_free);
  g_clear_pointer (&self->held, g_free);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (lanmu_queue_row_parent_class)->dispose (object);
}

static void lanmu_queue_row_class_init (LanmuQueueRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_queue_row_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "queuerow");
}

static GtkWidget *add_label (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

static void lanmu_queue_row_init (LanmuQueueRow *self)
{
  g_signal_connect_object (lanmu_veil_get_default (), "changed", G_CALLBACK (show), self, G_CONNECT_SWAPPED);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 10);
  self->mark = lanmu_mark_new (LANMU_MARK_RING);
  gtk_box_append (GTK_BOX (self->box), self->mark);
  self->number = add_label (self->box, "tabular");
  gtk_label_set_ellipsize (GTK_LABEL (self->number), PANGO_ELLIPSIZE_NONE);
  self->name = add_label (self->box, "row-name");
  gtk_widget_set_hexpand (self->name, TRUE);
  self->word = add_label (self->box, "row-word");
  gtk_label_set_max_width_chars (GTK_LABEL (self->word), 9); /* a reason is cut, the words of the states fit */
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

GtkWidget *lanmu_queue_row_new (void)
{
  return g_object_new (LANMU_TYPE_QUEUE_ROW, NULL);
}
