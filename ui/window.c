/* The window of ui/window.h: it connects keys to actions and answers to the prompt; it knows no rule of shooting. */
#include "ui/window.h"
#include "ui/keys.h"
#include "ui/page.h"
#include "ui/pagerail.h"
#include "ui/pages.h"
#include "ui/shootplaces.h"
#include "ui/sitter.h"
#include "ui/statusbar.h"

#include <glib/gi18n.h>
#include <string.h>

struct _LanmuWindow {
  AdwApplicationWindow parent;
  LanmuStation *station;
  LanmuStationActions *actions;
  LanmuSounds *sounds;
  LanmuKeys *keys;
  GtkStack *stack, *pages;
  LanmuShootPage *page;
  LanmuPageRail *rail;
  LanmuStatusBar *status;
  AdwStatusPage *refusal;
  gboolean filling;
  const char *size_class;
};

G_DEFINE_FINAL_TYPE (LanmuWindow, lanmu_window, ADW_TYPE_APPLICATION_WINDOW)

static void say (LanmuWindow *self, LanmuAdvice advice, const char *tone)
{
  lanmu_prompt_say (lanmu_shoot_page_get_prompt (self->page), advice, tone);
}

static void on_refused (LanmuWindow *self, const char *action, const GError *error)
{
  say (self, lanmu_advice_for_error (error), "warn");
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

static void bind_student (LanmuWindow *self, const char *how, const char *student_no)
{
  lanmu_queue_pane_end_find (lanmu_shoot_page_get_queue_pane (self->page));
  lanmu_station_actions_press (self->actions, "bind", g_variant_new ("(ss)", how, student_no));
}

/* A code typed into the search by a scanner binds as anywhere else; text that is nobody's number is left to the search,
 * unless this campaign takes capture codes. A page may want it for itself. */
static void on_scanned (LanmuWindow *self, const char *code, gboolean in_text)
{
  LanmuPage *page = current_page (self);
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
  if (g_str_has_prefix (name, "station.") && self->actions != NULL)
    lanmu_station_actions_press (self->actions, name + strlen ("station."), target);
  else
    gtk_widget_activate_action_variant (GTK_WIDGET (self), name, target);
}

static void find (GtkWidget *widget, const char *name, GVariant *parameter)
{
  lanmu_queue_pane_find (lanmu_shoot_page_get_queue_pane (LANMU_WINDOW (widget)->page));
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

static void toggle_sound (GtkWidget *widget, const char *name, GVariant *parameter)
{
  LanmuWindow *self = LANMU_WINDOW (widget);
  if (self->sounds == NULL)
    return;
  lanmu_sounds_set_on (self->sounds, !lanmu_sounds_is_on (self->sounds));
  say (self, (LanmuAdvice){lanmu_sounds_is_on (self->sounds) ? _ ("Sound on") : _ ("Sound off"), _ ("M changes it")},
       "good");
}

static void toggle_theme (GtkWidget *widget, const char *name, GVariant *parameter)
{
  AdwStyleManager *manager = adw_style_manager_get_default ();
  gboolean dark = adw_style_manager_get_dark (manager);
  adw_style_manager_set_color_scheme (manager, dark ? ADW_COLOR_SCHEME_FORCE_LIGHT : ADW_COLOR_SCHEME_FORCE_DARK);
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
  fill_screen (LANMU_WINDOW (widget), !LANMU_WINDOW (widget)->filling);
}

static void show_theme (LanmuWindow *self)
{
  gboolean dark = adw_style_manager_get_dark (adw_style_manager_get_default ());
  gtk_widget_remove_css_class (GTK_WIDGET (self), dark ? "light-theme" : "dark-theme");
  gtk_widget_add_css_class (GTK_WIDGET (self), dark ? "dark-theme" : "light-theme");
}

/* Letters grow with the window in four steps, so that the layout is the same on every screen. */
static void on_layout (LanmuWindow *self, int width, int height)
{
  const char *size_class = lanmu_shoot_places_size_class (width, height);
  if (size_class == self->size_class)
    return;
  if (self->size_class != NULL)
    gtk_widget_remove_css_class (GTK_WIDGET (self), self->size_class);
  gtk_widget_add_css_class (GTK_WIDGET (self), size_class);
  self->size_class = size_class;
}

static void lanmu_window_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (lanmu_window_parent_class)->realize (widget);
  g_signal_connect_object (gtk_native_get_surface (GTK_NATIVE (widget)), "layout", G_CALLBACK (on_layout), widget,
                           G_CONNECT_SWAPPED);
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
  g_clear_object (&self->actions);
  self->actions = lanmu_station_actions_new (station);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "station", lanmu_station_actions_get_group (self->actions));
  g_signal_connect_object (self->actions, "refused", G_CALLBACK (on_refused), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->actions, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
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
  gtk_widget_class_install_action (widget, "win.find", NULL, find);
  gtk_widget_class_install_action (widget, "win.live", NULL, live);
  gtk_widget_class_install_action (widget, "win.page", "s", choose_page);
  gtk_widget_class_install_action (widget, "win.key", "s", press_key);
  gtk_widget_class_install_action (widget, "win.sound", NULL, toggle_sound);
  gtk_widget_class_install_action (widget, "win.theme", NULL, toggle_theme);
  gtk_widget_class_install_action (widget, "win.fullscreen", NULL, toggle_fullscreen);
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
  g_signal_connect_object (self->keys, "pressed", G_CALLBACK (on_pressed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keys, "scanned", G_CALLBACK (on_scanned), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keys, "broken", G_CALLBACK (on_broken), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lanmu_shoot_page_get_queue_pane (self->page), "chosen", G_CALLBACK (bind_student), self,
                           G_CONNECT_SWAPPED);
  add_pages (self);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark", G_CALLBACK (show_theme), self,
                           G_CONNECT_SWAPPED);
  show_theme (self);
}

/* Without a window manager nobody makes a window fill the screen: it is born that large. */
static void size_to_screen (LanmuWindow *self)
{
  GListModel *monitors = gdk_display_get_monitors (gtk_widget_get_display (GTK_WIDGET (self)));
  g_autoptr (GdkMonitor) monitor = g_list_model_get_item (monitors, 0);
  GdkRectangle area = {0, 0, 1920, 1080};
  if (monitor != NULL)
    gdk_monitor_get_geometry (monitor, &area);
  gtk_window_set_default_size (GTK_WINDOW (self), area.width, area.height);
}

LanmuWindow *lanmu_window_new (GtkApplication *application, gboolean windowed)
{
  LanmuWindow *self = g_object_new (LANMU_TYPE_WINDOW, "application", application, NULL);
  if (windowed) {
    gtk_window_set_default_size (GTK_WINDOW (self), 1280, 800);
  } else {
    size_to_screen (self);
    fill_screen (self, TRUE);
  }
  return self;
}
