/* The page of ui/handoverpage.h. */
#include "ui/handoverpage.h"
#include "ui/advice.h"
#include "ui/handoverchoices.h"
#include "ui/page.h"
#include "ui/prompt.h"
#include "ui/statewords.h"

#include <gio/gunixmounts.h>
#include <glib/gi18n.h>

#define SHOWN 200 /* problems that are named on the page; lanmuctl names all */

typedef enum { MODE_LOOKING, MODE_READY, MODE_BLOCKED, MODE_NOTHING, MODE_WRITING, MODE_DONE, MODE_FAILED } Mode;
static const char *const MODES[] = {"looking", "ready", "blocked", "nothing", "writing", "done", "failed"};

struct _LanmuHandOverPage {
  GtkWidget parent;
  LanmuStation *station;
  LanmuHandover *handover;
  Mode mode;
  gboolean look_again; /* the choices changed while it was being looked at */
  GtkWidget *box;
  LanmuHandOverChoices *choices;
  GtkProgressBar *bar;
  GtkLabel *summary, *problems;
  LanmuPrompt *prompt;
};

static void page_init (LanmuPageInterface *iface);
G_DEFINE_FINAL_TYPE_WITH_CODE (LanmuHandOverPage, lanmu_hand_over_page, GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (LANMU_TYPE_PAGE, page_init))

static const char *actor (LanmuHandOverPage *self)
{
  return lanmu_desk_get_operator (lanmu_station_get_desk (self->station));
}

/* It stands there until something else is so: a hand-over is read, not glanced at. */
static void say (LanmuHandOverPage *self, const char *what, const char *todo)
{
  g_autofree char *text = todo != NULL ? g_strdup_printf ("%s · %s", what, todo) : g_strdup (what);
  lanmu_prompt_set_instruction (self->prompt, text);
}

/* -- what is known -- */

static void show_problems (LanmuHandOverPage *self, const LanmuDeliveryPlan *plan)
{
  g_autoptr (GString) text = g_string_new (NULL);
  for (guint i = 0; plan != NULL && i < MIN (plan->problems->len, SHOWN); i++) {
    const LanmuDeliveryProblem *problem = plan->problems->pdata[i];
    g_string_append_printf (text, "%s  %s%s\n", problem->who, problem->message,
                            problem->accepted ? _ (" (accepted)") : "");
  }
  if (plan != NULL && plan->problems->len > SHOWN)
    g_string_append_printf (text, _ ("… and %u more: lanmuctl deliver --dry-run names all\n"),
                            plan->problems->len - SHOWN);
  gtk_label_set_label (self->problems, text->str);
}

static void show_plan (LanmuHandOverPage *self)
{
  const LanmuDeliveryPlan *plan = lanmu_handover_get_plan (self->handover);
  guint blocking = lanmu_delivery_plan_blocking (plan);
  g_autofree char *summary = g_strdup_printf (_ ("%u people, %u pictures; %u not ready"), plan->delivered,
                                              plan->files->len, plan->problems->len);
  gtk_label_set_label (self->summary, summary);
  show_problems (self, plan);
  self->mode = blocking > 0 ? MODE_BLOCKED : plan->files->len == 0 ? MODE_NOTHING : MODE_READY;
  if (self->mode == MODE_READY)
    say (self, _ ("Enter writes it"), _ ("the station goes on meanwhile"));
  else if (self->mode == MODE_BLOCKED)
    say (self, _ ("Somebody is not ready"), _ ("put it right, or 5 leaves them out by name"));
  else
    say (self, _ ("There is nothing to hand over"), _ ("no accepted picture that was not handed over before"));
}

static void look (LanmuHandOverPage *self);

static void on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanmuHandOverPage) self = data;
  g_autoptr (GError) error = NULL;
  gboolean ok = lanmu_handover_look_finish (LANMU_HANDOVER (source), result, &error);
  if (self->handover == NULL || self->mode == MODE_WRITING) /* the window is gone, or an earlier look was written */
    return;
  self->mode = MODE_FAILED;
  if (self->look_again)
    look (self);
  else if (ok)
    show_plan (self);
  else
    say (self, lanmu_advice_for_error (error).what, lanmu_advice_for_error (error).todo);
}

static void look (LanmuHandOverPage *self)
{
  LanmuHandoverWish wish = lanmu_hand_over_choices_get_wish (self->choices);
  if (self->mode == MODE_WRITING)
    return;
  self->look_again = self->mode == MODE_LOOKING;
  if (self->look_again)
    return;
  self->mode = MODE_LOOKING;
  lanmu_handover_look_async (self->handover, &wish, actor (self), on_looked, g_object_ref (self));
}

