/* Private to db/: the campaign key under one passphrase. argon2id makes a key of the passphrase; crypto_aead_xchacha20poly1305 wraps the campaign key with
 * it, tied to the campaign and the key's public name. Any thread; no database. */
#pragma once

#include "db/keyring.h"
#include "db/seal.h"

G_BEGIN_DECLS

#define LANMU_WRAPPING_SALT    16
#define LANMU_WRAPPING_NONCE   24
#define LANMU_WRAPPING_WRAPPED (LANMU_KEY_BYTES + 16)

typedef struct {
  gint64 operations;
  gint64 memory; /* bytes */
  guint8 salt[LANMU_WRAPPING_SALT];
  guint8 nonce[LANMU_WRAPPING_NONCE];
  guint8 wrapped[LANMU_WRAPPING_WRAPPED];
} LanmuWrapping;

/* A secret in locked memory, to be freed with sodium_free. */
guint8 *lanmu_wrapping_secret_new (GError **error);

gboolean lanmu_wrapping_make (LanmuWrapping *self, const guint8 *secret, const char *campaign, const LanmuSealSecret *with, GError **error);
/* FALSE with PASSPHRASE: it is another's. */
gboolean lanmu_wrapping_open (const LanmuWrapping *self, const guint8 key_id[LANMU_KEY_ID_BYTES], const char *campaign, const char *passphrase,
                              guint8 *secret, GError **error);

G_END_DECLS
