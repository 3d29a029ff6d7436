/* SimCard: the memory card with its DCIM folders, kept either in a folder of the host (survives a restart) or in an
 * unnamed spill file (gone with the process).
 *
 * Handles are made of folder number, file number and kind, so that the same file has the same handle after a reconnect,
 * and a swapped card reuses handles as real ones do. Single-threaded. Objects belong to the card and live until they
 * are deleted or the card is swapped.
 */
#pragma once

#include <gio/gio.h>
#include "capture/simcam/object.h"

G_BEGIN_DECLS

typedef struct SimCard SimCard;

/* dir NULL: in memory. folder_suffix: "NCD75" gives 100NCD75; stem "DSC_". Existing files are read from dir/DCIM. */
SimCard *sim_card_new (const char *dir, const char *folder_suffix, const char *stem, GError **error);
void sim_card_free (SimCard *card);
gboolean sim_card_swap (SimCard *card, GError **error); /* takes the card out, puts an empty one (in memory) in */

guint sim_card_last_number (SimCard *card); /* highest number in the newest folder, 0 when empty */
/* Writes a file; a number that is in use in the newest folder, or below its last one, opens the next folder.
 * *new_folder is set to a folder that had to be made for it, else NULL. */
SimObject *sim_card_add (SimCard *card, const char *suffix, guint16 format, guint number, gint64 local_us,
                         GBytes *bytes, SimObject **new_folder, GError **error);
SimObject *sim_card_next_folder (SimCard *card); /* opens the next folder: what comes goes there */
gboolean sim_card_delete (SimCard *card, guint32 handle);
SimObject *sim_card_find (SimCard *card, guint32 handle);
GPtrArray *sim_card_children (
    SimCard *card,
    guint32 parent); /* borrowed SimObject, oldest first; parent 0: the root; SIM_HANDLE_ROOT: everything */
char *sim_card_folder_path (SimCard *card, const SimObject *object); /* "/store_00010001/DCIM/100NCD75" */
GBytes *sim_card_read (SimCard *card, const SimObject *object, guint64 offset, guint64 length,
                       GError **error); /* shorter at the end of the file */

#define SIM_CARD_BYTES (32000000000ull)
guint64 sim_card_free_bytes (SimCard *card);

G_END_DECLS
