/* LanmuManifest: every file of a delivery with its SHA-256, in the form that `sha256sum -c` reads. A value; pure; any
 * thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANMU_MANIFEST_NAME  "SHA256SUMS"
#define LANMU_SIGNATURE_NAME "SHA256SUMS.sig" /* "<public key> <signature>\n", both base64 */
#define LANMU_ABOUT_NAME     "delivery.json"

typedef struct {
  char *path; /* below the delivery, with '/' */
  char sha256[65];
} LanmuManifestLine;

typedef struct {
  GPtrArray *lines; /* LanmuManifestLine *, by path */
} LanmuManifest;

LanmuManifest *lanmu_manifest_new (void);
void lanmu_manifest_free (LanmuManifest *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuManifest, lanmu_manifest_free)
void lanmu_manifest_add (LanmuManifest *self, const char *path, const char *sha256);
const LanmuManifestLine *lanmu_manifest_find (const LanmuManifest *self, const char *path); /* NULL: is not in it */

GBytes *lanmu_manifest_to_bytes (LanmuManifest *self); /* sorts */
/* Untrusted: a line that is no line, a path that leaves the folder, a name that stands twice. G_IO_ERROR_INVALID_DATA
 * with the line's number. */
LanmuManifest *lanmu_manifest_parse (const char *text, gsize size, GError **error);

G_END_DECLS
