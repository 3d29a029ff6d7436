/* How the camera's face makes a LanmuFrame of a ring buffer. Internal to capture/. */
#pragma once

#include "capture/frame.h"
#include "capture/ring.h"

G_BEGIN_DECLS

/* Wraps a HELD buffer; the frame's last unref hands it back. The geometry was checked by lanmu_ring_geometry_fits.
 * Holds a reference of the ring. */
LanmuFrame *lanmu_frame_new_for_slot (LanmuRing *ring, guint slot, int width, int height, gsize stride, guint64 number,
                                      gint64 boot_us);

/* The frame that the body of a FRAME message describes; NULL (and the host is mad) when it is none of the ring. */
LanmuFrame *lanmu_frame_new_for_message (LanmuRing *ring, GVariant *body);

G_END_DECLS
