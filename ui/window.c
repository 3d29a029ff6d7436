/* The window of ui/window.h: it connects keys to actions and answers to the prompt; it knows no rule of shooting. */
#include "ui/window.h"
#include "ui/attendance.h"
#include "ui/countersigning.h"
#include "ui/keys.h"
#include "ui/looks.h"
#include "ui/page.h"
#include "ui/pagerail.h"
#include "ui/pages.h"
#include "ui/rolewords.h"
#include "ui/signinpage.h"
#include "ui/sitter.h"
#include "ui/statusbar.h"
#include "ui/windowactions.h"

#include <glib/gi18n.h>
#include <string.h>

struct _LanmuWindow {
  AdwApplicationWindow parent;
  LanmuStation *station;
  LanmuAttendance *attendance;
  LanmuCountersigning *countersigning;
  LanmuStationActions *actions;
  LanmuSounds *sounds;
  LanmuKeys *keys;
  GtkStack *stack, *pages;
  LanmuShootPage *page;
  LanmuPageRail *rail;
  LanmuStatusBar *status;
  AdwStatusPage *refusal;
  GtkWidget *strip;
  gboolean filling;
};

G_DEFINE_FINAL_TYPE (LanmuWindow, lanmu_window, ADW_TYPE_APPLICATION_WINDOW)

static void say (LanmuWindow *self, LanmuAdvice advice, const char *tone)
{
  lanmu_prompt_say (lanmu_shoot_page_get_prompt (self->page), advice, tone);
}

void lanmu_window_say (LanmuWindow *self, LanmuAdvice advice, const char *tone)
{
  say (self, advice, tone);
}

static void say_error (LanmuWindow *self, const GError *error)
{
  say (self, lanmu_advice_for_error (error), "warn");
}

static void on_refused (LanmuWindow *self, const char *action, const GError *error)
{
  if (lanmu_countersigning_take_refusal (self->countersigning, action, error))
    return;
  LanmuAdvice advice = lanmu_advice_for_error (error);
  if (g_error_matches (error, LANMU_STATION_ERROR, LANMU_STATION_ERROR_HELD) &&
      lanmu_desk_may_for_some (lanmu_window_get_desk (self), LANMU_ACTION_LIFT, NULL))
    advice.todo = _ ("L lets them back into the queue");
  say (self, advice, "warn");
}

static void on_done (LanmuWindow *self, const char *action)
{
  const LanmuCodeRow *code = lanmu_station_get_code (self->station);
  if (g_str_equal (action, "code") && code != NULL && code->state == LANMU_CODE_ACCEPTED)
    return; /* the page warns that it was photographed */
  lanmu_prompt_unsay (lanmu_shoot_page_get_prompt (self->page));
}

/* The page that is visible, NULL when it is the shooting one. */
static LanmuPage *current_page (LanmuWindow *self)
{
  GtkWidget *child = gtk_stack_get_visible_child (self->pages);
  return LANMU_IS_PAGE (child) ? LANMU_PAGE (child) : NULL;
}

static void show_page (LanmuWindow *self, const char *name);

/* Does whoever is signed in have this right for some student? If not, it is said. */
static gboolean may (LanmuWindow *self, LanmuAction action)
{
  return self->attendance == NULL || lanmu_attendance_may (self->attendance, action);
}

static void bind_student (LanmuWindow *self, const char *how, const char *student_no)
{
  lanmu_countersigning_note_asked (self->countersigning, student_no);
  lanmu_queue_pane_end_find (lanmu_shoot_page_get_queue_pane (self->page));
  lanmu_station_actions_press (self->actions, "bind", g_variant_new ("(ss)", how, student_no));
}

/* A code typed into the search by a scanner binds as anywhere else; text that is nobody's number is left to the search,
 * unless this campaign takes capture codes. A page may want it for itself. */
static void on_carded (LanmuWindow *self)
{
  if (LANMU_IS_SIGN_IN_PAGE (gtk_stack_get_visible_child (self->pages)))
    show_page (self, "shoot");
}

