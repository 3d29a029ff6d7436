/* See flex.h. A map is a vector of values with a vector of key names before it; each value's type stands behind the
 * values, a byte each: kind × 4 + log2 of its width. */
#include "capture/face/flex.h"

#include <string.h>

enum { KIND_INT = 1, KIND_UINT = 2, KIND_FLOAT = 3, KIND_MAP = 9, KIND_INTS = 11, KIND_UINTS = 12 };

typedef struct {
  gsize values, types, keys; /* positions */
  guint width, key_width;
  guint64 length;
} Map;

static gboolean holds (const LanmuFlex *self, gsize position, gsize bytes)
{
  return position <= self->size && bytes <= self->size - position;
}

static gboolean read_unsigned (const LanmuFlex *self, gsize position, guint width, guint64 *out)
{
  guint64 value = 0;
  if (!holds (self, position, width))
    return FALSE;
  memcpy (&value, self->data + position, width);
  *out = GUINT64_FROM_LE (value);
  return TRUE;
}

static gboolean read_signed (const LanmuFlex *self, gsize position, guint width, gint64 *out)
{
  guint64 value;
  if (!read_unsigned (self, position, width, &value))
    return FALSE;
  guint shift = 64 - 8 * width;
  *out = (gint64) (value << shift) >> shift;
  return TRUE;
}

/* An offset points backwards from where it stands. */
static gboolean go_back (const LanmuFlex *self, gsize position, guint width, gsize *out)
{
  guint64 distance;
  if (!read_unsigned (self, position, width, &distance) || distance > position)
    return FALSE;
  *out = position - (gsize) distance;
  return TRUE;
}

static gboolean find_map (const LanmuFlex *self, Map *map)
{
  if (self->data == NULL || self->size < 3 || self->data[self->size - 2] >> 2 != KIND_MAP)
    return FALSE;
  guint root_width = self->data[self->size - 1];
  map->width = 1u << (self->data[self->size - 2] & 3);
  if ((root_width != 1 && root_width != 2 && root_width != 4 && root_width != 8) || self->size < 2 + root_width ||
      !go_back (self, self->size - 2 - root_width, root_width, &map->values) || map->values < 3 * map->width)
    return FALSE;
  guint64 key_width;
  if (!read_unsigned (self, map->values - map->width, map->width, &map->length) ||
      !read_unsigned (self, map->values - 2 * map->width, map->width, &key_width) ||
      !go_back (self, map->values - 3 * map->width, map->width, &map->keys))
    return FALSE;
  map->key_width = (guint) key_width;
  if ((key_width != 1 && key_width != 2 && key_width != 4 && key_width != 8) || map->length > self->size / map->width)
    return FALSE;
  map->types = map->values + (gsize) map->length * map->width;
  return holds (self, map->types, (gsize) map->length);
}

static gboolean is_named (const LanmuFlex *self, const Map *map, gsize i, const char *name)
{
  gsize key, length = strlen (name) + 1;
  return go_back (self, map->keys + i * map->key_width, map->key_width, &key) && holds (self, key, length) &&
         memcmp (self->data + key, name, length) == 0;
}

/* Where the value stands and its type byte. */
static gboolean look_up (const LanmuFlex *self, const char *name, Map *map, gsize *position, guint *type)
{
  if (!find_map (self, map))
    return FALSE;
  for (gsize i = 0; i < map->length; i++) {
    if (!is_named (self, map, i, name))
      continue;
    *position = map->values + i * map->width;
    *type = self->data[map->types + i];
    return TRUE;
  }
  return FALSE;
}

static gboolean read_float (const LanmuFlex *self, gsize position, guint width, double *out)
{
  guint64 bits;
  float single;
  if (width < 4 || !read_unsigned (self, position, width, &bits))
    return FALSE;
  if (width == 8) {
    memcpy (out, &bits, sizeof *out);
    return TRUE;
  }
  guint32 low = (guint32) bits;
  memcpy (&single, &low, sizeof single);
  *out = single;
  return TRUE;
}

gboolean lanmu_flex_number (const LanmuFlex *self, const char *name, double *out)
{
  Map map;
  gsize position;
  guint type;
  gint64 integer;
  if (!look_up (self, name, &map, &position, &type))
    return FALSE;
  if (type >> 2 == KIND_FLOAT)
    return read_float (self, position, map.width, out);
  if ((type >> 2 != KIND_INT && type >> 2 != KIND_UINT) || !read_signed (self, position, map.width, &integer))
    return FALSE;
  *out = (double) integer;
  return TRUE;
}

int lanmu_flex_integers (const LanmuFlex *self, const char *name, int *out, int max)
{
  Map map;
  gsize position, first;
  guint type;
  guint64 length;
  gint64 value;
  if (!look_up (self, name, &map, &position, &type) || (type >> 2 != KIND_INTS && type >> 2 != KIND_UINTS))
    return -1;
  guint width = 1u << (type & 3);
  if (!go_back (self, position, map.width, &first) || first < width ||
      !read_unsigned (self, first - width, width, &length) || length > self->size / width ||
      !holds (self, first, (gsize) length * width))
    return -1;
  for (int i = 0; i < (int) length && i < max; i++)
    out[i] =
        read_signed (self, first + (gsize) i * width, width, &value) ? (int) CLAMP (value, G_MININT, G_MAXINT) : -1;
  return (int) MIN (length, G_MAXINT);
}
