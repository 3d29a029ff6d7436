/* A sealed file: a picture as it lies on the disk of a sealed campaign. Any thread; no database.
 *
 *   magic "LANMUSF" + version 1 (8) · key id (16) · plain length, little endian (8) · stream header (24)
 *   then chunks of LANMU_SEALED_CHUNK plain bytes (the last one shorter, perhaps empty), each 17 bytes longer: crypto_secretstream_xchacha20poly1305
 *
 * The first 32 bytes are authenticated with every chunk and the last chunk carries the stream's final tag: a file that was cut, joined, changed or put under
 * another length does not open. Whose picture it is stays with the SHA-256 of the plain bytes in the shot's row. */
#pragma once

#include "db/keyring.h"

G_BEGIN_DECLS

#define LANMU_SEALED_CHUNK (64 * 1024)

/* Bytes on the disk of so many plain ones. */
gint64 lanmu_sealed_file_size (gint64 plain);

/* Does it begin like one? *key_id (may be NULL). The descriptor's position is left alone. */
gboolean lanmu_sealed_file_is (int fd, guint8 key_id[LANMU_KEY_ID_BYTES]);

/* The whole of `plain` (from its start) is written to `out` at its position. Errors name `path`. */
gboolean lanmu_sealed_file_write (const LanmuKey *key, int plain, int out, const char *path, GError **error);
gboolean lanmu_sealed_file_write_bytes (const LanmuKey *key, const void *data, gsize size, int out, const char *path, GError **error);

/* *memory: a new descriptor of memory with the plain bytes, to be closed. CLOSED: its key is not open here. CORRUPT: cut or changed; with `broken` TRUE what is
 * sound at its beginning is given all the same (a transfer that died). */
gboolean lanmu_sealed_file_open (int fd, const char *path, gboolean broken, int *memory, GError **error);

/* A descriptor of memory: nothing of it is on a disk. */
int lanmu_memory_file_new (GError **error);

G_END_DECLS
