/* Proving a delivery; see check.h. Everything in the folder is untrusted. */
#include "app/delivery/checking.h"

#include <string.h>

#include "app/delivery/copy.h"
#include "app/delivery/key.h"
#include "app/delivery/leftover.h"
#include "app/delivery/zipcheck.h"

void lanmu_checking_say (LanmuChecking *self, const char *kind, const char *path)
{
  const LanmuDeliveryFinding finding = {kind, path};
  self->out->findings++;
  self->func (&finding, self->data);
}

/* FALSE: it is no signature at all. */
static gboolean read_signature (const char *text, guint8 public[LANMU_PUBLIC_KEY_BYTES],
                                guint8 signature[LANMU_SIGNATURE_BYTES])
{
  g_autofree char *line = g_strstrip (g_strdup (text));
  g_auto (GStrv) words = g_strsplit (line, " ", 3);
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

static void check_signature (LanmuChecking *self, const char *sums, gsize size, const char *text)
{
  guint8 public[LANMU_PUBLIC_KEY_BYTES], signature[LANMU_SIGNATURE_BYTES];
  if (text == NULL || !read_signature (text, public, signature)) {
    lanmu_checking_say (self, "unsigned", "");
    return;
  }
  if (!lanmu_delivery_key_check (public, sums, size, signature)) {
    lanmu_checking_say (self, "bad-signature", "");
    return;
  }
  g_autofree char *fingerprint = lanmu_delivery_key_fingerprint (public);
  g_strlcpy (self->out->fingerprint, fingerprint, sizeof self->out->fingerprint);
  if (self->key != NULL && g_ascii_strcasecmp (self->key, fingerprint) != 0)
    lanmu_checking_say (self, "other-key", "");
}

LanmuManifest *lanmu_checking_open (LanmuChecking *self, const char *sums, gsize size, const char *signature)
{
  if (sums == NULL) {
    lanmu_checking_say (self, "no-manifest", "");
    return NULL;
  }
  LanmuManifest *manifest = lanmu_manifest_parse (sums, size, NULL);
  check_signature (self, sums, size, signature);
  if (manifest == NULL)
    lanmu_checking_say (self, "bad-manifest", "");
  return manifest;
}

/* -- a folder -- */

static void check_files (LanmuChecking *self, const char *folder, const LanmuManifest *manifest)
{
  for (guint i = 0; i < manifest->lines->len; i++) {
    const LanmuManifestLine *line = manifest->lines->pdata[i];
    g_autofree char *path = g_build_filename (folder, line->path, NULL);
    char found[65];
    if (!lanmu_delivery_sum (path, found, NULL))
      lanmu_checking_say (self, "unreadable", line->path);
    else if (found[0] == '\0')
      lanmu_checking_say (self, "missing", line->path);
    else if (!g_str_equal (found, line->sha256))
      lanmu_checking_say (self, "altered", line->path);
    self->out->files++;
  }
}

static void check_extras (LanmuChecking *self, const char *folder, const LanmuManifest *manifest)
{
  g_autoptr (GPtrArray) found = lanmu_delivery_list_files (folder, NULL);
  for (guint i = 0; found && i < found->len; i++) {
    const char *path = found->pdata[i];
    if (!g_str_equal (path, LANMU_MANIFEST_NAME) && !g_str_equal (path, LANMU_SIGNATURE_NAME) &&
        !lanmu_manifest_find (manifest, path))
      lanmu_checking_say (self, "extra", path);
  }
  if (!found)
    lanmu_checking_say (self, "unreadable", "");
}

/* Zips at the top of the delivery are packed deliveries. */
static void check_zips (LanmuChecking *self, const char *folder, const LanmuManifest *manifest, const char *password)
{
  g_autoptr (GPtrArray) zips = g_ptr_array_new ();
  for (guint i = 0; i < manifest->lines->len; i++) {
    char *path = ((LanmuManifestLine *) manifest->lines->pdata[i])->path;
    if (g_str_has_suffix (path, ".zip") && strchr (path, '/') == NULL)
      g_ptr_array_add (zips, path);
  }
  if (zips->len > 0)
    lanmu_zip_check (self, folder, zips, password);
}

gboolean lanmu_delivery_check (const char *folder, const char *key, const char *password, LanmuDeliveryFindingFunc func,
                               gpointer data, LanmuDeliveryChecked *out)
{
  LanmuChecking self = {key, func, data, out};
  g_autofree char *path = g_build_filename (folder, LANMU_MANIFEST_NAME, NULL),
                  *signature_path = g_build_filename (folder, LANMU_SIGNATURE_NAME, NULL);
  g_autofree char *text = NULL, *signature = NULL;
  gsize size = 0;

  *out = (LanmuDeliveryChecked){0};
  g_file_get_contents (path, &text, &size, NULL);
  g_file_get_contents (signature_path, &signature, NULL, NULL);
  g_autoptr (LanmuManifest) manifest = lanmu_checking_open (&self, text, size, signature);
  if (manifest == NULL)
    return FALSE;
  check_files (&self, folder, manifest);
  check_extras (&self, folder, manifest);
  check_zips (&self, folder, manifest, password);
  return out->findings == 0;
}
