/* See link.h. */
#include "capture/simcam/link.h"
#include "capture/simcam/bytes.h"

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>

#define HEADER     8u
#define MAX_PACKET (16u << 20) /* nothing an initiator sends us is near this */
#define SLICE_MS   1           /* how finely a narrow bandwidth is spread: coarse slices would hand over a whole shot at once */

struct SimLink {
  GSocket *socket;
  GSource *in, *out, *slice;
  GByteArray *received;
  GQueue queue; /* GBytes, oldest first */
  gsize sent_of_head;
  gint64 bandwidth, allowance, counted_us;
  SimLinkPacket on_packet;
  SimLinkGone on_gone;
  gpointer user_data;
  gboolean *freed; /* set while a callback runs, so that a link freed in it is not touched after */
};

static void flush (SimLink *link);

SimLink *sim_link_new (GSocket *socket, gint64 bandwidth)
{
  SimLink *link = g_new0 (SimLink, 1);

  link->socket = g_object_ref (socket);
  link->received = g_byte_array_new ();
  link->bandwidth = bandwidth;
  link->counted_us = g_get_monotonic_time ();
  g_queue_init (&link->queue);
  g_socket_set_blocking (socket, FALSE);
  g_socket_set_option (socket, IPPROTO_TCP, TCP_NODELAY, 1, NULL);
  return link;
}

void sim_link_set_bandwidth (SimLink *link, gint64 bandwidth)
{
  link->bandwidth = bandwidth;
  link->allowance = 0; /* what went out before the limit is no debt: the line would be dead until it was paid */
  link->counted_us = g_get_monotonic_time ();
}

static void drop_source (GSource **source)
{
  if (*source == NULL)
    return;
  g_source_destroy (*source);
  g_source_unref (*source);
  *source = NULL;
}

void sim_link_free (SimLink *link)
{
  if (link == NULL)
    return;
  if (link->freed != NULL)
    *link->freed = TRUE;
  drop_source (&link->in);
  drop_source (&link->out);
  drop_source (&link->slice);
  g_queue_clear_full (&link->queue, (GDestroyNotify) g_bytes_unref);
  g_byte_array_unref (link->received);
  g_socket_close (link->socket, NULL);
  g_object_unref (link->socket);
  g_free (link);
}

static void gone (SimLink *link)
{
  drop_source (&link->in);
  drop_source (&link->out);
  drop_source (&link->slice);
  if (link->on_gone != NULL)
    link->on_gone (link, link->user_data);
}

/* Hands out every whole packet. FALSE: the link is no longer ours to touch. */
static gboolean deliver (SimLink *link)
{
  gboolean freed = FALSE;

  link->freed = &freed;
  while (link->received->len >= HEADER) {
    SimReader reader = sim_reader (link->received->data, link->received->len);
    guint32 length = sim_get32 (&reader), type = sim_get32 (&reader);
    if (length < HEADER || length > MAX_PACKET) {
      link->freed = NULL;
      gone (link);
      return FALSE;
    }
    if (link->received->len < length)
      break;
    g_autofree guint8 *payload = g_memdup2 (link->received->data + HEADER, length - HEADER);
    g_byte_array_remove_range (link->received, 0, length);
    link->on_packet (link, (SimPacket) type, payload, length - HEADER, link->user_data);
    if (freed)
      return FALSE;
  }
  link->freed = NULL;
  return TRUE;
}

