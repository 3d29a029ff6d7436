/* The vault of files: how bytes from a camera become a file that is never lost. No database here. Any thread (the functions share nothing), but they wait
 * for the disk: keep them off the main loop.
 *
 * Calling sequence of a shot:
 *   lanmu_vault_incoming → descriptor to the camera host → the bytes are proved → lanmu_vault_keep → row in the database (lanmu_shot_attach)
 *
 * Promises:
 *  1. A file appears in shots/ or quarantine/ only by rename, complete and fsynced, and never over another file.
 *  2. When keep returns TRUE, the file, its name and every new folder above it survive a power cut.
 *  3. Nothing in shots/ or quarantine/ is removed, but for one of two names or copies of the same bytes.
 *  4. Names are ids: no name or number of a person. Files are 0600, folders 0700.
 *  5. In a sealed campaign (db/seal.h) no plain byte is ever written: what is coming lies in memory (the descriptor for the host too), keep writes it sealed. What
 *     a dead process had in memory, the camera's card still has. Files copied or linked stay the sealed bytes they are.
 *
 * An id here is 1–64 characters of A-Z a-z 0-9 - _ (else REFUSED). For a RAW sibling use "<ticket id>-raw" as its id in incoming/.
 */
#pragma once

#include <glib.h>
#include "db/error.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_VAULT_INCOMING,
  LANMU_VAULT_SHOTS,
  LANMU_VAULT_QUARANTINE,
} LanmuVaultPlace;
const char *lanmu_vault_place_to_string (LanmuVaultPlace place); /* "incoming" "shots" "quarantine": the folder's name */

typedef struct {
  char *path;   /* below the data folder */
  char *id;     /* the name without its extension (".part", ".jpg") */
  gint64 size;  /* bytes */
  gint64 mtime_us; /* wall */
} LanmuVaultFile;

void lanmu_vault_file_free (LanmuVaultFile *file);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuVaultFile, lanmu_vault_file_free)

/* -- reading -- */

/* The one way a picture is opened (a check holds app/ and ui/ to it): *fd = its plain bytes from the start, for the caller to close; of a sealed file a
 * descriptor of memory. NO_ROW, IO, CLOSED, CORRUPT (sealed, and cut or changed). */
gboolean lanmu_vault_open (const char *dir, const char *path, int *fd, GError **error);
gboolean lanmu_vault_open_file (const char *path, int *fd, GError **error); /* the same by its whole path */
GBytes *lanmu_vault_read (const char *dir, const char *path, GError **error);
/* SHA-256 and size of the plain bytes. */
char *lanmu_vault_sum (const char *dir, const char *path, gint64 *size, GError **error);

/* -- sealing -- */

gboolean lanmu_vault_is_sealed (const char *dir, const char *path);
gint64 lanmu_vault_size_on_disk (gint64 size); /* of a sealed picture of so many bytes */
/* Writes `plain` sealed as dir/path, over what is there, durably. CLOSED. For files that are made (portraits), not for shots. */
gboolean lanmu_vault_write_sealed (const char *dir, const char *path, GBytes *plain, GError **error);
/* Removes a file for good, overwritten with zeros when nothing else is called so; TRUE also when it is gone. Only for the purge. */
gboolean lanmu_vault_erase (const char *dir, const char *path, GError **error);
/* Seals a file that is still plain, by a new file in its place; `home`: the data folder whose campaign it is of, `dir`: that, or its second copy. The old bytes
 * are overwritten with zeros when nothing else is called so; what an SSD keeps elsewhere it keeps. *sealed FALSE: it was sealed before, or home is not. */
gboolean lanmu_vault_seal (const char *home, const char *dir, const char *path, gboolean *sealed, GError **error);

/* -- writing -- */

/* Creates incoming/<id>.part, read-write, close-on-exec; *fd is the caller's to close. EXISTS when a part of that id is there (an earlier try: look at it, then drop it). */
gboolean lanmu_vault_incoming (const char *dir, const char *id, int *fd, GError **error);
/* Opens a part that is there for reading. NO_ROW when it is not. */
gboolean lanmu_vault_open_incoming (const char *dir, const char *id, int *fd, GError **error);
/* Removes incoming/<id>.part (only ever there); TRUE also when it is gone. */
gboolean lanmu_vault_drop_incoming (const char *dir, const char *id, GError **error);

/* fsyncs incoming/<id>.part and renames it to PLACE/<yyyymmdd>/<shot_id><extension> (local date of today; extension with its dot, ".jpg"). *path = below the
 * data folder. EXISTS: a file of that name is there; it and the part stay. FULL, READ_ONLY, IO: the part stays in incoming/, but for a
 * disk that fails in the very last fsync: then the file is in its place, found by lanmu_vault_list. NO_ROW: no such part. */
gboolean lanmu_vault_keep (const char *dir, const char *id, const char *shot_id, LanmuVaultPlace place, const char *extension, char **path, GError **error);

/* Quarantine → shots in two steps around the database's commit: link (the file has both names) → lanmu_shot_assign with *new_path → unlink of the old name,
 * which refuses to remove the last one. On a file system without hard links, link renames and unlink finds nothing to do. */
gboolean lanmu_vault_link (const char *dir, const char *path, LanmuVaultPlace place, char **new_path, GError **error);
gboolean lanmu_vault_unlink_old (const char *dir, const char *old_path, const char *new_path, GError **error);

/* Removes `path` when `other` is another file of the vault with the same bytes (both are read), else REFUSED. For a file without a row whose bytes a shot has. */
gboolean lanmu_vault_drop_copy (const char *dir, const char *path, const char *other, GError **error);

/* A durable second copy as backup_dir/<path>; TRUE also when the same bytes are there already; EXISTS when other bytes are. */
gboolean lanmu_vault_copy (const char *dir, const char *path, const char *backup_dir, GError **error);

/* The same to another place in another folder: to_dir/to_path, durable. */
gboolean lanmu_vault_place_copy (const char *dir, const char *path, const char *to_dir, const char *to_path, GError **error);

/* Every regular file of a place, by path: LanmuVaultFile *. */
GPtrArray *lanmu_vault_list (const char *dir, LanmuVaultPlace place, GError **error);

/* SHA-256 of a whole file, lower-case hex; reads from offset 0 without moving the descriptor's position. *size may be NULL. */
char *lanmu_vault_sha256 (int fd, gint64 *size, GError **error);

G_END_DECLS
