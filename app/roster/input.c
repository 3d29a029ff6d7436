/* The bytes of a list; see input.h. */
#include "app/roster/input.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "app/format.h"

#define BLOCK (1024 * 1024)

struct _LanmuInput {
  int fd; /* -1: from memory */
  char *path;
  const char *bytes; /* all of it; NULL = not loaded */
  char *loaded;
  gsize size;
};

static void say_unreadable (const LanmuInput *self, int number, LanmuReport *report)
{
  lanmu_report_add (report, LANMU_PROBLEM_NO_FILE, 0, -1, NULL, self->path, g_strerror (number));
}

LanmuInput *lanmu_input_open (const char *path, LanmuReport *report)
{
  struct stat info;
  g_autoptr (LanmuInput) self = g_new0 (LanmuInput, 1);
  self->path = g_strdup (path);
  self->fd = open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a FIFO must not make us wait */
  if (self->fd < 0 || fstat (self->fd, &info) < 0) {
    say_unreadable (self, errno, report);
    return NULL;
  }
  if (!S_ISREG (info.st_mode)) {
    lanmu_report_add (report, LANMU_PROBLEM_NOT_A_FILE, 0, -1, NULL, path, NULL);
    return NULL;
  }
  self->size = (gsize) info.st_size;
  return g_steal_pointer (&self);
}

LanmuInput *lanmu_input_new_for_bytes (const char *bytes, gsize length)
{
  LanmuInput *self = g_new0 (LanmuInput, 1);
  self->fd = -1;
  self->path = g_strdup ("");
  self->bytes = bytes;
  self->size = length;
  return self;
}

void lanmu_input_free (LanmuInput *self)
{
  if (self->fd >= 0)
    close (self->fd);
  g_free (self->loaded);
  g_free (self->path);
  g_free (self);
}

gsize lanmu_input_get_size (const LanmuInput *self)
{
  return self->size;
}

gssize lanmu_input_read (LanmuInput *self, gsize offset, char *buffer, gsize room, LanmuReport *report)
{
  if (self->bytes != NULL) {
    gsize length = offset < self->size ? MIN (room, self->size - offset) : 0;
    memcpy (buffer, self->bytes + offset, length);
    return (gssize) length;
  }
  gssize got;
  do
    got = pread (self->fd, buffer, room, (off_t) offset);
  while (got < 0 && errno == EINTR);
  if (got < 0)
    say_unreadable (self, errno, report);
  return got;
}

const char *lanmu_input_load (LanmuInput *self, gsize most, LanmuReport *report)
{
  if (self->size > most) {
    g_autofree char *is = lanmu_format_size ((gint64) self->size), *may = lanmu_format_size ((gint64) most);
    lanmu_report_add (report, LANMU_PROBLEM_TOO_LARGE, 0, -1, NULL, is, may);
    return NULL;
  }
  if (self->loaded != NULL)
    return self->loaded;
  g_autofree char *all = g_malloc (self->size + 1);
  gsize have = 0;
  while (have < self->size) {
    gssize got = lanmu_input_read (self, have, all + have, self->size - have, report);
    if (got < 0)
      return NULL;
    if (got == 0)
      break; /* it became shorter meanwhile */
    have += (gsize) got;
  }
  all[have] = '\0';
  self->size = have;
  self->loaded = g_steal_pointer (&all);
  return self->loaded;
}

char *lanmu_input_dup_sha256 (LanmuInput *self, LanmuReport *report)
{
  g_autoptr (GChecksum) sum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *block = g_malloc (BLOCK);
  gssize got;
  for (gsize at = 0; (got = lanmu_input_read (self, at, block, BLOCK, report)) > 0; at += (gsize) got)
    g_checksum_update (sum, (const guchar *) block, got);
  return got < 0 ? NULL : g_strdup (g_checksum_get_string (sum));
}
