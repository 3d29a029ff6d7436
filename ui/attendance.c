/* See ui/attendance.h. */
#include "ui/attendance.h"
#include "app/preferences.h"
#include "app/roles/veil.h"
#include "ui/reveal.h"

#define TOUCH_SECONDS 2 /* a pointer moves a hundred times a second */

struct _LanmuAttendance {
  GObject parent;
  LanmuDesk *desk;
  LanmuReveal *reveal;
  GtkWidget *strip; /* not owned */
  guint touched;    /* the desk was told of a touch: not again before this timer */
};

G_DEFINE_FINAL_TYPE (LanmuAttendance, lanmu_attendance, G_TYPE_OBJECT)

enum { REFUSED, CHANGED, CARDED, N_SIGNALS };
static guint signals[N_SIGNALS];

LanmuDesk *lanmu_attendance_get_desk (LanmuAttendance *self)
{
  return self->desk;
}

gboolean lanmu_attendance_may (LanmuAttendance *self, LanmuAction action)
{
  g_autoptr (GError) error = NULL;
  if (lanmu_desk_may_for_some (self->desk, action, &error))
    return TRUE;
  g_signal_emit (self, signals[REFUSED], 0, error);
  return FALSE;
}

gboolean lanmu_attendance_knows_card (LanmuAttendance *self, const char *code)
{
  return lanmu_desk_is_guarded (self->desk) && lanmu_desk_knows_card (self->desk, code);
}

static void on_carded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanmuAttendance) self = data;
  g_autoptr (GError) error = NULL;
  if (lanmu_desk_sign_in_finish (LANMU_DESK (source), result, &error))
    g_signal_emit (self, signals[CARDED], 0);
  else
    g_signal_emit (self, signals[REFUSED], 0, error);
}

void lanmu_attendance_take_card (LanmuAttendance *self, const char *code)
{
  lanmu_desk_card_async (self->desk, code, on_carded, g_object_ref (self));
}

void lanmu_attendance_reveal (LanmuAttendance *self, gboolean down, const char *page, GArray *students)
{
  g_autoptr (GError) error = NULL;
  if (!down)
    lanmu_reveal_end (self->reveal);
  else if (!lanmu_reveal_begin (self->reveal, page, students, &error))
    g_signal_emit (self, signals[REFUSED], 0, error);
}

/* The strip says in one look who works here; the status bar says it in words. */
static void show_role (LanmuAttendance *self)
{
  static const char *const classes[] = {"photographer", "counselor", "administrator"};
  const LanmuStaffRow *staff = lanmu_desk_get_staff (self->desk);
  const char *class = staff != NULL ? classes[staff->role] : lanmu_desk_is_guarded (self->desk) ? "nobody" : NULL;
  const char *list[] = {"role-strip", class, NULL};
  gtk_widget_set_css_classes (self->strip, list);
  gtk_widget_set_visible (self->strip, class != NULL);
}

static void on_desk (LanmuAttendance *self)
{
  show_role (self);
  if (lanmu_desk_is_locked (self->desk))
    lanmu_reveal_end (self->reveal);
  g_signal_emit (self, signals[CHANGED], 0);
}

static gboolean on_touch_over (gpointer data)
{
  LANMU_ATTENDANCE (data)->touched = 0;
  return G_SOURCE_REMOVE;
}

/* Nothing is taken from the widget it was meant for. */
static gboolean on_any_event (LanmuAttendance *self)
{
  if (self->touched == 0) {
    lanmu_desk_touch (self->desk);
    self->touched = g_timeout_add_seconds (TOUCH_SECONDS, on_touch_over, self);
  }
  return GDK_EVENT_PROPAGATE;
}

void lanmu_attendance_watch (LanmuAttendance *self, GtkWidget *window)
{
  GtkEventController *any = gtk_event_controller_legacy_new ();
  gtk_event_controller_set_propagation_phase (any, GTK_PHASE_CAPTURE);
  g_signal_connect_object (any, "event", G_CALLBACK (on_any_event), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (window, any);
}

static void lanmu_attendance_dispose (GObject *object)
{
  LanmuAttendance *self = LANMU_ATTENDANCE (object);
  g_clear_handle_id (&self->touched, g_source_remove);
  g_clear_object (&self->reveal);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (lanmu_attendance_parent_class)->dispose (object);
}

static void lanmu_attendance_class_init (LanmuAttendanceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_attendance_dispose;
  signals[REFUSED] = g_signal_new ("refused", LANMU_TYPE_ATTENDANCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                   G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[CHANGED] =
      g_signal_new ("changed", LANMU_TYPE_ATTENDANCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[CARDED] =
      g_signal_new ("carded", LANMU_TYPE_ATTENDANCE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void lanmu_attendance_init (LanmuAttendance *self)
{
}

LanmuAttendance *lanmu_attendance_new (LanmuStation *station, GtkWidget *strip)
{
  LanmuAttendance *self = g_object_new (LANMU_TYPE_ATTENDANCE, NULL);
  LanmuStore *store = lanmu_station_get_store (station);
  g_autofree char *minutes = lanmu_preference_read (lanmu_store_get_reader (store), LANMU_PREFERENCE_LOCK);

  self->strip = strip;
  self->desk = lanmu_desk_new (store, "photographer");
  lanmu_desk_set_lock_seconds (self->desk, (guint) g_ascii_strtoull (minutes, NULL, 10) * 60);
  lanmu_station_set_desk (station, self->desk);
  lanmu_veil_set_desk (lanmu_veil_get_default (), self->desk);
  self->reveal = lanmu_reveal_new (station);
  g_signal_connect_object (self->desk, "changed", G_CALLBACK (on_desk), self, G_CONNECT_SWAPPED);
  show_role (self);
  return self;
}
