/* Wishes for another picture: somebody who looked at a portrait wants it taken again. The student waits in the queue again, every earlier take stays, and the
 * next accept meets the wish (a trigger of the schema). Runs on the thread that owns the connection. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id, student_id;
  char *student_no, *name, *class_name;
  char *shot_id;    /* the portrait that was refused; NULL: none */
  char *reason;
  char *actor;
  gint64 wall_us;
} LanmuRetakeRow;

void lanmu_retake_row_free (LanmuRetakeRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuRetakeRow, lanmu_retake_row_free)

/* The portrait, if there is one, is no portrait any more, the student waits; one transaction, audited "retake.request". REFUSED: no reason, or asked for already. */
gboolean lanmu_retake_request (LanmuDb *db, gint64 student_id, const char *reason, const char *actor, GError **error);
/* Those that are not met yet, in queue order: LanmuRetakeRow *. */
GPtrArray *lanmu_retakes_open (LanmuDb *db, GError **error);
/* Why another picture of this student is wanted; NULL without an error: it is not. Full. */
char *lanmu_retake_reason (LanmuDb *db, gint64 student_id, GError **error);

G_END_DECLS