/* Portraits are made after the accept, while the page may already be open. */
static void on_event (LanmuHandOverPage *self, const LanmuEvent *event)
{
  gboolean shown = self->mode == MODE_READY || self->mode == MODE_BLOCKED || self->mode == MODE_NOTHING ||
                   self->mode == MODE_LOOKING;
  if (event->kind == LANMU_EVENT_PORTRAIT && shown && gtk_widget_get_mapped (GTK_WIDGET (self)))
    look (self);
}

/* -- writing -- */

static void show_made (LanmuHandOverPage *self, const LanmuDeliveryMade *made)
{
  g_autofree char *what = g_strdup_printf (_ ("Handed over: %u files"), made->files);
  g_autofree char *todo = g_strdup_printf (_ ("signed by %s · take the stick out safely"), made->fingerprint);
  self->mode = MODE_DONE;
  say (self, what, todo);
}

static void on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanmuHandOverPage) self = data;
  g_autoptr (GError) error = NULL;
  const LanmuDeliveryMade *made = lanmu_handover_write_finish (LANMU_HANDOVER (source), result, &error);
  if (self->handover == NULL)
    return;
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  self->mode = MODE_FAILED;
  if (made != NULL) {
    lanmu_hand_over_choices_forget (self->choices);
    show_made (self, made);
  } else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)) {
    self->mode = MODE_READY;
    say (self, _ ("Stopped"), _ ("Enter goes on where it stopped"));
  } else {
    say (self, error->message, _ ("Enter tries again and goes on where it stopped"));
  }
}

static void write_it (LanmuHandOverPage *self)
{
  g_autofree char *target = lanmu_hand_over_choices_dup_target (self->choices);
  const LanmuDeliveryPlan *plan = lanmu_handover_get_plan (self->handover);
  gboolean ready = self->mode == MODE_READY || self->mode == MODE_FAILED;
  if (!ready || plan == NULL || lanmu_delivery_plan_blocking (plan) > 0)
    return;
  if (!g_path_is_absolute (target)) {
    say (self, _ ("Name a new folder first"), _ ("from / on: /media/stick/2027"));
    return;
  }
  self->mode = MODE_WRITING;
  gtk_widget_set_visible (GTK_WIDGET (self->bar), TRUE);
  say (self, _ ("Writing"), _ ("D stops it"));
  lanmu_handover_write_async (self->handover, target, actor (self), on_written, g_object_ref (self));
}

static void show_progress (LanmuHandOverPage *self)
{
  double progress;
  g_object_get (self->handover, "progress", &progress, NULL);
  gtk_progress_bar_set_fraction (self->bar, progress);
}

/* -- where to: the stick that is in, else beside the data -- */

static char *find_stick (void)
{
  g_autolist (GUnixMountEntry) mounts = g_unix_mounts_get (NULL);
  for (GList *at = mounts; at != NULL; at = at->next)
    if (g_str_has_prefix (g_unix_mount_get_mount_path (at->data), "/media/") && !g_unix_mount_is_readonly (at->data))
      return g_strdup (g_unix_mount_get_mount_path (at->data));
  return NULL;
}

static void suggest (LanmuHandOverPage *self)
{
  g_autofree char *stick = find_stick ();
  g_autofree char *beside = g_path_get_dirname (lanmu_store_get_data_dir (lanmu_station_get_store (self->station)));
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "lanmu-%Y%m%d-%H%M");
  g_autofree char *target = g_build_filename (stick != NULL ? stick : beside, name, NULL);
  lanmu_hand_over_choices_suggest (self->choices, target);
}

/* -- the page -- */

static void enter (LanmuPage *page)
{
  LanmuHandOverPage *self = LANMU_HAND_OVER_PAGE (page);
  if (self->mode == MODE_WRITING)
    return;
  suggest (self);
  self->mode = MODE_FAILED; /* whatever it was */
  look (self);
}

static void left (LanmuPage *page)
{
  LanmuHandOverPage *self = LANMU_HAND_OVER_PAGE (page);
  if (self->mode != MODE_WRITING)
    lanmu_hand_over_choices_forget (self->choices);
}

static gboolean press (LanmuPage *page, const char *action, GVariant *target)
{
  LanmuHandOverPage *self = LANMU_HAND_OVER_PAGE (page);
  gboolean writing = self->mode == MODE_WRITING;
  if (g_str_equal (action, "win.live"))
    lanmu_page_leave (page);
  else if (g_str_equal (action, "win.discard") && writing)
    lanmu_handover_stop (self->handover);
  else if (g_str_equal (action, "station.accept"))
    write_it (self);
  else if (g_str_equal (action, "station.retake"))
    look (self);
  else if (g_str_equal (action, "station.take") && !writing)
    lanmu_hand_over_choices_press (self->choices, g_variant_get_uint32 (target));
  else
    return g_str_has_prefix (action, "station."); /* nothing shoots behind this page */
  return TRUE;
}

