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
  GQueue planned;   /* commands that wait for a picture or an operation (plan.c) */
  GRand *weather;   /* draws the faults of a day; NULL: fair */
  guint bad_chance; /* percent of pictures that bring one */
} SimRig;

G_END_DECLS
