/* The rig: see the header. */
#include "tests/camera/rig.h"

#include <json-glib/json-glib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <glib/gstdio.h>

#define DEADLINE_S 60

static void announced_free (gpointer data)
{
  RigAnnounced *announced = data;
  lanmu_camera_file_free (announced->file);
  g_free (announced);
}

static void on_frame (LanmuCamera *camera, LanmuFrame *frame, Rig *rig)
{
  g_assert_cmpuint (lanmu_frame_get_number (frame), >, 0);
  rig->frames++;
  rig->last_number = lanmu_frame_get_number (frame);
  rig->width = lanmu_frame_get_width (frame);
  rig->height = lanmu_frame_get_height (frame);
  memcpy (&rig->first_pixel, lanmu_frame_get_pixels (frame), 4);
  if (rig->hold)
    g_ptr_array_add (rig->held, lanmu_frame_ref (frame));
}

static void on_opened (LanmuCamera *camera, const LanmuCameraInfo *info, Rig *rig)
{
  g_assert_cmpstr (info->serial, ==, rig->serial);
  rig->opened++;
}

static void on_announced (LanmuCamera *camera, guint64 tag, const LanmuCameraFile *file, gint64 boot_us, Rig *rig)
{
  RigAnnounced *announced = g_new0 (RigAnnounced, 1);
  announced->tag = tag;
  announced->file = lanmu_camera_file_copy (file);
  g_assert_cmpint (boot_us, >, 0);
  g_ptr_array_add (rig->announced, announced);
}

static void on_triggered (LanmuCamera *camera, guint64 tag, gint64 before_us, gint64 after_us, Rig *rig)
{
  g_assert_cmpint (before_us, <=, after_us);
  rig->triggered++;
  rig->triggered_tag = tag;
  rig->triggered_before = before_us;
  rig->triggered_after = after_us;
}

static void on_clock (LanmuCamera *camera, gint64 camera_us, gint64 before_us, gint64 after_us, Rig *rig)
{
  gint64 low = camera_us - after_us, high = camera_us + G_USEC_PER_SEC - before_us;
  g_assert_cmpint (before_us, <=, after_us);
  rig->clock_low = rig->clocks == 0 ? low : MAX (low, rig->clock_low);
  rig->clock_high = rig->clocks == 0 ? high : MIN (high, rig->clock_high);
  rig->clocks++;
}

static void on_state (LanmuCamera *camera, GParamSpec *pspec, Rig *rig)
{
  LanmuCameraState state = lanmu_camera_get_state (camera);
  g_test_message ("state %s", lanmu_camera_state_to_string (state));
  g_array_append_val (rig->states, state);
}

static void on_trouble (LanmuCamera *camera, GParamSpec *pspec, Rig *rig)
{
  g_autofree char *detail = NULL;
  LanmuTrouble trouble = lanmu_camera_get_trouble (camera);
  g_object_get (camera, "trouble-detail", &detail, NULL);
  g_test_message ("trouble %s (%s)", lanmu_trouble_to_string (trouble), detail);
  g_array_append_val (rig->troubles, trouble);
}

static JsonObject *parse_line (const char *line)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  json_parser_load_from_data (parser, line, -1, &error);
  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (json_parser_get_root (parser)));
}

static void connect_control (Rig *rig, guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;
  rig->control = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, &error);
  g_assert_no_error (error);
  rig->control_in = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (rig->control)));
}

static void start_simcam (Rig *rig, va_list options)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  const char *option;
  g_ptr_array_add (argv, (gpointer) g_getenv ("LANMU_SIMCAM"));
  g_ptr_array_add (argv, (gpointer) "--die-with-parent");
  g_ptr_array_add (argv, (gpointer) "--shot-size=1200x800");
  g_ptr_array_add (argv, (gpointer) "--live-size=320x212");
  g_ptr_array_add (argv, (gpointer) "--startup-ms=50");
  g_ptr_array_add (argv, (gpointer) "--model");
  g_ptr_array_add (argv, rig->model);
  g_ptr_array_add (argv, (gpointer) "--ledger");
  g_ptr_array_add (argv, rig->ledger);
  while ((option = va_arg (options, const char *)) != NULL)
    g_ptr_array_add (argv, (gpointer) option);
  g_ptr_array_add (argv, NULL);
  rig->simcam = g_subprocess_newv ((const char *const *) argv->pdata, G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error);
  g_assert_no_error (error);
}

