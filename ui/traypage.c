/* The tray of ui/traypage.h: a small machine of modes. BROWSE → (Enter) GIVE → (Enter) given; BROWSE → (D) DISCARD →
 * (1–3) put aside; BROWSE → (F) FIND → (a student) BROWSE. Esc leads back, and out of BROWSE off the page. */
#include "ui/traypage.h"
#include "ui/page.h"
#include "ui/statewords.h"
#include "app/roles/veil.h"
#include "app/trayitem.h"
#include "ui/comparepane.h"
#include "ui/prompt.h"
#include "ui/queuepane.h"
#include "ui/template.h"

#include <glib/gi18n.h>
#include <string.h>

typedef enum { MODE_BROWSE, MODE_GIVE, MODE_DISCARD, MODE_FIND } Mode;

struct _LanmuTrayPage {
  GtkWidget parent;
  LanmuStation *station;
  GListStore *items;
  GtkSingleSelection *selection;
  Mode mode;
  gint64 asked_us; /* when the question of MODE_GIVE was put */
  gboolean busy;   /* a deed is being written */
  GtkStack *left;
  GtkLabel *title;
  GtkListView *list;
  LanmuQueuePane *queue;
  LanmuComparePane *compare;
  LanmuPrompt *prompt;
};

static void page_init (LanmuPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanmuTrayPage, lanmu_tray_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (LANMU_TYPE_PAGE, page_init))

/* Why a picture is nobody's: words for the audit, and what the key shows. */
static const struct {
  const char *word, *label;
} WHYS[] = {
    {"test-picture", N_ ("a test picture")},
    {"not-a-student", N_ ("somebody else")},
    {"useless", N_ ("shows nobody")},
};

static LanmuTrayItem *current (LanmuTrayPage *self)
{
  return gtk_single_selection_get_selected_item (self->selection);
}

static char *give_question (LanmuTrayPage *self)
{
  LanmuStudent *student = lanmu_compare_pane_get_student (self->compare);
  g_autofree char *number = lanmu_student_dup_grouped_no (student);
  g_autofree char *name = lanmu_veil_dup_student_name (student, LANMU_VEIL_CALLED);
  if (lanmu_compare_pane_get_n_takes (self->compare) == 0)
    return g_strdup_printf (_ ("Nothing to compare with: is it really %s, %s? · Enter gives it · Esc does not"),
                            name, number);
  return g_strdup_printf (_ ("The same face? Give it to %s, %s · Enter gives it · Esc does not"), name, number);
}

