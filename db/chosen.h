/* What a hand-over must know of every accepted picture, in one reading: shot, newest counselor's word, portrait,
 * earlier deliveries. Any thread that owns the connection. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  char *shot_id, *sha256, *path; /* of the shot; path below the data folder */
  char *exif_time;               /* as the camera wrote it, "" = unknown */
  char *proof;                   /* comma list */
  gint64 sequence_no;
  gboolean countersigned; /* as lanmu_countersign_of_shot: the newest word about the one who owns it now is a yes */
  char *portrait_path, *portrait_sha256, *portrait_profile; /* NULL: there is none; profile: its SHA-256, "" = moved by hand since (db/crops.h) */
  gboolean delivered;                                       /* by a delivery of the kind that ended */
} LanmuChosenRow;

void lanmu_chosen_row_free (LanmuChosenRow *row);

/* kind: "portraits" "originals". shot id → LanmuChosenRow *, of students and of capture codes. Full. */
GHashTable *lanmu_chosen_get_all (LanmuDb *db, const char *kind, GError **error);

G_END_DECLS