static void read_listening (Rig *rig)
{
  g_autoptr (GDataInputStream) out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (rig->simcam));
  g_autofree char *line = g_data_input_stream_read_line (out, NULL, NULL, NULL);
  g_assert_nonnull (line);
  g_autoptr (JsonObject) first = parse_line (line);
  rig->spec = g_strdup_printf ("ptpip:127.0.0.1:%d", (int) json_object_get_int_member (first, "port"));
  rig->serial = g_strdup (json_object_get_string_member (first, "serial"));
  connect_control (rig, (guint16) json_object_get_int_member (first, "control"));
}

static void make_camera (Rig *rig)
{
  g_autofree char *home = g_build_filename (rig->folder, "home", NULL);
  rig->camera = lanmu_camera_new (rig->spec, NULL, home);
  g_signal_connect (rig->camera, "frame", G_CALLBACK (on_frame), rig);
  g_signal_connect (rig->camera, "opened", G_CALLBACK (on_opened), rig);
  g_signal_connect (rig->camera, "announced", G_CALLBACK (on_announced), rig);
  g_signal_connect (rig->camera, "triggered", G_CALLBACK (on_triggered), rig);
  g_signal_connect (rig->camera, "clock", G_CALLBACK (on_clock), rig);
  g_signal_connect (rig->camera, "notify::state", G_CALLBACK (on_state), rig);
  g_signal_connect (rig->camera, "notify::trouble", G_CALLBACK (on_trouble), rig);
}

static Rig *rig_new_valist (const char *model, va_list options)
{
  Rig *rig = g_new0 (Rig, 1);
  rig->model = g_strdup (model);
  rig->folder = g_dir_make_tmp ("lanmu-camera-XXXXXX", NULL);
  rig->ledger = g_build_filename (rig->folder, "ledger.json", NULL);
  rig->announced = g_ptr_array_new_with_free_func (announced_free);
  rig->held = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_frame_unref);
  rig->states = g_array_new (FALSE, FALSE, sizeof (LanmuCameraState));
  rig->troubles = g_array_new (FALSE, FALSE, sizeof (LanmuTrouble));
  start_simcam (rig, options);
  read_listening (rig);
  make_camera (rig);
  return rig;
}

Rig *rig_new (const char *model, ...)
{
  va_list options;
  va_start (options, model);
  Rig *rig = rig_new_valist (model, options);
  va_end (options);
  return rig;
}

Rig *rig_open (const char *model, ...)
{
  va_list options;
  va_start (options, model);
  Rig *rig = rig_new_valist (model, options);
  va_end (options);
  lanmu_camera_start (rig->camera);
  rig_wait_frames (rig, 1);
  return rig;
}

static void end_simcam (Rig *rig)
{
  g_subprocess_send_signal (rig->simcam, 15);
  g_subprocess_wait (rig->simcam, NULL, NULL);
  g_clear_object (&rig->simcam);
  g_clear_object (&rig->control_in);
  g_clear_object (&rig->control);
}

static void start_simcam_with (Rig *rig, ...)
{
  va_list options;
  va_start (options, rig);
  start_simcam (rig, options);
  va_end (options);
}

void rig_exchange (Rig *rig, const char *serial)
{
  g_autofree char *port = g_strconcat ("--port=", strrchr (rig->spec, ':') + 1, NULL);
  end_simcam (rig);
  g_clear_pointer (&rig->spec, g_free);
  g_clear_pointer (&rig->serial, g_free);
  start_simcam_with (rig, port, "--serial", serial, NULL);
  read_listening (rig);
}

static void remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL) {
    g_autofree char *child = g_build_filename (path, name, NULL);
    remove_tree (child);
  }
  g_remove (path);
}

static void on_stopped (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (lanmu_camera_stop_finish (LANMU_CAMERA (source), result, &error));
  g_assert_no_error (error);
  *(gboolean *) data = TRUE;
}

