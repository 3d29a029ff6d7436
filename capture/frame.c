/* LanmuFrame: see the header. One allocation a frame; the pixels are the ring's or a GBytes'. */
#include "capture/frame.h"
#include "capture/frameslot.h"

#include <stdatomic.h>

struct _LanmuFrame {
  _Atomic guint references; /* C11 atomics: an order ThreadSanitizer can see, unlike GLib's own */
  LanmuRing *ring; /* NULL when the pixels are those of bytes */
  guint slot;
  GBytes *bytes;
  const guint8 *pixels;
  int width, height;
  gsize stride;
  guint64 number;
  gint64 boot_us;
};

G_DEFINE_BOXED_TYPE (LanmuFrame, lanmu_frame, lanmu_frame_ref, lanmu_frame_unref)

static LanmuFrame *new_frame (const guint8 *pixels, int width, int height, gsize stride)
{
  LanmuFrame *self = g_new0 (LanmuFrame, 1);
  atomic_init (&self->references, 1);
  self->pixels = pixels;
  self->width = width;
  self->height = height;
  self->stride = stride;
  return self;
}

LanmuFrame *lanmu_frame_new_for_slot (LanmuRing *ring, guint slot, int width, int height, gsize stride, guint64 number,
                                      gint64 boot_us)
{
  LanmuFrame *self = new_frame (lanmu_ring_get_pixels (ring, slot), width, height, stride);
  self->ring = lanmu_ring_ref (ring);
  self->slot = slot;
  self->number = number;
  self->boot_us = boot_us;
  return self;
}

LanmuFrame *lanmu_frame_new_for_message (LanmuRing *ring, GVariant *body)
{
  guint32 slot, width, height, stride;
  guint64 number;
  gint64 boot_us;
  g_variant_get (body, "(uuuutx)", &slot, &width, &height, &stride, &number, &boot_us);
  if (slot >= LANMU_RING_SLOTS || !lanmu_ring_geometry_fits (width, height, stride))
    return NULL;
  return lanmu_frame_new_for_slot (ring, slot, (int) width, (int) height, stride, number, boot_us);
}

LanmuFrame *lanmu_frame_new_for_bytes (GBytes *bytes, int width, int height, gsize stride)
{
  g_return_val_if_fail (width > 0 && height > 0 && stride >= (gsize) width * 4, NULL);
  g_return_val_if_fail (g_bytes_get_size (bytes) >= stride * (gsize) height, NULL);
  LanmuFrame *self = new_frame (g_bytes_get_data (bytes, NULL), width, height, stride);
  self->bytes = g_bytes_ref (bytes);
  return self;
}

LanmuFrame *lanmu_frame_ref (LanmuFrame *self)
{
  atomic_fetch_add_explicit (&self->references, 1, memory_order_relaxed);
  return self;
}

void lanmu_frame_unref (LanmuFrame *self)
{
  if (atomic_fetch_sub_explicit (&self->references, 1, memory_order_acq_rel) != 1)
    return;
  if (self->ring != NULL) {
    lanmu_ring_release (self->ring, self->slot);
    lanmu_ring_unref (self->ring);
  }
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self);
}

int lanmu_frame_get_width (const LanmuFrame *self)
{
  return self->width;
}

int lanmu_frame_get_height (const LanmuFrame *self)
{
  return self->height;
}

gsize lanmu_frame_get_stride (const LanmuFrame *self)
{
  return self->stride;
}

const guint8 *lanmu_frame_get_pixels (const LanmuFrame *self)
{
  return self->pixels;
}

guint64 lanmu_frame_get_number (const LanmuFrame *self)
{
  return self->number;
}

gint64 lanmu_frame_get_boot_us (const LanmuFrame *self)
{
  return self->boot_us;
}

static void drop_frame (gpointer data)
{
  lanmu_frame_unref (data);
}

GBytes *lanmu_frame_dup_bytes (LanmuFrame *self)
{
  return g_bytes_new_with_free_func (self->pixels, self->stride * (gsize) self->height, drop_frame,
                                     lanmu_frame_ref (self));
}
