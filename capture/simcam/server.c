/* See server.h. */
#include "capture/simcam/server.h"
#include "capture/simcam/bytes.h"
#include "capture/simcam/dataphase.h"
#include "capture/simcam/link.h"

#define HANDSHAKE_MS   3000  /* a command connection without its event connection is given up */
#define DOWNLOAD_BYTES 1024u /* an answer with more data than this is a download to the "drop" fault */
#define GUID           "lanmu-simulated!"

/* A connection that has not said who it is yet. */
typedef struct {
  SimServer *server;
  SimLink *link;
  guint patience; /* timer */
} Stranger;

struct SimServer {
  SimBody *body;
  int port;
  GSocket *listener;
  GSource *accepting;
  GPtrArray *strangers;
  SimLink *command, *events; /* the session; events comes second */
  guint32 number;            /* of the connection */
  guint handshake, delay, replug;
  GQueue waiting;    /* SimOp, oldest first */
  SimOp *collecting; /* its data is coming in */
  SimOp *running;
  gboolean stalled; /* running has had its delay */
  gboolean open;    /* both connections are there */
  gint64 bandwidth;
  void (*on_op) (guint16 code, gpointer data);
  gpointer on_op_data;
};

static void pump (SimServer *server);

static void op_free (SimOp *op)
{
  if (op == NULL)
    return;
  if (op->data != NULL)
    g_byte_array_unref (op->data);
  g_free (op);
}

static void forget_timer (guint *id)
{
  if (*id != 0)
    g_source_remove (*id);
  *id = 0;
}

static void note (SimServer *server, const char *event, const char *what)
{
  GString *line = sim_ledger_line (event);
  if (what != NULL)
    sim_ledger_text (line, "what", what);
  sim_ledger_int (line, "connection", server->number);
  sim_ledger_write (server->body->ledger, line);
}

static void end_session (SimServer *server)
{
  gboolean was_open = server->open;

  forget_timer (&server->handshake);
  forget_timer (&server->delay);
  g_clear_pointer (&server->command, sim_link_free);
  g_clear_pointer (&server->events, sim_link_free);
  g_queue_clear_full (&server->waiting, (GDestroyNotify) op_free);
  g_clear_pointer (&server->collecting, op_free);
  g_clear_pointer (&server->running, op_free);
  server->open = FALSE;
  if (!was_open)
    return;
  server->body->brand->closed (server->body);
  note (server, "disconnected", NULL);
}

static void on_link_gone (SimLink *link, gpointer data)
{
  end_session (data);
}

/* ——— answering ——— */

static void answer (SimServer *server, const SimOp *op, SimReply *reply)
{
  g_autoptr (GBytes) data = reply->rc == SIM_RC_OK ? sim_reply_take_data (reply) : NULL;
  g_autoptr (GByteArray) head = g_byte_array_new ();
  SimFaults *faults = &server->body->faults;
  gboolean break_off = faults->drop_download && data != NULL && g_bytes_get_size (data) > DOWNLOAD_BYTES &&
                       (op->code == SIM_OP_GET_OBJECT || op->code == SIM_OP_GET_PARTIAL_OBJECT);

  if (data != NULL)
    sim_data_send (server->command, op->transaction, data, reply->missing, break_off);
  if (break_off) {
    faults->drop_download = FALSE;
    sim_server_drop (server, faults->drop_reset);
    return;
  }
  sim_put16 (head, reply->rc);
  sim_put32 (head, op->transaction);
  for (guint i = 0; i < reply->n; i++)
    sim_put32 (head, reply->p[i]);
  sim_link_send (server->command, SIM_PACKET_RESPONSE, head, NULL);
}

static gboolean on_delay (gpointer data)
{
  SimServer *server = data;
  server->delay = 0;
  pump (server);
  return G_SOURCE_REMOVE;
}

static void wait_ms (SimServer *server, guint ms)
{
  server->delay = g_timeout_add (ms, on_delay, server);
}

