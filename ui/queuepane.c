/* The queue of ui/queuepane.h. The list shows one class (about 60 rows) or what was sought; it never looks at all rows
 * by itself, LanmuQueueView does that over compact records. */
#include "ui/queuepane.h"
#include "app/classes.h"
#include "app/queueview.h"
#include "db/holds.h"
#include "ui/queuerow.h"

#include "ui/template.h"

#include <glib/gi18n.h>

struct _LanmuQueuePane {
  GtkWidget parent;
  LanmuStation *station;
  LanmuQueueView *view;
  LanmuClasses *class_list;
  GtkSingleSelection *selection;
  GHashTable *held; /* student id (gint64 *) → why */
  GHashTable *rows; /* LanmuQueueRow on the screen; not owned */
  gboolean finding, following;
  GtkStack *head;
  GtkDropDown *classes;
  GtkProgressBar *progress;
  GtkLabel *count, *found, *foot;
  GtkText *entry;
  GtkListView *list;
};

G_DEFINE_FINAL_TYPE (LanmuQueuePane, lanmu_queue_pane, GTK_TYPE_WIDGET)

static guint chosen_signal;

static const char *sought (LanmuQueuePane *self)
{
  return self->finding ? gtk_editable_get_text (GTK_EDITABLE (self->entry)) : "";
}

static void show_turn (LanmuQueuePane *self, LanmuQueueRow *row)
{
  LanmuStudent *student = lanmu_queue_row_get_student (row);
  LanmuRowTurn turn = LANMU_ROW_PLAIN;
  if (student != NULL && student == lanmu_station_get_student (self->station))
    turn = LANMU_ROW_CURRENT;
  else if (student != NULL && student == lanmu_station_get_next_student (self->station))
    turn = LANMU_ROW_NEXT;
  gint64 id = student != NULL ? lanmu_student_get_id (student) : 0;
  lanmu_queue_row_set_held (row, id != 0 ? g_hash_table_lookup (self->held, &id) : NULL);
  lanmu_queue_row_set_turn (row, turn, sought (self));
}

static void show_turns (LanmuQueuePane *self)
{
  GHashTableIter iter;
  gpointer row;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL))
    show_turn (self, row);
}

/* Who must not be photographed now, and why. */
static void load_held (LanmuQueuePane *self)
{
  g_autoptr (GPtrArray) rows =
      lanmu_holds_list (lanmu_store_get_reader (lanmu_station_get_store (self->station)), NULL);
  g_hash_table_remove_all (self->held);
  for (guint i = 0; rows != NULL && i < rows->len; i++) {
    const LanmuHoldRow *row = rows->pdata[i];
    g_hash_table_insert (self->held, g_memdup2 (&row->student_id, sizeof row->student_id), g_strdup (row->reason));
  }
  show_turns (self);
}

static void on_event (LanmuQueuePane *self, const LanmuEvent *event)
{
  if (event->kind == LANMU_EVENT_COUNTERSIGNED)
    load_held (self);
}

static void on_row_setup (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  gtk_list_item_set_child (item, lanmu_queue_row_new ());
}

static void on_row_bind (GtkListItemFactory *factory, GtkListItem *item, LanmuQueuePane *self)
{
  LanmuQueueRow *row = LANMU_QUEUE_ROW (gtk_list_item_get_child (item));
  lanmu_queue_row_set_student (row, gtk_list_item_get_item (item));
  g_hash_table_add (self->rows, row);
  show_turn (self, row);
}

static void on_row_unbind (GtkListItemFactory *factory, GtkListItem *item, LanmuQueuePane *self)
{
  LanmuQueueRow *row = LANMU_QUEUE_ROW (gtk_list_item_get_child (item));
  g_hash_table_remove (self->rows, row);
  lanmu_queue_row_set_student (row, NULL);
}

static LanmuClass *shown_class (LanmuQueuePane *self)
{
  return LANMU_CLASS (gtk_drop_down_get_selected_item (self->classes));
}

static void show_counts (LanmuQueuePane *self)
{
  LanmuClass *class = shown_class (self);
  LanmuQueue *queue = lanmu_station_get_queue (self->station);
  guint done = class != NULL ? lanmu_class_get_count (class, LANMU_STUDENT_ACCEPTED) : 0;
  g_autofree char *count = g_strdup_printf ("%u/%u", done, class != NULL ? lanmu_class_get_total (class) : 0);
  g_autoptr (GString) foot = g_string_new (NULL);

  gtk_label_set_label (self->count, count);
  gtk_progress_bar_set_fraction (self->progress, class != NULL ? lanmu_class_get_progress (class) : 0);
  g_string_append_printf (foot, _ ("%u of %u done"), lanmu_queue_get_count (queue, LANMU_STUDENT_ACCEPTED),
                          lanmu_queue_get_size (queue));
  if (lanmu_queue_get_count (queue, LANMU_STUDENT_SKIPPED) > 0)
    g_string_append_printf (foot, _ (" · %u skipped"), lanmu_queue_get_count (queue, LANMU_STUDENT_SKIPPED));
  if (lanmu_queue_get_count (queue, LANMU_STUDENT_ABSENT) > 0)
    g_string_append_printf (foot, _ (" · %u absent"), lanmu_queue_get_count (queue, LANMU_STUDENT_ABSENT));
  if (lanmu_station_get_quarantined (self->station) > 0)
    g_string_append_printf (foot, _ (" · %u unclaimed"), lanmu_station_get_quarantined (self->station));
  gtk_label_set_label (self->foot, foot->str);
}

