/* SimRig: the whole camera as its operator holds it: body, wire, and what is planned for later. Control commands act on
 * it. */
#pragma once

#include "capture/simcam/body.h"
#include "capture/simcam/server.h"

G_BEGIN_DECLS

typedef struct {
  SimBody *body;
  SimServer *server;
  SimLedger *ledger;
  GMainLoop *loop;
  GQueue planned; /* commands that wait for a picture (commands.c) */
} SimRig;

G_END_DECLS