/* A stall is aimed at the next operation, or at the next one of a name; it is spent here. */
static guint stall_for (SimServer *server, const SimOp *op)
{
  SimFaults *faults = &server->body->faults;
  guint ms = faults->stall_ms;

  if (ms == 0 || (faults->stall_op != 0 && faults->stall_op != op->code))
    return 0;
  faults->stall_ms = 0;
  note (server, "fault", "stall");
  return ms;
}

/* A busy storm spares what makes and ends a session. */
static gboolean storms (SimServer *server, guint16 code)
{
  return g_get_monotonic_time () < server->body->faults.storm_until && code != SIM_OP_OPEN_SESSION &&
         code != SIM_OP_CLOSE_SESSION && code != SIM_OP_GET_DEVICE_INFO;
}

/* What happens once to an operation, before anything is done for it. FALSE: it has to wait, or the session is gone. */
static gboolean begin (SimServer *server)
{
  guint stall;

  server->stalled = TRUE;
  if (server->on_op != NULL)
    server->on_op (server->running->code, server->on_op_data);
  if (server->running == NULL)
    return FALSE;
  stall = stall_for (server, server->running);
  if (stall > 0)
    wait_ms (server, stall);
  return stall == 0;
}

/* One operation to its end. FALSE: it has to wait, or the session is gone. */
static gboolean step (SimServer *server)
{
  SimReply reply = {.rc = SIM_RC_OK};
  gint64 wait_us = 0;

  if (!server->stalled && !begin (server))
    return FALSE;
  if (storms (server, server->running->code))
    reply.rc = SIM_RC_BUSY;
  else if (!server->body->brand->handle (server->body, server->running, &reply, &wait_us)) {
    sim_reply_clear (&reply);
    wait_ms (server, (guint) ((wait_us + 999) / 1000));
    return FALSE;
  }
  /* A control command run by this very operation ("at 3 drop") may have ended the session. */
  if (server->running != NULL)
    answer (server, server->running, &reply);
  sim_reply_clear (&reply);
  g_clear_pointer (&server->running, op_free);
  return server->command != NULL;
}

static void pump (SimServer *server)
{
  while (server->delay == 0) {
    if (server->running == NULL) {
      server->running = g_queue_pop_head (&server->waiting);
      server->stalled = FALSE;
    }
    if (server->running == NULL || !step (server))
      return;
  }
}

/* ——— packets of an open session ——— */

static void take_request (SimServer *server, const guint8 *payload, gsize length)
{
  SimReader reader = sim_reader (payload, length);
  SimOp *op = g_new0 (SimOp, 1);
  guint32 phase = sim_get32 (&reader);

  op->code = sim_get16 (&reader);
  op->transaction = sim_get32 (&reader);
  while (op->n < G_N_ELEMENTS (op->p) && reader.length - reader.at >= 4)
    op->p[op->n++] = sim_get32 (&reader);
  if (reader.bad) {
    op_free (op);
    end_session (server);
    return;
  }
  if (phase != SIM_DATAPHASE_OUT) {
    g_queue_push_tail (&server->waiting, op);
    pump (server);
    return;
  }
  op->data = g_byte_array_new ();
  g_clear_pointer (&server->collecting, op_free);
  server->collecting = op;
}

static void take_data (SimServer *server, SimPacket type, const guint8 *payload, gsize length)
{
  if (server->collecting == NULL || length < 4)
    return;
  if (type != SIM_PACKET_START_DATA)
    g_byte_array_append (server->collecting->data, payload + 4, (guint) (length - 4));
  if (type != SIM_PACKET_END_DATA)
    return;
  g_queue_push_tail (&server->waiting, g_steal_pointer (&server->collecting));
  pump (server);
}

