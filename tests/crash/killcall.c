/* Preloaded into a program under test: counts its calls that change the disk, in all threads, and kills it at one of them, just before or just after the
 * call is carried out, as a power cut between any two of them would.
 *
 *   LANMU_TEST_KILL_CALL=N     SIGKILL before call N (1 is the first); negative: after call N was carried out
 *   LANMU_TEST_COUNT_CALLS=FILE  at the end the number of calls is written there
 *
 * Any thread. The program itself knows nothing of it: what has no killpoint of its own (SQLite's pages, a backup's steps) is killed in as well.
 */
#undef _FILE_OFFSET_BITS /* both names of a call are wanted, not one as the other's alias */

#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static _Atomic long calls;
static long kill_before, kill_after;

__attribute__ ((constructor)) static void read_environment (void)
{
  const char *text = getenv ("LANMU_TEST_KILL_CALL");
  long number = text != NULL ? atol (text) : 0;
  kill_before = number > 0 ? number : 0;
  kill_after = number < 0 ? -number : 0;
}

__attribute__ ((destructor)) static void write_count (void)
{
  const char *path = getenv ("LANMU_TEST_COUNT_CALLS");
  FILE *file = path != NULL ? fopen (path, "we") : NULL;
  if (file == NULL)
    return;
  fprintf (file, "%ld\n", atomic_load (&calls));
  fclose (file);
}

/* Pipes and sockets are no disk: what is said to the test must not move the count. */
static int is_disk (int fd)
{
  struct stat status;
  return fstat (fd, &status) == 0 && (S_ISREG (status.st_mode) || S_ISDIR (status.st_mode));
}

static long enter (void)
{
  long number = atomic_fetch_add (&calls, 1) + 1;
  if (number == kill_before)
    raise (SIGKILL);
  return number;
}

static void leave (long number)
{
  if (number == kill_after)
    raise (SIGKILL);
}

#define REAL(name) ((__typeof__ (&name)) dlsym (RTLD_NEXT, #name))
#define COUNTED(type, call)                                                                                            \
  long number = enter ();                                                                                              \
  type result = (call);                                                                                                \
  leave (number);                                                                                                      \
  return result

ssize_t write (int fd, const void *bytes, size_t count)
{
  if (!is_disk (fd))
    return REAL (write) (fd, bytes, count);
  COUNTED (ssize_t, REAL (write) (fd, bytes, count));
}

ssize_t pwrite (int fd, const void *bytes, size_t count, off_t at)
{
  COUNTED (ssize_t, REAL (pwrite) (fd, bytes, count, at));
}

ssize_t pwrite64 (int fd, const void *bytes, size_t count, off64_t at)
{
  COUNTED (ssize_t, REAL (pwrite64) (fd, bytes, count, at));
}

int fsync (int fd)
{
  COUNTED (int, REAL (fsync) (fd));
}

int fdatasync (int fd)
{
  COUNTED (int, REAL (fdatasync) (fd));
}

int ftruncate (int fd, off_t length)
{
  COUNTED (int, REAL (ftruncate) (fd, length));
}

int ftruncate64 (int fd, off64_t length)
{
  COUNTED (int, REAL (ftruncate64) (fd, length));
}

int rename (const char *from, const char *to)
{
  COUNTED (int, REAL (rename) (from, to));
}

int renameat2 (int from_dir, const char *from, int to_dir, const char *to, unsigned flags)
{
  COUNTED (int, REAL (renameat2) (from_dir, from, to_dir, to, flags));
}

int link (const char *from, const char *to)
{
  COUNTED (int, REAL (link) (from, to));
}

int linkat (int from_dir, const char *from, int to_dir, const char *to, int flags)
{
  COUNTED (int, REAL (linkat) (from_dir, from, to_dir, to, flags));
}

int unlink (const char *path)
{
  COUNTED (int, REAL (unlink) (path));
}

int unlinkat (int dir, const char *path, int flags)
{
  COUNTED (int, REAL (unlinkat) (dir, path, flags));
}

int mkdir (const char *path, mode_t mode)
{
  COUNTED (int, REAL (mkdir) (path, mode));
}
