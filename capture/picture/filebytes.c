/* Reading a file whole: see the header. */
#include "capture/picture/filebytes.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

static guint8 *fail (GError **error, const char *what)
{
  int saved = errno;
  g_set_error (error, LANMU_PICTURE_ERROR, LANMU_PICTURE_ERROR_IO, "%s: %s", what, g_strerror (saved));
  return NULL;
}

static gboolean read_all (int fd, guint8 *bytes, gsize size, gsize *done)
{
  *done = 0;
  while (*done < size) {
    ssize_t got = pread (fd, bytes + *done, size - *done, (off_t) *done);
    if (got < 0 && errno == EINTR)
      continue;
    if (got < 0)
      return FALSE;
    if (got == 0)
      break; /* it shrank: what is there is what there is */
    *done += (gsize) got;
  }
  return TRUE;
}

guint8 *lanmu_file_bytes_read (int fd, guint64 max_size, gsize *size, GError **error)
{
  struct stat status;
  if (fstat (fd, &status) != 0)
    return fail (error, "cannot look at the picture's file");
  if (!S_ISREG (status.st_mode)) {
    errno = EINVAL;
    return fail (error, "the picture is no regular file");
  }
  if ((guint64) status.st_size > max_size) {
    g_set_error (error, LANMU_PICTURE_ERROR, LANMU_PICTURE_ERROR_TOO_LARGE,
                 "the file has more than %" G_GUINT64_FORMAT " bytes", max_size);
    return NULL;
  }
  g_autofree guint8 *bytes = g_try_malloc ((gsize) status.st_size + 1);
  if (bytes == NULL)
    return fail (error, "no memory for the picture's file");
  if (!read_all (fd, bytes, (gsize) status.st_size, size))
    return fail (error, "cannot read the picture's file");
  return g_steal_pointer (&bytes);
}

static LanmuFileOpener opener;

void lanmu_file_bytes_set_opener (LanmuFileOpener wanted)
{
  g_atomic_pointer_set (&opener, wanted);
}

static gboolean open_path (const char *path, int *fd, GError **error)
{
  LanmuFileOpener open_by = g_atomic_pointer_get (&opener);
  g_autoptr (GError) why = NULL;
  if (open_by == NULL) {
    *fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0); /* not to hang on a pipe that stands in the file's place */
    return *fd >= 0 || fail (error, "cannot open the picture's file") != NULL;
  }
  if (open_by (path, fd, &why))
    return TRUE;
  g_set_error (error, LANMU_PICTURE_ERROR, LANMU_PICTURE_ERROR_IO, "cannot open the picture's file: %s", why->message);
  return FALSE;
}

guint8 *lanmu_file_bytes_read_path (const char *path, guint64 max_size, gsize *size, GError **error)
{
  int fd = -1;
  if (!open_path (path, &fd, error))
    return NULL;
  guint8 *bytes = lanmu_file_bytes_read (fd, max_size, size, error);
  close (fd);
  return bytes;
}
