/* A whole file in memory. Internal to capture/picture. Any thread.
 * Read, not mapped: a disk that fails, or a file that shrinks, is then an error and not a SIGBUS in the kiosk. */
#pragma once

#include "capture/picture/error.h"

G_BEGIN_DECLS

/* Reads the regular file from its start, whatever the descriptor's offset. Errors: IO, TOO_LARGE (over max_size, nothing is read). */
guint8 *lanmu_file_bytes_read (int fd, guint64 max_size, gsize *size, GError **error);
guint8 *lanmu_file_bytes_read_path (const char *path, guint64 max_size, gsize *size, GError **error);

G_END_DECLS
