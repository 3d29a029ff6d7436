/* SimServer: the PTP/IP side: listens on loopback, shakes hands, keeps one session, and carries operations to the body
 * and answers back, one after the other.
 *
 * Promises:
 *  1. One initiator at a time: a second one gets InitFail "busy"; one whose predecessor has already closed gets in at
 * once.
 *  2. Operations are answered in the order they came, each after all that was asked to delay it, also when the
 * initiator has given up waiting.
 */
#pragma once

#include "capture/simcam/body.h"

G_BEGIN_DECLS

typedef struct SimServer SimServer;

SimServer *sim_server_new (SimBody *body, int port, GError **error); /* port 0: any free one */
void sim_server_free (SimServer *server);
int sim_server_port (SimServer *server);
gboolean sim_server_connected (SimServer *server);
gboolean sim_server_plugged (SimServer *server);                     /* listening: can be reached */
void sim_server_set_bandwidth (SimServer *server, gint64 bandwidth); /* bytes a second, 0: as fast as it goes */
/* Called when an operation is about to be carried out, once each. It may end the session. */
void sim_server_watch (SimServer *server, void (*on_op) (guint16 code, gpointer data), gpointer data);
void sim_server_drop (SimServer *server, gboolean reset); /* breaks the connection */
void sim_server_unplug (SimServer *server, guint ms);     /* gone from the wire, back after ms */

G_END_DECLS
