/* See dataphase.h. */
#include "capture/simcam/dataphase.h"
#include "capture/simcam/bytes.h"

#define DATA_CHUNK (256u << 10) /* bytes of a DATA packet */

void sim_data_send (SimLink *link, guint32 transaction, GBytes *data, guint64 missing, gboolean break_off)
{
  gsize size = g_bytes_get_size (data), end = break_off ? size / 2 : size, at = 0;
  g_autoptr (GByteArray) head = g_byte_array_new ();

  sim_put32 (head, transaction);
  sim_put64 (head, size + missing);
  sim_link_send (link, SIM_PACKET_START_DATA, head, NULL);
  do {
    gsize count = MIN (end - at, DATA_CHUNK);
    g_autoptr (GBytes) part = g_bytes_new_from_bytes (data, at, count);
    g_byte_array_set_size (head, 0);
    sim_put32 (head, transaction);
    at += count;
    sim_link_send (link, at == size ? SIM_PACKET_END_DATA : SIM_PACKET_DATA, head, part);
  } while (at < end);
}

GBytes *sim_reply_take_data (SimReply *reply)
{
  if (reply->out == NULL)
    return reply->bytes != NULL ? g_bytes_ref (reply->bytes) : NULL;
  if (reply->bytes != NULL)
    g_byte_array_append (reply->out, g_bytes_get_data (reply->bytes, NULL), (guint) g_bytes_get_size (reply->bytes));
  return g_byte_array_free_to_bytes (g_steal_pointer (&reply->out));
}

void sim_reply_clear (SimReply *reply)
{
  g_clear_pointer (&reply->out, g_byte_array_unref);
  g_clear_pointer (&reply->bytes, g_bytes_unref);
}