/* A card of the staff list signs in on any page; while a counselor's word is asked for, it gives that. */
static gboolean take_card (LanmuWindow *self, const char *code)
{
  LanmuVouchPane *vouch = lanmu_shoot_page_get_vouch_pane (self->page);
  if (!lanmu_attendance_knows_card (self->attendance, code))
    return FALSE;
  if (current_page (self) != NULL || !lanmu_vouch_pane_card (vouch, code))
    lanmu_attendance_take_card (self->attendance, code);
  return TRUE;
}

static void on_scanned (LanmuWindow *self, const char *code, gboolean in_text)
{
  LanmuPage *page = current_page (self);
  if (self->station != NULL && take_card (self, code))
    return;
  if (page != NULL && LANMU_IS_SIGN_IN_PAGE (page)) {
    g_autoptr (GError) unknown = g_error_new_literal (LANMU_DESK_ERROR, LANMU_DESK_ERROR_UNKNOWN_CARD, "");
    lanmu_sign_in_page_refuse (LANMU_SIGN_IN_PAGE (page), lanmu_advice_for_error (unknown).what);
    return;
  }
  if (self->station == NULL || (page != NULL && lanmu_page_scanned (page, code)))
    return;
  if (page != NULL)
    show_page (self, "shoot");
  gboolean known = lanmu_queue_find (lanmu_station_get_queue (self->station), code) != LANMU_QUEUE_NOWHERE;
  if (!known && lanmu_sitter_may_be_code (self->station, code)) {
    lanmu_queue_pane_end_find (lanmu_shoot_page_get_queue_pane (self->page));
    lanmu_station_actions_press (self->actions, "code", g_variant_new_string (code));
  } else if (known || !in_text) {
    bind_student (self, "scan", code);
  }
}

static void on_broken (LanmuWindow *self)
{
  say (self, (LanmuAdvice){_ ("The code was not read whole"), _ ("scan it again")}, "warn");
}

static void on_pressed (LanmuWindow *self, const char *detailed)
{
  g_autofree char *name = NULL;
  g_autoptr (GVariant) target = NULL;

  if (!g_action_parse_detailed_name (detailed, &name, &target, NULL))
    return;
  LanmuPage *page = current_page (self);
  if (self->station != NULL && page != NULL && lanmu_page_press (page, name, target))
    return;
  if (page == NULL && lanmu_vouch_pane_press (lanmu_shoot_page_get_vouch_pane (self->page), name, target))
    return;
  if (g_str_has_prefix (name, "station.") && self->actions != NULL)
    lanmu_station_actions_press (self->actions, name + strlen ("station."), target);
  else
    gtk_widget_activate_action_variant (GTK_WIDGET (self), name, target);
}

static void find (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanmuWindow *self = LANMU_WINDOW (widget);
  if (may (self, LANMU_ACTION_CALL))
    lanmu_queue_pane_find (lanmu_shoot_page_get_queue_pane (self->page));
}

/* Esc: out of the search, out of the review, back to the live picture. The take stays. */
static void live (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanmuWindow *self = LANMU_WINDOW (widget);
  LanmuQueuePane *queue = lanmu_shoot_page_get_queue_pane (self->page);

  lanmu_prompt_unsay (lanmu_shoot_page_get_prompt (self->page));
  if (lanmu_queue_pane_is_finding (queue))
    lanmu_queue_pane_end_find (queue);
  else if (self->station != NULL && lanmu_station_get_phase (self->station) == LANMU_PHASE_REVIEW)
    lanmu_station_actions_press (self->actions, "retake", NULL);
}

static void show_page (LanmuWindow *self, const char *name)
{
  LanmuPage *before = current_page (self);
  lanmu_queue_pane_end_find (lanmu_shoot_page_get_queue_pane (self->page));
  gtk_stack_set_visible_child_name (self->pages, name);
  gtk_window_set_focus (GTK_WINDOW (self), NULL);
  LanmuPage *page = current_page (self);
  lanmu_page_rail_show (self->rail, name);
  gtk_widget_set_visible (GTK_WIDGET (self->rail), page != NULL);
  lanmu_status_bar_set_page (self->status, page);
  if (before != NULL && before != page)
    lanmu_page_left (before);
  if (page != NULL)
    lanmu_page_enter (page);
  g_object_notify (G_OBJECT (self), "page-name");
}

