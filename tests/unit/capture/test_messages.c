/* The wire between host and parent: every message survives it, and bytes that are none end in an error. */
#include "capture/channel.h"
#include "capture/messages.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static GVariant *sample (guint type)
{
  const char *signature = lanmu_message_signature (type);
  if (g_str_equal (signature, "(us@a(sstx))") || g_str_equal (signature, "(usa(sstx))"))
    return g_variant_new_parsed ("(uint32 0, '', [('/store/DCIM/100ND750', 'DSC_0001.JPG', uint64 77, int64 5)])");
  if (g_str_equal (signature, "(usa(sssasb))"))
    return g_variant_new_parsed ("(uint32 0, '', [('iso', 'isospeed', '200', ['100', '200'], false)])");
  g_autoptr (GString) zeros = g_string_new ("(");
  for (const char *c = signature + 1; *c != ')'; c++)
    g_string_append_printf (zeros, "%s%s,",
                            *c == 's'   ? ""
                            : *c == 'b' ? ""
                                        : "",
                            *c == 's'   ? "'张三'"
                            : *c == 'b' ? "true"
                            : *c == 'u' ? "uint32 7"
                            : *c == 'i' ? "7"
                            : *c == 't' ? "uint64 7"
                                        : "int64 -7");
  if (strlen (signature) > 3) /* two or more: no trailing comma wanted */
    g_string_truncate (zeros, zeros->len - 1);
  g_string_append_c (zeros, ')');
  return g_variant_new_parsed (zeros->str);
}

static void test_round_trip (void)
{
  guint seen = 0;
  for (guint type = 0; type < 256; type++) {
    if (lanmu_message_signature (type) == NULL)
      continue;
    g_autoptr (GByteArray) bytes = g_byte_array_new ();
    g_autoptr (GVariant) body = g_variant_ref_sink (sample (type));
    g_auto (LanmuMessage) message = {0};
    g_autoptr (GError) error = NULL;
    gsize used = 0;
    lanmu_message_append (bytes, type, 99, body);
    g_assert_true (lanmu_message_parse (bytes->data, bytes->len, &message, &used, &error));
    g_assert_no_error (error);
    g_assert_cmpuint (used, ==, bytes->len);
    g_assert_cmpuint (message.type, ==, type);
    g_assert_cmpuint (message.id, ==, 99);
    g_assert_cmpvariant (message.body, body);
    seen++;
  }
  g_assert_cmpuint (seen, ==, 25);
}

static void test_every_prefix_waits (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  lanmu_message_append (bytes, LANMU_MESSAGE_FETCH, 1, g_variant_new ("(ss)", "/a", "b"));
  for (guint length = 0; length < bytes->len; length++) {
    g_auto (LanmuMessage) message = {0};
    g_autoptr (GError) error = NULL;
    gsize used = 0;
    g_assert_false (lanmu_message_parse (bytes->data, length, &message, &used, &error));
    g_assert_no_error (error);
  }
}

