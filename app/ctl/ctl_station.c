/* See ctl_station.h. A queue of lines worked off one by one; each answer starts the next. */
#include "app/ctl/ctl_station.h"

#include <gio/gio.h>
#include <gio/gunixinputstream.h>
#include <glib-unix.h>
#include <string.h>
#include "app/ctl/ctl.h"
#include "app/ctl/passphrase.h"
#include "app/ctl/stationjson.h"
#include "app/ctl/stationloop.h"
#include "db/purge.h"

typedef LanmuStationLoop Loop;

static void next_line (Loop *loop);
static void read_line (Loop *loop);

void lanmu_station_loop_answered (LanmuStationLoop *loop)
{
  g_clear_handle_id (&loop->timeout, g_source_remove);
  loop->running = FALSE;
  next_line (loop);
}

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
  lanmu_station_words_run (loop);
}

static void next_line (Loop *loop)
{
  if (loop->running || loop->quitting)
    return;
  g_autofree char *line = g_queue_pop_head (&loop->lines);
  if (line)
    begin (loop, line);
  else if (loop->input_ended)
    lanmu_station_words_quit (loop);
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
  lanmu_station_words_opened (loop);
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
  lanmu_station_words_quit (data);
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
  loop.desk = lanmu_desk_new (store, operator_name);
  lanmu_station_set_desk (loop.station, loop.desk);
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
  g_clear_object (&loop.desk);
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
  g_autoptr (GError) purged = NULL;
  if (!lanmu_purge_require_none (lanmu_store_get_reader (store), &purged)) {
    lanmu_store_close (store);
    return lanmu_ctl_fail (ctl, purged);
  }
  if (!lanmu_ctl_unseal_or_refuse (ctl, lanmu_store_get_reader (store), &code)) { /* no picture could be kept */
    lanmu_store_close (store);
    return code;
  }
  code = lanmu_ctl_station_run (store, g_str_equal (ctl->camera, "none") ? NULL : ctl->camera, "photographer");
  lanmu_store_close (store);
  return code;
}