static void scroll_to_current (LanmuQueuePane *self)
{
  LanmuStudent *student = lanmu_station_get_student (self->station);
  if (student == NULL || self->finding)
    return;
  guint place = lanmu_queue_view_from_queue (self->view, lanmu_student_get_position (student));
  /* Two rows of what was before stay visible above the current one, or its successors come into sight below. */
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->view));
  if (place == LANMU_QUEUE_NOWHERE)
    return;
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", MIN (place + 4, n - 1));
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", place);
}

/* The class of the student before the camera is the class to show. */
static void follow_student (LanmuQueuePane *self)
{
  LanmuStudent *student = lanmu_station_get_student (self->station);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->class_list));

  for (guint i = 0; student != NULL && i < n; i++) {
    g_autoptr (LanmuClass) class = g_list_model_get_item (G_LIST_MODEL (self->class_list), i);
    if (lanmu_class_get_id (class) != lanmu_student_get_class_id (student))
      continue;
    gtk_drop_down_set_selected (self->classes, i);
    break;
  }
  show_turns (self);
  show_counts (self);
  scroll_to_current (self);
}

static void on_class_picked (LanmuQueuePane *self)
{
  LanmuClass *class = self->station != NULL ? shown_class (self) : NULL;
  if (class == NULL || self->finding)
    return;
  lanmu_queue_view_set_class (self->view, lanmu_class_get_id (class));
  show_counts (self);
}

static void show_found (LanmuQueuePane *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->view));
  g_autofree char *text =
      g_strdup_printf (ngettext ("%u student · Enter calls, Esc ends", "%u students · Enter calls, Esc ends", n), n);
  gtk_label_set_label (self->found, n > 0 ? text : _ ("Nobody · Esc ends"));
}

static void on_sought (LanmuQueuePane *self)
{
  if (!self->finding)
    return;
  lanmu_queue_view_set_text (self->view, gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  gtk_single_selection_set_selected (self->selection, 0);
  show_turns (self);
  show_found (self);
}

static void choose (LanmuQueuePane *self, guint position)
{
  g_autoptr (LanmuStudent) student = g_list_model_get_item (G_LIST_MODEL (self->view), position);
  if (student != NULL)
    g_signal_emit (self, chosen_signal, 0, self->finding ? "find" : "recall", lanmu_student_get_student_no (student));
}

static void on_row_activate (LanmuQueuePane *self, guint position)
{
  choose (self, position);
}

static void on_entry_activate (LanmuQueuePane *self)
{
  guint selected = gtk_single_selection_get_selected (self->selection);
  if (*gtk_editable_get_text (GTK_EDITABLE (self->entry)) != '\0')
    choose (self, selected != GTK_INVALID_LIST_POSITION ? selected : 0);
}

/* Up and Down walk through what was found while the cursor stays in the entry. */
static gboolean on_entry_key (LanmuQueuePane *self, guint keyval)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->view)),
        selected = gtk_single_selection_get_selected (self->selection);
  if (n == 0 || (keyval != GDK_KEY_Down && keyval != GDK_KEY_Up))
    return FALSE;
  selected = selected == GTK_INVALID_LIST_POSITION ? 0
             : keyval == GDK_KEY_Down              ? MIN (selected + 1, n - 1)
                                                   : MAX (selected, 1) - 1;
  gtk_single_selection_set_selected (self->selection, selected);
  gtk_widget_activate_action (GTK_WIDGET (self->list), "list.scroll-to-item", "u", selected);
  return TRUE;
}

void lanmu_queue_pane_find (LanmuQueuePane *self)
{
  if (!self->finding && self->station != NULL) {
    self->finding = TRUE;
    gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
    lanmu_queue_view_set_class (self->view, 0);
    gtk_stack_set_visible_child_name (self->head, "find");
    on_sought (self);
  }
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
}

void lanmu_queue_pane_end_find (LanmuQueuePane *self)
{
  if (!self->finding)
    return;
  self->finding = FALSE;
  lanmu_queue_view_set_text (self->view, "");
  gtk_single_selection_set_selected (self->selection, GTK_INVALID_LIST_POSITION);
  gtk_stack_set_visible_child_name (self->head, "classes");
  gtk_window_set_focus (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), NULL);
  on_class_picked (self);
  follow_student (self);
}