/* The key of the visible page leads back to the live picture; no name is the first page of the rail after that. */
static void choose_page (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanmuWindow *self = LANMU_WINDOW (widget);
  guint n;
  const char *page = g_variant_get_string (parameter, NULL);
  if (*page == '\0')
    page = lanmu_pages_get (&n)[1].name;
  const LanmuPageRow *row = lanmu_pages_find (page);
  if (row != NULL && row->action != LANMU_N_ACTIONS && !may (self, row->action))
    return;
  if (self->station != NULL && gtk_stack_get_child_by_name (self->pages, page) != NULL)
    show_page (self, g_str_equal (page, lanmu_window_get_page_name (self)) ? "shoot" : page);
}

static void leave_page (LanmuWindow *self)
{
  show_page (self, "shoot");
}

/* A button that does what a key does, on whatever page. */
static void press_key (GtkWidget *widget, const char *name, GVariant *parameter)
{
  on_pressed (LANMU_WINDOW (widget), g_variant_get_string (parameter, NULL));
}

static void fill_screen (LanmuWindow *self, gboolean fill)
{
  self->filling = fill;
  gtk_window_set_decorated (GTK_WINDOW (self), !fill);
  if (fill)
    gtk_window_fullscreen (GTK_WINDOW (self));
  else
    gtk_window_unfullscreen (GTK_WINDOW (self));
  g_object_notify (G_OBJECT (self), "filling");
}

static void toggle_fullscreen (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanmuWindow *self = LANMU_WINDOW (widget);
  if (!self->filling || may (self, LANMU_ACTION_LEAVE))
    fill_screen (self, !self->filling);
}

gboolean lanmu_window_may_leave (LanmuWindow *self)
{
  return may (self, LANMU_ACTION_LEAVE);
}

/* -- who works here -- */

static void on_desk (LanmuWindow *self)
{
  LanmuDesk *desk = lanmu_window_get_desk (self);
  const LanmuStaffRow *staff = lanmu_desk_get_staff (desk);
  if (lanmu_desk_is_locked (desk)) {
    LanmuPage *page = current_page (self);
    lanmu_queue_pane_end_find (lanmu_shoot_page_get_queue_pane (self->page));
    if (page != NULL && !LANMU_IS_SIGN_IN_PAGE (page))
      show_page (self, "shoot");
    lanmu_prompt_unsay (lanmu_shoot_page_get_prompt (self->page));
  } else if (staff != NULL) {
    g_autofree char *who = g_strdup_printf (_ ("%s works here now"), staff->name);
    say (self, (LanmuAdvice){who, lanmu_role_word (staff->role)}, "good");
  }
}

static void refuse_person (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (LANMU_WINDOW (widget)->countersigning != NULL)
    lanmu_countersigning_refuse (LANMU_WINDOW (widget)->countersigning);
}

static void lift (GtkWidget *widget, const char *name, GVariant *parameter)
{
  if (LANMU_WINDOW (widget)->countersigning != NULL)
    lanmu_countersigning_lift (LANMU_WINDOW (widget)->countersigning);
}

static void on_held (LanmuWindow *self, gboolean down)
{
  g_autoptr (GArray) students = lanmu_queue_pane_dup_shown (lanmu_shoot_page_get_queue_pane (self->page));
  if (self->attendance != NULL)
    lanmu_attendance_reveal (self->attendance, down, lanmu_window_get_page_name (self), students);
}

