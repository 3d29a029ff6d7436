/* Copies of the database as files that can be trusted later: made online, checked as soon as they are written, with a small text beside each that says what
 * they are. lanmu_db_backup makes one file; here is what a folder full of them needs.
 *
 *   lanmu-20270501T081502.123456Z.db      the copy (UTC of the machine's clock)
 *   lanmu-20270501T081502.123456Z.db.sum  what was checked: bytes, SHA-256, campaign, and how far the audit chain reached
 *
 * The .sum is also an anchor of the audit: rows that are cut off or rewritten after it was made contradict it (`lanmuctl verify` asks every .sum it finds).
 *
 * Promises:
 *  1. A name ending in .db appears only when the copy is complete and fsynced; its .sum only when it was read back and passed SQLite's full check.
 *  2. A copy reads one snapshot; the station may go on writing. It takes no write lock and needs no stop.
 *  3. Rotation removes only copies made by the timer, never the newest one, never one made before a migration.
 *
 * Any thread; db is that thread's connection. It waits for the disk.
 */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  char *path;
  char *name;        /* without the folder */
  char *sha256;      /* of the .sum, "" = it has none */
  char *campaign;    /* uuid */
  gint64 size;       /* bytes */
  gint64 wall_us;    /* when it was made, by the clock of then */
  gint64 audit_rows; /* 0 = not known */
  char *audit_hash;  /* of the last of them, "" = not known */
} LanmuBackupRow;

void lanmu_backup_row_free (LanmuBackupRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuBackupRow, lanmu_backup_row_free)

/* A new copy in `folder` (which is there). FULL, READ_ONLY, IO; CORRUPT when what was written is not what was read. */
LanmuBackupRow *lanmu_backup_make (LanmuDb *db, const char *folder, GError **error);

/* Every copy in a folder, the one with the longest audit first (a clock can be set back, the chain cannot). A folder that is not there is empty. */
GPtrArray *lanmu_backups_list (const char *folder, GError **error);

/* Reads it whole: bytes against the .sum (when there is one), SQLite's full check, the audit chain. CORRUPT says what is wrong. */
gboolean lanmu_backup_check (const LanmuBackupRow *row, GError **error);

/* A durable copy of both files in another folder; TRUE also when they are there already. */
gboolean lanmu_backup_copy (const LanmuBackupRow *row, const char *folder, GError **error);

/* Of the timer's copies, the newest `keep` and the newest of each day stay. */
gboolean lanmu_backups_rotate (const char *folder, guint keep, GError **error);

/* After a restore from an older copy, copies that reach further than it belong to what was given up: they are kept under the name given-up-…, so that neither the
 * rotation nor the next restore takes them for newer. db: the restored database; without a restore in its audit nothing is touched (then a stranger is a finding). */
gboolean lanmu_backups_give_up (LanmuDb *db, const char *folder, GError **error);

/* Has anything been written since? *same: the copy's audit ends where the database's does. */
gboolean lanmu_backup_is_current (LanmuDb *db, const LanmuBackupRow *row, gboolean *same, GError **error);

G_END_DECLS