void rig_stop (Rig *rig)
{
  gboolean stopped = FALSE;
  lanmu_camera_stop_async (rig->camera, on_stopped, &stopped);
  while (!stopped)
    g_main_context_iteration (NULL, TRUE);
}

void rig_free (Rig *rig)
{
  rig_stop (rig);
  g_clear_pointer (&rig->held, g_ptr_array_unref);
  g_assert_finalize_object (rig->camera);
  end_simcam (rig);
  remove_tree (rig->folder);
  g_ptr_array_unref (rig->announced);
  g_array_unref (rig->states);
  g_array_unref (rig->troubles);
  g_free (rig->model);
  g_free (rig->folder);
  g_free (rig->ledger);
  g_free (rig->spec);
  g_free (rig->serial);
  g_free (rig);
}

static gboolean on_deadline (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_CONTINUE;
}

void rig_wait (Rig *rig, RigCondition condition, const char *what)
{
  gboolean late = FALSE;
  guint deadline = g_timeout_add_seconds (DEADLINE_S, on_deadline, &late);
  while (!condition (rig) && !late)
    g_main_context_iteration (NULL, TRUE);
  g_source_remove (deadline);
  if (late)
    g_error ("waited in vain for %s (state %s, trouble %s)", what,
             lanmu_camera_state_to_string (lanmu_camera_get_state (rig->camera)),
             lanmu_trouble_to_string (lanmu_camera_get_trouble (rig->camera)));
}

static guint wanted_count;
static LanmuCameraState wanted_state;

static gboolean has_frames (Rig *rig)
{
  return rig->frames >= wanted_count;
}

static gboolean has_state (Rig *rig)
{
  return lanmu_camera_get_state (rig->camera) == wanted_state;
}

static gboolean has_announced (Rig *rig)
{
  return rig->announced->len >= wanted_count;
}

void rig_wait_frames (Rig *rig, guint more)
{
  wanted_count = rig->frames + more;
  rig_wait (rig, has_frames, "live pictures");
}

void rig_wait_state (Rig *rig, LanmuCameraState state)
{
  wanted_state = state;
  rig_wait (rig, has_state, lanmu_camera_state_to_string (state));
}

void rig_wait_announced (Rig *rig, guint count)
{
  wanted_count = count;
  rig_wait (rig, has_announced, "announcements");
}

gboolean rig_saw_trouble (Rig *rig, LanmuTrouble trouble)
{
  for (guint i = 0; i < rig->troubles->len; i++)
    if (g_array_index (rig->troubles, LanmuTrouble, i) == trouble)
      return TRUE;
  return FALSE;
}

char *rig_say (Rig *rig, const char *command)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *line = g_strconcat (command, "\n", NULL);
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (rig->control));
  g_output_stream_write_all (out, line, strlen (line), NULL, NULL, &error);
  g_assert_no_error (error);
  g_autofree char *answer = g_data_input_stream_read_line (rig->control_in, NULL, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("simcam: %s → %s", command, answer);
  g_assert_true (g_str_has_prefix (answer, "ok"));
  return g_strstrip (g_strdup (answer + 2));
}

typedef struct {
  gboolean done, released;
  LanmuTrouble trouble;
  guint64 said, got;
} Outcome;

static LanmuTrouble trouble_of (const GError *error)
{
  if (error == NULL)
    return LANMU_TROUBLE_NONE;
  g_test_message ("answer: %s", error->message);
  g_assert_cmpstr (g_quark_to_string (error->domain), ==, g_quark_to_string (LANMU_CAMERA_ERROR));
  return (LanmuTrouble) error->code;
}

static void on_shot (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;
  g_autoptr (GError) error = NULL;
  gboolean good = lanmu_camera_shoot_finish (LANMU_CAMERA (source), result, &outcome->released, &error);
  g_assert_cmpint (good, ==, error == NULL);
  outcome->trouble = trouble_of (error);
  outcome->done = TRUE;
}

