/* The program of ui/application.h. Start: folder → camera's child processes → window → station; they overlap, because
 * the first live picture is what is waited for. End: the station lets a shot arrive, then the camera closes, then the
 * database. */
#include "ui/application.h"
#include "app/purge/purge.h"
#include "app/sentence.h"
#include "db/campaign.h"
#include "db/datadir.h"
#include "db/purge.h"
#include "db/seal.h"
#include "ui/autopilot.h"
#include "ui/framelog.h"
#include "ui/screens.h"
#include "ui/simcam.h"
#include "ui/stallwatch.h"
#include "ui/statefile.h"
#include "ui/unlock.h"
#include "ui/window.h"

#include <glib-unix.h>
#include <glib/gi18n.h>

struct _LanmuApplication {
  AdwApplication parent;
  const LanmuOptions *options;
  GError *refused; /* why it cannot work */
  LanmuStore *store;
  LanmuSimcam *simcam;
  LanmuCamera *camera;
  LanmuStation *station;
  LanmuWindow *window;
  LanmuScreens *screens;
  LanmuAutopilot *autopilot;
  LanmuFrameLog *frames;
  LanmuStateFile *state_file;
  gboolean leaving, first_called;
  int exit_code;
};

G_DEFINE_FINAL_TYPE (LanmuApplication, lanmu_application, ADW_TYPE_APPLICATION)

static gboolean open_store (LanmuApplication *self, GError **error)
{
  g_autofree char *folder =
      self->options->data_dir != NULL ? g_strdup (self->options->data_dir) : lanmu_datadir_default ();
  g_autoptr (LanmuCampaignRow) campaign = NULL;

  self->store = lanmu_store_open (folder, LANMU_DB_READ_WRITE, error);
  if (self->store == NULL)
    return FALSE;
  campaign = lanmu_campaign_get (lanmu_store_get_reader (self->store), error);
  return campaign != NULL && lanmu_purge_require_none (lanmu_store_get_reader (self->store), error);
}

gboolean lanmu_application_open (LanmuApplication *self, GError **error)
{
  gboolean good = open_store (self, &self->refused);
  if (good && self->options->simulate) {
    self->simcam = lanmu_simcam_start (lanmu_store_get_data_dir (self->store), &self->refused);
    good = self->simcam != NULL;
  }
  if (!good && error != NULL)
    *error = g_error_copy (self->refused);
  return good;
}

static void on_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanmuApplication) self = data;
  g_autoptr (GError) error = NULL;
  if (!lanmu_station_stop_finish (LANMU_STATION (source), result, &error))
    g_printerr ("lanmu: %s\n", error->message);
  g_application_quit (G_APPLICATION (self));
}

static void write_frame_log (LanmuApplication *self)
{
  const char *path = g_getenv ("LANMU_FRAME_LOG");
  g_autoptr (GError) error = NULL;
  if (self->frames == NULL || (path == NULL && self->options->run_seconds == 0 && self->options->autopilot == 0))
    return;
  g_autofree char *json = lanmu_frame_log_to_json (self->frames);
  if (self->options->run_seconds > 0)
    g_print ("%s\n", json);
  else if (self->options->autopilot > 0)
    g_printerr ("%s\n", json);
  if (path != NULL && !g_file_set_contents (path, json, -1, &error))
    g_printerr ("lanmu: %s\n", error->message);
}

static void leave (LanmuApplication *self, int exit_code)
{
  if (self->leaving)
    return;
  self->leaving = TRUE;
  self->exit_code = exit_code;
  write_frame_log (self);
  if (self->station != NULL)
    lanmu_station_stop_async (self->station, on_stopped, g_object_ref (self));
  else
    g_application_quit (G_APPLICATION (self));
}

static void quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  LanmuApplication *self = data;
  if (self->refused != NULL || self->window == NULL || lanmu_window_may_leave (self->window))
    leave (self, self->refused != NULL ? 1 : 0);
}

static gboolean on_signal (gpointer data)
{
  leave (data, 0);
  return G_SOURCE_CONTINUE;
}

static void on_autopilot_finished (LanmuApplication *self, const char *sentence)
{
  if (sentence != NULL)
    g_printerr ("lanmu: %s\n", sentence);
  leave (self, sentence != NULL ? 1 : 0);
}

static gboolean on_time_over (gpointer data)
{
  leave (data, 0);
  return G_SOURCE_REMOVE;
}

static void on_first_frame (LanmuApplication *self)
{
  lanmu_stall_watch_start (); /* what starting takes is another figure */
  if (self->options->run_seconds > 0)
    g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, (guint) self->options->run_seconds, on_time_over,
                                g_object_ref (self), g_object_unref);
}

