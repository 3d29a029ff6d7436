/* LanmuFileHash: the SHA-256 of bytes in memory, on a thread of its own while the caller does something else with them.
 *
 * begin → (whatever reads the same bytes) → end, on one thread; the bytes must stay as they are in between. end must be
 * called once for each begin. A file too small to be worth a thread is hashed in end, as is any file when no thread can be
 * had. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const guint8 *data;
  gsize size;
  char hex[65];
  GThread *thread; /* NULL: none was worth it */
} LanmuFileHash;

void lanmu_file_hash_begin (LanmuFileHash *self, const guint8 *data, gsize size);
void lanmu_file_hash_end (LanmuFileHash *self, char hex[65]); /* lower-case hex, with its NUL */

void lanmu_file_hash_to_hex (const guint8 digest[32], char hex[65]);

G_END_DECLS