/* C, X and L, and what the pane for a counselor's PIN says. */
static void set_countersigning (LanmuWindow *self)
{
  LanmuVouchPane *pane = lanmu_shoot_page_get_vouch_pane (self->page);
  g_clear_object (&self->countersigning);
  self->countersigning = lanmu_countersigning_new (self->station, self->actions, pane);
  g_signal_connect_object (self->countersigning, "refused", G_CALLBACK (say_error), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pane, "refused", G_CALLBACK (say_error), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (pane, "done", G_CALLBACK (lanmu_prompt_unsay), lanmu_shoot_page_get_prompt (self->page),
                           G_CONNECT_SWAPPED);
}

static void set_attendance (LanmuWindow *self, LanmuStation *station)
{
  g_clear_object (&self->attendance);
  self->attendance = lanmu_attendance_new (station, self->strip);
  lanmu_attendance_watch (self->attendance, GTK_WIDGET (self));
  g_signal_connect_object (self->attendance, "refused", G_CALLBACK (say_error), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->attendance, "changed", G_CALLBACK (on_desk), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->attendance, "carded", G_CALLBACK (on_carded), self, G_CONNECT_SWAPPED);
}

static void lanmu_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lanmu_window_parent_class)->realize (widget);
  lanmu_looks_follow_size (widget);
}

/* Closing is asked of the application: it lets a shot that is on its way arrive first. */
static gboolean lanmu_window_close_request (GtkWindow *window)
{
  g_action_group_activate_action (G_ACTION_GROUP (gtk_window_get_application (window)), "quit", NULL);
  return TRUE;
}

void lanmu_window_set_station (LanmuWindow *self, LanmuStation *station)
{
  g_set_object (&self->station, station);
  set_attendance (self, station);
  g_clear_object (&self->actions);
  self->actions = lanmu_station_actions_new (station, lanmu_window_get_desk (self));
  gtk_widget_insert_action_group (GTK_WIDGET (self), "station", lanmu_station_actions_get_group (self->actions));
  g_signal_connect_object (self->actions, "refused", G_CALLBACK (on_refused), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->actions, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  set_countersigning (self);
  g_clear_object (&self->sounds);
  self->sounds = lanmu_sounds_new (station);
  lanmu_shoot_page_set_station (self->page, station);
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    if (LANMU_IS_PAGE (page))
      lanmu_page_set_station (LANMU_PAGE (page), station);
  lanmu_status_bar_set_station (self->status, station);
}

void lanmu_window_refuse (LanmuWindow *self, const char *what, const char *todo)
{
  adw_status_page_set_title (self->refusal, what);
  adw_status_page_set_description (self->refusal, todo);
  gtk_stack_set_visible_child_name (self->stack, "refusal");
}

void lanmu_window_ask (LanmuWindow *self, const char *what, const char *todo, GtkWidget *question)
{
  lanmu_window_refuse (self, what, todo);
  adw_status_page_set_child (self->refusal, question);
}

void lanmu_window_end_asking (LanmuWindow *self)
{
  adw_status_page_set_child (self->refusal, NULL);
  gtk_stack_set_visible_child_name (self->stack, "work");
}

LanmuShootPage *lanmu_window_get_page (LanmuWindow *self)
{
  return self->page;
}

LanmuSounds *lanmu_window_get_sounds (LanmuWindow *self)
{
  return self->sounds;
}

void lanmu_window_add_pages (LanmuWindow *self, JsonBuilder *builder)
{
  for (GtkWidget *page = gtk_widget_get_first_child (GTK_WIDGET (self->pages)); page != NULL;
       page = gtk_widget_get_next_sibling (page))
    if (LANMU_IS_PAGE (page))
      lanmu_page_add_state (LANMU_PAGE (page), builder);
}

const char *lanmu_window_get_page_name (LanmuWindow *self)
{
  return gtk_stack_get_visible_child_name (self->pages);
}

LanmuStationActions *lanmu_window_get_actions (LanmuWindow *self)
{
  return self->actions;
}

LanmuDesk *lanmu_window_get_desk (LanmuWindow *self)
{
  return self->attendance != NULL ? lanmu_attendance_get_desk (self->attendance) : NULL;
}

gboolean lanmu_window_is_filling (LanmuWindow *self)
{
  return self->filling;
}

static void lanmu_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (G_IS_PARAM_SPEC_BOOLEAN (pspec))
    g_value_set_boolean (value, LANMU_WINDOW (object)->filling);
  else
    g_value_set_string (value, lanmu_window_get_page_name (LANMU_WINDOW (object)));
}

