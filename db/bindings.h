/* Who sat before the camera, and from when to when. This table decides whose a picture is, so intervals never overlap and at most one is open. */
#pragma once

#include "db/database.h"
#include "db/moment.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id;
  gint64 session_id;
  char *boot_id;      /* of that session: in which boot the boot times count */
  gint64 student_id;  /* 0 = none (capture code without a list) */
  char *token;        /* 采集码, byte for byte, or NULL */
  char *how;          /* "queue" "scan" "find" "recall" "command" */
  LanmuMoment began;
  LanmuMoment ended;  /* wall 0 = open; boot 0 with a wall = its session died and its boot is over: until the end of that boot */
} LanmuBindingRow;

void lanmu_binding_row_free (LanmuBindingRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuBindingRow, lanmu_binding_row_free)

/* Closes the open binding, if any, at the same moment and opens the new one; half-open intervals [began, ended). Of student_id (0 = none) and token (NULL = none)
 * at least one must be given; an empty token is REFUSED. Returns the new id, 0 with an error. */
gint64 lanmu_binding_begin (LanmuDb *db, gint64 session_id, gint64 student_id, const char *token, const char *how, LanmuMoment now, const char *actor,
                            GError **error);

/* Closes the open binding; TRUE also when none is open. */
gboolean lanmu_binding_end (LanmuDb *db, LanmuMoment now, const char *actor, GError **error);

/* At start, under the folder's lock: closes an open binding of any session but `session_id` at `now` (in an earlier boot: see ended above).
 * *closed (may be NULL) = its id, 0 = there was none. */
gboolean lanmu_bindings_close_stale (LanmuDb *db, gint64 session_id, LanmuMoment now, const char *actor, gint64 *closed, GError **error);

LanmuBindingRow *lanmu_binding_get (LanmuDb *db, gint64 id, GError **error);                   /* NO_ROW */
gboolean lanmu_binding_get_open (LanmuDb *db, LanmuBindingRow **row, GError **error);          /* *row NULL: nobody is bound */

/* Every binding that shares a moment with [lo_us, hi_us], oldest first: LanmuBindingRow *. boot_id: the boot in whose boot time lo and hi are given;
 * NULL: lo and hi are wall times. */
GPtrArray *lanmu_bindings_overlapping (LanmuDb *db, const char *boot_id, gint64 lo_us, gint64 hi_us, GError **error);

/* Has this capture code been bound before (by any session)? *binding_id = its newest binding or 0. */
gboolean lanmu_bindings_find_token (LanmuDb *db, const char *token, gint64 *binding_id, GError **error);

G_END_DECLS
