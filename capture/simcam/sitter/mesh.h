/* SimMesh: a grid of lit points with a picture stretched over it, and the raster it is drawn into (nearer points hide
 * farther ones, edges are smoothed by drawing at twice the size). One thread per raster. */
#pragma once

#include "capture/simcam/sitter/canvas.h"

G_BEGIN_DECLS

typedef struct {
  float x, y, z;  /* crop pixels */
  float u, v;     /* pixels of the texture */
  float light[3]; /* factor on the texture's colour, as stored values */
  float gloss;    /* added to all channels, 0..1 */
} SimVertex;

typedef struct {
  int columns, rows;
  SimVertex *vertices; /* rows × columns */
} SimMesh;

SimMesh sim_mesh_new (int columns, int rows);
void sim_mesh_clear (SimMesh *self);

typedef struct SimRaster SimRaster;

SimRaster *sim_raster_new (const SimCanvas *canvas);
void sim_raster_free (SimRaster *self);

/* texture: ARGB32 image surface; where it is transparent, so is the mesh. bias: crop pixels nearer to the camera than
 * the vertices say. */
void sim_raster_draw (SimRaster *self, const SimMesh *mesh, cairo_surface_t *texture, double bias);

/* Lays what was drawn over an ARGB32 surface of the canvas's size. */
void sim_raster_finish (SimRaster *self, cairo_surface_t *onto);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimRaster, sim_raster_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (SimMesh, sim_mesh_clear)

G_END_DECLS
