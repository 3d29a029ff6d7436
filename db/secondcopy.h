/* The second copy: a folder on another disk that has every picture of the vault and the copies of the database, laid out like a data folder, so that
 * `lanmuctl restore` needs nothing else. Waits for its disk, so only on a thread that nobody waits for.
 *
 *   lanmu-second-copy   which campaign this folder is for. A folder without it is not written: a disk that was pulled out leaves its empty mount point
 *   shots/ quarantine/  as in the data folder
 *   backups/            copies of the database (db/backups.h)
 */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

#define LANMU_SECOND_COPY_MARK "lanmu-second-copy"
#define LANMU_SETTING_SECOND_COPY "backup.folder" /* "" = none */

/* Makes the folder (or takes an empty or fitting one) and marks it. REFUSED: it is the second copy of another campaign, or lies inside the data folder. */
gboolean lanmu_second_copy_prepare (const char *folder, const char *data_dir, const char *campaign, GError **error);

/* NOT_FOUND: the folder or its mark is not there (disk not plugged in). REFUSED: another campaign's. */
gboolean lanmu_second_copy_check (const char *folder, const char *campaign, GError **error);

/* Is there a file of that length already? A cheap look; verify reads the bytes. */
gboolean lanmu_second_copy_has (const char *folder, const char *path, gint64 size);

/* Copies data_dir/path to folder/path: written, fsynced, read back and held against sha256. CORRUPT: source or copy are not those bytes; nothing is kept then. */
gboolean lanmu_second_copy_keep (const char *data_dir, const char *folder, const char *path, const char *sha256, GError **error);

/* This thread's disk and processor time only when nobody else wants any. */
void lanmu_second_copy_step_aside (void);

G_END_DECLS
