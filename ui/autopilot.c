/* The autopilot of ui/autopilot.h: a function of what the station is, run after each painted frame. It decides only
 * when a page was on the screen, so it is never faster than somebody who looks. */
#include "ui/autopilot.h"
#include "app/roles/veil.h"

#include <glib/gi18n.h>

#define STEP_SECONDS 40 /* a page that does not change for so long is a failure */

struct _LanmuAutopilot {
  GObject parent;
  LanmuWindow *window;
  LanmuStation *station;
  LanmuStationActions *actions;
  LanmuScreens *screens;
  guint students, done;
  gboolean pressed; /* an action is on its way: wait for the station */
  gboolean finished;
  char *line;       /* of the student on review */
  LanmuEvent *shot; /* the shot that is on review */
  guint deadline;
};

G_DEFINE_FINAL_TYPE (LanmuAutopilot, lanmu_autopilot, G_TYPE_OBJECT)

static guint finished_signal;

static void finish (LanmuAutopilot *self, const char *sentence)
{
  if (self->finished)
    return;
  self->finished = TRUE;
  g_clear_handle_id (&self->deadline, g_source_remove);
  g_signal_emit (self, finished_signal, 0, sentence);
}

static gboolean on_deadline (gpointer data)
{
  LanmuAutopilot *self = data;
  LanmuPrompt *prompt = lanmu_shoot_page_get_prompt (lanmu_window_get_page (self->window));
  g_autofree char *sentence =
      g_strdup_printf (_ ("Nothing happened for %d seconds in phase “%s”: %s"), STEP_SECONDS,
                       lanmu_phase_to_string (lanmu_station_get_phase (self->station)), lanmu_prompt_get_text (prompt));
  self->deadline = 0;
  finish (self, sentence);
  return G_SOURCE_REMOVE;
}

static void expect_change (LanmuAutopilot *self)
{
  g_clear_handle_id (&self->deadline, g_source_remove);
  if (!self->finished)
    self->deadline = g_timeout_add_seconds (STEP_SECONDS, on_deadline, self);
}

static void press (LanmuAutopilot *self, const char *action)
{
  self->pressed = TRUE;
  lanmu_station_actions_press (self->actions, action, NULL);
}

static gboolean may_shoot (LanmuAutopilot *self)
{
  LanmuLivePicture *picture = lanmu_shoot_page_get_picture (lanmu_window_get_page (self->window));
  LanmuCamera *camera = lanmu_station_get_camera (self->station);
  return camera != NULL && lanmu_camera_get_state (camera) == LANMU_CAMERA_LIVE &&
         lanmu_live_picture_get_shown (picture) > 0;
}

/* The line is made before accepting: afterwards the student is another one. */
static void note_student (LanmuAutopilot *self)
{
  LanmuTake *take = lanmu_station_get_take (self->station);
  LanmuStudent *student = lanmu_station_get_student (self->station);
  g_autofree char *path = g_build_filename (lanmu_store_get_data_dir (lanmu_station_get_store (self->station)),
                                            lanmu_take_get_path (take), NULL);
  g_autofree char *name = lanmu_veil_dup_student_name (student, LANMU_VEIL_OTHER);
  char ms[G_ASCII_DTOSTR_BUF_SIZE];

  g_ascii_formatd (ms, sizeof ms, "%.0f", self->shot->ms.durable);
  g_free (self->line);
  self->line =
      g_strdup_printf ("%s\t%s\t%s\t%s ms", name, lanmu_take_get_ticket (take), path, ms);
}

static gboolean is_reviewing (LanmuAutopilot *self)
{
  LanmuTake *take = lanmu_station_get_take (self->station);
  return take != NULL && self->shot != NULL && g_strcmp0 (self->shot->shot, lanmu_take_get_shot (take)) == 0;
}