/* The page a person would name; troubles are pages of their own. */
static void pass_page (LanmuApplication *self)
{
  guint trouble = LANMU_TROUBLE_NONE;
  g_autofree char *name = NULL;
  if (self->screens == NULL)
    return;
  g_object_get (self->station, "trouble", &trouble, NULL);
  LanmuLivePicture *picture = lanmu_shoot_page_get_picture (lanmu_window_get_page (self->window));
  LanmuTake *take = lanmu_station_get_take (self->station);
  LanmuPhase phase = lanmu_station_get_phase (self->station);
  const char *page = lanmu_window_get_page_name (self->window);
  if (!g_str_equal (page, "shoot"))
    name = g_strdup (page);
  else if (trouble != LANMU_TROUBLE_NONE)
    name = g_strdup_printf ("trouble-%s", lanmu_trouble_to_string (trouble));
  else if (!lanmu_live_picture_has_live (picture) ||
           (phase == LANMU_PHASE_REVIEW && take != NULL && lanmu_take_get_frame (take) == NULL))
    return; /* the page is not whole yet */
  else
    name = g_strdup (lanmu_phase_to_string (phase));
  lanmu_screens_pass (self->screens, name);
}

/* In the demonstration each student has a face of their own. */
static void seat_student (LanmuApplication *self)
{
  LanmuStudent *student = lanmu_station_get_student (self->station);
  if (self->simcam != NULL && student != NULL)
    lanmu_simcam_seat (self->simcam, (guint) lanmu_student_get_id (student));
}

/* Once the camera is there the first student is called, so that the photographer starts with Space. */
static void call_first (LanmuApplication *self)
{
  LanmuStationActions *actions = lanmu_window_get_actions (self->window);
  if (self->first_called || lanmu_camera_get_state (self->camera) != LANMU_CAMERA_LIVE ||
      !lanmu_station_actions_may (actions, "next", NULL, NULL))
    return;
  self->first_called = TRUE;
  if (lanmu_station_get_phase (self->station) == LANMU_PHASE_IDLE &&
      lanmu_station_get_next_student (self->station) != NULL)
    lanmu_station_actions_press (actions, "next", NULL);
}

/* It cannot work: on the terminal, and on a page for who has no terminal. The autopilot has nobody to read a page. */
static void refuse (LanmuApplication *self)
{
  g_autofree char *sentence = lanmu_sentence_new (self->refused);
  g_printerr ("lanmu: %s\n", sentence);
  if (self->options->autopilot > 0)
    leave (self, 1);
  else
    lanmu_window_refuse (self->window, _ ("Lanmu cannot start"), sentence);
}

#define WARN_DAYS 14

/* The campaign promised to delete its data by a day. */
static void warn_of_date (LanmuApplication *self)
{
  g_autoptr (LanmuCampaignRow) campaign = lanmu_campaign_get (lanmu_store_get_reader (self->store), NULL);
  int days;
  if (campaign == NULL || !lanmu_purge_days_left (campaign->delete_after, g_get_real_time (), &days) || days > WARN_DAYS)
    return;
  g_autofree char *what = days > 0 ? g_strdup_printf (_ ("The data must be deleted by %s"), campaign->delete_after)
                                   : g_strdup (_ ("The day for deleting the data is past"));
  lanmu_window_say (self->window, (LanmuAdvice){what, _ ("hand over what is missing, then `lanmuctl purge`")}, "warn");
}

static void on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (LanmuApplication) self = data;
  if (!lanmu_station_start_finish (LANMU_STATION (source), result, &self->refused)) {
    refuse (self);
    return;
  }
  if (self->options->autopilot > 0) {
    self->autopilot =
        lanmu_autopilot_new (self->window, self->station, (guint) self->options->autopilot, self->screens);
    g_signal_connect_object (self->autopilot, "finished", G_CALLBACK (on_autopilot_finished), self, G_CONNECT_SWAPPED);
  }
  call_first (self);
  warn_of_date (self);
}

static LanmuCamera *make_camera (LanmuApplication *self, GError **error)
{
  g_autofree char *home = g_build_filename (lanmu_store_get_data_dir (self->store), "camera-home", NULL);
  const char *spec = self->options->camera != NULL ? self->options->camera : "usb";

  if (self->simcam != NULL) {
    if (!lanmu_simcam_wait (self->simcam, error))
      return NULL;
    spec = lanmu_simcam_get_spec (self->simcam);
  }
  return lanmu_camera_new (spec, NULL, home);
}