static char *discard_question (void)
{
  g_autoptr (GString) text = g_string_new (_ ("Nobody's picture, because:"));
  for (guint i = 0; i < G_N_ELEMENTS (WHYS); i++)
    g_string_append_printf (text, "%s %u %s", i > 0 ? " ·" : "", i + 1, _ (WHYS[i].label));
  g_string_append (text, _ (" · Esc keeps it here"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static char *make_instruction (LanmuTrayPage *self)
{
  if (current (self) == NULL)
    return g_strdup (_ ("Every picture has its owner · Esc goes back"));
  if (self->mode == MODE_GIVE)
    return give_question (self);
  if (self->mode == MODE_DISCARD)
    return discard_question ();
  if (lanmu_compare_pane_get_student (self->compare) == NULL)
    return g_strdup (_ ("F finds the student · D nobody's picture · Esc back"));
  return g_strdup (_ ("Enter gives it · F another student · D nobody's picture · Esc back"));
}

static void show_instruction (LanmuTrayPage *self)
{
  g_autofree char *text = make_instruction (self);
  lanmu_prompt_set_instruction (self->prompt, text);
}

static void set_mode (LanmuTrayPage *self, Mode mode)
{
  self->mode = mode;
  gtk_stack_set_visible_child_name (self->left, mode == MODE_FIND ? "find" : "list");
  if (mode == MODE_FIND)
    lanmu_queue_pane_find (self->queue);
  else if (lanmu_queue_pane_is_finding (self->queue))
    lanmu_queue_pane_end_find (self->queue);
  if (mode != MODE_FIND && gtk_widget_get_mapped (GTK_WIDGET (self)))
    gtk_widget_grab_focus (GTK_WIDGET (self->list));
  show_instruction (self);
}

static void on_selected (LanmuTrayPage *self)
{
  lanmu_prompt_unsay (self->prompt);
  lanmu_compare_pane_show_item (self->compare, current (self));
  set_mode (self, MODE_BROWSE);
}

static void show_title (LanmuTrayPage *self)
{
  g_autofree char *title =
      g_strdup_printf (_ ("Unclaimed · %u"), g_list_model_get_n_items (G_LIST_MODEL (self->items)));
  gtk_label_set_label (self->title, title);
}

/* The list anew; whoever was looked at stays selected, else the one that took its place. */
static void reload (LanmuTrayPage *self)
{
  g_autoptr (GListStore) items =
      lanmu_tray_items_load (lanmu_store_get_reader (lanmu_station_get_store (self->station)), NULL);
  g_autofree char *shot = current (self) != NULL ? g_strdup (lanmu_tray_item_get_shot (current (self))) : NULL;
  guint place = gtk_single_selection_get_selected (self->selection), n = 0;

  if (items == NULL)
    return;
  n = g_list_model_get_n_items (G_LIST_MODEL (items));
  place = n == 0 ? GTK_INVALID_LIST_POSITION : MIN (place, n - 1);
  for (guint i = 0; i < n; i++) {
    g_autoptr (LanmuTrayItem) item = g_list_model_get_item (G_LIST_MODEL (items), i);
    if (g_strcmp0 (shot, lanmu_tray_item_get_shot (item)) == 0)
      place = i;
  }
  g_set_object (&self->items, items);
  gtk_single_selection_set_model (self->selection, G_LIST_MODEL (items));
  gtk_single_selection_set_selected (self->selection, place);
  show_title (self);
  on_selected (self);
}

static void on_quarantined (LanmuTrayPage *self)
{
  if (gtk_widget_get_mapped (GTK_WIDGET (self)) && !self->busy && self->mode == MODE_BROWSE)
    reload (self);
}

static void enter (LanmuPage *page)
{
  LanmuTrayPage *self = LANMU_TRAY_PAGE (page);
  self->mode = MODE_BROWSE;
  reload (self);
}

/* -- deeds -- */

typedef struct {
  LanmuTrayPage *page;
  char *done; /* the sentence when it succeeded */
} Deed;

static Deed *deed_new (LanmuTrayPage *self, char *done)
{
  Deed *deed = g_new (Deed, 1);
  deed->page = g_object_ref (self);
  deed->done = done;
  self->busy = TRUE;
  return deed;
}

static void finish (Deed *deed, const GError *error)
{
  LanmuTrayPage *self = deed->page;
  self->busy = FALSE;
  reload (self);
  if (error != NULL)
    lanmu_prompt_say (self->prompt, lanmu_advice_for_error (error), "warn");
  else
    lanmu_prompt_say (self->prompt, (LanmuAdvice){deed->done, NULL}, "good");
  g_object_unref (deed->page);
  g_free (deed->done);
  g_free (deed);
}

static void on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  lanmu_station_tray_finish (LANMU_STATION (source), result, &error);
  finish (data, error);
}

static void on_undone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  lanmu_station_undo_finish (LANMU_STATION (source), result, &error);
  finish (data, error);
}

static void give (LanmuTrayPage *self)
{
  LanmuStudent *student = lanmu_compare_pane_get_student (self->compare);
  if (g_get_monotonic_time () - self->asked_us < LANMU_TRAY_BOUNCE_MS * G_TIME_SPAN_MILLISECOND)
    return;
  g_autofree char *name = lanmu_veil_dup_student_name (student, LANMU_VEIL_CALLED);
  lanmu_station_tray_assign_async (
      self->station, lanmu_tray_item_get_shot (current (self)), lanmu_student_get_student_no (student), on_done,
      deed_new (self, g_strdup_printf (_ ("Given to %s · Ctrl+Z takes it back"), name)));
}

static void ask_to_give (LanmuTrayPage *self)
{
  if (lanmu_compare_pane_get_student (self->compare) == NULL) {
    set_mode (self, MODE_FIND);
  } else if (!lanmu_compare_pane_is_ready (self->compare)) {
    lanmu_prompt_say (self->prompt,
                      (LanmuAdvice){_ ("The picture is not on the page"), _ ("it is given only when it can be seen")},
                      "warn");
  } else {
    self->asked_us = g_get_monotonic_time ();
    set_mode (self, MODE_GIVE);
  }
}

static void discard (LanmuTrayPage *self, guint why)
{
  if (why < 1 || why > G_N_ELEMENTS (WHYS))
    return;
  lanmu_station_tray_discard_async (self->station, lanmu_tray_item_get_shot (current (self)), WHYS[why - 1].word,
                                    on_done,
                                    deed_new (self, g_strdup (_ ("Put aside, kept on disk · Ctrl+Z takes it back"))));
}

static void undo (LanmuTrayPage *self)
{
  if (lanmu_station_undoes_tray (self->station))
    lanmu_station_undo_async (self->station, on_undone,
                              deed_new (self, g_strdup (_ ("Taken back: it lies here again"))));
  else
    lanmu_prompt_say (self->prompt, (LanmuAdvice){_ ("There is nothing of this page to undo"), NULL}, "warn");
}

/* -- keys -- */

static void press_enter (LanmuTrayPage *self)
{
  if (current (self) == NULL || self->mode == MODE_DISCARD)
    return;
  if (self->mode == MODE_GIVE)
    give (self);
  else
    ask_to_give (self);
}

static void press_escape (LanmuTrayPage *self)
{
  lanmu_prompt_unsay (self->prompt);
  if (self->mode == MODE_BROWSE)
    lanmu_page_leave (LANMU_PAGE (self));
  else
    set_mode (self, MODE_BROWSE);
}

static void press_digit (LanmuTrayPage *self, guint digit)
{
  if (self->mode == MODE_DISCARD)
    discard (self, digit);
  else if (lanmu_compare_pane_show_take (self->compare, digit))
    set_mode (self, MODE_BROWSE); /* what was asked was about another picture */
}

static gboolean press (LanmuPage *page, const char *action, GVariant *target)
{
  LanmuTrayPage *self = LANMU_TRAY_PAGE (page);
  gboolean waits = self->busy;
  if (g_str_equal (action, "win.live"))
    press_escape (self);
  else if (waits)
    return g_str_has_prefix (action, "station.");
  else if (g_str_equal (action, "station.accept"))
    press_enter (self);
  else if (g_str_equal (action, "win.find") && current (self) != NULL)
    set_mode (self, MODE_FIND);
  else if (g_str_equal (action, "win.discard") && current (self) != NULL && self->mode != MODE_FIND)
    set_mode (self, MODE_DISCARD);
  else if (g_str_equal (action, "station.undo"))
    undo (self);
  else if (g_str_equal (action, "station.take") && current (self) != NULL)
    press_digit (self, g_variant_get_uint32 (target));
  else
    return g_str_has_prefix (action, "station."); /* nothing shoots behind this page */
  return TRUE;
}

static void look_up (LanmuTrayPage *self, const char *scanned)
{
  g_autoptr (LanmuStudent) student = lanmu_station_find_owner (self->station, scanned);
  if (student == NULL) {
    g_autoptr (GError) nobody = g_error_new_literal (LANMU_STATION_ERROR, LANMU_STATION_ERROR_NO_STUDENT, scanned);
    lanmu_prompt_say (self->prompt, lanmu_advice_for_error (nobody), "warn");
  } else if (current (self) != NULL && !self->busy) {
    lanmu_compare_pane_show_student (self->compare, student);
    set_mode (self, MODE_BROWSE);
  }
}

static void compare_with (LanmuTrayPage *self, const char *how, const char *student_no)
{
  look_up (self, student_no);
}

/* -- for the state file -- */

static void add_state (LanmuPage *page, JsonBuilder *builder)
{
  static const char *const modes[] = {"browse", "give", "discard", "find"};
  LanmuTrayPage *self = LANMU_TRAY_PAGE (page);
  LanmuStudent *student = lanmu_compare_pane_get_student (self->compare);
  lanmu_state_add_string (builder, "tray_mode", self->busy ? "busy" : modes[self->mode]);
  lanmu_state_add_string (builder, "tray_student_no", student != NULL ? lanmu_student_get_student_no (student) : NULL);
  lanmu_state_add_string (builder, "tray_text", lanmu_prompt_get_text (self->prompt));
  lanmu_state_add_int (builder, "tray_count",
                       self->items != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->items)) : 0);
  lanmu_state_add_boolean (builder, "tray_ready", lanmu_compare_pane_is_ready (self->compare));
}

