/* See flat.h. Positions are gsize and lengths 32 bits wide, so that no sum here wraps. */
#include "capture/face/flat.h"

#include <string.h>

gboolean lanmu_flat_holds (LanmuFlat *self, gsize position, gsize bytes)
{
  if (position <= self->size && bytes <= self->size - position)
    return TRUE;
  self->bad = TRUE;
  return FALSE;
}

static guint16 read_u16 (LanmuFlat *self, gsize position)
{
  guint16 value = 0;
  if (lanmu_flat_holds (self, position, sizeof value))
    memcpy (&value, self->data + position, sizeof value);
  return GUINT16_FROM_LE (value);
}

guint32 lanmu_flat_u32 (LanmuFlat *self, gsize position)
{
  guint32 value = 0;
  if (lanmu_flat_holds (self, position, sizeof value))
    memcpy (&value, self->data + position, sizeof value);
  return GUINT32_FROM_LE (value);
}

static gsize follow (LanmuFlat *self, gsize position)
{
  guint32 distance = lanmu_flat_u32 (self, position);
  if (distance == 0 || !lanmu_flat_holds (self, position + distance, 4)) {
    self->bad = TRUE;
    return 0;
  }
  return position + distance;
}

gsize lanmu_flat_root (LanmuFlat *self)
{
  return follow (self, 0);
}

/* A table begins with the signed distance back to its vtable: [bytes of it][bytes of the table][where each field is].
 */
gsize lanmu_flat_field (LanmuFlat *self, gsize table, guint index)
{
  if (table == 0)
    return 0;
  gint64 vtable = (gint64) table - (gint32) lanmu_flat_u32 (self, table);
  if (vtable < 0 || !lanmu_flat_holds (self, (gsize) vtable, 4)) {
    self->bad = TRUE;
    return 0;
  }
  gsize entry = 4 + 2 * (gsize) index;
  if (entry + 2 > read_u16 (self, (gsize) vtable))
    return 0;
  guint16 offset = read_u16 (self, (gsize) vtable + entry);
  return offset != 0 && lanmu_flat_holds (self, table + offset, 1) ? table + offset : 0;
}

gsize lanmu_flat_table (LanmuFlat *self, gsize table, guint index)
{
  gsize field = lanmu_flat_field (self, table, index);
  return field != 0 ? follow (self, field) : 0;
}

gint32 lanmu_flat_int (LanmuFlat *self, gsize table, guint index, gint32 fallback)
{
  gsize field = lanmu_flat_field (self, table, index);
  return field != 0 ? (gint32) lanmu_flat_u32 (self, field) : fallback;
}

guint8 lanmu_flat_byte (LanmuFlat *self, gsize table, guint index, guint8 fallback)
{
  gsize field = lanmu_flat_field (self, table, index);
  return field != 0 ? self->data[field] : fallback;
}

gsize lanmu_flat_vector (LanmuFlat *self, gsize table, guint index, gsize width, guint *count)
{
  gsize vector = lanmu_flat_table (self, table, index);
  *count = 0;
  if (vector == 0)
    return 0;
  guint32 length = lanmu_flat_u32 (self, vector);
  if (length > self->size / width || !lanmu_flat_holds (self, vector + 4, length * width)) {
    self->bad = TRUE;
    return 0;
  }
  *count = length;
  return vector + 4;
}

gsize lanmu_flat_item (LanmuFlat *self, gsize vector, guint i)
{
  return vector != 0 ? follow (self, vector + 4 * (gsize) i) : 0;
}
