/* The single-instance lock. */
#include "db/lock.h"
#include "db/datadir.h"
#include "db/files.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

struct _LanmuLock {
  int fd;
};

static gboolean fail_in_use (int fd, const char *dir, GError **error)
{
  char holder[128] = "";
  gssize n = pread (fd, holder, sizeof holder - 1, 0);

  holder[MAX (n, 0)] = '\0';
  g_auto (GStrv) words = g_strsplit (g_strstrip (holder), " ", 2);
  if (words[0] && words[1])
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_IN_USE,
                 "The data folder %s is in use by %s (process %s): close that program first, or use another folder",
                 dir, words[1], words[0]);
  else
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_IN_USE,
                 "The data folder %s is in use by another program: close that program first, or use another folder",
                 dir);
  return FALSE;
}

static gboolean write_holder (int fd, const char *program)
{
  g_autofree char *text = g_strdup_printf ("%d %s\n", (int)getpid (), program);

  return ftruncate (fd, 0) == 0 && pwrite (fd, text, strlen (text), 0) == (gssize)strlen (text);
}

LanmuLock *lanmu_lock_acquire (const char *dir, const char *program, GError **error)
{
  g_autofree char *path = g_build_filename (dir, LANMU_DATADIR_LOCK, NULL);
  struct flock whole = {.l_type = F_WRLCK, .l_whence = SEEK_SET};
  LANMU_AUTO_FD fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd < 0) {
    lanmu_file_fail (error, errno, "Cannot lock the data folder by", path);
    return NULL;
  }
  if (fcntl (fd, F_OFD_SETLK, &whole) < 0) {
    if (errno == EAGAIN || errno == EACCES)
      fail_in_use (fd, dir, error);
    else
      lanmu_file_fail (error, errno, "Cannot lock the data folder by", path);
    return NULL;
  }
  /* The text is for people; a disk too full for it must not keep the station from opening what it has. */
  if (!write_holder (fd, program))
    g_debug ("lock %s: holder not written: %s", path, g_strerror (errno));

  LanmuLock *self = g_new (LanmuLock, 1);
  self->fd = fd;
  fd = -1;
  return self;
}

void lanmu_lock_release (LanmuLock *self)
{
  if (!self)
    return;
  lanmu_fd_clear (&self->fd);
  g_free (self);
}