/* -- the list -- */

static void on_row_setup (GtkListItemFactory *factory, GtkListItem *item, gpointer data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  for (guint i = 0; i < 2; i++) {
    GtkWidget *label = gtk_label_new (NULL);
    gtk_label_set_xalign (GTK_LABEL (label), 0);
    gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
    gtk_widget_add_css_class (label, i == 0 ? "tray-when" : "quiet");
    gtk_box_append (GTK_BOX (box), label);
  }
  gtk_widget_add_css_class (box, "tray-row");
  gtk_list_item_set_child (item, box);
}

static void on_row_bind (GtkListItemFactory *factory, GtkListItem *item, LanmuTrayPage *self)
{
  GtkWidget *box = gtk_list_item_get_child (item);
  LanmuTrayItem *tray_item = gtk_list_item_get_item (item);
  const char *likely = lanmu_tray_item_get_likely_no (tray_item);
  g_autoptr (LanmuStudent) student =
      likely != NULL ? lanmu_queue_find_student (lanmu_station_get_queue (self->station), likely) : NULL;
  g_autofree char *time = lanmu_tray_item_dup_time (tray_item);
  g_autofree char *name = student != NULL ? lanmu_veil_dup_student_name (student, LANMU_VEIL_OTHER) : NULL;
  g_autofree char *guess = name != NULL ? g_strdup_printf (_ ("likely %s"), name) : g_strdup (_ ("no guess"));
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_first_child (box)), time);
  gtk_label_set_label (GTK_LABEL (gtk_widget_get_last_child (box)), guess);
}