LanmuTrouble rig_shoot (Rig *rig, guint64 tag, gboolean *released)
{
  Outcome outcome = {0};
  lanmu_camera_shoot_async (rig->camera, tag, on_shot, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  *released = outcome.released;
  return outcome.trouble;
}

static void on_fetched (GObject *source, GAsyncResult *result, gpointer data)
{
  Outcome *outcome = data;
  g_autoptr (GError) error = NULL;
  lanmu_camera_fetch_finish (LANMU_CAMERA (source), result, &outcome->said, &outcome->got, &error);
  outcome->trouble = trouble_of (error);
  outcome->done = TRUE;
}

GBytes *rig_fetch (Rig *rig, const LanmuCameraFile *file, LanmuTrouble *trouble)
{
  Outcome outcome = {0};
  struct stat status;
  int fd = memfd_create ("fetched", MFD_CLOEXEC);
  lanmu_camera_fetch_async (rig->camera, file, fd, on_fetched, &outcome);
  while (!outcome.done)
    g_main_context_iteration (NULL, TRUE);
  if (trouble != NULL)
    *trouble = outcome.trouble;
  g_assert_cmpint (fstat (fd, &status), ==, 0);
  GBytes *bytes = NULL;
  if (outcome.trouble == LANMU_TROUBLE_NONE) {
    guint8 *data = g_malloc ((gsize) status.st_size);
    g_assert_cmpint (pread (fd, data, (gsize) status.st_size, 0), ==, status.st_size);
    g_assert_cmpuint (outcome.got, ==, (guint64) status.st_size);
    g_assert_cmpuint (outcome.said, ==, file->size);
    bytes = g_bytes_new_take (data, (gsize) status.st_size);
  }
  close (fd);
  return bytes;
}

char *rig_fetch_sha256 (Rig *rig, const LanmuCameraFile *file)
{
  LanmuTrouble trouble = LANMU_TROUBLE_NONE;
  g_autoptr (GBytes) bytes = rig_fetch (rig, file, &trouble);
  g_assert_cmpstr (lanmu_trouble_to_string (trouble), ==, "none");
  return g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
}

GPtrArray *rig_took (Rig *rig)
{
  GPtrArray *took = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  g_autofree char *text = NULL;
  if (!g_file_get_contents (rig->ledger, &text, NULL, NULL))
    return took;
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);
  for (char **line = lines; *line != NULL && **line != '\0'; line++) {
    JsonObject *object = parse_line (*line);
    if (g_str_equal (json_object_get_string_member (object, "event"), "took"))
      g_ptr_array_add (took, object);
    else
      json_object_unref (object);
  }
  return took;
}

const LanmuCameraFile *rig_file (Rig *rig, guint index)
{
  g_assert_cmpuint (index, <, rig->announced->len);
  return ((RigAnnounced *) g_ptr_array_index (rig->announced, index))->file;
}

guint64 rig_tag (Rig *rig, guint index)
{
  g_assert_cmpuint (index, <, rig->announced->len);
  return ((RigAnnounced *) g_ptr_array_index (rig->announced, index))->tag;
}

const char *rig_ledger_text (GPtrArray *took, guint index, const char *member)
{
  g_assert_cmpuint (index, <, took->len);
  return json_object_get_string_member (g_ptr_array_index (took, index), member);
}

void rig_assert_fetches_as (Rig *rig, guint announced, const char *sha256)
{
  g_autofree char *got = rig_fetch_sha256 (rig, rig_file (rig, announced));
  g_assert_cmpstr (got, ==, sha256);
}

static void on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  *(GPtrArray **) data = lanmu_camera_list_finish (LANMU_CAMERA (source), result, &error);
  g_assert_no_error (error);
}

GPtrArray *rig_list (Rig *rig, gboolean fresh)
{
  GPtrArray *files = NULL;
  lanmu_camera_list_async (rig->camera, fresh, on_listed, &files);
  while (files == NULL)
    g_main_context_iteration (NULL, TRUE);
  return files;
}

void rig_on_shot (GObject *source, GAsyncResult *result, gpointer data)
{
  RigShot *shot = data;
  g_autoptr (GError) error = NULL;
  lanmu_camera_shoot_finish (LANMU_CAMERA (source), result, &shot->released, &error);
  shot->code = error != NULL ? error->code : 0;
  shot->done = TRUE;
}
