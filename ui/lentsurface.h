/* A cairo pattern that lends a surface without ever copying it. Main thread.
 *
 * Why: a render node records its drawing, and a recorded surface is copied whole when it is destroyed after the recording
 * (cairo keeps a snapshot as long as the surface lives). For a live picture that is a copy of every frame for nobody. A
 * raster source is asked for its surface only while something is drawn. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

/* surface: an opaque image surface nobody draws on any more; referenced by the pattern and by whatever records it. Never
 * NULL. */
cairo_pattern_t *lanmu_lent_surface_new (cairo_surface_t *surface);

G_END_DECLS
