/* SimLink: one TCP connection of PTP/IP: packets in, packets out, never blocking, with a bandwidth that can be
 * narrowed.
 *
 * Thread: the main loop's. Callbacks may close the link; the link itself is freed by its owner, outside of a callback
 * of that link or inside "gone".
 */
#pragma once

#include <gio/gio.h>
#include "capture/simcam/ptp.h"

G_BEGIN_DECLS

typedef struct SimLink SimLink;

typedef void (*SimLinkPacket) (SimLink *link, SimPacket type, const guint8 *payload, gsize length, gpointer user_data);
typedef void (*SimLinkGone) (SimLink *link,
                             gpointer user_data); /* once, when the other side went away or sent nonsense */

SimLink *sim_link_new (GSocket *socket, gint64 bandwidth); /* takes a reference; bandwidth in bytes/s, 0: none */
void sim_link_set_bandwidth (SimLink *link, gint64 bandwidth);
void sim_link_free (SimLink *link); /* closes without a word */
void sim_link_watch (SimLink *link, SimLinkPacket on_packet, SimLinkGone on_gone, gpointer user_data);
void sim_link_send (SimLink *link, SimPacket type, GByteArray *head,
                    GBytes *body);            /* body may be NULL; head is not taken */
gboolean sim_link_alive (SimLink *link);      /* asks the kernel: FALSE as soon as the other side has closed */
void sim_link_reset_on_close (SimLink *link); /* the close will be a TCP reset */

G_END_DECLS
