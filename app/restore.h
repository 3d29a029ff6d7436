/* After the laptop fell: a data folder again, out of a copy of its database and every picture that can still be found.
 *
 *   lanmu_restore (FROM, data folder)   FROM is a data folder (its backups/), a second copy, or a folder made by
 * `lanmuctl backup DIR`
 *
 * What comes back is what the newest sound copy of the database says, and nothing else is believed: who was bound after
 * that copy is lost, so a picture taken after it cannot be proved to be anybody's. It goes to the tray (reason
 * "restored"), unless the ticket it answers was already in the copy and open: then it lies in shots/ and is judged by
 * the station's own rules at the next start.
 *
 * Promises:
 *  1. Nothing is deleted. The new folder is made beside the old one and takes its place in one step; the old one stays
 * under the name in `set_aside`.
 *  2. A picture is taken only with the SHA-256 of its row, from wherever it is found (old folder first, then FROM).
 *  3. A binding that was open in the copy ends where the copy last saw it: nothing that happened later is given to it.
 *  4. The audit goes on: its next row says what was restored from where.
 *
 * Main thread or any other; takes as long as reading every picture. The folder must not be open in another program
 * (IN_USE).
 */
#pragma once

#include <glib.h>
#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  char *backup;    /* the copy that was taken */
  char *set_aside; /* where the old folder is now, "" = there was none */
  guint refused;   /* newer copies that were damaged */
  guint pictures;  /* files that came back by their row */
  guint missing;   /* rows whose file was found nowhere */
  guint newer;     /* pictures from after the copy, now in the tray */
  guint waiting;   /* pictures from after the copy whose ticket is open: judged at the next start */
} LanmuRestored;

void lanmu_restored_clear (LanmuRestored *self);

/* Asked with the database before any picture is looked at: whoever can opens a sealed campaign there (db/seal.h). FALSE
 * ends the restore with its error. */
typedef gboolean (*LanmuRestoreReady) (LanmuDb *db, gpointer data, GError **error);

/* ready: NULL for a campaign that is not sealed. CLOSED: it is sealed and stayed so. NOT_FOUND: no sound copy in
 * `from`; IN_USE; FULL, IO: nothing has changed then (what was begun is removed). */
gboolean lanmu_restore (const char *from, const char *data_dir, const char *actor, LanmuRestoreReady ready,
                        gpointer ready_data, LanmuRestored *out, GError **error);

/* The database is sound, pictures are missing or altered: puts them back out of `from`; altered files move to damaged/
 * of the data folder. */
typedef struct {
  guint sound, restored, lost; /* pictures; lost: not in `from` either */
} LanmuRestoredPictures;
gboolean lanmu_restore_pictures (const char *from, const char *data_dir, const char *actor, LanmuRestoreReady ready,
                                 gpointer ready_data, LanmuRestoredPictures *out, GError **error);

G_END_DECLS
