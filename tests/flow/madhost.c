/* A camera host gone mad, for tests/flow/mad.py: whatever it says, in good form and in bad, its parent must live, answer and attach nothing. It takes the place of
 * lanmu-camera: descriptor 3 is the socket, 4 the ring. $LANMU_TEST_MAD=KIND:SEED; each start goes on with the next number, kept in $HOME, so that a parent that starts
 * it again meets another one. One thread; ends when the parent closes. */
#include <errno.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include "capture/channel.h"

#define SOCKET_FD  3
#define RING_FD    4
#define MOST_IDS   16
#define FLOOD_SIZE 20000

typedef struct {
  LanmuChannel *channel;
  GRand *dice;
  const char *kind;
  guint64 ids[MOST_IDS]; /* of commands lately received */
  guint n_ids;
  guint64 tag; /* of the last release */
  gboolean over;
} Mad;

static const guint said[] = {LANMU_MESSAGE_HELLO, LANMU_MESSAGE_OPENED, LANMU_MESSAGE_OPEN_FAILED, LANMU_MESSAGE_LOST,   LANMU_MESSAGE_STATUS,
                             LANMU_MESSAGE_FRAME, LANMU_MESSAGE_CLOCK,  LANMU_MESSAGE_TRIGGERED,   LANMU_MESSAGE_ANNOUNCED, LANMU_MESSAGE_SHOT,
                             LANMU_MESSAGE_FETCHED, LANMU_MESSAGE_LISTED, LANMU_MESSAGE_SETTINGS,  LANMU_MESSAGE_SET_DONE, LANMU_MESSAGE_BYE};

static guint roll (Mad *self, guint sides)
{
  return (guint) g_rand_int_range (self->dice, 0, (gint32) sides);
}

/* -- values -- */

static char *some_text (Mad *self)
{
  static const char *const texts[] = {"", "DSC_0001.JPG", "DSC_0002.NEF", "/store_00010001/DCIM/100NCD75", "../../etc/passwd", "/", "a\nb\t\"c\\", "学号\xef\xbf\xbf", "2501234", "%s%n%s"};
  guint i = roll (self, G_N_ELEMENTS (texts) + 2);
  if (i < G_N_ELEMENTS (texts))
    return g_strdup (texts[i]);
  return i == G_N_ELEMENTS (texts) ? g_strnfill (100000, 'x') : g_strdup_printf ("IMG_%04u.JPG", roll (self, 10000));
}

static guint64 some_number (Mad *self)
{
  static const guint64 numbers[] = {0, 1, 2, 7, 64, 4096, G_MAXINT32, G_MAXUINT32, G_MAXINT64, G_MAXUINT64, (guint64) G_MININT64};
  guint i = roll (self, G_N_ELEMENTS (numbers) + 3);
  if (i < G_N_ELEMENTS (numbers))
    return numbers[i];
  return i == G_N_ELEMENTS (numbers) ? self->tag : i == G_N_ELEMENTS (numbers) + 1 ? (guint64) g_get_monotonic_time () : g_rand_int (self->dice);
}

static GVariant *some_value (Mad *self, const GVariantType *type)
{
  if (g_variant_type_equal (type, G_VARIANT_TYPE_STRING))
    return g_variant_new_take_string (some_text (self));
  if (g_variant_type_equal (type, G_VARIANT_TYPE_BOOLEAN))
    return g_variant_new_boolean (roll (self, 2) == 0);
  if (g_variant_type_equal (type, G_VARIANT_TYPE_UINT32))
    return g_variant_new_uint32 (roll (self, 2) ? roll (self, 24) : (guint32) some_number (self));
  if (g_variant_type_equal (type, G_VARIANT_TYPE_INT32))
    return g_variant_new_int32 ((gint32) some_number (self));
  if (g_variant_type_equal (type, G_VARIANT_TYPE_UINT64))
    return g_variant_new_uint64 (some_number (self));
  if (g_variant_type_equal (type, G_VARIANT_TYPE_INT64))
    return g_variant_new_int64 ((gint64) some_number (self));
  GVariantBuilder builder;
  g_variant_builder_init (&builder, type);
  if (g_variant_type_is_array (type))
    for (guint n = roll (self, 40); n > 0; n--)
      g_variant_builder_add_value (&builder, some_value (self, g_variant_type_element (type)));
  else
    for (const GVariantType *item = g_variant_type_first (type); item != NULL; item = g_variant_type_next (item))
      g_variant_builder_add_value (&builder, some_value (self, item));
  return g_variant_builder_end (&builder);
}

