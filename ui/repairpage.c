/* The page of ui/repairpage.h: CHOOSE (kind, students; the plan follows) → (Enter) REASON → (digit) done. */
#include "ui/repairpage.h"
#include "ui/page.h"
#include "ui/statewords.h"
#include "app/repair.h"
#include "app/roles/veil.h"
#include "ui/prompt.h"
#include "ui/queuepane.h"
#include "ui/repairrow.h"
#include "ui/template.h"

#include <glib/gi18n.h>

#define MOST_PAIRS 40 /* more are counted, not drawn */

typedef enum { MODE_CHOOSE, MODE_REASON } Mode;

static const struct {
  LanmuRepairKind kind;
  gboolean backward;
  const char *label, *first, *second;
} KINDS[] = {
    {LANMU_REPAIR_SWAP, FALSE, N_ ("1  Swap two"), N_ ("One student"), N_ ("The other")},
    {LANMU_REPAIR_MOVE, FALSE, N_ ("2  Move all"), N_ ("From whom"), N_ ("To whom")},
    {LANMU_REPAIR_SHIFT, FALSE, N_ ("3  Shift to the next"), N_ ("First of the range"), N_ ("Last of the range")},
    {LANMU_REPAIR_SHIFT, TRUE, N_ ("4  Shift to the one before"), N_ ("First of the range"), N_ ("Last of the range")},
};

/* How it happened: English in the audit, whatever the screen's language. */
static const char *const REASONS[] = {N_ ("called the wrong student"), N_ ("somebody stepped out of the queue"),
                                      N_ ("sat down without being called")};

struct _LanmuRepairPage {
  GtkWidget parent;
  LanmuStation *station;
  guint kind; /* of KINDS */
  char *numbers[2];
  guint slot; /* which one the next student goes to */
  LanmuRepairPlan *plan;
  Mode mode;
  gboolean busy;
  gint64 last;
  GtkWidget *kind_labels[G_N_ELEMENTS (KINDS)];
  LanmuQueuePane *queue;
  GtkBox *kinds, *pairs;
  GtkLabel *first, *second, *heads;
  LanmuPrompt *prompt;
};

static void page_init (LanmuPageInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (LanmuRepairPage, lanmu_repair_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (LANMU_TYPE_PAGE, page_init))

static void set_class (GtkWidget *widget, const char *name, gboolean on)
{
  if (on)
    gtk_widget_add_css_class (widget, name);
  else
    gtk_widget_remove_css_class (widget, name);
}

static const char *refusal (LanmuRepairPage *self)
{
  if (self->plan == NULL || self->plan->refusals->len == 0)
    return NULL;
  return ((LanmuRepairRefusal *) g_ptr_array_index (self->plan->refusals, 0))->message;
}

static char *make_instruction (LanmuRepairPage *self)
{
  if (self->plan == NULL)
    return g_strdup (_ ("1–4 what happened · then scan or choose both students · Esc back"));
  if (refusal (self) != NULL)
    return g_strdup (refusal (self));
  if (self->mode == MODE_CHOOSE)
    return g_strdup_printf (ngettext ("%u picture changes hands: look at every row · Enter goes on · R begins anew",
                                      "%u pictures change hands: look at every row · Enter goes on · R begins anew",
                                      self->plan->moves->len),
                            self->plan->moves->len);
  g_autoptr (GString) text = g_string_new (_ ("How did it happen? The digit does it:"));
  for (guint i = 0; i < G_N_ELEMENTS (REASONS); i++)
    g_string_append_printf (text, "%s %u %s", i > 0 ? " ·" : "", i + 1, _ (REASONS[i]));
  g_string_append (text, _ (" · Esc does not"));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void show_slot (LanmuRepairPage *self, guint slot, GtkLabel *label, const char *caption)
{
  const char *number = self->numbers[slot];
  g_autoptr (LanmuStudent) student = number != NULL ? lanmu_station_find_owner (self->station, number) : NULL;
  g_autofree char *grouped = student != NULL ? lanmu_student_dup_grouped_no (student) : NULL;
  g_autofree char *name = student != NULL ? lanmu_veil_dup_student_name (student, LANMU_VEIL_CALLED) : NULL;
  g_autofree char *text = student != NULL
                              ? g_strdup_printf ("%s: %s %s", caption, name, grouped)
                              : g_strdup_printf ("%s: …", caption);
  gtk_label_set_label (label, text);
  set_class (GTK_WIDGET (label), "active", self->slot == slot);
}

static void show_pairs (LanmuRepairPage *self)
{
  GtkWidget *child;
  guint n = self->plan != NULL ? self->plan->pairs->len : 0;
  g_autofree char *more = n > MOST_PAIRS ? g_strdup_printf (_ ("… and %u more"), n - MOST_PAIRS) : NULL;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->pairs))) != NULL)
    gtk_box_remove (self->pairs, child);
  for (guint i = 0; i < MIN (n, MOST_PAIRS); i++)
    gtk_box_append (self->pairs, lanmu_repair_row_widget_new (g_ptr_array_index (self->plan->pairs, i), self->station));
  if (more != NULL)
    gtk_box_append (self->pairs, gtk_label_new (more));
  gtk_label_set_label (self->heads, n > 0 ? _ ("Student · what is there now → what will be") : " ");
}

