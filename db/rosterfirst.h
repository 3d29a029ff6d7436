/* Private to db/: the students of a first list, into an empty table. Runs on the thread that owns the connection, in the transaction of its import. */
#pragma once

#include "db/roster.h"

G_BEGIN_DECLS

typedef struct {
  const LanmuRosterRows *rows;
  const gsize *order;      /* of the rows: by class, then by student number */
  const gint64 *class_ids; /* of each row */
  gsize bad_row; /* out, when it failed: index of the row at fault, else G_MAXSIZE */
} LanmuRosterFirst;

/* EXISTS: a student number stands twice. */
gboolean lanmu_roster_first_write (LanmuDb *db, LanmuRosterFirst *first, GError **error);

/* Asks whoever looks on, every few thousand rows: STOPPED. */
gboolean lanmu_roster_rows_may_go_on (const LanmuRosterRows *rows, gsize i, double fraction, GError **error);

G_END_DECLS
