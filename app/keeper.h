/* LanmuKeeper: copies made while the station works, and nobody waits for them. Two kinds:
 *   - the database, online, into backups/ of the data folder: every `backup.minutes` (setting, 10; 0 = never) when something was written since, thinned out
 *     to the newest `backup.keep` (12) and one a day;
 *   - every proved picture and every such copy into a folder on another disk, when one was named (`lanmuctl backup --second DIR`).
 *
 * Why apart from the station's store: a copy reads one snapshot through a connection of its own (WAL: it never holds a writer up), and a slow or hanging
 * disk may only ever hold up this thread. The thread is a LanmuStore opened for reading; it asks for idle disk time.
 *
 * Promises:
 *  1. No bind and no shot ever waits for a copy.
 *  2. What goes wrong is said once, when it begins ("changed"), with a sentence; it is tried again by itself, and what was missed is caught up.
 *  3. A picture counts as copied when its copy was fsynced, read back and had the SHA-256 of its row. Nothing is ever removed from the second copy but
 *     copies of the database that the rotation takes.
 *
 * Main thread only.
 */
#pragma once

#include "db/store.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_KEEPING_OFF,     /* no second folder was named; the database is still copied */
  LANMU_KEEPING_FINE,    /* everything is there twice */
  LANMU_KEEPING_BEHIND,  /* catching up: "behind" pictures to go */
  LANMU_KEEPING_MISSING, /* the folder is not there: disk not plugged in */
  LANMU_KEEPING_FULL,    /* its disk, or the data folder's, is full */
  LANMU_KEEPING_SLOW,    /* a copy takes longer than half a minute */
  LANMU_KEEPING_FAILED,  /* anything else: see the message */
} LanmuKeeping;
const char *lanmu_keeping_to_string (LanmuKeeping state); /* "off" "fine" … */

#define LANMU_PREFERENCE_BACKUP_MINUTES "backup.minutes"
#define LANMU_PREFERENCE_BACKUP_KEEP    "backup.keep"

#define LANMU_TYPE_KEEPER (lanmu_keeper_get_type ())
G_DECLARE_FINAL_TYPE (LanmuKeeper, lanmu_keeper, LANMU, KEEPER, GObject)

/* Signal "changed": the state is another than before. */

/* Starts at once with what is missing. NULL: the folder cannot be read (the station then works without copies and says so). */
LanmuKeeper *lanmu_keeper_new (const char *data_dir, GError **error);
/* A picture became durable: copy it soon. */
void lanmu_keeper_kick (LanmuKeeper *self);
/* A last round (backup when something changed, pictures that are missing); callback comes also when it fails, at the latest when the running copy is done. */
void lanmu_keeper_finish_async (LanmuKeeper *self, GAsyncReadyCallback callback, gpointer user_data);
/* Waits for the running job only. */
void lanmu_keeper_stop (LanmuKeeper *self);

LanmuKeeping lanmu_keeper_get_state (LanmuKeeper *self);
guint lanmu_keeper_get_behind (LanmuKeeper *self);           /* pictures not copied yet */
const char *lanmu_keeper_get_message (LanmuKeeper *self);    /* translated sentence for the state, "" when all is well */
gint64 lanmu_keeper_get_last_backup_us (LanmuKeeper *self);  /* wall; 0 = none by this run */

G_END_DECLS