static void show (LanmuRepairPage *self)
{
  g_autofree char *instruction = make_instruction (self);
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++)
    set_class (self->kind_labels[i], "active", i == self->kind);
  show_slot (self, 0, self->first, _ (KINDS[self->kind].first));
  show_slot (self, 1, self->second, _ (KINDS[self->kind].second));
  lanmu_prompt_set_instruction (self->prompt, instruction);
}

static LanmuRepairWish make_wish (LanmuRepairPage *self)
{
  return (LanmuRepairWish){.kind = KINDS[self->kind].kind,
                           .backward = KINDS[self->kind].backward,
                           .first = self->numbers[0],
                           .second = self->numbers[1]};
}

static void plan_anew (LanmuRepairPage *self)
{
  LanmuRepairWish wish = make_wish (self);
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&self->plan, lanmu_repair_plan_free);
  self->mode = MODE_CHOOSE;
  if (self->numbers[0] != NULL && self->numbers[1] != NULL) {
    self->plan = lanmu_station_plan_repair (self->station, &wish, &error);
    if (error != NULL)
      lanmu_prompt_say (self->prompt, lanmu_advice_for_error (error), "warn");
  }
  show_pairs (self);
  show (self);
}

static void begin_anew (LanmuRepairPage *self)
{
  g_clear_pointer (&self->numbers[0], g_free);
  g_clear_pointer (&self->numbers[1], g_free);
  self->slot = 0;
  plan_anew (self);
}

static void enter (LanmuPage *page)
{
  LanmuRepairPage *self = LANMU_REPAIR_PAGE (page);
  lanmu_prompt_unsay (self->prompt);
  begin_anew (self);
}

static void look_up (LanmuRepairPage *self, const char *scanned)
{
  g_autoptr (LanmuStudent) owner = self->busy ? NULL : lanmu_station_find_owner (self->station, scanned);
  if (self->busy)
    return;
  lanmu_prompt_unsay (self->prompt);
  if (owner == NULL) {
    g_autoptr (GError) nobody = g_error_new_literal (LANMU_STATION_ERROR, LANMU_STATION_ERROR_NO_STUDENT, scanned);
    lanmu_prompt_say (self->prompt, lanmu_advice_for_error (nobody), "warn");
    return;
  }
  g_free (self->numbers[self->slot]);
  self->numbers[self->slot] = g_strdup (lanmu_student_get_student_no (owner));
  self->slot = 1 - self->slot;
  plan_anew (self);
}

static void choose_student (LanmuRepairPage *self, const char *how, const char *student_no)
{
  lanmu_queue_pane_end_find (self->queue);
  look_up (self, student_no);
}

/* -- doing it -- */

static void on_repaired (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanmuRepairPage) self = data;
  g_autoptr (GError) error = NULL;
  gint64 id = lanmu_station_repair_finish (LANMU_STATION (source), result, &error);

  self->busy = FALSE;
  if (error == NULL) {
    self->last = id;
    begin_anew (self);
    lanmu_prompt_say (self->prompt, (LanmuAdvice){_ ("Done"), _ ("Ctrl+Z takes it back")}, "good");
  } else {
    plan_anew (self);
    lanmu_prompt_say (self->prompt, lanmu_advice_for_error (error), "warn");
  }
}

static void apply (LanmuRepairPage *self, guint reason)
{
  LanmuRepairWish wish = make_wish (self);
  if (reason < 1 || reason > G_N_ELEMENTS (REASONS))
    return;
  self->busy = TRUE;
  lanmu_station_repair_async (self->station, &wish, self->plan->fingerprint, REASONS[reason - 1], on_repaired,
                              g_object_ref (self));
}

/* An undo is a repair of its own: undoing twice does it again. */
static void undo (LanmuRepairPage *self)
{
  LanmuRepairWish wish = {.kind = LANMU_REPAIR_UNDO, .undoes = self->last};
  if (self->last == 0) {
    lanmu_prompt_say (self->prompt, (LanmuAdvice){_ ("There is nothing of this page to undo"), NULL}, "warn");
    return;
  }
  self->busy = TRUE;
  lanmu_station_repair_async (self->station, &wish, NULL, "taken back", on_repaired, g_object_ref (self));
}

/* -- keys -- */

static void press_enter (LanmuRepairPage *self)
{
  if (self->plan == NULL || refusal (self) != NULL || self->mode == MODE_REASON)
    return;
  self->mode = MODE_REASON;
  show (self);
}

static void press_escape (LanmuRepairPage *self)
{
  lanmu_prompt_unsay (self->prompt);
  if (lanmu_queue_pane_is_finding (self->queue)) {
    lanmu_queue_pane_end_find (self->queue);
  } else if (self->mode == MODE_REASON) {
    self->mode = MODE_CHOOSE;
    show (self);
  } else {
    lanmu_page_leave (LANMU_PAGE (self));
  }
}

