/* From a painted surface to the bytes of a JPEG: enlarging, the sensor's grain, encoding. Pure functions (TurboJPEG,
 * one core), any thread. */
#pragma once

#include <cairo.h>
#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  int width, height; /* of the JPEG, in pixels as stored; not smaller than the painting */
  gboolean turned;   /* store the painting turned a quarter to the left (EXIF orientation 6 turns it back) */
  double grain;      /* standard deviation of luma noise in levels of 255 */
  int quality;       /* 1..100 */
} SimDevelop;

/* painted: RGB24 or ARGB32 image surface; width:height as the JPEG's (before turning). A baseline 4:2:0 JPEG with a
 * JFIF header; never NULL. */
GBytes *sim_develop (cairo_surface_t *painted, const SimDevelop *how);

/* The small picture inside EXIF: SIM_THUMBNAIL_* pixels, black bars above and below, turned as the file is. */
GBytes *sim_develop_thumbnail (cairo_surface_t *painted, gboolean turned);

/* The JPEG without SOI and JFIF segment: what follows them, to be put behind other segments. */
GBytes *sim_develop_strip (GBytes *jpeg);

G_END_DECLS
