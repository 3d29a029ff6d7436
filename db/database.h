/* LanmuDb: one connection to a station's database (schema.sql), and what every table module below it shares: opening, transactions, checks, backups.
 *
 * Thread: a connection belongs to one thread at a time; db/store.h owns the only writing one. Tools that only read open READ_ONLY beside a running station.
 *
 * Promises:
 *  1. A commit that returned TRUE survives a power cut (WAL, synchronous=FULL).
 *  2. A write is all or nothing, its audit row included.
 *  3. A database of a newer version, or a file that is not ours, is refused and not one byte of the folder changes.
 *  4. Before the first migration step a copy is made in backups/.
 */
#pragma once

#include <glib.h>
#include "db/error.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_DB_READ_ONLY,  /* no lock needed; refuses a database that still has to be migrated (REFUSED) */
  LANMU_DB_READ_WRITE, /* the database must be there (NOT_FOUND); migrates it */
  LANMU_DB_CREATE,     /* as READ_WRITE, but makes the folder and an empty database when missing */
} LanmuDbMode;

typedef struct _LanmuDb LanmuDb;
typedef gboolean (*LanmuDbWork) (LanmuDb *db, gpointer data, GError **error);

/* Opens lanmu.db in data_dir and runs the cheap integrity check. Whoever writes holds the LanmuLock of the folder (lanmu_store_open does). */
LanmuDb *lanmu_db_open (const char *data_dir, LanmuDbMode mode, GError **error);
void lanmu_db_close (LanmuDb *db);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuDb, lanmu_db_close)

const char *lanmu_db_get_data_dir (LanmuDb *db);
LanmuDbMode lanmu_db_get_mode (LanmuDb *db);
int lanmu_db_get_version (LanmuDb *db); /* PRAGMA user_version */

/* Transactions nest: the outermost is BEGIN IMMEDIATE, inner ones are savepoints, so table functions (each is a transaction) can be joined into one.
 * commit and rollback end the innermost. A failed commit has rolled back. name (static) names the killpoints NAME.before-commit and NAME.after-commit
 * of the outermost; NULL for none. */
gboolean lanmu_db_begin (LanmuDb *db, const char *name, GError **error);
gboolean lanmu_db_commit (LanmuDb *db, GError **error);
void lanmu_db_rollback (LanmuDb *db);
gboolean lanmu_db_transaction (LanmuDb *db, const char *name, LanmuDbWork work, gpointer data, GError **error);

/* Structure of the file (quick: seconds on a big file; full: indexes and foreign keys too). CORRUPT names the first problem. */
gboolean lanmu_db_check (LanmuDb *db, gboolean full, GError **error);

/* A complete, consistent copy as a new file at path (EXISTS when it is there), fsynced. The station may go on writing. */
gboolean lanmu_db_backup (LanmuDb *db, const char *path, GError **error);

G_END_DECLS