static void assert_refused (const GByteArray *bytes)
{
  g_auto (LanmuMessage) message = {0};
  g_autoptr (GError) error = NULL;
  gsize used = 0;
  g_assert_false (lanmu_message_parse (bytes->data, bytes->len, &message, &used, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

static void test_nonsense (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  lanmu_message_append (bytes, LANMU_MESSAGE_FETCH, 1, g_variant_new ("(ss)", "/a", "b"));
  bytes->data[4] = 250; /* unknown type */
  assert_refused (bytes);
  bytes->data[4] = LANMU_MESSAGE_FETCH;
  bytes->data[3] = 0x7f; /* two gigabytes of body */
  assert_refused (bytes);
  bytes->data[3] = 0;
  bytes->data[LANMU_MESSAGE_HEADER] = 0xff; /* no UTF-8 */
  assert_refused (bytes);
}

/* Any single changed byte is either refused, or waits, or is another well-formed message; it never reads out of bounds
 * (run under a sanitizer). */
static void test_flipped_bytes (void)
{
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  g_autoptr (GVariant) body = g_variant_ref_sink (sample (LANMU_MESSAGE_SETTINGS));
  lanmu_message_append (bytes, LANMU_MESSAGE_SETTINGS, 1, body);
  for (guint i = 0; i < bytes->len; i++)
    for (guint bit = 0; bit < 8; bit++) {
      g_autofree guint8 *copy = g_memdup2 (bytes->data, bytes->len);
      g_auto (LanmuMessage) message = {0};
      g_autoptr (GError) error = NULL;
      gsize used = 0;
      copy[i] ^= (guint8) (1u << bit);
      if (lanmu_message_parse (copy, bytes->len, &message, &used, &error)) {
        g_assert_cmpuint (used, <=, bytes->len);
        g_assert_cmpstr (g_variant_get_type_string (message.body), ==, lanmu_message_signature (message.type));
      }
    }
}

static void make_pair (LanmuChannel **a, LanmuChannel **b)
{
  int pair[2];
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, pair), ==, 0);
  *a = lanmu_channel_new (pair[0], FALSE);
  *b = lanmu_channel_new (pair[1], FALSE);
}

static void test_descriptor_passes (void)
{
  g_autoptr (LanmuChannel) a = NULL, b = NULL;
  g_auto (LanmuMessage) message = {0};
  int fd = -1, pipes[2];
  char byte = 0;
  make_pair (&a, &b);
  g_assert_cmpint (pipe (pipes), ==, 0);
  g_assert_true (lanmu_channel_send (a, LANMU_MESSAGE_FETCH, 5, g_variant_new ("(ss)", "/f", "n"), pipes[1], NULL));
  close (pipes[1]);
  g_assert_cmpint (lanmu_channel_receive (b, &message, &fd, NULL), ==, LANMU_RECEIVED_MESSAGE);
  g_assert_cmpint (fd, >=, 0);
  g_assert_cmpint (write (fd, "x", 1), ==, 1);
  close (fd);
  g_assert_cmpint (read (pipes[0], &byte, 1), ==, 1);
  g_assert_cmpint (byte, ==, 'x');
  g_assert_cmpint (read (pipes[0], &byte, 1), ==, 0); /* no copy of the descriptor is left open */
  close (pipes[0]);
}

static void test_missing_descriptor (void)
{
  g_autoptr (LanmuChannel) a = NULL, b = NULL;
  g_auto (LanmuMessage) message = {0};
  g_autoptr (GError) error = NULL;
  int fd = -1;
  make_pair (&a, &b);
  g_assert_true (lanmu_channel_send (a, LANMU_MESSAGE_FETCH, 5, g_variant_new ("(ss)", "/f", "n"), -1, NULL));
  g_assert_cmpint (lanmu_channel_receive (b, &message, &fd, &error), ==, LANMU_RECEIVED_ERROR);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
}

/* More than the socket holds waits in memory and arrives whole and in order. */
static void test_slow_reader (void)
{
  enum { COUNT = 3000 };
  g_autoptr (LanmuChannel) a = NULL, b = NULL;
  g_autofree char *long_text = g_strnfill (1000, 'x');
  guint64 next = 0;
  make_pair (&a, &b);
  for (guint64 i = 0; i < COUNT; i++)
    g_assert_true (lanmu_channel_send (a, LANMU_MESSAGE_LOST, i, g_variant_new ("(us)", 0u, long_text), -1, NULL));
  g_assert_true (lanmu_channel_has_unsent (a));
  while (next < COUNT) {
    g_auto (LanmuMessage) message = {0};
    int fd = -1;
    if (lanmu_channel_receive (b, &message, &fd, NULL) == LANMU_RECEIVED_MESSAGE)
      g_assert_cmpuint (message.id, ==, next++);
    else
      g_assert_true (lanmu_channel_flush (a, NULL));
  }
  g_assert_false (lanmu_channel_has_unsent (a));
}

static void test_end (void)
{
  g_autoptr (LanmuChannel) a = NULL, b = NULL;
  g_auto (LanmuMessage) message = {0};
  int fd = -1;
  make_pair (&a, &b);
  g_assert_cmpint (lanmu_channel_receive (b, &message, &fd, NULL), ==, LANMU_RECEIVED_NOTHING);
  g_clear_pointer (&a, lanmu_channel_free);
  g_assert_cmpint (lanmu_channel_receive (b, &message, &fd, NULL), ==, LANMU_RECEIVED_END);
  g_autoptr (GError) error = NULL;
  g_assert_false (lanmu_channel_send (b, LANMU_MESSAGE_QUIT, 1, g_variant_new ("()"), -1, &error));
  g_assert_nonnull (error);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/messages/round-trip", test_round_trip);
  g_test_add_func ("/messages/every-prefix-waits", test_every_prefix_waits);
  g_test_add_func ("/messages/nonsense", test_nonsense);
  g_test_add_func ("/messages/flipped-bytes", test_flipped_bytes);
  g_test_add_func ("/channel/descriptor-passes", test_descriptor_passes);
  g_test_add_func ("/channel/missing-descriptor", test_missing_descriptor);
  g_test_add_func ("/channel/slow-reader", test_slow_reader);
  g_test_add_func ("/channel/end", test_end);
  return g_test_run ();
}
