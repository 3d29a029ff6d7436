/* EXIF as a DSLR writes it, made from SimExif: the APP1 segment of a JPEG, and the TIFF that stands in for a raw file.
 * No MakerNote: what makers put there is theirs. Tags: EXIF 2.3 (CIPA DC-008), TIFF 6.0. Pure functions, any thread. */
#pragma once

#include "capture/simcam/scene.h"

G_BEGIN_DECLS

#define SIM_THUMBNAIL_WIDTH  160
#define SIM_THUMBNAIL_HEIGHT 120

/* The whole segment, from its FF E1 on. width, height: of the picture as stored. thumbnail: a JPEG of SIM_THUMBNAIL_*
 * pixels, below 60,000 bytes. */
GBytes *sim_exif_app1 (const SimExif *exif, int width, int height, GBytes *thumbnail);

/* A whole little-endian TIFF file: the same facts, the thumbnail, and body as the strip of a raw picture. Canon's has
 * the mark of a CR2 in front, any other is laid out as a NEF is. */
GBytes *sim_exif_raw (const SimExif *exif, int width, int height, GBytes *thumbnail, GBytes *body);

G_END_DECLS