static gboolean on_readable (GSocket *socket, GIOCondition condition, gpointer data)
{
  SimLink *link = data;
  guint8 chunk[65536];
  g_autoptr (GError) error = NULL;
  gssize got = g_socket_receive (socket, (char *) chunk, sizeof chunk, NULL, &error);

  if (got > 0) {
    g_byte_array_append (link->received, chunk, (guint) got);
    return deliver (link);
  }
  if (got < 0 && g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
    return G_SOURCE_CONTINUE;
  gone (link);
  return G_SOURCE_REMOVE;
}

void sim_link_watch (SimLink *link, SimLinkPacket on_packet, SimLinkGone on_gone, gpointer user_data)
{
  link->on_packet = on_packet;
  link->on_gone = on_gone;
  link->user_data = user_data;
  if (link->in != NULL)
    return;
  link->in = g_socket_create_source (link->socket, G_IO_IN | G_IO_HUP, NULL);
  g_source_set_callback (link->in, G_SOURCE_FUNC (on_readable), link, NULL);
  g_source_attach (link->in, g_main_context_get_thread_default ());
}

static gboolean on_writable (GSocket *socket, GIOCondition condition, gpointer data)
{
  SimLink *link = data;
  drop_source (&link->out);
  flush (link);
  return G_SOURCE_REMOVE;
}

static gboolean on_slice (gpointer data)
{
  SimLink *link = data;
  drop_source (&link->slice);
  flush (link);
  return G_SOURCE_REMOVE;
}

static void wait_for_room (SimLink *link)
{
  link->out = g_socket_create_source (link->socket, G_IO_OUT, NULL);
  g_source_set_callback (link->out, G_SOURCE_FUNC (on_writable), link, NULL);
  g_source_attach (link->out, g_main_context_get_thread_default ());
}

static void wait_for_slice (SimLink *link)
{
  link->slice = g_timeout_source_new (SLICE_MS);
  g_source_set_callback (link->slice, on_slice, link, NULL);
  g_source_attach (link->slice, g_main_context_get_thread_default ());
}

/* How much may go out now: what the bandwidth has earned since the last look, never more than two slices in one go. */
static gsize earned (SimLink *link, gsize wanted)
{
  gint64 now = g_get_monotonic_time ();

  if (link->bandwidth <= 0)
    return wanted;
  link->allowance += (now - link->counted_us) * link->bandwidth / G_USEC_PER_SEC;
  link->allowance = MIN (link->allowance, MAX (1, 2 * SLICE_MS * link->bandwidth / 1000));
  link->counted_us = now;
  return (gsize) CLAMP (link->allowance, 0, (gint64) wanted);
}

static void flush (SimLink *link)
{
  while (link->out == NULL && link->slice == NULL && !g_queue_is_empty (&link->queue)) {
    gsize size;
    const char *data = g_bytes_get_data (g_queue_peek_head (&link->queue), &size);
    gsize may = earned (link, size - link->sent_of_head);
    g_autoptr (GError) error = NULL;
    gssize sent;

    if (may == 0) {
      wait_for_slice (link);
      return;
    }
    sent = g_socket_send (link->socket, data + link->sent_of_head, may, NULL, &error);
    if (sent < 0) {
      /* A dead peer shows as end of stream on the reading side; nothing to do here. */
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        wait_for_room (link);
      else
        g_queue_clear_full (&link->queue, (GDestroyNotify) g_bytes_unref);
      return;
    }
    if (link->bandwidth > 0)
      link->allowance -= sent;
    link->sent_of_head += (gsize) sent;
    if (link->sent_of_head == size) {
      g_bytes_unref (g_queue_pop_head (&link->queue));
      link->sent_of_head = 0;
    }
  }
}

void sim_link_send (SimLink *link, SimPacket type, GByteArray *head, GBytes *body)
{
  GByteArray *packet = g_byte_array_new ();
  gsize extra = body != NULL ? g_bytes_get_size (body) : 0;

  sim_put32 (packet, (guint32) (HEADER + head->len + extra));
  sim_put32 (packet, type);
  g_byte_array_append (packet, head->data, head->len);
  g_queue_push_tail (&link->queue, g_byte_array_free_to_bytes (packet));
  if (extra > 0)
    g_queue_push_tail (&link->queue, g_bytes_ref (body));
  flush (link);
}

gboolean sim_link_alive (SimLink *link)
{
  struct pollfd fd = {.fd = g_socket_get_fd (link->socket), .events = POLLRDHUP};
  return poll (&fd, 1, 0) == 0 || (fd.revents & (POLLRDHUP | POLLHUP | POLLERR)) == 0;
}

void sim_link_reset_on_close (SimLink *link)
{
  struct linger hard = {.l_onoff = 1, .l_linger = 0};
  setsockopt (g_socket_get_fd (link->socket), SOL_SOCKET, SO_LINGER, &hard, sizeof hard);
}