static void lanmu_window_dispose (GObject *object)
{
  LanmuWindow *self = LANMU_WINDOW (object);
  g_clear_object (&self->keys);
  g_clear_object (&self->actions);
  g_clear_object (&self->sounds);
  g_clear_object (&self->attendance);
  g_clear_object (&self->countersigning);
  g_clear_object (&self->station);
  G_OBJECT_CLASS (lanmu_window_parent_class)->dispose (object);
}

static void lanmu_window_class_init (LanmuWindowClass *klass)
{
  GObjectClass *object = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);

  object->dispose = lanmu_window_dispose;
  object->get_property = lanmu_window_get_property;
  widget->realize = lanmu_window_realize;
  GTK_WINDOW_CLASS (klass)->close_request = lanmu_window_close_request;
  g_object_class_install_property (
      object, 1,
      g_param_spec_boolean ("filling", NULL, NULL, FALSE,
                            G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (
      object, 2,
      g_param_spec_string ("page-name", NULL, NULL, NULL,
                           G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
  g_type_ensure (LANMU_TYPE_SHOOT_PAGE);
  g_type_ensure (LANMU_TYPE_PAGE_RAIL);
  g_type_ensure (LANMU_TYPE_STATUS_BAR);
  gtk_widget_class_set_template_from_resource (widget, "/org/lanmu/Lanmu/window.ui");
  gtk_widget_class_bind_template_child (widget, LanmuWindow, stack);
  gtk_widget_class_bind_template_child (widget, LanmuWindow, pages);
  gtk_widget_class_bind_template_child (widget, LanmuWindow, page);
  gtk_widget_class_bind_template_child (widget, LanmuWindow, rail);
  gtk_widget_class_bind_template_child (widget, LanmuWindow, status);
  gtk_widget_class_bind_template_child (widget, LanmuWindow, refusal);
  gtk_widget_class_bind_template_child (widget, LanmuWindow, strip);
  lanmu_window_actions_install (widget);
  gtk_widget_class_install_action (widget, "win.find", NULL, find);
  gtk_widget_class_install_action (widget, "win.live", NULL, live);
  gtk_widget_class_install_action (widget, "win.page", "s", choose_page);
  gtk_widget_class_install_action (widget, "win.key", "s", press_key);
  gtk_widget_class_install_action (widget, "win.fullscreen", NULL, toggle_fullscreen);
  gtk_widget_class_install_action (widget, "win.refuse", NULL, refuse_person);
  gtk_widget_class_install_action (widget, "win.lift", NULL, lift);
}

static void add_pages (LanmuWindow *self)
{
  guint n;
  const LanmuPageRow *rows = lanmu_pages_get (&n);
  for (guint i = 0; i < n; i++) {
    if (rows[i].get_type == NULL)
      continue;
    GtkWidget *page = g_object_new (rows[i].get_type (), NULL);
    gtk_stack_add_named (self->pages, page, rows[i].name);
    g_signal_connect_object (page, "leave", G_CALLBACK (leave_page), self, G_CONNECT_SWAPPED);
  }
}

static void lanmu_window_init (LanmuWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->keys = lanmu_keys_new (GTK_WINDOW (self));
  lanmu_keys_set_review (self->keys, self->page);
  g_signal_connect_object (self->keys, "pressed", G_CALLBACK (on_pressed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keys, "scanned", G_CALLBACK (on_scanned), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keys, "broken", G_CALLBACK (on_broken), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keys, "held", G_CALLBACK (on_held), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lanmu_shoot_page_get_queue_pane (self->page), "chosen", G_CALLBACK (bind_student), self,
                           G_CONNECT_SWAPPED);
  add_pages (self);
  lanmu_looks_follow_theme (GTK_WIDGET (self));
}

LanmuWindow *lanmu_window_new (GtkApplication *application, gboolean windowed)
{
  LanmuWindow *self = g_object_new (LANMU_TYPE_WINDOW, "application", application, NULL);
  if (windowed) {
    gtk_window_set_default_size (GTK_WINDOW (self), 1280, 800);
  } else {
    lanmu_looks_size_to_screen (GTK_WINDOW (self));
    fill_screen (self, TRUE);
  }
  return self;
}
