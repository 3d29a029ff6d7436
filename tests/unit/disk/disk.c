/* See disk.h. The calls of libc that change files, under their own names: the program's win over the library's. */
#include "tests/unit/disk/disk.h"

#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

static char *root;
static DiskBefore before;
static DiskAfter after;
static gpointer hook_data;
static gboolean inside; /* a hook's own doings are not looked at */

void disk_watch (const char *folder, DiskBefore first, DiskAfter then, gpointer data)
{
  char *old = root;
  root = NULL;
  g_free (old);
  before = first;
  after = then;
  hook_data = data;
  root = g_strdup (folder);
}

static const char *below (const char *path)
{
  gsize n = root != NULL ? strlen (root) : 0;
  if (n == 0 || inside || strncmp (path, root, n) != 0 || g_str_has_suffix (path, "-shm"))
    return NULL;
  return path[n] == '/' ? path + n + 1 : path[n] == '\0' ? "." : NULL;
}

/* The descriptor's file; "" when it is not ours. */
static const char *of_fd (int fd, char *buffer, gsize size)
{
  char link[64];
  g_snprintf (link, sizeof link, "/proc/self/fd/%d", fd);
  ssize_t n = root != NULL && !inside ? readlink (link, buffer, size - 1) : -1;
  buffer[MAX (n, 0)] = '\0';
  const char *path = n > 0 ? below (buffer) : NULL;
  return path != NULL ? path : "";
}

static int ask (const DiskOp *op)
{
  if (before == NULL)
    return 0;
  inside = TRUE;
  int number = before (op, hook_data);
  inside = FALSE;
  return number;
}

static void tell (const DiskOp *op)
{
  if (after == NULL)
    return;
  int kept = errno;
  inside = TRUE;
  after (op, hook_data);
  inside = FALSE;
  errno = kept;
}

/* op->path "" or NULL: nobody's business. */
#define GUARD(op, call)                                                                                                \
  do {                                                                                                                 \
    gboolean ours = (op).path != NULL && *(op).path != '\0';                                                           \
    int number = ours ? ask (&(op)) : 0;                                                                               \
    if (number != 0) {                                                                                                 \
      errno = number;                                                                                                  \
      return -1;                                                                                                       \
    }                                                                                                                  \
    long answer = (call);                                                                                              \
    if (ours && answer >= 0)                                                                                           \
      tell (&(op));                                                                                                    \
    return answer;                                                                                                     \
  } while (0)

static long do_open (const DiskOp *op, const char *path, int flags, int mode)
{
  GUARD (*op, syscall (SYS_openat, AT_FDCWD, path, flags, mode));
}

int open (const char *path, int flags, ...)
{
  va_list arguments;
  va_start (arguments, flags);
  int mode = flags & (O_CREAT | O_TMPFILE) ? va_arg (arguments, int) : 0;
  va_end (arguments);
  struct stat info;
  const char *ours = below (path);
  gboolean there = ours == NULL || syscall (SYS_newfstatat, AT_FDCWD, path, &info, 0) == 0;
  DiskOp op = {.kind = DISK_CREATE, .path = (flags & O_CREAT) && !there ? ours : NULL};
  if (there && ours != NULL && (flags & O_TRUNC))
    op = (DiskOp){.kind = DISK_TRUNCATE, .path = ours};
  return (int) do_open (&op, path, flags | O_LARGEFILE, mode);
}

static long do_write (const DiskOp *op, int fd, const void *bytes, size_t n)
{
  GUARD (*op, syscall (SYS_write, fd, bytes, n));
}

ssize_t write (int fd, const void *bytes, size_t n)
{
  char buffer[4096];
  DiskOp op = {.kind = DISK_WRITE, .path = of_fd (fd, buffer, sizeof buffer), .bytes = bytes, .n = n};
  if (*op.path != '\0')
    op.offset = lseek (fd, 0, SEEK_CUR);
  return do_write (&op, fd, bytes, n);
}

static long do_pwrite (const DiskOp *op, int fd, const void *bytes, size_t n, off_t offset)
{
  GUARD (*op, syscall (SYS_pwrite64, fd, bytes, n, offset));
}

ssize_t pwrite (int fd, const void *bytes, size_t n, off_t offset)
{
  char buffer[4096];
  DiskOp op = {
      .kind = DISK_WRITE, .path = of_fd (fd, buffer, sizeof buffer), .offset = offset, .bytes = bytes, .n = n};
  return do_pwrite (&op, fd, bytes, n, offset);
}

static long do_truncate (const DiskOp *op, int fd, off_t length)
{
  GUARD (*op, syscall (SYS_ftruncate, fd, length));
}

int ftruncate (int fd, off_t length)
{
  char buffer[4096];
  DiskOp op = {.kind = DISK_TRUNCATE, .path = of_fd (fd, buffer, sizeof buffer), .offset = length};
  return (int) do_truncate (&op, fd, length);
}

static long do_sync (const DiskOp *op, int fd)
{
  GUARD (*op, syscall (SYS_fdatasync, fd));
}

static int sync_file (int fd)
{
  char buffer[4096];
  DiskOp op = {.kind = DISK_SYNC, .path = of_fd (fd, buffer, sizeof buffer)};
  return (int) do_sync (&op, fd);
}

int fsync (int fd)
{
  return sync_file (fd);
}

int fdatasync (int fd)
{
  return sync_file (fd);
}

static long do_rename (const DiskOp *op, const char *from, const char *to, unsigned int flags)
{
  GUARD (*op, syscall (SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, flags));
}

int renameat2 (int from_dir, const char *from, int to_dir, const char *to, unsigned int flags)
{
  DiskOp op = {.kind = DISK_RENAME, .path = below (from), .to = below (to)};
  return (int) do_rename (&op, from, to, flags);
}

int rename (const char *from, const char *to)
{
  return renameat2 (AT_FDCWD, from, AT_FDCWD, to, 0);
}

static long do_link (const DiskOp *op, const char *from, const char *to)
{
  GUARD (*op, syscall (SYS_linkat, AT_FDCWD, from, AT_FDCWD, to, 0));
}

int link (const char *from, const char *to)
{
  DiskOp op = {.kind = DISK_LINK, .path = below (from), .to = below (to)};
  return (int) do_link (&op, from, to);
}

static long do_unlink (const DiskOp *op, const char *path)
{
  GUARD (*op, syscall (SYS_unlinkat, AT_FDCWD, path, 0));
}

int unlink (const char *path)
{
  DiskOp op = {.kind = DISK_UNLINK, .path = below (path)};
  return (int) do_unlink (&op, path);
}

static long do_mkdir (const DiskOp *op, const char *path, mode_t mode)
{
  GUARD (*op, syscall (SYS_mkdirat, AT_FDCWD, path, mode));
}

int mkdir (const char *path, mode_t mode)
{
  DiskOp op = {.kind = DISK_MKDIR, .path = below (path)};
  return (int) do_mkdir (&op, path, mode);
}
