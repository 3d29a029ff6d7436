/* See checkspane.h. The lines are made anew with every other take or inspection: there are at most as many as checks. */
#include "ui/checkspane.h"

#include "app/standard/checkwords.h"
#include "app/standard/faults.h"
#include "ui/mark.h"
#include "ui/template.h"

#include <glib/gi18n.h>

struct _LanmuChecksPane {
  GtkWidget parent;
  LanmuStation *station;
  LanmuTake *take; /* whose signals are followed */
  GtkBox *lines;
  gboolean full;
  guint count;
  const char *first;
};

G_DEFINE_FINAL_TYPE (LanmuChecksPane, lanmu_checks_pane, GTK_TYPE_WIDGET)

static GtkWidget *make_label (const char *text, const char *css)
{
  GtkWidget *label = gtk_label_new (text);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_width_chars (GTK_LABEL (label), 6);
  if (css != NULL)
    gtk_widget_add_css_class (label, css);
  return label;
}

static GtkWidget *make_mark (LanmuVerdict verdict)
{
  static const struct {
    LanmuMarkShape shape;
    const char *tone;
  } marks[] = {
      [LANMU_VERDICT_NOT_CHECKED] = {LANMU_MARK_RING, "rest"}, [LANMU_VERDICT_OK] = {LANMU_MARK_DOT, "good"},
      [LANMU_VERDICT_UNSURE] = {LANMU_MARK_RING, "rest"},      [LANMU_VERDICT_WARN] = {LANMU_MARK_TRIANGLE, "warn"},
      [LANMU_VERDICT_FAIL] = {LANMU_MARK_CROSS, "bad"},
  };
  GtkWidget *mark = lanmu_mark_new (marks[verdict].shape);
  lanmu_mark_set (LANMU_MARK (mark), marks[verdict].shape, marks[verdict].tone);
  gtk_widget_set_valign (mark, GTK_ALIGN_START);
  return mark;
}

/* number 0: none. details NULL: none. */
static void add_line (LanmuChecksPane *self, LanmuVerdict verdict, guint number, const char *text, const char *details)
{
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 8), *words = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *with_number = number > 0 ? g_strdup_printf ("%u  %s", number, text) : g_strdup (text);
  gtk_box_append (GTK_BOX (line), make_mark (verdict));
  gtk_box_append (GTK_BOX (words), make_label (with_number, NULL));
  if (details != NULL)
    gtk_box_append (GTK_BOX (words), make_label (details, "quiet"));
  gtk_widget_set_hexpand (words, TRUE);
  gtk_box_append (GTK_BOX (line), words);
  gtk_widget_add_css_class (line, "check-line");
  gtk_box_append (self->lines, line);
  self->count++;
}

static void add_faults (LanmuChecksPane *self, const LanmuInspection *found)
{
  LanmuFault faults[LANMU_N_CHECKS];
  guint n = lanmu_faults_find (found, faults);
  for (guint i = 0; i < n; i++) {
    const LanmuCheck *check = &found->checks[faults[i].id];
    g_autofree char *figures = self->full ? lanmu_check_figures (check) : NULL;
    add_line (self, check->verdict, faults[i].number, lanmu_check_sentence (check->id, check->verdict, check->why), figures);
  }
  if (n > 0)
    self->first = lanmu_check_kind (faults[0].id)->name;
  else
    add_line (self, found->worst, 0, found->worst == LANMU_VERDICT_OK ? _ ("All checks are well") : _ ("No fault was found; not everything could be looked at"), NULL);
}

/* The rest: what is well, and what could not be looked at. */
static void add_others (LanmuChecksPane *self, const LanmuInspection *found)
{
  for (int i = 0; i < LANMU_N_CHECKS; i++) {
    const LanmuCheck *check = &found->checks[i];
    if (check->verdict == LANMU_VERDICT_FAIL || check->verdict == LANMU_VERDICT_WARN)
      continue;
    g_autofree char *figures = lanmu_check_figures (check);
    const char *sentence = lanmu_check_sentence (check->id, check->verdict, check->why);
    add_line (self, check->verdict, 0, lanmu_check_title (check->id), *sentence != '\0' ? sentence : figures);
  }
}

static void clear (LanmuChecksPane *self)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->lines))) != NULL)
    gtk_box_remove (self->lines, child);
  self->count = 0;
  self->first = "";
}

static void show_checks (LanmuChecksPane *self)
{
  gboolean review = lanmu_station_get_phase (self->station) == LANMU_PHASE_REVIEW;
  const LanmuInspection *found = review && self->take != NULL ? lanmu_take_get_inspection (self->take) : NULL;
  clear (self);
  if (found == NULL)
    return;
  add_faults (self, found);
  if (self->full)
    add_others (self, found);
}

static void follow_take (LanmuChecksPane *self)
{
  LanmuTake *take = lanmu_station_get_take (self->station);
  if (take != self->take && self->take != NULL)
    g_signal_handlers_disconnect_by_data (self->take, self);
  if (take != self->take && take != NULL)
    g_signal_connect_object (take, "notify::verdict", G_CALLBACK (show_checks), self, G_CONNECT_SWAPPED);
  g_set_object (&self->take, take);
  show_checks (self);
}

void lanmu_checks_pane_set_station (LanmuChecksPane *self, LanmuStation *station)
{
  g_set_object (&self->station, station);
  g_signal_connect_object (station, "notify::take", G_CALLBACK (follow_take), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notify::phase", G_CALLBACK (show_checks), self, G_CONNECT_SWAPPED);
  follow_take (self);
}

void lanmu_checks_pane_set_full (LanmuChecksPane *self, gboolean full)
{
  self->full = full;
  if (self->station != NULL)
    show_checks (self);
}

gboolean lanmu_checks_pane_is_full (LanmuChecksPane *self)
{
  return self->full;
}

guint lanmu_checks_pane_get_count (LanmuChecksPane *self)
{
  return self->count;
}

const char *lanmu_checks_pane_get_first (LanmuChecksPane *self)
{
  return self->first;
}

static void lanmu_checks_pane_dispose (GObject *object)
{
  LanmuChecksPane *self = LANMU_CHECKS_PANE (object);
  GtkWidget *child;
  if (self->take != NULL)
    g_signal_handlers_disconnect_by_data (self->take, self);
  g_clear_object (&self->take);
  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self))) != NULL)
    gtk_widget_unparent (child);
  g_clear_object (&self->station);
  G_OBJECT_CLASS (lanmu_checks_pane_parent_class)->dispose (object);
}

static void lanmu_checks_pane_class_init (LanmuChecksPaneClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_checks_pane_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "checkspane");
}

static void lanmu_checks_pane_init (LanmuChecksPane *self)
{
  GtkWidget *scroll = gtk_scrolled_window_new ();
  self->lines = GTK_BOX (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));
  self->first = "";
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scroll), GTK_WIDGET (self->lines));
  gtk_widget_set_parent (scroll, GTK_WIDGET (self));
}
