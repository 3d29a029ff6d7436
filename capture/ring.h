/* LanmuRing: the shared memory between the camera host and its parent: one page of header (a state per buffer, the
 * pulse) and RING_SLOTS picture buffers.
 *
 * Why: a live picture is decoded once, by the host, straight into the buffer that the screen's texture and the checks
 * read; nothing is copied and handing a buffer back is one atomic store from any thread, no message. Life of a buffer:
 * FREE → (host) WRITING → (host) HELD → (parent, last reference dropped) FREE. The memory is sparse until touched and
 * sealed against shrinking, so a mad peer cannot make the other side fault. After a host's death the parent makes a
 * fresh ring; frames still held keep the old one alive. Reference-counted by atomics; any thread.
 */
#pragma once

#include <glib.h>
#include "capture/pulse.h"

G_BEGIN_DECLS

#define LANMU_RING_SLOTS 8
#define LANMU_RING_SLOT_BYTES                                                                                          \
  ((gsize) 1920 * 1280 * 4) /* largest live picture of the bodies known, BGRA; a multiple of the page size */

typedef struct _LanmuRing LanmuRing;

LanmuRing *lanmu_ring_new (GError **error);          /* parent: makes the memory; errors are G_IO_ERROR */
LanmuRing *lanmu_ring_open (int fd, GError **error); /* host: maps what the parent made; fd is not kept */
LanmuRing *lanmu_ring_ref (LanmuRing *self);
void lanmu_ring_unref (LanmuRing *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuRing, lanmu_ring_unref)

int lanmu_ring_get_fd (LanmuRing *self); /* parent's descriptor, owned by the ring; -1 on the host's side */
LanmuPulse *lanmu_ring_get_pulse (LanmuRing *self);
guint8 *lanmu_ring_get_pixels (LanmuRing *self,
                               guint slot); /* LANMU_RING_SLOT_BYTES, page-aligned; NULL for a slot out of range */

int lanmu_ring_take (LanmuRing *self);                 /* host: a FREE buffer becomes WRITING; -1 when there is none */
void lanmu_ring_publish (LanmuRing *self, guint slot); /* host: WRITING → HELD; the pixels are visible to the parent */
void lanmu_ring_release (LanmuRing *self, guint slot); /* either side: → FREE */

/* Whether a picture of this geometry fits a buffer: positive sides, stride a multiple of 64 that holds a row. For
 * checking what a peer says. */
gboolean lanmu_ring_geometry_fits (guint width, guint height, gsize stride);

G_END_DECLS
