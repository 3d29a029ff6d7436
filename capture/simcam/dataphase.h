/* The data of an answer: gathered from the reply, sent in packets. Single-threaded. */
#pragma once

#include "capture/simcam/link.h"
#include "capture/simcam/op.h"

G_BEGIN_DECLS

GBytes *sim_reply_take_data (SimReply *reply); /* all of it, or NULL when there is none; caller unrefs */
void sim_reply_clear (SimReply *reply);

/* missing: bytes promised in the length and never sent. break_off: only the first half goes out. */
void sim_data_send (SimLink *link, guint32 transaction, GBytes *data, guint64 missing, gboolean break_off);

G_END_DECLS
