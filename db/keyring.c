/* See keyring.h. Keys and folders are few and never go away, so what is handed out stays good; one mutex guards the two lists. */
#include "db/keyring.h"

#include <pthread.h>
#include <sodium.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#define SUBKEY_CONTEXT "lanmukey" /* crypto_kdf wants eight characters */
enum { SUBKEY_ID = 1, SUBKEY_ROWS, SUBKEY_FILES };

typedef struct {
  LanmuKey key;
  guint8 *rows, *files; /* sodium_malloc: locked, out of dumps, wiped on sodium_free */
} Entry;

struct _LanmuSealFolder {
  char *dir;
  gboolean sealed;
  guint8 key_id[LANMU_KEY_ID_BYTES];
  char campaign[64];
};

static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
static GPtrArray *entries, *folders;

static gboolean fail (GError **error, const char *why)
{
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_FAILED, "The campaign key cannot be kept safe: %s", why);
  return FALSE;
}

static void wipe_keys (void)
{
  for (guint i = 0; i < entries->len; i++) {
    Entry *entry = entries->pdata[i];
    sodium_memzero (entry->rows, LANMU_KEY_BYTES);
    sodium_memzero (entry->files, LANMU_KEY_BYTES);
  }
}

/* Nothing this process holds may end in a file. */
static void forbid_dumps (void)
{
  const struct rlimit none = {0, 0};

  setrlimit (RLIMIT_CORE, &none);
  prctl (PR_SET_DUMPABLE, 0, 0, 0, 0);
  atexit (wipe_keys);
}

gboolean lanmu_keyring_name (const guint8 secret[LANMU_KEY_BYTES], guint8 id[LANMU_KEY_ID_BYTES])
{
  return sodium_init () >= 0 && crypto_kdf_derive_from_key (id, LANMU_KEY_ID_BYTES, SUBKEY_ID, SUBKEY_CONTEXT, secret) == 0;
}

static const LanmuKey *find (const guint8 id[LANMU_KEY_ID_BYTES])
{
  for (guint i = 0; entries && i < entries->len; i++) {
    const Entry *entry = entries->pdata[i];
    if (memcmp (entry->key.id, id, LANMU_KEY_ID_BYTES) == 0)
      return &entry->key;
  }
  return NULL;
}

const LanmuKey *lanmu_keyring_find (const guint8 id[LANMU_KEY_ID_BYTES])
{
  pthread_mutex_lock (&mutex);
  const LanmuKey *key = find (id);
  pthread_mutex_unlock (&mutex);
  return key;
}

static Entry *entry_new (const guint8 secret[LANMU_KEY_BYTES], const guint8 id[LANMU_KEY_ID_BYTES])
{
  Entry *entry = g_new0 (Entry, 1);

  memcpy (entry->key.id, id, LANMU_KEY_ID_BYTES);
  entry->key.rows = entry->rows = sodium_malloc (LANMU_KEY_BYTES);
  entry->key.files = entry->files = sodium_malloc (LANMU_KEY_BYTES);
  if (entry->rows && entry->files &&
      crypto_kdf_derive_from_key (entry->rows, LANMU_KEY_BYTES, SUBKEY_ROWS, SUBKEY_CONTEXT, secret) == 0 &&
      crypto_kdf_derive_from_key (entry->files, LANMU_KEY_BYTES, SUBKEY_FILES, SUBKEY_CONTEXT, secret) == 0)
    return entry;
  sodium_free (entry->rows);
  sodium_free (entry->files);
  g_free (entry);
  return NULL;
}

static const LanmuKey *add (const guint8 secret[LANMU_KEY_BYTES], const guint8 id[LANMU_KEY_ID_BYTES], GError **error)
{
  const LanmuKey *there = find (id);
  Entry *entry = there ? NULL : entry_new (secret, id);

  if (there)
    return there;
  if (!entry) {
    fail (error, "no memory could be locked; raise the limit of locked memory (ulimit -l)");
    return NULL;
  }
  if (!entries) {
    entries = g_ptr_array_new ();
    forbid_dumps ();
  }
  g_ptr_array_add (entries, entry);
  return &entry->key;
}

const LanmuKey *lanmu_keyring_add (const guint8 secret[LANMU_KEY_BYTES], GError **error)
{
  guint8 id[LANMU_KEY_ID_BYTES];

  if (!lanmu_keyring_name (secret, id)) {
    fail (error, "the library does not start");
    return NULL;
  }
  pthread_mutex_lock (&mutex);
  const LanmuKey *key = add (secret, id, error);
  pthread_mutex_unlock (&mutex);
  return key;
}

LanmuSealFolder *lanmu_keyring_folder (const char *dir)
{
  g_autofree char *path = g_canonicalize_filename (dir, NULL);
  LanmuSealFolder *folder = NULL;

  pthread_mutex_lock (&mutex);
  if (!folders)
    folders = g_ptr_array_new ();
  for (guint i = 0; i < folders->len && !folder; i++)
    if (g_str_equal (((LanmuSealFolder *) folders->pdata[i])->dir, path))
      folder = folders->pdata[i];
  if (!folder) {
    folder = g_new0 (LanmuSealFolder, 1);
    folder->dir = g_steal_pointer (&path);
    g_ptr_array_add (folders, folder);
  }
  pthread_mutex_unlock (&mutex);
  return folder;
}

void lanmu_seal_folder_set (LanmuSealFolder *self, const guint8 *key_id, const char *campaign)
{
  pthread_mutex_lock (&mutex);
  self->sealed = key_id != NULL;
  if (key_id)
    memcpy (self->key_id, key_id, sizeof self->key_id);
  g_strlcpy (self->campaign, campaign ? campaign : "", sizeof self->campaign);
  pthread_mutex_unlock (&mutex);
}

gboolean lanmu_seal_folder_is_sealed (LanmuSealFolder *self)
{
  pthread_mutex_lock (&mutex);
  gboolean sealed = self->sealed;
  pthread_mutex_unlock (&mutex);
  return sealed;
}

gboolean lanmu_seal_folder_get_key (LanmuSealFolder *self, const LanmuKey **key, GError **error)
{
  pthread_mutex_lock (&mutex);
  gboolean sealed = self->sealed;
  *key = sealed ? find (self->key_id) : NULL;
  pthread_mutex_unlock (&mutex);
  return !sealed || *key || lanmu_seal_fail_closed (error);
}

const char *lanmu_seal_folder_get_campaign (LanmuSealFolder *self)
{
  return self->campaign;
}

gboolean lanmu_seal_fail_closed (GError **error)
{
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_CLOSED,
               "This campaign is sealed and not opened: give its passphrase (--passphrase-file FILE or $LANMU_PASSPHRASE_FILE)");
  return FALSE;
}
