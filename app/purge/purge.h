/* Deleting a campaign's data for good, with a signed record of it. Store thread, under the folder's lock.
 *
 * Goes: rows of persons, the campaign key and its wrappings (what of a sealed campaign lies anywhere can never be opened again), pictures, portraits, admission
 * photos, what a restore set aside, copies of the database here; all of that in the second copy when it can be reached. Stays: the campaign's row, the audit
 * with its chain (students are internal numbers there), settings. Not touched: delivered folders, which are the school's, and what other programs copied.
 *
 * Killed anywhere, the next call goes on where it stopped. */
#pragma once

#include "db/purge.h"

G_BEGIN_DECLS

typedef struct {
  LanmuPurgeCount count;
  guint pictures;       /* files here */
  guint copies;         /* of the database, here */
  char *second;         /* "" = none */
  gboolean second_there;
  char *campaign, *uuid, *school_code, *delete_after; /* delete_after "" = none */
  gboolean due;         /* the date has come */
  GPtrArray *places;    /* char *: delivered folders, not deleted */
  LanmuPurgeState state;
} LanmuPurgePlan;

void lanmu_purge_plan_clear (LanmuPurgePlan *self);
gboolean lanmu_purge_plan (LanmuDb *db, LanmuPurgePlan *out, GError **error);

/* reason "" = it is due and handed over, else REFUSED (nothing is changed). Also goes on with one that was begun (reason is not asked then).
 * *record: what is to be signed, full. */
gboolean lanmu_purge_run (LanmuDb *db, const LanmuPurgePlan *plan, const char *reason, const char *actor, char **record, GError **error);

/* Days until the date, negative after it; FALSE: there is no date. */
gboolean lanmu_purge_days_left (const char *delete_after, gint64 now_us, int *days);

/* -- the record: text that proves itself -- */

/* "lanmu-purge 1", the record, the public key, the signature: a line each. Written to path, durably. *fingerprint: full. */
gboolean lanmu_purge_record_write (const char *data_dir, const char *record, const char *path, char **fingerprint, GError **error);
/* FALSE with INVALID_DATA: not such a file, or changed. */
gboolean lanmu_purge_record_check (const char *path, char **record, char **fingerprint, GError **error);

G_END_DECLS
