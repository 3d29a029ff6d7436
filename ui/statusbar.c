/* The status bar of ui/statusbar.h: facts are pulled once a second, not pushed by every change of a property. Only the
 * camera's state is shown at once. */
#include "ui/statusbar.h"
#include "app/format.h"
#include "ui/advice.h"
#include "ui/keybutton.h"
#include "ui/mark.h"
#include "ui/rolewords.h"

#include "ui/template.h"

#include <glib/gi18n.h>

struct _LanmuStatusBar {
  GtkWidget parent;
  LanmuStation *station;
  LanmuMark *camera_mark;
  GtkStack *keys;
  GtkWidget *tray, *more, *who;
  GtkLabel *tray_word, *who_word;
  GtkLabel *camera, *battery, *card, *disk, *clock, *pace, *accept_word;
  gboolean disk_known;
  guint timer;
};

G_DEFINE_FINAL_TYPE (LanmuStatusBar, lanmu_status_bar, GTK_TYPE_WIDGET)

/* Setting an equal text would still measure the label again. */
static void say (GtkLabel *label, const char *text)
{
  if (g_strcmp0 (gtk_label_get_label (label), text) != 0)
    gtk_label_set_label (label, text);
  gtk_widget_set_visible (GTK_WIDGET (label), *text != '\0');
}

static void show_camera (LanmuStatusBar *self)
{
  LanmuCamera *camera = lanmu_station_get_camera (self->station);
  LanmuCameraState state = camera != NULL ? lanmu_camera_get_state (camera) : LANMU_CAMERA_STOPPED;
  const LanmuCameraInfo *info = camera != NULL ? lanmu_camera_get_info (camera) : NULL;
  gboolean good = state == LANMU_CAMERA_LIVE || state == LANMU_CAMERA_BUSY;
  g_autoptr (GString) text = g_string_new (NULL);

  if (info != NULL && *info->model != '\0')
    g_string_append_printf (text, "%s ", info->model);
  if (info != NULL && *info->serial != '\0')
    g_string_append_printf (text, "#%s ", info->serial);
  g_string_append_printf (text, "%s", info != NULL ? "" : _ ("Camera: "));
  g_string_append (text, lanmu_advice_camera_word (state));
  say (self->camera, text->str);
  lanmu_mark_set (self->camera_mark,
                  good                         ? LANMU_MARK_DOT
                  : state == LANMU_CAMERA_LOST ? LANMU_MARK_TRIANGLE
                                               : LANMU_MARK_RING,
                  good ? "good" : "warn");
}

static void show_battery (LanmuStatusBar *self, int percent)
{
  g_autofree char *text = percent >= 0 ? g_strdup_printf (_ ("battery %d %%"), percent) : g_strdup ("");
  say (self->battery, text);
  lanmu_tone_set (GTK_WIDGET (self->battery), percent < 0 || percent > 30 ? NULL : percent > 10 ? "warn" : "bad");
}

static void show_room (GtkLabel *label, const char *format, gint64 shots)
{
  g_autofree char *count = lanmu_format_count (shots);
  g_auto (GStrv) parts = g_strsplit (format, "%s", 2);
  g_autofree char *text = shots >= 0 ? g_strjoinv (count, parts) : g_strdup ("");
  say (label, text);
  lanmu_tone_set (GTK_WIDGET (label), shots < 0 || shots > 100 ? NULL : shots > 10 ? "warn" : "bad");
}

static void show_time (LanmuStatusBar *self)
{
  double pace = 0;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *clock = g_date_time_format (now, "%H:%M");
  g_object_get (self->station, "pace", &pace, NULL);
  g_autofree char *per_hour = pace >= 1 ? g_strdup_printf (_ ("%.0f/h"), pace) : g_strdup ("");
  say (self->clock, clock);
  say (self->pace, per_hour);
}

static gboolean show_facts (gpointer data)
{
  LanmuStatusBar *self = data;
  LanmuCamera *camera = lanmu_station_get_camera (self->station);
  int battery = -1, shots_left = -1;
  gint64 disk_shots = -1;

  if (camera != NULL)
    g_object_get (camera, "battery", &battery, "shots-left", &shots_left, NULL);
  if (self->disk_known)
    g_object_get (self->station, "disk-shots", &disk_shots, NULL);
  show_camera (self);
  show_battery (self, battery);
  show_room (self->card, _ ("card %s"), shots_left);
  show_room (self->disk, _ ("disk %s"), disk_shots);
  show_time (self);
  return G_SOURCE_CONTINUE;
}

static void on_disk (LanmuStatusBar *self)
{
  self->disk_known = TRUE; /* before it is measured the property reads 0 */
}

/* Enter calls the first student when there is nobody, and accepts otherwise. */
static void show_enter (LanmuStatusBar *self)
{
  say (self->accept_word, lanmu_station_get_phase (self->station) == LANMU_PHASE_IDLE ? _ ("Next") : _ ("Accept"));
}

