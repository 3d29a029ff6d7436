/* The signing key; see key.h. */
#include "app/delivery/key.h"

#include <gio/gio.h>
#include <sodium.h>
#include <string.h>
#include <sys/stat.h>

#define KEY_FILE "delivery.key"

static gboolean make (const char *path, LanmuDeliveryKey *key, GError **error)
{
  crypto_sign_keypair (key->public, key->secret);
  g_autofree char *text = g_base64_encode (key->secret, sizeof key->secret);
  /* Written whole, synced and renamed, with the permissions from the beginning. */
  gboolean ok = g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                          S_IRUSR | S_IWUSR, error);
  sodium_memzero (text, strlen (text));
  return ok;
}

gboolean lanmu_delivery_key_load (const char *data_dir, LanmuDeliveryKey *key, GError **error)
{
  g_autofree char *path = g_build_filename (data_dir, KEY_FILE, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) failed = NULL;
  gsize size = 0;

  if (sodium_init () < 0) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "The signing library does not start");
    return FALSE;
  }
  if (!g_file_get_contents (path, &text, NULL, &failed)) {
    if (g_error_matches (failed, G_FILE_ERROR, G_FILE_ERROR_NOENT))
      return make (path, key, error);
    g_propagate_error (error, g_steal_pointer (&failed));
    return FALSE;
  }
  g_autofree guchar *bytes = g_base64_decode (text, &size);
  if (size != sizeof key->secret) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                 "%s is no signing key: put it back from a backup, or move it away to have a new one made", path);
    return FALSE;
  }
  memcpy (key->secret, bytes, size);
  sodium_memzero (bytes, size);
  crypto_sign_ed25519_sk_to_pk (key->public, key->secret);
  return TRUE;
}

void lanmu_delivery_key_wipe (LanmuDeliveryKey *key)
{
  sodium_memzero (key, sizeof *key);
}

void lanmu_delivery_key_sign (const LanmuDeliveryKey *key, const void *data, gsize size,
                              guint8 signature[LANMU_SIGNATURE_BYTES])
{
  crypto_sign_detached (signature, NULL, data, size, key->secret);
}

gboolean lanmu_delivery_key_check (const guint8 public[LANMU_PUBLIC_KEY_BYTES], const void *data, gsize size,
                                   const guint8 signature[LANMU_SIGNATURE_BYTES])
{
  return sodium_init () >= 0 && crypto_sign_verify_detached (signature, data, size, public) == 0;
}

char *lanmu_delivery_key_fingerprint (const guint8 public[LANMU_PUBLIC_KEY_BYTES])
{
  g_autofree char *sum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, public, LANMU_PUBLIC_KEY_BYTES);
  return g_strdup_printf ("%.4s-%.4s-%.4s-%.4s", sum, sum + 4, sum + 8, sum + 12);
}
