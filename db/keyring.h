/* The campaign keys this process was given, and which data folders are sealed by which: asked by whoever reads or writes a sealed row or file.
 *
 * Promises:
 *  1. A key lies in locked memory (no swap), is left out of core dumps, and is wiped when the process ends in order. From the first key on this process
 *     writes no core dump at all (RLIMIT_CORE 0, not dumpable: nobody of the same user can attach or read its memory either).
 *  2. A folder that is sealed and not opened is never written in the clear: whoever asks gets CLOSED.
 *
 * Any thread. */
#pragma once

#include <glib.h>
#include "db/error.h"

G_BEGIN_DECLS

#define LANMU_KEY_BYTES    32
#define LANMU_KEY_ID_BYTES 16

/* Parts made out of the one secret, each for one purpose; id is public and names the key in every sealed file. Lives as long as the process. */
typedef struct {
  guint8 id[LANMU_KEY_ID_BYTES];
  const guint8 *rows;  /* LANMU_KEY_BYTES each */
  const guint8 *files;
} LanmuKey;

/* A data folder as this process knows it. Never freed. */
typedef struct _LanmuSealFolder LanmuSealFolder;

/* NULL: no memory could be locked, or the library does not start (FAILED). A key that is there already is the same. */
const LanmuKey *lanmu_keyring_add (const guint8 secret[LANMU_KEY_BYTES], GError **error);
const LanmuKey *lanmu_keyring_find (const guint8 id[LANMU_KEY_ID_BYTES]); /* NULL: not opened */
/* The public name a secret would have. */
gboolean lanmu_keyring_name (const guint8 secret[LANMU_KEY_BYTES], guint8 id[LANMU_KEY_ID_BYTES]);

LanmuSealFolder *lanmu_keyring_folder (const char *dir);
/* What the folder's database says: key_id NULL = not sealed; campaign: its uuid. */
void lanmu_seal_folder_set (LanmuSealFolder *self, const guint8 *key_id, const char *campaign);
gboolean lanmu_seal_folder_is_sealed (LanmuSealFolder *self);
/* *key NULL: not sealed. FALSE with CLOSED: sealed, and nobody gave the passphrase. */
gboolean lanmu_seal_folder_get_key (LanmuSealFolder *self, const LanmuKey **key, GError **error);
const char *lanmu_seal_folder_get_campaign (LanmuSealFolder *self); /* "" before it is known; for the thread that has the database */

/* Sets CLOSED with the sentence that says what to do. Returns FALSE. */
gboolean lanmu_seal_fail_closed (GError **error);

G_END_DECLS
