/* A file, or bytes, into a delivery, hashed on the way. Any thread; waits for the disk. */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Copies `from` to `to` (made or overwritten, 0644, folders above it made) and says what was written. Errors:
 * G_IO_ERROR with the path. */
gboolean lanmu_delivery_copy (const char *from, const char *to, char sha256[65], GError **error);
gboolean lanmu_delivery_put (GBytes *bytes, const char *to, char sha256[65], GError **error);
/* The sum of a file; "" when it is not there. */
gboolean lanmu_delivery_sum (const char *path, char sha256[65], GError **error);

G_END_DECLS
