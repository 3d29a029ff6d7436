/* See ctl_station.h. A queue of lines worked off one by one; each answer starts the next. */
#include "app/ctl/ctl_station.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <string.h>
#include "app/ctl/ctl.h"
#include "app/ctl/stationjson.h"

#define FIRST_CAMERA_S 20

typedef struct {
  GMainLoop *loop;
  LanmuStation *station;
  GDataInputStream *input;
  GQueue lines;          /* char *: commands not begun */
  gboolean running;      /* a command waits for its answer */
  gboolean input_ended, quitting;
  gboolean opened;       /* the camera was reconciled at least once */
  guint timeout;         /* of the command that runs */
  gulong opened_handler;
  int exit_code;
  char *word, *argument; /* of the command that runs */
} Loop;

typedef struct {
  const char *word;
  void (*run) (Loop *loop);
} Command;

static void next_line (Loop *loop);
static void read_line (Loop *loop);

static void answered (Loop *loop)
{
  g_clear_handle_id (&loop->timeout, g_source_remove);
  loop->running = FALSE;
  next_line (loop);
}

static void answer (Loop *loop, gboolean ok, GError *error)
{
  if (ok)
    lanmu_station_json_ok (loop->word, NULL, NULL);
  else
    lanmu_station_json_error (loop->word, error);
  answered (loop);
}

/* -- commands -- */

static void fill_student (JsonBuilder *builder, gpointer data)
{
  LanmuStudent *student = lanmu_station_get_student (data);
  if (!student)
    return;
  json_builder_set_member_name (builder, "student_no");
  json_builder_add_string_value (builder, lanmu_student_get_student_no (student));
  json_builder_set_member_name (builder, "state");
  json_builder_add_string_value (builder, lanmu_student_state_to_string (lanmu_student_get_state (student)));
}

static void on_bound (GObject *source, GAsyncResult *result, gpointer data)
{
  Loop *loop = data;
  g_autoptr (GError) error = NULL;
  if (lanmu_station_bind_finish (loop->station, result, &error)) {
    lanmu_station_json_ok (loop->word, fill_student, loop->station);
    answered (loop);
  } else {
    answer (loop, FALSE, error);
  }
}

static void run_bind (Loop *loop)
{
  lanmu_station_bind_async (loop->station, loop->argument, "command", on_bound, loop);
}

static void run_code (Loop *loop)
{
  lanmu_station_code_async (loop->station, loop->argument, on_bound, loop);
}

static void run_next (Loop *loop)
{
  lanmu_station_next_async (loop->station, on_bound, loop);
}

static void fill_ticket (JsonBuilder *builder, gpointer ticket)
{
  json_builder_set_member_name (builder, "ticket");
  json_builder_add_string_value (builder, ticket);
}

static void on_shot (GObject *source, GAsyncResult *result, gpointer data)
{
  Loop *loop = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *ticket = lanmu_station_shoot_finish (loop->station, result, &error);
  if (!ticket) {
    answer (loop, FALSE, error);
    return;
  }
  lanmu_station_json_ok (loop->word, fill_ticket, ticket);
  answered (loop);
}

static gboolean shoot_anyway (gpointer data)
{
  Loop *loop = data;
  loop->timeout = 0;
  loop->opened = TRUE;
  lanmu_station_shoot_async (loop->station, on_shot, loop);
  return G_SOURCE_REMOVE;
}

static void run_shoot (Loop *loop)
{
  if (!loop->opened && lanmu_station_get_camera (loop->station))
    loop->timeout = g_timeout_add_seconds (FIRST_CAMERA_S, shoot_anyway, loop); /* on_event goes on when the camera is there */
  else
    lanmu_station_shoot_async (loop->station, on_shot, loop);
}

static void on_accepted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = lanmu_station_accept_finish (((Loop *) data)->station, result, &error);
  answer (data, ok, error);
}

static void run_accept (Loop *loop)
{
  lanmu_station_accept_async (loop->station, FALSE, on_accepted, loop);
}

static void run_retake (Loop *loop)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = lanmu_station_retake (loop->station, &error);
  answer (loop, ok, error);
}

static void run_take (Loop *loop)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = lanmu_station_choose_take (loop->station, (guint) g_ascii_strtoull (loop->argument, NULL, 10), &error);
  answer (loop, ok, error);
}

