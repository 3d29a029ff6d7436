/* What the parts of a restore share. Private to app/restore/. */
#pragma once

#include "app/restore.h"
#include "db/backups.h"
#include "db/shots.h"

G_BEGIN_DECLS

/* Every picture that lies in some folders laid out like a data folder, by its name (an id, unique for all time). */
typedef struct {
  char *dir, *path; /* path below dir */
  gint64 size, mtime_us;
} LanmuFound;

typedef struct {
  GHashTable *by_name; /* basename → GPtrArray of LanmuFound, in the order the folders were added */
} LanmuFinds;

LanmuFinds *lanmu_finds_new (void);
void lanmu_finds_free (LanmuFinds *self);
void lanmu_finds_add (LanmuFinds *self, const char *dir); /* a folder that cannot be read adds nothing */
/* One with these bytes; NULL when there is none. */
const LanmuFound *lanmu_finds_get (LanmuFinds *self, const char *path, const char *sha256);
char *lanmu_found_sha256 (const LanmuFound *found); /* NULL: cannot be read */

/* Puts it at to_dir/path: a second name where that goes, else a durable copy that was read back. */
gboolean lanmu_found_take (const LanmuFound *found, const char *to_dir, const char *path, const char *sha256, GError **error);

/* The newest sound copy in `from`, *refused = newer ones that were not. */
LanmuBackupRow *lanmu_restore_choose (const char *from, guint *refused, GError **error);

/* Rows → files: takes what is there. */
gboolean lanmu_restore_files (LanmuDb *db, LanmuFinds *finds, LanmuRestored *out, GError **error);
/* Files without a row: to the tray, or left for the station. */
gboolean lanmu_restore_newer (LanmuDb *db, LanmuFinds *finds, gint64 session_id, const char *actor, LanmuRestored *out, GError **error);

G_END_DECLS
