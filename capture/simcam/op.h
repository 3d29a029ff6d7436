/* One operation of PTP as the body sees it, and its answer. */
#pragma once

#include <glib.h>
#include "capture/simcam/ptp.h"

G_BEGIN_DECLS

typedef struct {
  guint16 code;
  guint32 transaction;
  guint n; /* parameters given */
  guint32 p[5];
  GByteArray *data; /* data the initiator sent, NULL when none */
} SimOp;

typedef struct {
  guint16 rc; /* SimResponseCode */
  guint n;
  guint32 p[5];
  GByteArray *out; /* data to answer with, built by the handler; NULL: none, unless `bytes` */
  GBytes *bytes;   /* data taken from elsewhere, goes after `out` */
  guint64 missing; /* bytes promised in the data phase's length but never sent */
} SimReply;

/* Lazily makes reply->out, for handlers that answer with data. */
static inline GByteArray *sim_reply_data (SimReply *reply)
{
  if (reply->out == NULL)
    reply->out = g_byte_array_new ();
  return reply->out;
}

G_END_DECLS