static void step (LanmuAutopilot *self)
{
  if (self->finished || self->pressed || (self->screens != NULL && lanmu_screens_is_due (self->screens)))
    return;
  if (self->done == self->students) {
    finish (self, NULL);
    return;
  }
  switch (lanmu_station_get_phase (self->station)) {
  case LANMU_PHASE_IDLE:
    press (self, "next");
    break;
  case LANMU_PHASE_READY:
    if (may_shoot (self))
      press (self, "shoot");
    break;
  case LANMU_PHASE_REVIEW:
    if (is_reviewing (self)) {
      note_student (self);
      press (self, "accept");
    }
    break;
  default:
    break;
  }
}

static void on_phase (LanmuAutopilot *self)
{
  self->pressed = FALSE;
  expect_change (self);
  gtk_widget_queue_draw (GTK_WIDGET (self->window)); /* a step follows each painted frame */
}

static void on_done (LanmuAutopilot *self, const char *action)
{
  if (g_strcmp0 (action, "shoot") != 0) /* its end is a phase */
    on_phase (self);
}

static void on_event (LanmuAutopilot *self, const LanmuEvent *event)
{
  if (event->kind == LANMU_EVENT_SHOT) {
    g_clear_pointer (&self->shot, lanmu_event_free);
    self->shot = lanmu_event_copy (event);
  } else if (event->kind == LANMU_EVENT_ACCEPTED && self->line != NULL) {
    g_print ("%s\n", self->line);
    g_clear_pointer (&self->line, g_free);
    self->done++;
  } else if (event->kind == LANMU_EVENT_FAILED || event->kind == LANMU_EVENT_QUARANTINED) {
    g_autofree char *sentence =
        g_strdup_printf (_ ("The shot of ticket %s failed: %s"), event->ticket != NULL ? event->ticket : "–",
                         event->reason != NULL ? event->reason : "");
    finish (self, sentence);
  }
}

/* The end of the queue comes with the last accept; that is how it should be. */
static void on_refused (LanmuAutopilot *self, const char *action, const GError *error)
{
  LanmuAdvice advice = lanmu_advice_for_error (error);
  if (self->done >= self->students) {
    on_phase (self);
    return;
  }
  g_autofree char *sentence =
      g_strdup_printf (_ ("%s (%u of %u students done)"), advice.what, self->done, self->students);
  finish (self, sentence);
}

static void lanmu_autopilot_dispose (GObject *object)
{
  LanmuAutopilot *self = LANMU_AUTOPILOT (object);
  g_clear_handle_id (&self->deadline, g_source_remove);
  g_clear_object (&self->station);
  g_clear_object (&self->actions);
  g_clear_object (&self->screens);
  g_clear_pointer (&self->line, g_free);
  g_clear_pointer (&self->shot, lanmu_event_free);
  G_OBJECT_CLASS (lanmu_autopilot_parent_class)->dispose (object);
}

static void lanmu_autopilot_class_init (LanmuAutopilotClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = lanmu_autopilot_dispose;
  finished_signal = g_signal_new ("finished", LANMU_TYPE_AUTOPILOT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                  1, G_TYPE_STRING);
}

static void lanmu_autopilot_init (LanmuAutopilot *self)
{
}

LanmuAutopilot *lanmu_autopilot_new (LanmuWindow *window, LanmuStation *station, guint students, LanmuScreens *screens)
{
  LanmuAutopilot *self = g_object_new (LANMU_TYPE_AUTOPILOT, NULL);
  self->window = window;
  self->station = g_object_ref (station);
  self->actions = g_object_ref (lanmu_window_get_actions (window));
  self->students = students;
  g_set_object (&self->screens, screens);
  g_signal_connect_object (station, "notify::phase", G_CALLBACK (on_phase), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (station, "event", G_CALLBACK (on_event), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->actions, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->actions, "refused", G_CALLBACK (on_refused), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_widget_get_frame_clock (GTK_WIDGET (window)), "after-paint", G_CALLBACK (step), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  expect_change (self);
  return self;
}