static void add_state (LanmuPage *page, JsonBuilder *builder)
{
  LanmuHandOverPage *self = LANMU_HAND_OVER_PAGE (page);
  const LanmuDeliveryPlan *plan = self->handover != NULL ? lanmu_handover_get_plan (self->handover) : NULL;
  g_autofree char *choices = lanmu_hand_over_choices_dup_digits (self->choices);
  lanmu_state_add_string (builder, "hand_over_choices", choices);
  lanmu_state_add_string (builder, "hand_over_mode", MODES[self->mode]);
  lanmu_state_add_string (builder, "hand_over_text", lanmu_prompt_get_text (self->prompt));
  lanmu_state_add_int (builder, "hand_over_people", plan != NULL ? plan->delivered : 0);
  lanmu_state_add_int (builder, "hand_over_files", plan != NULL ? plan->files->len : 0);
  lanmu_state_add_int (builder, "hand_over_problems", plan != NULL ? plan->problems->len : 0);
}

static void set_station (LanmuPage *page, LanmuStation *station)
{
  LanmuHandOverPage *self = LANMU_HAND_OVER_PAGE (page);
  g_set_object (&self->station, station);
  self->handover = lanmu_handover_new (lanmu_station_get_store (station));
  g_signal_connect_object (station, "event", G_CALLBACK (on_event), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->handover, "notify::progress", G_CALLBACK (show_progress), self, G_CONNECT_SWAPPED);
}

static const LanmuPageKey PAGE_KEYS[] = {
    {N_ ("1–5"), N_ ("Choose"), "station.take(uint32 1)"},
    {N_ ("Enter"), N_ ("Hand over"), "station.accept"},
    {N_ ("D"), N_ ("Stop"), "win.discard"},
    {N_ ("R"), N_ ("Look again"), "station.retake"},
    {N_ ("Esc"), N_ ("Back"), "win.live"},
    {NULL, NULL, NULL},
};

static void page_init (LanmuPageInterface *iface)
{
  iface->set_station = set_station;
  iface->enter = enter;
  iface->left = left;
  iface->press = press;
  iface->keys = PAGE_KEYS;
  iface->add_state = add_state;
}

static void lanmu_hand_over_page_dispose (GObject *object)
{
  LanmuHandOverPage *self = LANMU_HAND_OVER_PAGE (object);
  if (self->handover != NULL)
    lanmu_handover_stop (self->handover);
  g_clear_object (&self->handover);
  g_clear_object (&self->station);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (lanmu_hand_over_page_parent_class)->dispose (object);
}

static void lanmu_hand_over_page_class_init (LanmuHandOverPageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_hand_over_page_dispose;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "handoverpage");
}

static GtkLabel *add_label (GtkWidget *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *make_column (LanmuHandOverPage *self)
{
  GtkWidget *column = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12), *scrolled = gtk_scrolled_window_new ();
  GtkWidget *inside = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->summary = add_label (column, "hand-over-summary");
  self->bar = GTK_PROGRESS_BAR (gtk_progress_bar_new ());
  gtk_widget_set_visible (GTK_WIDGET (self->bar), FALSE);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->bar));
  self->problems = add_label (inside, "quiet");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), inside);
  gtk_widget_set_vexpand (scrolled, TRUE);
  gtk_box_append (GTK_BOX (column), scrolled);
  self->prompt = g_object_new (LANMU_TYPE_PROMPT, NULL);
  gtk_box_append (GTK_BOX (column), GTK_WIDGET (self->prompt));
  gtk_widget_set_hexpand (column, TRUE);
  return column;
}

static void lanmu_hand_over_page_init (LanmuHandOverPage *self)
{
  GtkWidget *left_side = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 24);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  GtkLabel *title = add_label (left_side, "page-title");
  gtk_label_set_label (title, _ ("Hand pictures over"));
  self->choices = g_object_new (LANMU_TYPE_HAND_OVER_CHOICES, NULL);
  gtk_box_append (GTK_BOX (left_side), GTK_WIDGET (self->choices));
  gtk_widget_add_css_class (left_side, "hand-over-choices");
  gtk_box_append (GTK_BOX (self->box), left_side);
  gtk_box_append (GTK_BOX (self->box), make_column (self));
  g_signal_connect_object (self->choices, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
}