static void press_digit (LanmuRepairPage *self, guint digit)
{
  lanmu_prompt_unsay (self->prompt);
  if (self->mode == MODE_REASON) {
    apply (self, digit);
  } else if (digit >= 1 && digit <= G_N_ELEMENTS (KINDS)) {
    self->kind = digit - 1;
    plan_anew (self);
  }
}

static gboolean press (LanmuPage *page, const char *action, GVariant *target)
{
  LanmuRepairPage *self = LANMU_REPAIR_PAGE (page);
  if (g_str_equal (action, "win.live"))
    press_escape (self);
  else if (self->busy)
    return g_str_has_prefix (action, "station.");
  else if (g_str_equal (action, "station.accept"))
    press_enter (self);
  else if (g_str_equal (action, "station.retake"))
    begin_anew (self);
  else if (g_str_equal (action, "station.undo"))
    undo (self);
  else if (g_str_equal (action, "station.take"))
    press_digit (self, g_variant_get_uint32 (target));
  else if (g_str_equal (action, "win.find"))
    lanmu_queue_pane_find (self->queue);
  else
    return g_str_has_prefix (action, "station."); /* nothing shoots behind this page */
  return TRUE;
}

static void add_state (LanmuPage *page, JsonBuilder *builder)
{
  LanmuRepairPage *self = LANMU_REPAIR_PAGE (page);
  lanmu_state_add_string (builder, "repair_mode",
                          self->busy                  ? "busy"
                          : self->mode == MODE_REASON ? "reason"
                                                      : "choose");
  lanmu_state_add_string (builder, "repair_text", lanmu_prompt_get_text (self->prompt));
  lanmu_state_add_int (builder, "repair_moves", self->plan != NULL ? self->plan->moves->len : 0);
  lanmu_state_add_int (builder, "repair_last", self->last);
}

static void set_station (LanmuPage *page, LanmuStation *station)
{
  LanmuRepairPage *self = LANMU_REPAIR_PAGE (page);
  g_set_object (&self->station, station);
  lanmu_queue_pane_set_station (self->queue, station);
}

static gboolean scanned (LanmuPage *page, const char *code)
{
  look_up (LANMU_REPAIR_PAGE (page), code);
  return TRUE;
}

static const LanmuPageKey PAGE_KEYS[] = {
    {N_ ("Enter"), N_ ("Go on"), "station.accept"}, {N_ ("F"), N_ ("Find"), "win.find"},
    {N_ ("R"), N_ ("Anew"), "station.retake"},      {N_ ("Ctrl+Z"), N_ ("Undo"), "station.undo"},
    {N_ ("Esc"), N_ ("Back"), "win.live"},          {NULL, NULL, NULL},
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

static void lanmu_repair_page_dispose (GObject *object)
{
  LanmuRepairPage *self = LANMU_REPAIR_PAGE (object);
  lanmu_template_dispose (GTK_WIDGET (self), LANMU_TYPE_REPAIR_PAGE);
  g_clear_pointer (&self->plan, lanmu_repair_plan_free);
  g_clear_pointer (&self->numbers[0], g_free);
  g_clear_pointer (&self->numbers[1], g_free);
  g_clear_object (&self->station);
  G_OBJECT_CLASS (lanmu_repair_page_parent_class)->dispose (object);
}

static void lanmu_repair_page_class_init (LanmuRepairPageClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = lanmu_repair_page_dispose;
  g_type_ensure (LANMU_TYPE_PROMPT);
  g_type_ensure (LANMU_TYPE_QUEUE_PANE);
  gtk_widget_class_set_css_name (widget, "repairpage");
  gtk_widget_class_set_template_from_resource (widget, "/org/lanmu/Lanmu/repairpage.ui");
  gtk_widget_class_bind_template_child (widget, LanmuRepairPage, queue);
  gtk_widget_class_bind_template_child (widget, LanmuRepairPage, kinds);
  gtk_widget_class_bind_template_child (widget, LanmuRepairPage, first);
  gtk_widget_class_bind_template_child (widget, LanmuRepairPage, second);
  gtk_widget_class_bind_template_child (widget, LanmuRepairPage, heads);
  gtk_widget_class_bind_template_child (widget, LanmuRepairPage, pairs);
  gtk_widget_class_bind_template_child (widget, LanmuRepairPage, prompt);
}

static void lanmu_repair_page_init (LanmuRepairPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  for (guint i = 0; i < G_N_ELEMENTS (KINDS); i++) {
    g_autofree char *key = g_strdup_printf ("station.take(uint32 %u)", i + 1);
    GtkWidget *button = gtk_button_new_with_label (_ (KINDS[i].label));
    gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "win.key");
    gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", key);
    gtk_widget_set_focus_on_click (button, FALSE);
    gtk_widget_add_css_class (button, "kind");
    gtk_box_append (self->kinds, button);
    self->kind_labels[i] = button;
  }
  g_signal_connect_object (self->queue, "chosen", G_CALLBACK (choose_student), self, G_CONNECT_SWAPPED);
}