static void watch_station (LanmuApplication *self)
{
  const char *state_path = g_getenv ("LANMU_STATE_FILE");
  LanmuLivePicture *picture = lanmu_shoot_page_get_picture (lanmu_window_get_page (self->window));

  self->frames = lanmu_frame_log_new (self->camera, picture);
  g_signal_connect_object (self->frames, "first", G_CALLBACK (on_first_frame), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->frames, "first", G_CALLBACK (pass_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->camera, "notify::state", G_CALLBACK (call_first), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (lanmu_window_get_desk (self->window), "changed", G_CALLBACK (call_first), self,
                           G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  g_signal_connect_object (self->station, "notify::student", G_CALLBACK (seat_student), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->window, "notify::page-name", G_CALLBACK (pass_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->station, "notify", G_CALLBACK (pass_page), self, G_CONNECT_SWAPPED | G_CONNECT_AFTER);
  if (state_path != NULL && *state_path != '\0')
    self->state_file = lanmu_state_file_new (self->window, self->station, state_path);
}

static gboolean start_station (LanmuApplication *self, GError **error)
{
  if (self->options->screens != NULL) {
    self->screens = lanmu_screens_new (self->window, self->options->screens, error);
    if (self->screens == NULL)
      return FALSE;
  }
  self->camera = make_camera (self, error);
  if (self->camera == NULL)
    return FALSE;
  self->station = lanmu_station_new (self->store, self->camera, "lanmu", "photographer");
  lanmu_window_set_station (self->window, self->station);
  watch_station (self);
  lanmu_station_start_async (self->station, on_started, g_object_ref (self));
  return TRUE;
}

static void choose_theme (const char *theme)
{
  AdwColorScheme scheme = ADW_COLOR_SCHEME_FORCE_DARK;
  if (g_strcmp0 (theme, "light") == 0)
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_strcmp0 (theme, "system") == 0)
    scheme = ADW_COLOR_SCHEME_PREFER_DARK;
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), scheme);
}

static void begin_work (LanmuApplication *self)
{
  if (self->refused != NULL || !start_station (self, &self->refused))
    refuse (self);
}

static void on_opened (LanmuApplication *self)
{
  lanmu_window_end_asking (self->window);
  begin_work (self);
}

/* Nothing of a sealed campaign is shown or shot before it is open. */
static void ask_passphrase (LanmuApplication *self)
{
  LanmuUnlock *unlock = lanmu_unlock_new (self->store);
  g_signal_connect_object (unlock, "opened", G_CALLBACK (on_opened), self, G_CONNECT_SWAPPED);
  lanmu_window_ask (self->window, _ ("This campaign is sealed"), _ ("Its passphrase opens it until the station is closed"), GTK_WIDGET (unlock));
  if (!lanmu_unlock_try_file (unlock) && self->options->autopilot > 0) { /* nobody is there to type */
    lanmu_seal_require_open (lanmu_store_get_reader (self->store), &self->refused);
    refuse (self);
  }
}

static void lanmu_application_activate (GApplication *application)
{
  LanmuApplication *self = LANMU_APPLICATION (application);
  if (self->window != NULL) {
    gtk_window_present (GTK_WINDOW (self->window));
    return;
  }
  choose_theme (self->options->theme);
  self->window = lanmu_window_new (GTK_APPLICATION (application), self->options->windowed);
  gtk_window_present (GTK_WINDOW (self->window));
  if (self->refused == NULL && !lanmu_seal_is_open (lanmu_store_get_reader (self->store)))
    ask_passphrase (self);
  else
    begin_work (self);
}

static void lanmu_application_startup (GApplication *application)
{
  static const GActionEntry actions[] = {{.name = "quit", .activate = quit}};
  G_APPLICATION_CLASS (lanmu_application_parent_class)->startup (application);
  g_action_map_add_action_entries (G_ACTION_MAP (application), actions, G_N_ELEMENTS (actions), application);
  g_unix_signal_add (SIGTERM, on_signal, application);
  g_unix_signal_add (SIGINT, on_signal, application);
}

static void lanmu_application_shutdown (GApplication *application)
{
  LanmuApplication *self = LANMU_APPLICATION (application);
  g_clear_object (&self->autopilot);
  g_clear_object (&self->state_file);
  g_clear_object (&self->frames);
  g_clear_object (&self->screens);
  if (self->window != NULL)
    gtk_window_destroy (GTK_WINDOW (self->window));
  self->window = NULL;
  G_APPLICATION_CLASS (lanmu_application_parent_class)->shutdown (application);
}

static void lanmu_application_dispose (GObject *object)
{
  LanmuApplication *self = LANMU_APPLICATION (object);
  g_clear_object (&self->station);
  g_clear_object (&self->camera);
  if (self->store != NULL)
    lanmu_store_close (self->store);
  g_clear_object (&self->store);
  g_clear_pointer (&self->simcam, lanmu_simcam_stop);
  g_clear_error (&self->refused);
  G_OBJECT_CLASS (lanmu_application_parent_class)->dispose (object);
}

static void lanmu_application_class_init (LanmuApplicationClass *klass)
{
  GApplicationClass *application = G_APPLICATION_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = lanmu_application_dispose;
  application->startup = lanmu_application_startup;
  application->activate = lanmu_application_activate;
  application->shutdown = lanmu_application_shutdown;
}

static void lanmu_application_init (LanmuApplication *self)
{
}

int lanmu_application_get_exit_code (LanmuApplication *self)
{
  return self->exit_code;
}

LanmuApplication *lanmu_application_new (const LanmuOptions *options)
{
  LanmuApplication *self = g_object_new (LANMU_TYPE_APPLICATION, "application-id", "org.lanmu.Lanmu", "flags",
                                         G_APPLICATION_NON_UNIQUE, NULL);
  self->options = options;
  return self;
}
