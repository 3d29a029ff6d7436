/* What the tests of db/ share: a data folder of their own, and a campaign with a list in it. */
#pragma once

#include "db/bindings.h"
#include "db/campaign.h"
#include "db/ids.h"
#include "db/roster.h"
#include "db/session.h"
#include "db/shots.h"
#include "db/vault.h"

#define ACTOR "tester"

/* A new empty folder below $TMPDIR; remove_folder takes all of it away. */
char *make_folder (void);
void remove_folder (const char *dir);

/* An open database with a campaign and `n` students "20210001" …, 30 a class; session 1 has begun. */
LanmuDb *open_campaign (const char *dir, guint n);
void import_students (LanmuDb *db, guint n);

/* Microseconds on both clocks; equal for the sake of reading. */
LanmuMoment at (gint64 us);

gint64 bind_student (LanmuDb *db, const char *student_no, gint64 us);            /* binding id */
LanmuTicketRow *open_host_ticket (LanmuDb *db, gint64 us);                        /* for whoever is bound */
/* A shot of the ticket with bytes that nobody else has; the strings are the row's. */
LanmuShotRow *make_shot (const LanmuTicketRow *ticket, gint64 student_id);

/* The number that a query gives, on a connection of its own that knows no rule of ours. */
gint64 query_int (const char *dir, const char *sql);
void run_raw (const char *dir, const char *sql);
/* What SQLite says to a statement the schema should refuse; NULL when it was accepted. */
char *try_raw (const char *dir, const char *sql);
