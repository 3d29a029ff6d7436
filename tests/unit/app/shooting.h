/* What the tests of verify and tray share: shots made by hand through the store, with real files. */
#pragma once

#include "db/session.h"
#include "db/shots.h"
#include "tests/unit/app/fixture.h"

typedef struct {
  char *dir;
  LanmuDb *db;
  gint64 session;
  gint64 us;       /* boot clock; the wall clock as well, as if the machine had booted at 1970, … */
  gint64 wall_set; /* … until somebody sets it by this much */
} Shooting;

void shooting_set_up (Shooting *self, gconstpointer data);
void shooting_tear_down (Shooting *self, gconstpointer data);

/* Binds, opens a ticket, lays a file of `text` into the vault and writes the row. quarantine: the reason, NULL =
 * attached. Returns the shot's id. */
char *shooting_take (Shooting *self, const char *student_no, const char *text, const char *quarantine);

/* The same for somebody under a capture code. */
char *shooting_take_code (Shooting *self, const char *token, const char *text, const char *quarantine);

/* On a connection that knows no rule of ours, triggers dropped. */
void shooting_tamper (Shooting *self, const char *sql);
