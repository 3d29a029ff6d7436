/* The ring's memory: see the header for why and for the life of a buffer. */
#include "capture/ring.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <stdatomic.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define RING_MAGIC       0x4c4d5231u /* "LMR1" */
#define RING_HEADER_SIZE 4096u
#define RING_SIZE        (RING_HEADER_SIZE + LANMU_RING_SLOTS * LANMU_RING_SLOT_BYTES)

enum { SLOT_FREE, SLOT_WRITING, SLOT_HELD };

typedef struct {
  guint32 magic;
  guint32 slots;
  guint64 slot_bytes;
  LanmuPulse pulse;
  _Atomic guint32 state[LANMU_RING_SLOTS];
} RingHeader;

G_STATIC_ASSERT (sizeof (RingHeader) <= RING_HEADER_SIZE);
G_STATIC_ASSERT (LANMU_RING_SLOT_BYTES % RING_HEADER_SIZE == 0);

struct _LanmuRing {
  _Atomic guint references; /* C11 atomics: an order ThreadSanitizer can see, unlike GLib's own */
  int fd;
  RingHeader *header;
};

static gboolean fail (GError **error, const char *what)
{
  int saved = errno;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved), "%s: %s", what, g_strerror (saved));
  return FALSE;
}

static LanmuRing *map_ring (int fd, GError **error)
{
  void *memory = mmap (NULL, RING_SIZE, PROT_READ | PROT_WRITE, MAP_SHARED, fd, 0);
  if (memory == MAP_FAILED) {
    fail (error, "cannot map the picture ring");
    return NULL;
  }
  LanmuRing *self = g_new0 (LanmuRing, 1);
  atomic_init (&self->references, 1);
  self->fd = -1;
  self->header = memory;
  return self;
}

static gboolean size_and_seal (int fd, GError **error)
{
  if (ftruncate (fd, (off_t) RING_SIZE) != 0)
    return fail (error, "cannot size the picture ring");
  if (fcntl (fd, F_ADD_SEALS, F_SEAL_SHRINK | F_SEAL_GROW | F_SEAL_SEAL) != 0)
    return fail (error, "cannot seal the picture ring");
  return TRUE;
}

LanmuRing *lanmu_ring_new (GError **error)
{
  int fd = memfd_create ("lanmu-ring", MFD_CLOEXEC | MFD_ALLOW_SEALING);
  if (fd < 0) {
    fail (error, "cannot make the picture ring");
    return NULL;
  }
  LanmuRing *self = size_and_seal (fd, error) ? map_ring (fd, error) : NULL;
  if (self == NULL) {
    close (fd);
    return NULL;
  }
  self->fd = fd;
  self->header->magic = RING_MAGIC;
  self->header->slots = LANMU_RING_SLOTS;
  self->header->slot_bytes = LANMU_RING_SLOT_BYTES;
  return self;
}

LanmuRing *lanmu_ring_open (int fd, GError **error)
{
  struct stat status;
  if (fstat (fd, &status) != 0) {
    fail (error, "no picture ring was handed over");
    return NULL;
  }
  if ((guint64) status.st_size != RING_SIZE) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the picture ring has a wrong size");
    return NULL;
  }
  LanmuRing *self = map_ring (fd, error);
  if (self != NULL && (self->header->magic != RING_MAGIC || self->header->slots != LANMU_RING_SLOTS ||
                       self->header->slot_bytes != LANMU_RING_SLOT_BYTES)) {
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "the picture ring is of another version");
    g_clear_pointer (&self, lanmu_ring_unref);
  }
  return self;
}

LanmuRing *lanmu_ring_ref (LanmuRing *self)
{
  atomic_fetch_add_explicit (&self->references, 1, memory_order_relaxed);
  return self;
}

void lanmu_ring_unref (LanmuRing *self)
{
  if (atomic_fetch_sub_explicit (&self->references, 1, memory_order_acq_rel) != 1)
    return;
  munmap (self->header, RING_SIZE);
  if (self->fd >= 0)
    close (self->fd);
  g_free (self);
}

int lanmu_ring_get_fd (LanmuRing *self)
{
  return self->fd;
}

LanmuPulse *lanmu_ring_get_pulse (LanmuRing *self)
{
  return &self->header->pulse;
}

guint8 *lanmu_ring_get_pixels (LanmuRing *self, guint slot)
{
  if (slot >= LANMU_RING_SLOTS)
    return NULL;
  return (guint8 *) self->header + RING_HEADER_SIZE + slot * LANMU_RING_SLOT_BYTES;
}

int lanmu_ring_take (LanmuRing *self)
{
  for (int slot = 0; slot < LANMU_RING_SLOTS; slot++) {
    guint32 expected = SLOT_FREE;
    /* acquire: the last reader's loads happened before its release of the buffer */
    if (atomic_compare_exchange_strong_explicit (&self->header->state[slot], &expected, SLOT_WRITING,
                                                 memory_order_acquire, memory_order_relaxed))
      return slot;
  }
  return -1;
}

void lanmu_ring_publish (LanmuRing *self, guint slot)
{
  g_return_if_fail (slot < LANMU_RING_SLOTS);
  atomic_store_explicit (&self->header->state[slot], SLOT_HELD, memory_order_release);
}

void lanmu_ring_release (LanmuRing *self, guint slot)
{
  g_return_if_fail (slot < LANMU_RING_SLOTS);
  atomic_store_explicit (&self->header->state[slot], SLOT_FREE, memory_order_release);
}

gboolean lanmu_ring_geometry_fits (guint width, guint height, gsize stride)
{
  return width > 0 && height > 0 && width <= 16384 && height <= 16384 && stride % 64 == 0 &&
         stride >= (gsize) width * 4 && stride <= LANMU_RING_SLOT_BYTES && stride * height <= LANMU_RING_SLOT_BYTES;
}
