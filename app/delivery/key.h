/* The station's signing key (Ed25519, libsodium), kept in the data folder as delivery.key, readable by its owner only.
 * Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANMU_SIGNATURE_BYTES  64
#define LANMU_PUBLIC_KEY_BYTES 32

typedef struct {
  guint8 secret[64];
  guint8 public[LANMU_PUBLIC_KEY_BYTES];
} LanmuDeliveryKey;

/* Made when there is none. G_FILE_ERROR, or G_IO_ERROR_INVALID_DATA for a file that is no key. */
gboolean lanmu_delivery_key_load (const char *data_dir, LanmuDeliveryKey *key, GError **error);
void lanmu_delivery_key_wipe (LanmuDeliveryKey *key);

void lanmu_delivery_key_sign (const LanmuDeliveryKey *key, const void *data, gsize size,
                              guint8 signature[LANMU_SIGNATURE_BYTES]);
gboolean lanmu_delivery_key_check (const guint8 public[LANMU_PUBLIC_KEY_BYTES], const void *data, gsize size,
                                   const guint8 signature[LANMU_SIGNATURE_BYTES]);
/* Sixteen hex digits in groups, to be read out over the telephone; full. */
char *lanmu_delivery_key_fingerprint (const guint8 public[LANMU_PUBLIC_KEY_BYTES]);

G_END_DECLS
