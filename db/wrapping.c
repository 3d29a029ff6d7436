/* See wrapping.h. */
#include "db/wrapping.h"

#include <sodium.h>
#include <string.h>

static gboolean fail (GError **error, LanmuDbError code, const char *why)
{
  g_set_error_literal (error, LANMU_DB_ERROR, (int) code, why);
  return FALSE;
}

guint8 *lanmu_wrapping_secret_new (GError **error)
{
  guint8 *secret = sodium_init () >= 0 ? sodium_malloc (LANMU_KEY_BYTES) : NULL;

  if (!secret)
    fail (error, LANMU_DB_ERROR_FAILED, "The campaign key cannot be kept safe: no memory could be locked; raise the limit of locked memory (ulimit -l)");
  return secret;
}

/* The limits of a wrapping come out of a file: a hostile one must not take all memory. */
static gboolean derive (const LanmuWrapping *self, const char *passphrase, guint8 *key, GError **error)
{
  gboolean sane = self->operations >= 1 && self->operations <= 64 && self->memory >= (gint64) crypto_pwhash_MEMLIMIT_MIN &&
                  self->memory <= (gint64) crypto_pwhash_MEMLIMIT_SENSITIVE;

  if (!sane)
    return fail (error, LANMU_DB_ERROR_CORRUPT, "A wrapping of the campaign key has impossible limits: restore the newest copy from the backups");
  if (crypto_pwhash (key, LANMU_KEY_BYTES, passphrase, strlen (passphrase), self->salt, (unsigned long long) self->operations,
                     (size_t) self->memory, crypto_pwhash_ALG_ARGON2ID13) != 0)
    return fail (error, LANMU_DB_ERROR_FAILED, "There is not enough memory to try the passphrase: close other programs and try again");
  return TRUE;
}

static gsize make_context (const guint8 key_id[LANMU_KEY_ID_BYTES], const char *campaign, char *context, gsize size)
{
  char hex[LANMU_KEY_ID_BYTES * 2 + 1];

  sodium_bin2hex (hex, sizeof hex, key_id, LANMU_KEY_ID_BYTES);
  return (gsize) g_snprintf (context, size, "lanmu-key %s %s", hex, campaign);
}

static void set_cost (LanmuWrapping *self, LanmuSealCost cost)
{
  gboolean small = cost == LANMU_SEAL_COST_INTERACTIVE;

  self->operations = (gint64) (small ? crypto_pwhash_OPSLIMIT_INTERACTIVE : crypto_pwhash_OPSLIMIT_MODERATE);
  self->memory = (gint64) (small ? crypto_pwhash_MEMLIMIT_INTERACTIVE : crypto_pwhash_MEMLIMIT_MODERATE);
}

gboolean lanmu_wrapping_make (LanmuWrapping *self, const guint8 *secret, const char *campaign, const LanmuSealSecret *with, GError **error)
{
  guint8 key_id[LANMU_KEY_ID_BYTES];
  char context[160];
  guint8 *key = lanmu_wrapping_secret_new (error);

  set_cost (self, with->cost);
  if (!key)
    return FALSE;
  randombytes_buf (self->salt, sizeof self->salt);
  randombytes_buf (self->nonce, sizeof self->nonce);
  gboolean ok = lanmu_keyring_name (secret, key_id) && derive (self, with->passphrase, key, error);
  if (ok) {
    gsize size = make_context (key_id, campaign, context, sizeof context);
    crypto_aead_xchacha20poly1305_ietf_encrypt (self->wrapped, NULL, secret, LANMU_KEY_BYTES, (const guint8 *) context, size, NULL, self->nonce, key);
  }
  sodium_free (key);
  return ok;
}

gboolean lanmu_wrapping_open (const LanmuWrapping *self, const guint8 key_id[LANMU_KEY_ID_BYTES], const char *campaign, const char *passphrase,
                              guint8 *secret, GError **error)
{
  char context[160];
  gsize size = make_context (key_id, campaign, context, sizeof context);
  guint8 *key = lanmu_wrapping_secret_new (error);

  if (!key)
    return FALSE;
  gboolean ok = derive (self, passphrase, key, error);
  if (ok && crypto_aead_xchacha20poly1305_ietf_decrypt (secret, NULL, NULL, self->wrapped, sizeof self->wrapped, (const guint8 *) context, size,
                                                        self->nonce, key) != 0)
    ok = fail (error, LANMU_DB_ERROR_PASSPHRASE, "The passphrase does not open this campaign: nothing was opened or changed");
  sodium_free (key);
  return ok;
}
