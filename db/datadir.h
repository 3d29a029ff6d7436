/* The data folder: what lies in it and whether it can be used. No database is opened here. Any thread; paths are in the file system's encoding.
 *
 *   lanmu.db     the database (with -wal and -shm beside it while open)
 *   incoming/    <ticket>.part: bytes that are still coming from the camera
 *   shots/       <yyyymmdd>/<shot id>.jpg: proved pictures
 *   quarantine/  the same for pictures no ticket explains
 *   portraits/   <shot id>.jpg: finished files of chosen shots, made again at will
 *   backups/     copies of the database made before a migration
 *   lock         the single-instance lock, see db/lock.h
 */
#pragma once

#include <glib.h>
#include "db/error.h"

G_BEGIN_DECLS

#define LANMU_DATADIR_DATABASE "lanmu.db"
#define LANMU_DATADIR_INCOMING "incoming"
#define LANMU_DATADIR_SHOTS "shots"
#define LANMU_DATADIR_QUARANTINE "quarantine"
#define LANMU_DATADIR_PORTRAITS "portraits"
#define LANMU_DATADIR_BACKUPS "backups"
#define LANMU_DATADIR_LOCK "lock"

/* $LANMU_DATA, else $XDG_DATA_HOME/lanmu. */
char *lanmu_datadir_default (void);

/* Makes the folder (parents too, 0700) and its subfolders, durably. Nothing is changed when all are there.
 * READ_ONLY, FULL, IO (a file stands in its place, a parent is not a folder). */
gboolean lanmu_datadir_create (const char *dir, GError **error);

/* Is the folder there, and can it be written? Creates nothing. NOT_FOUND when it is not there. */
gboolean lanmu_datadir_check (const char *dir, gboolean for_writing, GError **error);

/* Bytes an unprivileged writer may still write on the folder's file system; -1 with an error. */
gint64 lanmu_datadir_get_free_bytes (const char *dir, GError **error);

G_END_DECLS
