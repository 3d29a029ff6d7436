/* See copy.h. One pass: what is hashed is what was read and written. */
#include "app/delivery/copy.h"

#include <errno.h>
#include <fcntl.h>
#include <nettle/sha2.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "db/vault.h"

#define BLOCK (1024 * 1024)

typedef struct {
  int fd;
  const char *path;
} End;

static gboolean fail (GError **error, const char *verb, const char *path)
{
  int code = errno;
  g_set_error (error, G_IO_ERROR, (gint) g_io_error_from_errno (code), "%s %s: %s", verb, path, g_strerror (code));
  return FALSE;
}

static void say (struct sha256_ctx *context, char sha256[65])
{
  guint8 digest[SHA256_DIGEST_SIZE];
  sha256_digest (context, sizeof digest, digest);
  for (guint i = 0; i < sizeof digest; i++)
    g_snprintf (sha256 + 2 * i, 3, "%02x", digest[i]);
}

static gboolean write_all (const End *to, const guint8 *bytes, gsize n, GError **error)
{
  while (n > 0) {
    gssize written = write (to->fd, bytes, n);
    if (written < 0 && errno == EINTR)
      continue;
    if (written < 0)
      return fail (error, "Cannot write", to->path);
    bytes += written;
    n -= (gsize) written;
  }
  return TRUE;
}

/* to->fd < 0: only read. */
static gboolean pump (const End *from, const End *to, char sha256[65], GError **error)
{
  g_autofree guint8 *block = g_malloc (BLOCK);
  struct sha256_ctx context;
  gssize n;
  sha256_init (&context);
  while ((n = read (from->fd, block, BLOCK)) != 0) {
    if (n < 0 && errno == EINTR)
      continue;
    if (n < 0)
      return fail (error, "Cannot read", from->path);
    sha256_update (&context, (gsize) n, block);
    if (to->fd >= 0 && !write_all (to, block, (gsize) n, error))
      return FALSE;
  }
  say (&context, sha256);
  return TRUE;
}

static gboolean open_target (const char *path, End *to, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  if (g_mkdir_with_parents (folder, 0755) != 0)
    return fail (error, "Cannot make the folder", folder);
  *to = (End){open (path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0644), path};
  return to->fd >= 0 || fail (error, "Cannot write", path);
}

static gboolean close_target (End *to, gboolean ok, GError **error)
{
  if (close (to->fd) != 0 && ok)
    return fail (error, "Cannot write", to->path);
  return ok;
}

gboolean lanmu_delivery_copy (const char *path, const char *target, char sha256[65], GError **error)
{
  End from = {-1, path}, to;
  if (!lanmu_vault_open_file (path, &from.fd, error))
    return FALSE;
  gboolean ok = open_target (target, &to, error) && close_target (&to, pump (&from, &to, sha256, error), error);
  close (from.fd);
  return ok;
}

gboolean lanmu_delivery_put (GBytes *bytes, const char *target, char sha256[65], GError **error)
{
  gsize size = 0;
  const guint8 *data = g_bytes_get_data (bytes, &size);
  struct sha256_ctx context;
  End to;
  sha256_init (&context);
  sha256_update (&context, size, data);
  say (&context, sha256);
  return open_target (target, &to, error) && close_target (&to, write_all (&to, data, size, error), error);
}

gboolean lanmu_delivery_sum (const char *path, char sha256[65], GError **error)
{
  End from = {open (path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW), path}, nowhere = {-1, NULL};
  sha256[0] = '\0';
  if (from.fd < 0)
    return errno == ENOENT || errno == ENOTDIR ? TRUE : fail (error, "Cannot read", path);
  gboolean ok = pump (&from, &nowhere, sha256, error);
  close (from.fd);
  return ok;
}
