/* The signed record of a purge; see purge.h. */
#include "app/purge/purge.h"

#include <gio/gio.h>
#include <string.h>

#include "app/delivery/key.h"

#define TITLE "lanmu-purge 1"

gboolean lanmu_purge_record_write (const char *data_dir, const char *record, const char *path, char **fingerprint, GError **error)
{
  LanmuDeliveryKey key;
  guint8 signature[LANMU_SIGNATURE_BYTES];
  g_autofree char *signed_text = g_strconcat (TITLE "\n", record, "\n", NULL);
  if (!lanmu_delivery_key_load (data_dir, &key, error))
    return FALSE;
  lanmu_delivery_key_sign (&key, signed_text, strlen (signed_text), signature);
  g_autofree char *public = g_base64_encode (key.public, sizeof key.public), *proof = g_base64_encode (signature, sizeof signature);
  *fingerprint = lanmu_delivery_key_fingerprint (key.public);
  lanmu_delivery_key_wipe (&key);
  g_autofree char *text = g_strconcat (signed_text, public, "\n", proof, "\n", NULL);
  return g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE, 0644, error);
}

static gboolean is_signed (char **lines, char **fingerprint)
{
  gsize key_size = 0, proof_size = 0;
  g_autofree guchar *key = g_base64_decode (lines[2], &key_size), *proof = g_base64_decode (lines[3], &proof_size);
  g_autofree char *signed_text = g_strconcat (lines[0], "\n", lines[1], "\n", NULL);
  if (key_size != LANMU_PUBLIC_KEY_BYTES || proof_size != LANMU_SIGNATURE_BYTES ||
      !lanmu_delivery_key_check (key, signed_text, strlen (signed_text), proof))
    return FALSE;
  *fingerprint = lanmu_delivery_key_fingerprint (key);
  return TRUE;
}

gboolean lanmu_purge_record_check (const char *path, char **record, char **fingerprint, GError **error)
{
  g_autofree char *text = NULL;
  gsize size = 0;
  if (!g_file_get_contents (path, &text, &size, error))
    return FALSE;
  g_auto (GStrv) lines = strlen (text) == size ? g_strsplit (text, "\n", -1) : NULL;
  gboolean ok = lines != NULL && g_strv_length (lines) == 5 && *lines[4] == '\0' && g_str_equal (lines[0], TITLE) && is_signed (lines, fingerprint);
  if (!ok) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s is no record of a deletion, or it was changed: it proves nothing", path);
    return FALSE;
  }
  *record = g_strdup (lines[1]);
  return TRUE;
}
