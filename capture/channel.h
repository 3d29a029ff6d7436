/* LanmuChannel: one end of the socket between the camera host and its parent: framing, descriptors, and nothing that
 * trusts the peer.
 *
 * Thread: that of its owner, never shared. The parent's end does not block: what the socket does not take waits in
 * memory and goes out with the next lanmu_channel_flush. The host's end blocks when sending (a parent that does not
 * read has all ring buffers in hand anyway).
 */
#pragma once

#include "capture/messages.h"

G_BEGIN_DECLS

typedef struct _LanmuChannel LanmuChannel;

typedef enum {
  LANMU_RECEIVED_MESSAGE, /* *message is filled */
  LANMU_RECEIVED_NOTHING, /* no whole message there yet */
  LANMU_RECEIVED_END,     /* the peer closed */
  LANMU_RECEIVED_ERROR,   /* *error is set: read error or not a message of ours */
} LanmuReceived;

LanmuChannel *lanmu_channel_new (int fd, gboolean blocking_sends); /* takes a connected SOCK_STREAM socket; owned */
void lanmu_channel_free (LanmuChannel *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuChannel, lanmu_channel_free)
int lanmu_channel_get_fd (LanmuChannel *self);

/* Sends or queues one message; fd (or -1) is dup'ed. FALSE when the peer is gone (G_IO_ERROR). */
gboolean lanmu_channel_send (LanmuChannel *self, LanmuMessageType type, guint64 id, GVariant *body, int fd,
                             GError **error);
gboolean lanmu_channel_flush (LanmuChannel *self, GError **error);
gboolean lanmu_channel_has_unsent (LanmuChannel *self);

/* Never blocks. *fd gets the message's descriptor (owned by the caller) or -1. */
LanmuReceived lanmu_channel_receive (LanmuChannel *self, LanmuMessage *message, int *fd, GError **error);

G_END_DECLS