static void on_set_aside (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = lanmu_station_set_aside_finish (((Loop *) data)->station, result, &error);
  answer (data, ok, error);
}

static void run_skip (Loop *loop)
{
  lanmu_station_set_aside_async (loop->station, "skipped", FALSE, on_set_aside, loop);
}

static void run_absent (Loop *loop)
{
  lanmu_station_set_aside_async (loop->station, "absent", FALSE, on_set_aside, loop);
}

static void on_undone (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean ok = lanmu_station_undo_finish (((Loop *) data)->station, result, &error);
  answer (data, ok, error);
}

static void run_undo (Loop *loop)
{
  lanmu_station_undo_async (loop->station, on_undone, loop);
}

/* A wait that ran out of time has been answered; its late end must not answer another command. */
typedef struct {
  Loop *loop;
  gboolean over;
} Wait;

static Wait *current_wait;

static void on_waited (GObject *source, GAsyncResult *result, gpointer data)
{
  Wait *wait = data;
  g_autoptr (GError) error = NULL;
  gboolean ok = lanmu_station_wait_finish (wait->loop->station, result, &error);
  if (!wait->over) {
    current_wait = NULL;
    answer (wait->loop, ok, error);
  }
  g_free (wait);
}

static gboolean on_wait_timeout (gpointer data)
{
  Loop *loop = data;
  loop->timeout = 0;
  current_wait->over = TRUE;
  current_wait = NULL;
  lanmu_station_json_refusal (loop->word, "timeout", "A ticket is still open or a picture still on its way.");
  answered (loop);
  return G_SOURCE_REMOVE;
}

static void run_wait (Loop *loop)
{
  double seconds = g_ascii_strtod (loop->argument, NULL);
  current_wait = g_new0 (Wait, 1);
  current_wait->loop = loop;
  if (seconds > 0)
    loop->timeout = g_timeout_add ((guint) (seconds * 1000), on_wait_timeout, loop);
  lanmu_station_wait_async (loop->station, on_waited, current_wait);
}

static void run_reconcile (Loop *loop)
{
  lanmu_station_reconcile_now (loop->station);
  answer (loop, TRUE, NULL);
}

static void run_status (Loop *loop)
{
  lanmu_station_json_ok (loop->word, lanmu_station_json_status, loop->station);
  answered (loop);
}

static void on_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  Loop *loop = data;
  g_autoptr (GError) error = NULL;
  if (lanmu_station_stop_finish (loop->station, result, &error))
    lanmu_station_json_ok ("quit", NULL, NULL);
  else {
    lanmu_station_json_error ("quit", error);
    loop->exit_code = 1;
  }
  g_main_loop_quit (loop->loop);
}

static void run_quit (Loop *loop)
{
  if (loop->quitting)
    return;
  loop->quitting = TRUE;
  lanmu_station_stop_async (loop->station, on_stopped, loop);
}

static const Command commands[] = {
  { "bind", run_bind },     { "code", run_code }, { "next", run_next }, { "shoot", run_shoot },         { "accept", run_accept },
  { "retake", run_retake }, { "take", run_take }, { "skip", run_skip }, { "absent", run_absent },       { "undo", run_undo },
  { "wait", run_wait },     { "status", run_status }, { "quit", run_quit }, { "reconcile", run_reconcile },
};

/* -- the queue of lines -- */

static void begin (Loop *loop, const char *line)
{
  g_autofree char *copy = g_strchug (g_strdup (line));
  char *space = strpbrk (copy, " \t");
  g_free (loop->word);
  g_free (loop->argument);
  /* the token of `code` is kept byte for byte, so only one separator goes */
  loop->argument = g_strdup (space ? space + 1 : "");
  if (space)
    *space = '\0';
  loop->word = g_strdup (copy);
  if (strcmp (loop->word, "code") != 0)
    g_strstrip (loop->argument);
  loop->running = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (strcmp (commands[i].word, loop->word) == 0) {
      commands[i].run (loop);
      return;
    }
  lanmu_station_json_refusal (loop->word, "unknown-command",
                              "Commands: bind NO, code TOKEN, next, shoot, accept, retake, take N, skip, absent, undo, wait, reconcile, status, quit.");
  answered (loop);
}

