/* A session: one run of one program on the folder, so that every binding and ticket says in which boot its boot times count. A session without an end
 * is running or was killed; whoever holds the folder's lock knows that every other one is dead. */
#pragma once

#include "db/database.h"
#include "db/moment.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id;
  char *program;       /* "lanmu", "lanmuctl" */
  char *operator_name; /* column `operator` */
  char *boot_id;
  LanmuMoment started;
  LanmuMoment ended;   /* both 0: no end was written */
} LanmuSessionRow;

void lanmu_session_row_free (LanmuSessionRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuSessionRow, lanmu_session_row_free)

/* Written with lanmu_boot_id(); returns the new id, 0 with an error. The actor of its audit row is `operator_name`. */
gint64 lanmu_session_begin (LanmuDb *db, const char *program, const char *operator_name, LanmuMoment now, GError **error);
gboolean lanmu_session_end (LanmuDb *db, gint64 session_id, LanmuMoment now, const char *actor, GError **error);
LanmuSessionRow *lanmu_session_get (LanmuDb *db, gint64 session_id, GError **error);

G_END_DECLS
