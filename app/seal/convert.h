/* Sealing a campaign that has data already: rows, pictures here and in the second copy, the copies of the database. Killed anywhere, the next call goes on:
 * what is sealed is left alone, what is plain is sealed, and only then the campaign counts as sealed. Runs on the store thread, under the folder's lock. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  guint files;            /* sealed by this call */
  guint copies_removed;   /* of the database, that held plain rows */
  char *second;           /* folder of the second copy, "" = none */
  gboolean second_sealed; /* FALSE with a second: it could not be reached; plain pictures are still there */
} LanmuSealConverted;

void lanmu_seal_converted_clear (LanmuSealConverted *self);

/* The campaign is sealing or sealed, and open. FULL, IO … leave it resumable. */
gboolean lanmu_seal_convert (LanmuDb *db, const char *actor, LanmuSealConverted *out, GError **error);

/* Regular files below `dir` that hold pictures, as paths below it: GPtrArray of char *. Also for the purge. */
GPtrArray *lanmu_seal_picture_files (const char *dir);

G_END_DECLS
