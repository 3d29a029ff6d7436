/* Which cells of a sheet are merged; see xlsx.h. The part is inflated and searched for its <mergeCell ref="…"/>: an
 * element cut by the end of a block is looked at again with the next one. */
#include <string.h>

#include "app/roster/xlsx.h"

#define BLOCK (256 * 1024)
#define KEEP  256 /* longer than the element */

/* Takes every whole element of the block; a reference is letters, digits, $ and a colon. */
static void search (const char *block, gsize length, LanmuMerges *merges)
{
  static const char word[] = "mergeCell ";
  const char *end = block + length;
  for (const char *p = block; (p = memmem (p, (gsize) (end - p), word, sizeof word - 1)) != NULL;) {
    p += sizeof word - 1;
    const char *close = memchr (p, '>', (gsize) (end - p));
    const char *name = close != NULL ? memmem (p, (gsize) (close - p), "ref=", 4) : NULL;
    if (name == NULL || name + 6 > close)
      continue;
    g_autofree char *reference = g_strndup (name + 5, (gsize) (close - name) - 5);
    lanmu_merges_add_reference (merges, reference);
  }
}

gboolean lanmu_xlsx_find_merges (LanmuXlsxPackage *package, const char *part, LanmuMerges *merges)
{
  guint64 size, done = 0;
  zip_file_t *file = lanmu_xlsx_open_part (package, part, &size);
  if (file == NULL)
    return FALSE;
  g_autofree char *block = g_malloc (KEEP + BLOCK);
  gsize kept = 0;
  zip_int64_t got;
  while ((got = zip_fread (file, block + kept, BLOCK)) > 0 && done <= LANMU_XLSX_MAX_PART &&
         !g_cancellable_is_cancelled (package->reader->cancellable)) {
    gsize length = kept + (gsize) got;
    search (block, length, merges);
    done += (guint64) got;
    kept = MIN (length, KEEP);
    /* an element that was whole is not to be seen twice: it is harmless, a merge filled twice says the same */
    memmove (block, block + length - kept, kept);
  }
  zip_fclose (file);
  return got >= 0 || lanmu_reader_say_damaged (package->reader, "xlsx");
}
