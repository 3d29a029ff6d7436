/* The camera host and its parent do not trust each other: any bytes on the socket end in messages of the known forms, in waiting for more, or in an error. The pictures
 * that FRAME messages describe lie in the ring, whatever the peer says. The same bytes are read three times: at once, by the channel in pieces, and in
 * the parent's way. */
#include "capture/channel.h"
#include "capture/frameslot.h"

#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>
#include "tests/fuzz/fuzz.h"

static LanmuRing *ring; /* made once: its memory is large and sparse */

/* What was understood must be said again by the same bytes: nothing in a message escapes the form. */
static void check_message (const LanmuMessage *message, const guint8 *bytes, gsize used)
{
  g_autoptr (GByteArray) again = g_byte_array_new ();
  g_assert_cmpstr (g_variant_get_type_string (message->body), ==, lanmu_message_signature (message->type));
  g_assert_true (g_variant_is_normal_form (message->body));
  lanmu_message_append (again, message->type, message->id, message->body);
  g_assert_cmpmem (again->data, again->len, bytes, used);
  g_autofree char *text = g_variant_print (message->body, FALSE);
  g_assert_true (g_utf8_validate (text, -1, NULL));
}

/* The first and the last pixel are read, as a screen would. */
static void look_at_frame (const LanmuMessage *message)
{
  LanmuFrame *frame = lanmu_frame_new_for_message (ring, message->body);
  if (frame == NULL)
    return;
  g_autoptr (GBytes) bytes = lanmu_frame_dup_bytes (frame);
  gsize size;
  const volatile guint8 *pixels = g_bytes_get_data (bytes, &size);
  g_assert_cmpuint (size, ==, lanmu_frame_get_stride (frame) * (gsize) lanmu_frame_get_height (frame));
  g_assert_cmpuint (pixels[0] + pixels[size - 1], <=, 510);
  lanmu_frame_unref (frame);
}

static guint parse_at_once (const guint8 *data, gsize size)
{
  guint count = 0;
  while (TRUE) {
    g_auto (LanmuMessage) message = {0};
    g_autoptr (GError) error = NULL;
    gsize used = 0;
    if (!lanmu_message_parse (data, size, &message, &used, &error)) {
      g_assert_true (error == NULL || error->code == G_IO_ERROR_INVALID_DATA);
      return count;
    }
    g_assert_cmpuint (used, <=, size);
    check_message (&message, data, used);
    if (message.type == LANMU_MESSAGE_FRAME)
      look_at_frame (&message);
    if (lanmu_message_has_fd (message.type))
      return count; /* through the channel it would need its descriptor */
    data += used;
    size -= used;
    count++;
  }
}

/* Takes all that the channel gives now; FALSE when it is at its end. */
static gboolean receive_all (LanmuChannel *channel, guint *count)
{
  while (TRUE) {
    g_auto (LanmuMessage) message = {0};
    g_autoptr (GError) error = NULL;
    int fd = -1;
    LanmuReceived received = lanmu_channel_receive (channel, &message, &fd, &error);
    g_assert_true (fd == -1); /* none was sent */
    g_assert_true ((received == LANMU_RECEIVED_ERROR) == (error != NULL));
    if (received != LANMU_RECEIVED_MESSAGE)
      return received == LANMU_RECEIVED_NOTHING;
    (*count)++;
  }
}

/* In pieces whose lengths the bytes themselves decide. */
static guint receive_in_pieces (const guint8 *data, gsize size)
{
  int ends[2];
  guint count = 0;
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends), ==, 0);
  g_autoptr (LanmuChannel) channel = lanmu_channel_new (ends[0], FALSE);
  gboolean open = TRUE;
  for (gsize at = 0; at < size && open;) {
    gsize piece = MIN (size - at, 1 + (gsize) data[at] * 7);
    g_assert_cmpint (write (ends[1], data + at, piece), ==, (gssize) piece);
    at += piece;
    open = receive_all (channel, &count);
  }
  close (ends[1]);
  return count;
}

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  if (ring == NULL)
    ring = lanmu_ring_new (NULL);
  guint at_once = parse_at_once (data, size);
  guint in_pieces = receive_in_pieces (data, size);
  g_assert_cmpuint (at_once, ==, in_pieces);
  return 0;
}

static void add (GPtrArray *seeds, GByteArray *all, LanmuMessageType type, guint64 id, GVariant *body)
{
  g_autoptr (GByteArray) one = g_byte_array_new ();
  g_autoptr (GVariant) owned = g_variant_ref_sink (body);
  lanmu_message_append (one, type, id, owned);
  lanmu_message_append (all, type, id, owned);
  g_ptr_array_add (seeds, g_bytes_new (one->data, one->len));
}

/* One of each way, and all of them in a row. */
GPtrArray *fuzz_seeds (void)
{
  GPtrArray *seeds = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  add (seeds, all, LANMU_MESSAGE_HELLO, 0, g_variant_new ("(u)", LANMU_PROTOCOL_VERSION));
  add (seeds, all, LANMU_MESSAGE_OPEN, 1, g_variant_new ("(ssb)", "ptpip:127.0.0.1:15740", "", FALSE));
  add (seeds, all, LANMU_MESSAGE_SHOOT, 2, g_variant_new ("(t)", (guint64) 7));
  add (seeds, all, LANMU_MESSAGE_SET_SETTING, 3, g_variant_new ("(ss)", "iso", "400"));
  add (seeds, all, LANMU_MESSAGE_OPENED, 0, g_variant_new ("(ssssiibb)", "D750", "Nikon", "3001234", "usb:001,004", 80, 400, TRUE, TRUE));
  add (seeds, all, LANMU_MESSAGE_STATUS, 0, g_variant_new ("(busii)", TRUE, 3u, "hot", 70, -1));
  add (seeds, all, LANMU_MESSAGE_FRAME, 0, g_variant_new ("(uuuutx)", 3u, 1056u, 704u, 4224u, (guint64) 12, (gint64) 99));
  add (seeds, all, LANMU_MESSAGE_CLOCK, 0, g_variant_new ("(xxx)", (gint64) 1, (gint64) 2, (gint64) 3));
  add (seeds, all, LANMU_MESSAGE_ANNOUNCED, 0, g_variant_new ("(tsstxx)", (guint64) 7, "/store/DCIM", "DSC_0001.JPG", (guint64) 5000, (gint64) 1, (gint64) 2));
  add (seeds, all, LANMU_MESSAGE_SHOT, 2, g_variant_new ("(usb)", 0u, "", TRUE));
  add (seeds, all, LANMU_MESSAGE_FETCHED, 4, g_variant_new ("(usutt)", 0u, "", 0u, (guint64) 5000, (guint64) 5000));
  add (seeds, all, LANMU_MESSAGE_LISTED, 5, g_variant_new_parsed ("(uint32 0, '', [('/store/DCIM', 'DSC_0001.JPG', uint64 5000, int64 1)])"));
  add (seeds, all, LANMU_MESSAGE_SETTINGS, 6, g_variant_new_parsed ("(uint32 0, '', [('iso', 'ISO', '400', ['100', '400'], false)])"));
  add (seeds, all, LANMU_MESSAGE_BYE, 9, g_variant_new ("(us)", 0u, ""));
  g_ptr_array_add (seeds, g_bytes_new (all->data, all->len));
  return seeds;
}