static void set_station (LanmuPage *page, LanmuStation *station)
{
  LanmuTrayPage *self = LANMU_TRAY_PAGE (page);
  g_set_object (&self->station, station);
  lanmu_queue_pane_set_station (self->queue, station);
  lanmu_compare_pane_set_station (self->compare, station);
  gtk_list_view_set_model (self->list, GTK_SELECTION_MODEL (self->selection));
  g_signal_connect_object (station, "notify::quarantined", G_CALLBACK (on_quarantined), self, G_CONNECT_SWAPPED);
}

static gboolean scanned (LanmuPage *page, const char *code)
{
  look_up (LANMU_TRAY_PAGE (page), code);
  return TRUE;
}

static const LanmuPageKey PAGE_KEYS[] = {
    {N_ ("Enter"), N_ ("Give"), "station.accept"}, {N_ ("F"), N_ ("Another student"), "win.find"},
    {N_ ("D"), N_ ("Nobody's"), "win.discard"},    {N_ ("Ctrl+Z"), N_ ("Undo"), "station.undo"},
    {N_ ("Esc"), N_ ("Back"), "win.live"},         {NULL, NULL, NULL},
};

static void page_init (LanmuPageInterface *iface)
{
  iface->set_station = set_station;
  iface->enter = enter;
  iface->press = press;
  iface->scanned = scanned;
  iface->keys = PAGE_KEYS;
  iface->add_state = add_state;
}

static void lanmu_tray_page_dispose (GObject *object)
{
  LanmuTrayPage *self = LANMU_TRAY_PAGE (object);
  if (self->selection != NULL)
    g_signal_handlers_disconnect_by_data (self->selection, self);
  lanmu_template_dispose (GTK_WIDGET (self), LANMU_TYPE_TRAY_PAGE);
  g_clear_object (&self->selection);
  g_clear_object (&self->items);
  g_clear_object (&self->station);
  G_OBJECT_CLASS (lanmu_tray_page_parent_class)->dispose (object);
}

static void lanmu_tray_page_class_init (LanmuTrayPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = lanmu_tray_page_dispose;
  g_type_ensure (LANMU_TYPE_COMPARE_PANE);
  g_type_ensure (LANMU_TYPE_PROMPT);
  g_type_ensure (LANMU_TYPE_QUEUE_PANE);
  gtk_widget_class_set_css_name (widget, "traypage");
  gtk_widget_class_set_template_from_resource (widget, "/org/lanmu/Lanmu/traypage.ui");
  gtk_widget_class_bind_template_child (widget, LanmuTrayPage, left);
  gtk_widget_class_bind_template_child (widget, LanmuTrayPage, title);
  gtk_widget_class_bind_template_child (widget, LanmuTrayPage, list);
  gtk_widget_class_bind_template_child (widget, LanmuTrayPage, queue);
  gtk_widget_class_bind_template_child (widget, LanmuTrayPage, compare);
  gtk_widget_class_bind_template_child (widget, LanmuTrayPage, prompt);
}

static void lanmu_tray_page_init (LanmuTrayPage *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->selection = gtk_single_selection_new (NULL);
  g_signal_connect_object (factory, "setup", G_CALLBACK (on_row_setup), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (on_row_bind), self, 0);
  gtk_list_view_set_factory (self->list, factory);
  g_signal_connect_swapped (self->selection, "notify::selected-item", G_CALLBACK (on_selected), self);
  g_signal_connect_object (self->compare, "changed", G_CALLBACK (show_instruction), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->queue, "chosen", G_CALLBACK (compare_with), self, G_CONNECT_SWAPPED);
}
