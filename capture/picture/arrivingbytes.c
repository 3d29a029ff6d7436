/* A growing file in memory: see the header. pthread's own mutex, because ThreadSanitizer sees those. */
#include "capture/picture/arrivingbytes.h"

#include "capture/picture/shotfacts.h"
#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <unistd.h>

#define PIECE (128 * 1024) /* a decoder's millisecond: so soon it hears that it is not wanted any more */

gboolean lanmu_arriving_bytes_init (LanmuArrivingBytes *self, int fd)
{
  *self = (LanmuArrivingBytes){.fd = fcntl (fd, F_DUPFD_CLOEXEC, 3)};
  void *room = mmap (NULL, LANMU_SHOT_MAX_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
  pthread_mutex_init (&self->mutex, NULL);
  pthread_cond_init (&self->changed, NULL);
  self->data = room != MAP_FAILED ? room : NULL;
  if (self->fd >= 0 && self->data != NULL)
    return TRUE;
  lanmu_arriving_bytes_clear (self);
  return FALSE;
}

void lanmu_arriving_bytes_clear (LanmuArrivingBytes *self)
{
  if (self->data != NULL)
    munmap (self->data, LANMU_SHOT_MAX_BYTES);
  if (self->fd >= 0)
    close (self->fd);
  self->data = NULL;
  self->fd = -1;
  pthread_mutex_destroy (&self->mutex);
  pthread_cond_destroy (&self->changed);
}

static void change (LanmuArrivingBytes *self, guint64 available, gboolean ended, gboolean cancelled)
{
  pthread_mutex_lock (&self->mutex);
  self->available = MAX (self->available, MIN (available, LANMU_SHOT_MAX_BYTES));
  self->ended = self->ended || ended;
  self->cancelled = self->cancelled || cancelled;
  pthread_cond_broadcast (&self->changed);
  pthread_mutex_unlock (&self->mutex);
}

void lanmu_arriving_bytes_grow (LanmuArrivingBytes *self, guint64 available)
{
  change (self, available, FALSE, FALSE);
}

void lanmu_arriving_bytes_end (LanmuArrivingBytes *self)
{
  change (self, LANMU_SHOT_MAX_BYTES, TRUE, FALSE);
}

void lanmu_arriving_bytes_cancel (LanmuArrivingBytes *self)
{
  change (self, 0, FALSE, TRUE);
}

gboolean lanmu_arriving_bytes_is_cancelled (LanmuArrivingBytes *self)
{
  pthread_mutex_lock (&self->mutex);
  gboolean cancelled = self->cancelled;
  pthread_mutex_unlock (&self->mutex);
  return cancelled;
}

/* How many bytes may be read now; 0: none will come any more. */
static gsize wait_for_room (LanmuArrivingBytes *self)
{
  pthread_mutex_lock (&self->mutex);
  while (self->available == self->filled && !self->ended && !self->cancelled)
    pthread_cond_wait (&self->changed, &self->mutex);
  gsize room = self->cancelled ? 0 : (gsize) MIN (self->available - self->filled, PIECE);
  pthread_mutex_unlock (&self->mutex);
  return room;
}

static void note_filled (LanmuArrivingBytes *self, gsize got)
{
  pthread_mutex_lock (&self->mutex);
  self->filled += got;
  self->complete = self->complete || got == 0;
  pthread_cond_broadcast (&self->changed);
  pthread_mutex_unlock (&self->mutex);
}

gboolean lanmu_arriving_bytes_more (LanmuArrivingBytes *self)
{
  gsize room = wait_for_room (self);
  ssize_t got = 0;
  do
    got = room > 0 ? pread (self->fd, self->data + self->filled, room, (off_t) self->filled) : 0;
  while (got < 0 && errno == EINTR);
  note_filled (self, got > 0 ? (gsize) got : 0);
  return got > 0;
}

guint64 lanmu_arriving_bytes_follow (LanmuArrivingBytes *self, guint64 after)
{
  pthread_mutex_lock (&self->mutex);
  while (self->filled == after && !self->complete && !self->cancelled)
    pthread_cond_wait (&self->changed, &self->mutex);
  guint64 filled = self->cancelled ? after : self->filled;
  pthread_mutex_unlock (&self->mutex);
  return filled;
}
