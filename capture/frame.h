/* LanmuFrame: one decoded live picture, in a buffer of the ring shared with the camera host. No pixel of it is copied
 * on the way to the screen. Reference-counted by atomics: any thread may hold and drop it; the last drop hands the
 * buffer back to the host (an atomic store in shared memory). Immutable. */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

typedef struct _LanmuFrame LanmuFrame;
#define LANMU_TYPE_FRAME (lanmu_frame_get_type ())
GType lanmu_frame_get_type (void);

LanmuFrame *lanmu_frame_ref (LanmuFrame *self);
void lanmu_frame_unref (LanmuFrame *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuFrame, lanmu_frame_unref)

int lanmu_frame_get_width (const LanmuFrame *self);            /* pixels */
int lanmu_frame_get_height (const LanmuFrame *self);           /* pixels */
gsize lanmu_frame_get_stride (const LanmuFrame *self);         /* bytes; a multiple of 64 */
const guint8 *lanmu_frame_get_pixels (const LanmuFrame *self); /* B G R A (A = 255), top row first; 64-byte aligned */
guint64 lanmu_frame_get_number (const LanmuFrame *self);       /* counts frames the host fetched; gaps are drops */
gint64 lanmu_frame_get_boot_us (const LanmuFrame *self);       /* CLOCK_BOOTTIME when the host had it, µs */
GBytes *lanmu_frame_dup_bytes (LanmuFrame *self); /* full: stride × height bytes that hold a reference of the frame */

/* A frame over memory of one's own (tests, decoded stills): the bytes are referenced. */
LanmuFrame *lanmu_frame_new_for_bytes (GBytes *bytes, int width, int height, gsize stride);

G_END_DECLS