static void on_command (SimLink *link, SimPacket type, const guint8 *payload, gsize length, gpointer data)
{
  SimServer *server = data;

  if (type == SIM_PACKET_REQUEST)
    take_request (server, payload, length);
  else if (type == SIM_PACKET_START_DATA || type == SIM_PACKET_DATA || type == SIM_PACKET_END_DATA)
    take_data (server, type, payload, length);
}

static void on_event_packet (SimLink *link, SimPacket type, const guint8 *payload, gsize length, gpointer data)
{
  /* Initiators send nothing here that a camera answers. */
}

/* ——— the handshake ——— */

static void stranger_free (gpointer data)
{
  Stranger *stranger = data;
  forget_timer (&stranger->patience);
  sim_link_free (stranger->link);
  g_free (stranger);
}

static SimLink *introduce (Stranger *stranger)
{
  SimLink *link = g_steal_pointer (&stranger->link);
  g_ptr_array_remove (stranger->server->strangers, stranger);
  return link;
}

static gboolean on_handshake_timeout (gpointer data)
{
  SimServer *server = data;
  server->handshake = 0;
  end_session (server);
  return G_SOURCE_REMOVE;
}

static void refuse (Stranger *stranger)
{
  g_autoptr (GByteArray) head = g_byte_array_new ();

  note (stranger->server, "refused", "a second connection");
  sim_put32 (head, SIM_INIT_FAIL_BUSY);
  sim_link_send (stranger->link, SIM_PACKET_INIT_FAIL, head, NULL);
}

static void begin_session (Stranger *stranger)
{
  SimServer *server = stranger->server;
  g_autoptr (GByteArray) head = g_byte_array_new ();

  if (server->command != NULL && !sim_link_alive (server->command))
    end_session (server);
  if (server->command != NULL) {
    refuse (stranger);
    return;
  }
  server->command = introduce (stranger);
  server->number++;
  sim_link_watch (server->command, on_command, on_link_gone, server);
  sim_put32 (head, server->number);
  g_byte_array_append (head, (const guint8 *) GUID, 16);
  for (const char *c = server->body->brand->model; *c != '\0'; c++)
    sim_put16 (head, (guint8) *c);
  sim_put16 (head, 0);
  sim_put32 (head, 0x00010000);
  sim_link_send (server->command, SIM_PACKET_INIT_COMMAND_ACK, head, NULL);
  server->handshake = g_timeout_add (HANDSHAKE_MS, on_handshake_timeout, server);
}

static void join_session (Stranger *stranger, guint32 number)
{
  SimServer *server = stranger->server;
  g_autoptr (GByteArray) head = g_byte_array_new ();

  if (server->command == NULL || server->events != NULL || number != server->number) {
    refuse (stranger);
    return;
  }
  server->events = introduce (stranger);
  sim_link_watch (server->events, on_event_packet, on_link_gone, server);
  forget_timer (&server->handshake);
  server->open = TRUE;
  g_ptr_array_set_size (server->body->events, 0);
  g_clear_pointer (&server->body->held, g_free);
  server->body->brand->opened (server->body);
  note (server, "connected", NULL);
  sim_link_send (server->events, SIM_PACKET_INIT_EVENT_ACK, head, NULL);
}

static void on_stranger_packet (SimLink *link, SimPacket type, const guint8 *payload, gsize length, gpointer data)
{
  Stranger *stranger = data;
  SimReader reader = sim_reader (payload, length);

  if (type == SIM_PACKET_INIT_COMMAND)
    begin_session (stranger);
  else if (type == SIM_PACKET_INIT_EVENT)
    join_session (stranger, sim_get32 (&reader));
}

static void on_stranger_gone (SimLink *link, gpointer data)
{
  Stranger *stranger = data;
  g_ptr_array_remove (stranger->server->strangers, stranger);
}

static gboolean on_silence (gpointer data)
{
  Stranger *stranger = data;
  stranger->patience = 0;
  g_ptr_array_remove (stranger->server->strangers, stranger);
  return G_SOURCE_REMOVE;
}

