/* See zipcheck.h. */
#include "app/delivery/zipcheck.h"

#include <nettle/sha2.h>
#include <string.h>
#include <zip.h>

#define BLOCK        (256 * 1024)
#define LARGEST_SUMS (64 * 1024 * 1024)

typedef struct {
  LanmuChecking *checking;
  const char *password;
  GHashTable *found; /* path → its sum, of every entry */
  char *sums, *signature;
  gsize sums_size;
} Zips;

static void say (Zips *self, const char *kind, const char *zip, const char *entry)
{
  g_autofree char *path = entry != NULL ? g_strdup_printf ("%s/%s", zip, entry) : g_strdup (zip);
  lanmu_checking_say (self->checking, kind, path);
}

/* NULL: said. */
static zip_file_t *open_entry (Zips *self, zip_t *zip, const char *name, const zip_stat_t *stat)
{
  zip_file_t *file = stat->encryption_method == ZIP_EM_NONE ? zip_fopen_index (zip, stat->index, 0)
                     : self->password != NULL ? zip_fopen_index_encrypted (zip, stat->index, 0, self->password)
                                              : NULL;
  if (file == NULL)
    say (self, stat->encryption_method == ZIP_EM_NONE ? "unreadable" : "locked", name,
         stat->encryption_method == ZIP_EM_NONE ? stat->name : NULL);
  return file;
}

/* The two texts that everything is held against are kept. */
static void keep (Zips *self, const char *name, GByteArray *bytes)
{
  char **to = g_str_equal (name, LANMU_MANIFEST_NAME) ? &self->sums : &self->signature;
  if (to == &self->sums)
    self->sums_size = bytes->len;
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  g_free (*to);
  *to = (char *) g_byte_array_free (bytes, FALSE);
}

static gboolean is_sums (const char *name)
{
  return g_str_equal (name, LANMU_MANIFEST_NAME) || g_str_equal (name, LANMU_SIGNATURE_NAME);
}

/* FALSE: it cannot be read to its end. */
static gboolean read_entry (Zips *self, zip_file_t *file, const char *name)
{
  static const char digits[] = "0123456789abcdef";
  struct sha256_ctx context;
  guint8 digest[SHA256_DIGEST_SIZE];
  g_autofree guint8 *block = g_malloc (BLOCK);
  g_autoptr (GByteArray) kept = is_sums (name) ? g_byte_array_new () : NULL;
  zip_int64_t n;
  sha256_init (&context);
  while ((n = zip_fread (file, block, BLOCK)) > 0) {
    sha256_update (&context, (gsize) n, block);
    if (kept != NULL && kept->len + (gsize) n <= LARGEST_SUMS)
      g_byte_array_append (kept, block, (guint) n);
  }
  if (n < 0)
    return FALSE;
  sha256_digest (&context, sizeof digest, digest);
  char *sum = g_malloc0 (65);
  for (guint i = 0; i < sizeof digest; i++) {
    sum[2 * i] = digits[digest[i] >> 4];
    sum[2 * i + 1] = digits[digest[i] & 15];
  }
  g_hash_table_insert (self->found, g_strdup (name), sum);
  if (kept != NULL)
    keep (self, name, g_steal_pointer (&kept));
  return TRUE;
}

/* FALSE: no use going on with this zip. */
static gboolean read_one (Zips *self, const char *name, zip_t *zip, zip_uint64_t index)
{
  zip_stat_t stat;
  if (zip_stat_index (zip, index, 0, &stat) != 0) {
    say (self, "no-zip", name, NULL);
    return FALSE;
  }
  zip_file_t *file = open_entry (self, zip, name, &stat);
  if (file == NULL)
    return FALSE;
  if (g_hash_table_contains (self->found, stat.name))
    say (self, "extra", name, stat.name); /* a second one of that name: which of them would be unpacked? */
  else if (!read_entry (self, file, stat.name))
    say (self, "unreadable", name, stat.name);
  zip_fclose (file);
  return TRUE;
}

static void read_zip (Zips *self, const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  zip_t *zip = zip_open (path, ZIP_RDONLY, NULL);
  if (zip == NULL) {
    say (self, "no-zip", name, NULL);
    return;
  }
  zip_int64_t n = zip_get_num_entries (zip, 0);
  for (zip_int64_t i = 0; i < n && read_one (self, name, zip, (zip_uint64_t) i); i++)
    ;
  zip_discard (zip);
}

static void compare (Zips *self, const LanmuManifest *manifest)
{
  GHashTableIter iter;
  gpointer path, sum;
  for (guint i = 0; i < manifest->lines->len; i++) {
    const LanmuManifestLine *line = manifest->lines->pdata[i];
    const char *found = g_hash_table_lookup (self->found, line->path);
    if (found == NULL)
      lanmu_checking_say (self->checking, "missing", line->path);
    else if (!g_str_equal (found, line->sha256))
      lanmu_checking_say (self->checking, "altered", line->path);
    self->checking->out->files++;
  }
  g_hash_table_iter_init (&iter, self->found);
  while (g_hash_table_iter_next (&iter, &path, &sum))
    if (!is_sums (path) && !lanmu_manifest_find (manifest, path))
      lanmu_checking_say (self->checking, "extra", path);
}

void lanmu_zip_check (LanmuChecking *checking, const char *folder, const GPtrArray *zips, const char *password)
{
  g_autoptr (GHashTable) found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Zips self = {.checking = checking, .password = password, .found = found};
  guint before = checking->out->findings;
  for (guint i = 0; i < zips->len; i++)
    read_zip (&self, folder, zips->pdata[i]);
  if (checking->out->findings == before) {
    g_autoptr (LanmuManifest) manifest = lanmu_checking_open (checking, self.sums, self.sums_size, self.signature);
    if (manifest != NULL)
      compare (&self, manifest);
  }
  g_free (self.sums);
  g_free (self.signature);
}
