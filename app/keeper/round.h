/* One round of copying, as the keeper's thread does it. Private to app/keeper/ and its tests. Plain memory only. */
#pragma once

#include "db/store.h"

G_BEGIN_DECLS

#define LANMU_KEEPER_BATCH 8u /* pictures a job, so that a stop waits for no more */

typedef struct {
  /* in */
  gboolean want_backup; /* when something was written since the last one */
  /* the thread's own memory, from round to round */
  GHashTable *copied; /* paths that are in the second copy */
  char *folder;       /* of the last round: another one starts anew */
  /* out */
  gboolean has_folder;
  guint behind; /* pictures left to copy */
  gboolean more; /* go on at once */
  gint64 backup_us; /* wall, 0 = none was made */
  GError *trouble;  /* of the second copy */
} LanmuKeeperRound;

LanmuKeeperRound *lanmu_keeper_round_new (void);
void lanmu_keeper_round_free (LanmuKeeperRound *round);

/* LanmuStoreWork. FALSE: the backup in the data folder failed (the pictures are tried all the same). */
gboolean lanmu_keeper_round_run (LanmuDb *db, gpointer round, GError **error);

G_END_DECLS
