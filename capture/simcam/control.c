/* See control.h. A client's next line is read when its last answer has been written, so a client that does not read
 * costs nothing. */
#include "capture/simcam/control.h"
#include "capture/simcam/commands.h"

#include <string.h>

#define MAX_LINE 4096

struct SimControl {
  SimRig *rig;
  GSocketService *service;
  GCancellable *ended;
  int port;
};

typedef struct {
  SimControl *control;
  GCancellable *ended;
  GSocketConnection *connection;
  GDataInputStream *lines;
  char *answer;
} Client;

static void read_next (Client *client);

static void client_free (Client *client)
{
  g_io_stream_close (G_IO_STREAM (client->connection), NULL, NULL);
  g_object_unref (client->lines);
  g_object_unref (client->connection);
  g_object_unref (client->ended);
  g_free (client->answer);
  g_free (client);
}

static void on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  Client *client = data;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL) &&
      !g_cancellable_is_cancelled (client->ended))
    read_next (client);
  else
    client_free (client);
}

static void on_line (GObject *source, GAsyncResult *result, gpointer data)
{
  Client *client = data;
  g_autofree char *line = g_data_input_stream_read_line_finish_utf8 (client->lines, result, NULL, NULL);
  g_autoptr (GString) said = g_string_new (NULL);
  gboolean done;

  if (line == NULL || g_cancellable_is_cancelled (client->ended)) {
    client_free (client);
    return;
  }
  done = strlen (line) < MAX_LINE && sim_command_run (client->control->rig, line, said);
  if (strlen (line) >= MAX_LINE)
    g_string_assign (said, "the line is too long");
  g_free (client->answer);
  client->answer = said->len > 0 ? g_strdup_printf ("%s %s\n", done ? "ok" : "error", said->str)
                                 : g_strdup (done ? "ok\n" : "error\n");
  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (client->connection)), client->answer,
                                   strlen (client->answer), G_PRIORITY_DEFAULT, client->ended, on_written, client);
}

static void read_next (Client *client)
{
  g_data_input_stream_read_line_async (client->lines, G_PRIORITY_DEFAULT, client->ended, on_line, client);
}

static gboolean on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  SimControl *control = data;
  Client *client = g_new0 (Client, 1);

  client->control = control;
  client->ended = g_object_ref (control->ended);
  client->connection = g_object_ref (connection);
  client->lines = g_data_input_stream_new (g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  read_next (client);
  return TRUE;
}

SimControl *sim_control_new (SimRig *rig, int port, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, (guint16)port);
  g_autoptr (GSocketAddress) bound = NULL;
  SimControl *control = g_new0 (SimControl, 1);

  control->rig = rig;
  control->service = g_socket_service_new ();
  control->ended = g_cancellable_new ();
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (control->service), address, G_SOCKET_TYPE_STREAM,
                                      G_SOCKET_PROTOCOL_TCP, NULL, &bound, error)) {
    sim_control_free (control);
    return NULL;
  }
  control->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  g_signal_connect (control->service, "incoming", G_CALLBACK (on_incoming), control);
  g_socket_service_start (control->service);
  return control;
}

void sim_control_free (SimControl *control)
{
  if (control == NULL)
    return;
  g_cancellable_cancel (control->ended);
  g_socket_service_stop (control->service);
  g_socket_listener_close (G_SOCKET_LISTENER (control->service));
  /* Clients hear of the cancellation and free themselves. */
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_object_unref (control->service);
  g_object_unref (control->ended);
  g_free (control);
}

int sim_control_port (SimControl *control)
{
  return control->port;
}
