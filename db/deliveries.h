/* What was handed over: which picture of whom went out, in which delivery. A row is written when the delivery begins to be put in its place, and ended when it is there.
 * Any thread that owns the connection. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id;
  char *uuid;            /* also in the delivery itself */
  char *kind;            /* "portraits" "originals" */
  char *place;           /* where it was written, as given */
  char *manifest_sha256;
  gint64 files, people;
  char *actor;
  gint64 began_us;       /* wall */
  gint64 ended_us;       /* wall, 0 = never seen in its place */
} LanmuDeliveryRow;

void lanmu_delivery_row_free (LanmuDeliveryRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuDeliveryRow, lanmu_delivery_row_free)

typedef struct {
  const char *path, *sha256, *shot_id;
} LanmuDeliveredFile;

/* row: all but id and the times. The new id, 0 with an error. */
gint64 lanmu_delivery_begin (LanmuDb *db, const LanmuDeliveryRow *row, const LanmuDeliveredFile *files, gsize n, GError **error);
gboolean lanmu_delivery_end (LanmuDb *db, gint64 id, const char *actor, GError **error);
/* A delivery that never came to its place: its rows go, so that its pictures are new again. REFUSED: it ended. */
gboolean lanmu_delivery_forget (LanmuDb *db, gint64 id, const char *actor, GError **error);

GPtrArray *lanmu_deliveries_list (LanmuDb *db, GError **error); /* LanmuDeliveryRow *, oldest first */

G_END_DECLS