static gboolean on_connection (GSocket *listener, GIOCondition condition, gpointer data)
{
  SimServer *server = data;
  g_autoptr (GSocket) socket = g_socket_accept (listener, NULL, NULL);
  Stranger *stranger;

  if (socket == NULL)
    return G_SOURCE_CONTINUE;
  stranger = g_new0 (Stranger, 1);
  stranger->server = server;
  stranger->link = sim_link_new (socket, server->bandwidth);
  stranger->patience = g_timeout_add (HANDSHAKE_MS, on_silence, stranger);
  g_ptr_array_add (server->strangers, stranger);
  sim_link_watch (stranger->link, on_stranger_packet, on_stranger_gone, stranger);
  return G_SOURCE_CONTINUE;
}

/* ——— listening ——— */

static gboolean listen_on (SimServer *server, GError **error)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, (guint16) server->port);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, error);

  if (socket == NULL || !g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error) ||
      (bound = g_socket_get_local_address (socket, error)) == NULL)
    return FALSE;
  g_socket_set_blocking (socket, FALSE);
  server->port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  server->listener = g_steal_pointer (&socket);
  server->accepting = g_socket_create_source (server->listener, G_IO_IN, NULL);
  g_source_set_callback (server->accepting, G_SOURCE_FUNC (on_connection), server, NULL);
  g_source_attach (server->accepting, NULL);
  return TRUE;
}

static void stop_listening (SimServer *server)
{
  if (server->accepting != NULL) {
    g_source_destroy (server->accepting);
    g_clear_pointer (&server->accepting, g_source_unref);
  }
  if (server->listener != NULL)
    g_socket_close (server->listener, NULL);
  g_clear_object (&server->listener);
}

SimServer *sim_server_new (SimBody *body, int port, GError **error)
{
  SimServer *server = g_new0 (SimServer, 1);

  server->body = body;
  server->port = port;
  server->bandwidth = body->options->bandwidth;
  server->strangers = g_ptr_array_new_with_free_func (stranger_free);
  g_queue_init (&server->waiting);
  if (listen_on (server, error))
    return server;
  sim_server_free (server);
  return NULL;
}

void sim_server_free (SimServer *server)
{
  if (server == NULL)
    return;
  forget_timer (&server->replug);
  end_session (server);
  stop_listening (server);
  g_ptr_array_unref (server->strangers);
  g_free (server);
}

void sim_server_set_bandwidth (SimServer *server, gint64 bandwidth)
{
  server->bandwidth = bandwidth;
  if (server->command != NULL)
    sim_link_set_bandwidth (server->command, bandwidth);
}

void sim_server_watch (SimServer *server, void (*on_op) (guint16 code, gpointer data), gpointer data)
{
  server->on_op = on_op;
  server->on_op_data = data;
}

int sim_server_port (SimServer *server)
{
  return server->port;
}

gboolean sim_server_connected (SimServer *server)
{
  return server->open;
}

gboolean sim_server_plugged (SimServer *server)
{
  return server->listener != NULL;
}

void sim_server_drop (SimServer *server, gboolean reset)
{
  if (reset && server->command != NULL)
    sim_link_reset_on_close (server->command);
  if (reset && server->events != NULL)
    sim_link_reset_on_close (server->events);
  end_session (server);
}

static gboolean on_replug (gpointer data)
{
  SimServer *server = data;
  g_autoptr (GError) error = NULL;

  if (!listen_on (server, &error)) {
    g_warning ("cannot listen again on %d: %s; trying on", server->port, error->message);
    return G_SOURCE_CONTINUE;
  }
  server->replug = 0;
  note (server, "plugged", NULL);
  return G_SOURCE_REMOVE;
}

void sim_server_unplug (SimServer *server, guint ms)
{
  forget_timer (&server->replug);
  stop_listening (server);
  g_ptr_array_set_size (server->strangers, 0);
  sim_server_drop (server, FALSE);
  server->replug = g_timeout_add (MAX (ms, 1), on_replug, server);
}
