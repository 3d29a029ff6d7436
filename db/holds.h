/* Students who must not be photographed now, with the reason, until somebody lifts it. The schema refuses to bind them. Any thread that owns the connection. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id;
  gint64 student_id;
  char *student_no;
  char *kind;        /* "identity" "health" "other" */
  char *reason;
  char *actor;
  gint64 began_us;   /* wall */
} LanmuHoldRow;

void lanmu_hold_row_free (LanmuHoldRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuHoldRow, lanmu_hold_row_free)

/* A waiting student leaves the queue (skipped). EXISTS: held already; REFUSED: no reason, or the student sits before the camera this moment. */
gint64 lanmu_hold_begin (LanmuDb *db, gint64 student_id, const char *kind, const char *reason, const char *actor, GError **error);
/* A skipped student waits again. NO_ROW: is not held. */
gboolean lanmu_hold_end (LanmuDb *db, gint64 student_id, const char *why, const char *actor, GError **error);

gboolean lanmu_hold_of (LanmuDb *db, gint64 student_id, LanmuHoldRow **row, GError **error); /* *row NULL: is not held */
GPtrArray *lanmu_holds_list (LanmuDb *db, GError **error);                                    /* LanmuHoldRow *: who is held now, oldest first */

G_END_DECLS