/* -- saying -- */

static void say (Mad *self, guint type, guint64 id, GVariant *body, int fd)
{
  if (!lanmu_channel_send (self->channel, type, id, body, fd, NULL))
    self->over = TRUE;
}

static void say_something (Mad *self)
{
  guint type = said[roll (self, G_N_ELEMENTS (said))];
  guint64 id = self->n_ids && roll (self, 3) ? self->ids[roll (self, MIN (self->n_ids, MOST_IDS))] : some_number (self);
  g_autofree char *signature = g_strdup (lanmu_message_signature (type));
  say (self, type, roll (self, 2) ? id : 0, some_value (self, G_VARIANT_TYPE (signature)), -1);
}

static void write_all (Mad *self, const void *bytes, gsize length)
{
  if (send (SOCKET_FD, bytes, length, MSG_NOSIGNAL) < 0)
    self->over = TRUE;
}

static void say_noise (Mad *self)
{
  guint8 bytes[512];
  for (gsize i = 0; i < sizeof bytes; i++)
    bytes[i] = (guint8) roll (self, 256);
  if (roll (self, 2)) { /* a header that promises sixteen megabytes, of a type that exists */
    const guint8 head[] = {0, 0, 0, 1, LANMU_MESSAGE_LISTED, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
    memcpy (bytes, head, sizeof head);
  }
  write_all (self, bytes, sizeof bytes);
}

static void say_descriptors (Mad *self)
{
  for (guint i = 0; i < 200 && !self->over; i++)
    say (self, LANMU_MESSAGE_STATUS, 0, g_variant_new ("(busii)", FALSE, 0u, "", 50, 100), roll (self, 2) ? RING_FD : SOCKET_FD);
}

static void flood (Mad *self)
{
  for (guint i = 0; i < FLOOD_SIZE && !self->over; i++)
    if (i % 3 == 0)
      say (self, LANMU_MESSAGE_FRAME, 0, g_variant_new ("(uuuutx)", i % 8, 640u, 424u, 2560u, (guint64) i, g_get_monotonic_time ()), -1);
    else
      say (self, LANMU_MESSAGE_STATUS, 0, g_variant_new ("(busii)", FALSE, 0u, "", 50, 100), -1);
}

static void seem_sane (Mad *self)
{
  say (self, LANMU_MESSAGE_HELLO, 0, g_variant_new ("(u)", LANMU_PROTOCOL_VERSION), -1);
}

static void seem_open (Mad *self)
{
  gint64 now = g_get_monotonic_time ();
  say (self, LANMU_MESSAGE_OPENED, 0, g_variant_new ("(ssssiibb)", "D750", "Nikon", "2501234", "ptpip:", 90, 500, FALSE, TRUE), -1);
  say (self, LANMU_MESSAGE_CLOCK, 0, g_variant_new ("(xxx)", g_get_real_time () / G_USEC_PER_SEC * G_USEC_PER_SEC, now, now), -1);
}

/* -- answering, as a host that lies about every picture -- */

static void lie_about_file (Mad *self, guint64 id, int fd)
{
  g_autofree guint8 *bytes = g_malloc (40000);
  for (gsize i = 0; i < 40000; i++)
    bytes[i] = (guint8) roll (self, 256);
  memcpy (bytes, "\xff\xd8\xff\xe0\x00\x10JFIF\x00", 11);
  gsize length = 1 + roll (self, 40000);
  gssize written = fd >= 0 ? write (fd, bytes, length) : 0;
  say (self, LANMU_MESSAGE_FETCHED, id, g_variant_new ("(usutt)", 0u, "", 0u, (guint64) MAX (written, 0), roll (self, 2) ? (guint64) MAX (written, 0) : some_number (self)), -1);
}

static void lie_about_shot (Mad *self, guint64 id)
{
  gint64 now = g_get_monotonic_time ();
  g_autofree char *name = g_strdup_printf ("DSC_%04u.JPG", 1 + roll (self, 9999));
  say (self, LANMU_MESSAGE_TRIGGERED, 0, g_variant_new ("(txx)", self->tag, now, now), -1);
  say (self, LANMU_MESSAGE_ANNOUNCED, 0, g_variant_new ("(tsstxx)", roll (self, 3) ? self->tag : some_number (self), "/store_00010001/DCIM/100NCD75", name, some_number (self), (gint64) 0, now), -1);
  say (self, LANMU_MESSAGE_SHOT, id, g_variant_new ("(usb)", roll (self, 3) ? 0u : roll (self, 24), "", roll (self, 2) == 0), -1);
}

static void answer (Mad *self, const LanmuMessage *message, int fd)
{
  self->ids[self->n_ids++ % MOST_IDS] = message->id;
  if (message->type == LANMU_MESSAGE_SHOOT)
    g_variant_get (message->body, "(t)", &self->tag);
  if (strcmp (self->kind, "words") == 0 || strcmp (self->kind, "silent") == 0)
    return;
  if (message->type == LANMU_MESSAGE_OPEN)
    seem_open (self);
  else if (message->type == LANMU_MESSAGE_SHOOT)
    lie_about_shot (self, message->id);
  else if (message->type == LANMU_MESSAGE_FETCH)
    lie_about_file (self, message->id, fd);
  else if (message->type == LANMU_MESSAGE_LIST)
    say (self, LANMU_MESSAGE_LISTED, message->id, roll (self, 2) ? g_variant_new ("(usa(sstx))", 0u, "", NULL) : some_value (self, G_VARIANT_TYPE ("(usa(sstx))")), -1);
  else if (message->type == LANMU_MESSAGE_QUIT)
    say (self, LANMU_MESSAGE_BYE, message->id, g_variant_new ("(us)", 0u, ""), -1);
}

static void listen_to_parent (Mad *self)
{
  while (!self->over) {
    g_auto (LanmuMessage) message = {0};
    int fd = -1;
    LanmuReceived received = lanmu_channel_receive (self->channel, &message, &fd, NULL);
    if (received == LANMU_RECEIVED_MESSAGE)
      answer (self, &message, fd);
    if (fd >= 0)
      close (fd);
    if (received == LANMU_RECEIVED_NOTHING)
      return;
    self->over |= received == LANMU_RECEIVED_END || received == LANMU_RECEIVED_ERROR;
  }
}

static void rave (Mad *self)
{
  if (strcmp (self->kind, "words") == 0)
    say_something (self);
  else if (strcmp (self->kind, "noise") == 0)
    say_noise (self);
  else if (strcmp (self->kind, "descriptors") == 0)
    say_descriptors (self);
  else if (strcmp (self->kind, "flood") == 0)
    flood (self);
}

/* The number of this start, from 0. */
static guint32 count_start (void)
{
  g_autofree char *path = g_build_filename (g_getenv ("HOME"), "mad-starts", NULL), *text = NULL;
  guint32 count = g_file_get_contents (path, &text, NULL, NULL) ? (guint32) g_ascii_strtoull (text, NULL, 10) : 0;
  g_autofree char *next = g_strdup_printf ("%u", count + 1);
  g_file_set_contents (path, next, -1, NULL);
  return count;
}

int main (int argc, char **argv)
{
  g_auto (GStrv) words = g_strsplit (g_getenv ("LANMU_TEST_MAD"), ":", 2);
  Mad self = {.channel = lanmu_channel_new (SOCKET_FD, TRUE), .kind = words[0]};
  self.dice = g_rand_new_with_seed ((guint32) g_ascii_strtoull (words[1], NULL, 10) * 1000 + count_start ());
  if (strcmp (self.kind, "words") != 0 || roll (&self, 2))
    seem_sane (&self);
  if (strcmp (self.kind, "words") == 0 && roll (&self, 2))
    seem_open (&self);
  while (!self.over) {
    struct pollfd wait = {.fd = SOCKET_FD, .events = POLLIN};
    poll (&wait, 1, strcmp (self.kind, "flood") == 0 ? 0 : 2);
    if (wait.revents)
      listen_to_parent (&self);
    if (!self.over)
      rave (&self);
  }
  return 0;
}