gboolean lanmu_queue_pane_is_finding (LanmuQueuePane *self)
{
  return self->finding;
}

GArray *lanmu_queue_pane_dup_shown (LanmuQueuePane *self)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GHashTableIter iter;
  gpointer row;
  g_hash_table_iter_init (&iter, self->rows);
  while (g_hash_table_iter_next (&iter, &row, NULL)) {
    LanmuStudent *student = gtk_widget_get_mapped (row) ? lanmu_queue_row_get_student (row) : NULL;
    gint64 id = student != NULL ? lanmu_student_get_id (student) : 0;
    if (id != 0)
      g_array_append_val (ids, id);
  }
  LanmuStudent *called = self->station != NULL ? lanmu_station_get_student (self->station) : NULL;
  gint64 called_id = called != NULL ? lanmu_student_get_id (called) : 0;
  if (called_id != 0)
    g_array_append_val (ids, called_id);
  return ids;
}

GtkEditable *lanmu_queue_pane_get_entry (LanmuQueuePane *self)
{
  return GTK_EDITABLE (self->entry);
}

void lanmu_queue_pane_set_station (LanmuQueuePane *self, LanmuStation *station)
{
  LanmuQueue *queue = lanmu_station_get_queue (station);

  g_set_object (&self->station, station);
  self->class_list = lanmu_classes_new (queue);
  self->view = lanmu_queue_view_new (queue);
  self->selection = gtk_single_selection_new (NULL);
  gtk_single_selection_set_autoselect (self->selection, FALSE);
  gtk_single_selection_set_can_unselect (self->selection, TRUE);
  gtk_drop_down_set_model (self->classes, G_LIST_MODEL (self->class_list));
  on_class_picked (self);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (self->view));
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (station, "notify::student", G_CALLBACK (follow_student), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notify::next-student", G_CALLBACK (show_turns), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "event", G_CALLBACK (on_event), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notify::quarantined", G_CALLBACK (show_counts), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (queue, "items-changed", G_CALLBACK (show_counts), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  load_held (self);
  follow_student (self);
}

static void lanmu_queue_pane_dispose (GObject *object)
{
  LanmuQueuePane *self = LANMU_QUEUE_PANE (object);
  lanmu_template_dispose (GTK_WIDGET (self), LANMU_TYPE_QUEUE_PANE);
  g_clear_object (&self->selection);
  g_clear_object (&self->view);
  g_clear_object (&self->class_list);
  g_clear_object (&self->station);
  g_clear_pointer (&self->rows, g_hash_table_unref);
  g_clear_pointer (&self->held, g_hash_table_unref);
  G_OBJECT_CLASS (lanmu_queue_pane_parent_class)->dispose (object);
}

static void lanmu_queue_pane_class_init (LanmuQueuePaneClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = lanmu_queue_pane_dispose;
  chosen_signal = g_signal_new ("chosen", LANMU_TYPE_QUEUE_PANE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 2,
                                G_TYPE_STRING, G_TYPE_STRING);
  gtk_widget_class_set_template_from_resource (widget, "/org/lanmu/Lanmu/queuepane.ui");
  gtk_widget_class_bind_template_child (widget, LanmuQueuePane, head);
  gtk_widget_class_bind_template_child (widget, LanmuQueuePane, classes);
  gtk_widget_class_bind_template_child (widget, LanmuQueuePane, progress);
  gtk_widget_class_bind_template_child (widget, LanmuQueuePane, count);
  gtk_widget_class_bind_template_child (widget, LanmuQueuePane, found);
  gtk_widget_class_bind_template_child (widget, LanmuQueuePane, foot);
  gtk_widget_class_bind_template_child (widget, LanmuQueuePane, entry);
  gtk_widget_class_bind_template_child (widget, LanmuQueuePane, list);
  gtk_widget_class_bind_template_callback (widget, on_class_picked);
  gtk_widget_class_bind_template_callback (widget, on_sought);
  gtk_widget_class_bind_template_callback (widget, on_entry_activate);
  gtk_widget_class_bind_template_callback (widget, on_row_activate);
}

static void lanmu_queue_pane_init (LanmuQueuePane *self)
{
  self->rows = g_hash_table_new (NULL, NULL);
  self->held = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  gtk_widget_init_template (GTK_WIDGET (self));

  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_row_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_row_bind), self, 0);
  g_signal_connect_object (factory, "unbind", G_CALLBACK (on_row_unbind), self, 0);
  gtk_list_view_set_factory (self->list, factory);

  g_autoptr (GtkExpression) name = gtk_property_expression_new (LANMU_TYPE_CLASS, NULL, "name");
  gtk_drop_down_set_expression (self->classes, name);

  GtkEventController *keys = gtk_event_controller_key_new ();
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_entry_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self->entry), keys);
}