/* Pictures that wait for their owner: a button, only while there are some. */
static void show_tray (LanmuStatusBar *self)
{
  guint n = lanmu_station_get_quarantined (self->station);
  g_autofree char *text = g_strdup_printf (_ ("Unclaimed %u"), n);
  gtk_label_set_label (self->tray_word, text);
  gtk_widget_set_visible (self->tray, n > 0);
}

/* A page's keys are buttons that press them: the page hears them first. */
static GtkWidget *keys_of (LanmuPage *page)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  gtk_widget_set_halign (box, GTK_ALIGN_END);
  gtk_widget_add_css_class (box, "keys");
  for (const LanmuPageKey *key = lanmu_page_get_keys (page); key->word != NULL; key++) {
    g_autofree char *action = g_strdup_printf ("win.key(\"%s\")", key->action);
    gtk_box_append (GTK_BOX (box), lanmu_key_button_new (key->key, _ (key->word), action));
  }
  return box;
}

void lanmu_status_bar_set_page (LanmuStatusBar *self, LanmuPage *page)
{
  GtkWidget *old = gtk_stack_get_child_by_name (self->keys, "page");
  gtk_stack_set_visible_child_name (self->keys, "shoot");
  gtk_widget_set_visible (self->more, page == NULL);
  if (old != NULL)
    gtk_stack_remove (self->keys, old);
  if (page == NULL)
    return;
  gtk_stack_add_named (self->keys, keys_of (page), "page");
  gtk_stack_set_visible_child_name (self->keys, "page");
}

/* Who works here, while anybody is asked. */
static void show_who (LanmuStatusBar *self)
{
  LanmuDesk *desk = lanmu_station_get_desk (self->station);
  const LanmuStaffRow *staff = lanmu_desk_get_staff (desk);
  g_autofree char *text = staff != NULL ? g_strdup_printf ("%s · %s", staff->name, lanmu_role_word (staff->role))
                                        : g_strdup (_ ("Sign in · F6"));
  gtk_label_set_label (self->who_word, text);
  gtk_widget_set_visible (self->who, lanmu_desk_is_guarded (desk));
}

void lanmu_status_bar_set_station (LanmuStatusBar *self, LanmuStation *station)
{
  LanmuCamera *camera = lanmu_station_get_camera (station);
  g_set_object (&self->station, station);
  if (camera != NULL)
    g_signal_connect_object (camera, "notify::state", G_CALLBACK (show_camera), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notify::disk-shots", G_CALLBACK (on_disk), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notify::phase", G_CALLBACK (show_enter), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "notify::quarantined", G_CALLBACK (show_tray), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lanmu_station_get_desk (station), "changed", G_CALLBACK (show_who), self, G_CONNECT_SWAPPED);
  show_who (self);
  show_enter (self);
  show_tray (self);
  show_facts (self);
  if (self->timer == 0)
    self->timer = g_timeout_add_seconds (1, show_facts, self);
}

static void lanmu_status_bar_dispose (GObject *object)
{
  LanmuStatusBar *self = LANMU_STATUS_BAR (object);
  g_clear_handle_id (&self->timer, g_source_remove);
  g_clear_object (&self->station);
  lanmu_template_dispose (GTK_WIDGET (self), LANMU_TYPE_STATUS_BAR);
  G_OBJECT_CLASS (lanmu_status_bar_parent_class)->dispose (object);
}

static void lanmu_status_bar_class_init (LanmuStatusBarClass *klass)
{
  GtkWidgetClass *widget = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = lanmu_status_bar_dispose;
  g_type_ensure (LANMU_TYPE_MARK);
  gtk_widget_class_set_css_name (widget, "statusbar");
  gtk_widget_class_set_template_from_resource (widget, "/org/lanmu/Lanmu/statusbar.ui");
  gtk_widget_class_bind_template_child (widget, LanmuStatusBar, camera_mark);
  gtk_widget_class_bind_template_child (widget, LanmuStatusBar, keys);
  gtk_widget_class_bind_template_child (widget, LanmuStatusBar, tray);
  gtk_widget_class_bind_template_child (widget, LanmuStatusBar, more);
  gtk_widget_class_bind_template_child (widget, LanmuStatusBar, tray_word);
  gtk_widget_class_bind_template_child (widget, LanmuStatusBar, who);
  gtk_widget_class_bind_template_child (widget, LanmuStatusBar, who_word);
  gtk_widget_class_bind_template_child (widget, LanmuStatusBar, camera);
  gtk_widget_class_bind_template_child (widget, LanmuStatusBar, battery);
  gtk_widget_class_bind_template_child (widget, LanmuStatusBar, card);
  gtk_widget_class_bind_template_child (widget, LanmuStatusBar, disk);
  gtk_widget_class_bind_template_child (widget, LanmuStatusBar, clock);
  gtk_widget_class_bind_template_child (widget, LanmuStatusBar, pace);
  gtk_widget_class_bind_template_child (widget, LanmuStatusBar, accept_word);
}

static void lanmu_status_bar_init (LanmuStatusBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
