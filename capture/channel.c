/* The socket's framing: see the header. Descriptors are kept in their order of arrival and matched with the messages
 * that announce one. */
#include "capture/channel.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define MAX_WAITING_FDS 64 /* more descriptors without their messages is a mad peer */
#define READ_SIZE       65536

typedef struct {
  GByteArray *bytes;
  gsize sent;
  int fd; /* goes out with the first byte; -1 none */
} Outgoing;

struct _LanmuChannel {
  int fd;
  gboolean blocking;
  GQueue outgoing; /* Outgoing */
  GByteArray *incoming;
  gsize consumed; /* bytes at the front of incoming already handed out */
  GArray *fds;    /* int, received and not yet claimed */
};

static void outgoing_free (Outgoing *item)
{
  if (item->fd >= 0)
    close (item->fd);
  g_byte_array_unref (item->bytes);
  g_free (item);
}

LanmuChannel *lanmu_channel_new (int fd, gboolean blocking_sends)
{
  LanmuChannel *self = g_new0 (LanmuChannel, 1);
  self->fd = fd;
  self->blocking = blocking_sends;
  self->incoming = g_byte_array_new ();
  self->fds = g_array_new (FALSE, FALSE, sizeof (int));
  g_queue_init (&self->outgoing);
  return self;
}

void lanmu_channel_free (LanmuChannel *self)
{
  if (self == NULL)
    return;
  close (self->fd);
  g_queue_clear_full (&self->outgoing, (GDestroyNotify) outgoing_free);
  g_byte_array_unref (self->incoming);
  for (guint i = 0; i < self->fds->len; i++)
    close (g_array_index (self->fds, int, i));
  g_array_unref (self->fds);
  g_free (self);
}

int lanmu_channel_get_fd (LanmuChannel *self)
{
  return self->fd;
}

static gboolean fail (GError **error, const char *what, int number)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (number), "%s: %s", what, g_strerror (number));
  return FALSE;
}

/* One sendmsg of what is left of item; its descriptor goes with the first byte. */
static ssize_t send_some (LanmuChannel *self, Outgoing *item)
{
  struct iovec part = {item->bytes->data + item->sent, item->bytes->len - item->sent};
  union {
    struct cmsghdr header;
    char space[CMSG_SPACE (sizeof (int))];
  } control;
  struct msghdr message = {.msg_iov = &part, .msg_iovlen = 1};
  if (item->fd >= 0 && item->sent == 0) {
    memset (&control, 0, sizeof control);
    message.msg_control = &control;
    message.msg_controllen = sizeof control.space;
    struct cmsghdr *head = CMSG_FIRSTHDR (&message);
    head->cmsg_level = SOL_SOCKET;
    head->cmsg_type = SCM_RIGHTS;
    head->cmsg_len = CMSG_LEN (sizeof (int));
    memcpy (CMSG_DATA (head), &item->fd, sizeof (int));
  }
  return sendmsg (self->fd, &message, MSG_NOSIGNAL | (self->blocking ? 0 : MSG_DONTWAIT));
}

gboolean lanmu_channel_flush (LanmuChannel *self, GError **error)
{
  Outgoing *item;
  while ((item = g_queue_peek_head (&self->outgoing)) != NULL) {
    ssize_t count = send_some (self, item);
    if (count < 0 && errno == EINTR)
      continue;
    if (count < 0)
      return (errno == EAGAIN || errno == EWOULDBLOCK) ? TRUE
                                                       : fail (error, "cannot reach the camera host's peer", errno);
    item->sent += (gsize) count;
    if (item->sent == item->bytes->len)
      outgoing_free (g_queue_pop_head (&self->outgoing));
  }
  return TRUE;
}

gboolean lanmu_channel_has_unsent (LanmuChannel *self)
{
  return !g_queue_is_empty (&self->outgoing);
}

