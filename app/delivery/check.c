/* Proving a delivery; see check.h. Everything in the folder is untrusted. */
#include "app/delivery/check.h"

#include <string.h>

#include "app/delivery/copy.h"
#include "app/delivery/key.h"
#include "app/delivery/leftover.h"
#include "app/delivery/manifest.h"

typedef struct {
  const char *folder, *key;
  LanmuDeliveryFindingFunc func;
  gpointer data;
  LanmuDeliveryChecked *out;
} Checking;

static void say (Checking *c, const char *kind, const char *path)
{
  const LanmuDeliveryFinding finding = {kind, path};
  c->out->findings++;
  c->func (&finding, c->data);
}

/* FALSE: it is no signature at all. */
static gboolean read_signature (Checking *c, guint8 public[LANMU_PUBLIC_KEY_BYTES], guint8 signature[LANMU_SIGNATURE_BYTES])
{
  g_autofree char *path = g_build_filename (c->folder, LANMU_SIGNATURE_NAME, NULL);
  g_autofree char *text = NULL;
  if (!g_file_get_contents (path, &text, NULL, NULL))
    return FALSE;
  g_auto (GStrv) words = g_strsplit (g_strstrip (text), " ", 3);
  gsize n_public = 0, n_signature = 0;
  if (g_strv_length (words) != 2)
    return FALSE;
  g_autofree guchar *first = g_base64_decode (words[0], &n_public);
  g_autofree guchar *second = g_base64_decode (words[1], &n_signature);
  if (n_public != LANMU_PUBLIC_KEY_BYTES || n_signature != LANMU_SIGNATURE_BYTES)
    return FALSE;
  memcpy (public, first, n_public);
  memcpy (signature, second, n_signature);
  return TRUE;
}

static void check_signature (Checking *c, const char *manifest, gsize size)
{
  guint8 public[LANMU_PUBLIC_KEY_BYTES], signature[LANMU_SIGNATURE_BYTES];
  if (!read_signature (c, public, signature)) {
    say (c, "unsigned", "");
    return;
  }
  if (!lanmu_delivery_key_check (public, manifest, size, signature)) {
    say (c, "bad-signature", "");
    return;
  }
  g_autofree char *fingerprint = lanmu_delivery_key_fingerprint (public);
  g_strlcpy (c->out->fingerprint, fingerprint, sizeof c->out->fingerprint);
  if (c->key != NULL && g_ascii_strcasecmp (c->key, fingerprint) != 0)
    say (c, "other-key", "");
}

static void check_files (Checking *c, const LanmuManifest *manifest)
{
  for (guint i = 0; i < manifest->lines->len; i++) {
    const LanmuManifestLine *line = manifest->lines->pdata[i];
    g_autofree char *path = g_build_filename (c->folder, line->path, NULL);
    char found[65];
    if (!lanmu_delivery_sum (path, found, NULL))
      say (c, "unreadable", line->path);
    else if (found[0] == '\0')
      say (c, "missing", line->path);
    else if (!g_str_equal (found, line->sha256))
      say (c, "altered", line->path);
    c->out->files++;
  }
}

static void check_extras (Checking *c, const LanmuManifest *manifest)
{
  g_autoptr (GPtrArray) found = lanmu_delivery_list_files (c->folder, NULL);
  for (guint i = 0; found && i < found->len; i++) {
    const char *path = found->pdata[i];
    if (!g_str_equal (path, LANMU_MANIFEST_NAME) && !g_str_equal (path, LANMU_SIGNATURE_NAME) && !lanmu_manifest_find (manifest, path))
      say (c, "extra", path);
  }
  if (!found)
    say (c, "unreadable", "");
}

gboolean lanmu_delivery_check (const char *folder, const char *key, LanmuDeliveryFindingFunc func, gpointer data, LanmuDeliveryChecked *out)
{
  Checking c = {folder, key, func, data, out};
  g_autofree char *path = g_build_filename (folder, LANMU_MANIFEST_NAME, NULL);
  g_autofree char *text = NULL;
  gsize size = 0;

  *out = (LanmuDeliveryChecked){0};
  if (!g_file_get_contents (path, &text, &size, NULL)) {
    say (&c, "no-manifest", "");
    return FALSE;
  }
  g_autoptr (LanmuManifest) manifest = lanmu_manifest_parse (text, size, NULL);
  check_signature (&c, text, size);
  if (manifest == NULL) {
    say (&c, "bad-manifest", "");
    return FALSE;
  }
  check_files (&c, manifest);
  check_extras (&c, manifest);
  return out->findings == 0;
}