static void next_line (Loop *loop)
{
  if (loop->running || loop->quitting)
    return;
  g_autofree char *line = g_queue_pop_head (&loop->lines);
  if (line)
    begin (loop, line);
  else if (loop->input_ended)
    run_quit (loop);
}

static void on_line (GObject *source, GAsyncResult *result, gpointer data)
{
  Loop *loop = data;
  g_autoptr (GError) error = NULL;
  gsize length = 0;
  char *line = g_data_input_stream_read_line_finish (G_DATA_INPUT_STREAM (source), result, &length, &error);
  if (!line) {
    loop->input_ended = TRUE;
  } else {
    if (length && line[length - 1] == '\r')
      line[length - 1] = '\0';
    if (*line && *line != '#')
      g_queue_push_tail (&loop->lines, line);
    else
      g_free (line);
    read_line (loop);
  }
  next_line (loop);
}

static void read_line (Loop *loop)
{
  g_data_input_stream_read_line_async (loop->input, G_PRIORITY_DEFAULT, NULL, on_line, loop);
}

/* -- events -- */

static void on_event (LanmuStation *station, const LanmuEvent *event, Loop *loop)
{
  lanmu_station_json_event (event);
  if (event->kind != LANMU_EVENT_RECONCILED || loop->opened)
    return;
  loop->opened = TRUE;
  if (loop->running && g_strcmp0 (loop->word, "shoot") == 0 && loop->timeout) {
    g_clear_handle_id (&loop->timeout, g_source_remove);
    lanmu_station_shoot_async (loop->station, on_shot, loop);
  }
}

static void on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  Loop *loop = data;
  g_autoptr (GError) error = NULL;
  if (lanmu_station_start_finish (loop->station, result, &error)) {
    lanmu_station_json_ok ("start", lanmu_station_json_status, loop->station);
    read_line (loop);
    return;
  }
  lanmu_station_json_error ("start", error);
  loop->exit_code = 1;
  g_main_loop_quit (loop->loop);
}

static gboolean on_signal (gpointer data)
{
  run_quit (data);
  return G_SOURCE_CONTINUE;
}

static LanmuCamera *make_camera (const char *data_dir, const char *spec)
{
  g_autofree char *home = g_build_filename (data_dir, "camera-home", NULL);
  return spec ? lanmu_camera_new (spec, NULL, home) : NULL;
}

int lanmu_ctl_station_run (LanmuStore *store, const char *camera_spec, const char *operator_name)
{
  Loop loop = { 0 };
  g_autoptr (LanmuCamera) camera = make_camera (lanmu_store_get_data_dir (store), camera_spec);
  g_autoptr (GInputStream) raw = g_unix_input_stream_new (0, FALSE);
  loop.loop = g_main_loop_new (NULL, FALSE);
  loop.station = lanmu_station_new (store, camera, "lanmuctl", operator_name);
  loop.input = g_data_input_stream_new (raw);
  g_queue_init (&loop.lines);
  g_signal_connect (loop.station, "event", G_CALLBACK (on_event), &loop);
  guint term = g_unix_signal_add (SIGTERM, on_signal, &loop);
  guint interrupt = g_unix_signal_add (SIGINT, on_signal, &loop);
  lanmu_station_start_async (loop.station, on_started, &loop);
  g_main_loop_run (loop.loop);
  g_source_remove (term);
  g_source_remove (interrupt);
  g_signal_handlers_disconnect_by_data (loop.station, &loop);
  g_clear_object (&loop.station);
  g_clear_object (&loop.input);
  g_queue_clear_full (&loop.lines, g_free);
  g_main_loop_unref (loop.loop);
  g_free (loop.word);
  g_free (loop.argument);
  return loop.exit_code;
}

int lanmu_ctl_station (LanmuCtl *ctl, int argc, char **argv)
{
  g_auto (GStrv) rest = NULL;
  int code;
  if (!lanmu_ctl_parse (ctl, argc, argv, NULL, 0, 0, &rest, &code))
    return code;
  g_autoptr (LanmuStore) store = lanmu_ctl_open_writing (ctl, LANMU_DB_READ_WRITE, &code);
  if (!store)
    return code;
  code = lanmu_ctl_station_run (store, g_str_equal (ctl->camera, "none") ? NULL : ctl->camera, "photographer");
  lanmu_store_close (store);
  return code;
}
