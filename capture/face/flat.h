/* LanmuFlat: reads a FlatBuffer nobody vouches for. Every access is checked against the bytes' end; what does not fit
 * reads as absent and sets `bad`, which the reader looks at once, at its end. Positions are offsets from the first
 * byte; 0 means absent. Nothing recurses, so a buffer that points to itself costs nothing. Internal to capture/face.
 * Pure, any thread. Format: FlatBuffers "internals" (tables with vtables, vectors with a length in front, all
 * little-endian). */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  const guint8 *data;
  gsize size;
  gboolean bad; /* something pointed outside */
} LanmuFlat;

gboolean lanmu_flat_holds (LanmuFlat *self, gsize position, gsize bytes); /* FALSE sets bad */
guint32 lanmu_flat_u32 (LanmuFlat *self, gsize position);                 /* 0 when outside */

gsize lanmu_flat_root (LanmuFlat *self);
gsize lanmu_flat_field (LanmuFlat *self, gsize table, guint index); /* where the field's value lies */
gsize lanmu_flat_table (LanmuFlat *self, gsize table, guint index); /* the table a field points to */
gint32 lanmu_flat_int (LanmuFlat *self, gsize table, guint index, gint32 fallback);
guint8 lanmu_flat_byte (LanmuFlat *self, gsize table, guint index, guint8 fallback);

/* A vector of values `width` bytes wide; *count is 0 when absent. */
gsize lanmu_flat_vector (LanmuFlat *self, gsize table, guint index, gsize width, guint *count);
gsize lanmu_flat_item (LanmuFlat *self, gsize vector, guint i); /* the i-th table of a vector of tables */

G_END_DECLS
