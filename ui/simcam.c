/* Starting the simulated camera. Its answers on the control line are read and dropped: what it did is seen through the
 * camera itself. */
#include "ui/simcam.h"

#include <glib/gi18n.h>
#include <gio/gunixinputstream.h>
#include <json-glib/json-glib.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <unistd.h>

#define START_MS 10000

struct _LanmuSimcam {
  GSubprocess *process;
  GSocketConnection *control;
  GSource *answers;
  char *spec;
};

static char *find_program (void)
{
  const char *given = g_getenv ("LANMU_SIMCAM");
  g_autofree char *exe = g_file_read_link ("/proc/self/exe", NULL);
  g_autofree char *folder = g_path_get_dirname (exe != NULL ? exe : ".");
  g_autofree char *beside = g_build_filename (folder, "..", "capture", "lanmu-simcam", NULL);

  if (given != NULL && *given != '\0')
    return g_strdup (given);
  if (g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  return g_build_filename (LANMU_LIBEXECDIR, "lanmu-simcam", NULL);
}

static GStrv make_command (const char *folder, GError **error)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autofree char *program = find_program ();
  g_autofree char *ledger = g_build_filename (folder, "simcam-ledger.jsonl", NULL);
  g_autofree char *card = g_build_filename (folder, "simcam-card", NULL);
  const char *more = g_getenv ("LANMU_SIMCAM_OPTIONS");
  g_auto (GStrv) words = NULL;

  g_strv_builder_add_many (builder, program, "--port", "0", "--control", "0", "--die-with-parent", "--ledger", ledger,
                           "--card", card, NULL);
  if (more != NULL && *more != '\0') {
    if (!g_shell_parse_argv (more, NULL, &words, error))
      return NULL;
    g_strv_builder_addv (builder, (const char **) words);
  }
  return g_strv_builder_end (builder);
}

LanmuSimcam *lanmu_simcam_start (const char *folder, GError **error)
{
  g_auto (GStrv) command = make_command (folder, error);
  if (command == NULL)
    return NULL;
  g_autoptr (GSubprocess) process =
      g_subprocess_newv ((const char *const *) command, G_SUBPROCESS_FLAGS_STDOUT_PIPE, error);
  if (process == NULL) {
    g_prefix_error (error, _ ("The simulated camera does not start: "));
    return NULL;
  }
  LanmuSimcam *self = g_new0 (LanmuSimcam, 1);
  self->process = g_steal_pointer (&process);
  return self;
}

/* The first line it says, without waiting for ever. */
static char *read_line (LanmuSimcam *self)
{
  GInputStream *stream = g_subprocess_get_stdout_pipe (self->process);
  int fd = g_unix_input_stream_get_fd (G_UNIX_INPUT_STREAM (stream));
  gint64 deadline = g_get_monotonic_time () + START_MS * G_TIME_SPAN_MILLISECOND;
  g_autoptr (GString) line = g_string_new (NULL);
  char c = 0;

  while (c != '\n' && line->len < 4096) {
    struct pollfd wait = {.fd = fd, .events = POLLIN};
    gint64 left_ms = (deadline - g_get_monotonic_time ()) / G_TIME_SPAN_MILLISECOND;
    if (left_ms <= 0 || poll (&wait, 1, (int) left_ms) <= 0 || read (fd, &c, 1) != 1)
      return NULL;
    g_string_append_c (line, c);
  }
  return g_string_free (g_steal_pointer (&line), FALSE);
}

static gboolean on_answer (GSocket *socket, GIOCondition condition, gpointer data)
{
  char buffer[512];
  return g_socket_receive_with_blocking (socket, buffer, sizeof buffer, FALSE, NULL, NULL) > 0 ? G_SOURCE_CONTINUE
                                                                                               : G_SOURCE_REMOVE;
}

static gboolean open_control (LanmuSimcam *self, guint port, GError **error)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, (guint16) port);

  self->control = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, error);
  if (self->control == NULL)
    return FALSE;
  self->answers = g_socket_create_source (g_socket_connection_get_socket (self->control), G_IO_IN, NULL);
  g_source_set_callback (self->answers, G_SOURCE_FUNC (on_answer), self, NULL);
  g_source_attach (self->answers, NULL);
  return TRUE;
}

gboolean lanmu_simcam_wait (LanmuSimcam *self, GError **error)
{
  g_autofree char *line = read_line (self);
  g_autoptr (JsonNode) node = line != NULL ? json_from_string (line, NULL) : NULL;

  if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node)) {
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED,
                         _ ("The simulated camera does not start: it said nothing."));
    return FALSE;
  }
  JsonObject *object = json_node_get_object (node);
  guint port = (guint) json_object_get_int_member_with_default (object, "port", 0);
  guint control = (guint) json_object_get_int_member_with_default (object, "control", 0);
  self->spec = g_strdup_printf ("ptpip:127.0.0.1:%u", port);
  return control == 0 || open_control (self, control, error);
}

const char *lanmu_simcam_get_spec (LanmuSimcam *self)
{
  return self->spec;
}

void lanmu_simcam_seat (LanmuSimcam *self, guint sitter)
{
  g_autofree char *line = g_strdup_printf ("sitter %u\n", sitter);
  g_autoptr (GError) error = NULL;

  if (self->control == NULL)
    return;
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (self->control));
  if (!g_output_stream_write_all (out, line, strlen (line), NULL, NULL, &error))
    g_debug ("simulated camera: %s", error->message);
}

void lanmu_simcam_stop (LanmuSimcam *self)
{
  if (self->answers != NULL)
    g_source_destroy (self->answers);
  g_clear_pointer (&self->answers, g_source_unref);
  g_clear_object (&self->control);
  g_subprocess_send_signal (self->process, SIGTERM);
  g_clear_object (&self->process);
  g_free (self->spec);
  g_free (self);
}