gboolean lanmu_channel_send (LanmuChannel *self, LanmuMessageType type, guint64 id, GVariant *body, int fd,
                             GError **error)
{
  Outgoing *item = g_new0 (Outgoing, 1);
  item->bytes = g_byte_array_new ();
  item->fd = -1;
  lanmu_message_append (item->bytes, type, id, body);
  if (fd >= 0 && (item->fd = fcntl (fd, F_DUPFD_CLOEXEC, 3)) < 0) {
    int number = errno;
    outgoing_free (item);
    return fail (error, "cannot duplicate a descriptor", number);
  }
  g_queue_push_tail (&self->outgoing, item);
  return lanmu_channel_flush (self, error);
}

static void keep_descriptors (LanmuChannel *self, struct msghdr *message)
{
  for (struct cmsghdr *head = CMSG_FIRSTHDR (message); head != NULL; head = CMSG_NXTHDR (message, head)) {
    if (head->cmsg_level != SOL_SOCKET || head->cmsg_type != SCM_RIGHTS)
      continue;
    gsize count = (head->cmsg_len - CMSG_LEN (0)) / sizeof (int);
    for (gsize i = 0; i < count; i++) {
      int fd;
      memcpy (&fd, CMSG_DATA (head) + i * sizeof (int), sizeof (int));
      g_array_append_val (self->fds, fd);
    }
  }
}

/* Reads once. >0 bytes got, 0 end, -1 nothing there, -2 error. */
static int read_some (LanmuChannel *self, GError **error)
{
  guint8 buffer[READ_SIZE];
  union {
    struct cmsghdr header;
    char space[CMSG_SPACE (8 * sizeof (int))];
  } control;
  struct iovec part = {buffer, sizeof buffer};
  struct msghdr message = {
      .msg_iov = &part, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control.space};
  ssize_t count;
  do
    count = recvmsg (self->fd, &message, MSG_DONTWAIT | MSG_CMSG_CLOEXEC);
  while (count < 0 && errno == EINTR);
  if (count < 0) {
    if (errno == EAGAIN || errno == EWOULDBLOCK)
      return -1;
    if (errno == ECONNRESET)
      return 0;
    fail (error, "cannot read from the camera host's peer", errno);
    return -2;
  }
  keep_descriptors (self, &message);
  g_byte_array_append (self->incoming, buffer, (guint) count);
  return (int) count;
}

static gboolean claim_fd (LanmuChannel *self, const LanmuMessage *message, int *fd, GError **error)
{
  *fd = -1;
  if (!lanmu_message_has_fd (message->type))
    return TRUE;
  if (self->fds->len == 0) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "a descriptor is missing");
    return FALSE;
  }
  *fd = g_array_index (self->fds, int, 0);
  g_array_remove_index (self->fds, 0);
  return TRUE;
}

static LanmuReceived take_message (LanmuChannel *self, LanmuMessage *message, int *fd, GError **error)
{
  GError *problem = NULL;
  gsize used = 0;
  if (!lanmu_message_parse (self->incoming->data + self->consumed, self->incoming->len - self->consumed, message, &used,
                            &problem)) {
    if (self->consumed > 0)
      g_byte_array_remove_range (self->incoming, 0, (guint) self->consumed);
    self->consumed = 0;
    if (problem == NULL)
      return LANMU_RECEIVED_NOTHING;
    g_propagate_error (error, problem);
    return LANMU_RECEIVED_ERROR;
  }
  self->consumed += used;
  if (!claim_fd (self, message, fd, error)) {
    lanmu_message_clear (message);
    return LANMU_RECEIVED_ERROR;
  }
  return LANMU_RECEIVED_MESSAGE;
}

LanmuReceived lanmu_channel_receive (LanmuChannel *self, LanmuMessage *message, int *fd, GError **error)
{
  while (TRUE) {
    LanmuReceived received = take_message (self, message, fd, error);
    if (received != LANMU_RECEIVED_NOTHING)
      return received;
    if (self->fds->len > MAX_WAITING_FDS) {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "too many descriptors");
      return LANMU_RECEIVED_ERROR;
    }
    int got = read_some (self, error);
    if (got == -1)
      return LANMU_RECEIVED_NOTHING;
    if (got <= 0)
      return got == 0 ? LANMU_RECEIVED_END : LANMU_RECEIVED_ERROR;
  }
}
