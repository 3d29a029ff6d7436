/* The end of a campaign's data: every row that is of a person goes, the chain of the audit stays. Runs on the thread that owns the connection.
 *
 * Calling sequence (each step may be the last before a death; the next call goes on by the state):
 *   count → begin (the record is written down) → files are removed by the app → rows → finish
 *
 * What is kept is named (campaign, session, audit, setting, purge); every other table is emptied, also those that later versions add. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef enum { LANMU_PURGE_NONE, LANMU_PURGE_BEGUN, LANMU_PURGE_DONE } LanmuPurgeState;

typedef struct {
  gint64 students, shots, portraits, bindings, slips;
  gint64 chosen, delivered; /* accepted people, and those of them whose picture is in a delivery that ended */
  char *hashes;             /* SHA-256 over the SHA-256 of every shot, sorted, a line each */
  gint64 audit_rows;
  char *audit_hash;         /* of the last row */
} LanmuPurgeCount;

void lanmu_purge_count_clear (LanmuPurgeCount *self);
gboolean lanmu_purge_count (LanmuDb *db, LanmuPurgeCount *out, GError **error);

/* record (may be NULL): a JSON object, full. */
gboolean lanmu_purge_get (LanmuDb *db, LanmuPurgeState *state, char **record, GError **error);
gboolean lanmu_purge_begin (LanmuDb *db, const char *record, const char *actor, GError **error);
gboolean lanmu_purge_rows (LanmuDb *db, const char *actor, GError **error);
/* record: as it is signed. */
gboolean lanmu_purge_finish (LanmuDb *db, const char *record, const char *actor, GError **error);

/* REFUSED when the campaign was purged, or is being: nobody works in it any more. */
gboolean lanmu_purge_require_none (LanmuDb *db, GError **error);

G_END_DECLS
