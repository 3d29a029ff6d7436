/* A whole file in memory. Internal to capture/picture. Any thread.
 * Read, not mapped: a disk that fails, or a file that shrinks, is then an error and not a SIGBUS in the kiosk. */
#pragma once

#include "capture/picture/error.h"

G_BEGIN_DECLS

/* Reads the regular file from its start, whatever the descriptor's offset. Errors: IO, TOO_LARGE (over max_size, nothing is read). */
guint8 *lanmu_file_bytes_read (int fd, guint64 max_size, gsize *size, GError **error);
guint8 *lanmu_file_bytes_read_path (const char *path, guint64 max_size, gsize *size, GError **error);

/* How a path is opened for reading, where not by open alone (a sealed picture is a descriptor of memory): *fd is closed by the reader, whatever error it sets
 * becomes IO. Set once, before any thread reads; NULL is open. */
typedef gboolean (*LanmuFileOpener) (const char *path, int *fd, GError **error);
void lanmu_file_bytes_set_opener (LanmuFileOpener opener);

G_END_DECLS
