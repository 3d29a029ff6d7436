/* See bytes.h. */
#include "capture/simcam/bytes.h"

#include <string.h>

void sim_put8 (GByteArray *to, guint8 value)
{
  g_byte_array_append (to, &value, 1);
}

void sim_put16 (GByteArray *to, guint16 value)
{
  guint16 le = GUINT16_TO_LE (value);
  g_byte_array_append (to, (const guint8 *)&le, sizeof le);
}

void sim_put32 (GByteArray *to, guint32 value)
{
  guint32 le = GUINT32_TO_LE (value);
  g_byte_array_append (to, (const guint8 *)&le, sizeof le);
}

void sim_put64 (GByteArray *to, guint64 value)
{
  guint64 le = GUINT64_TO_LE (value);
  g_byte_array_append (to, (const guint8 *)&le, sizeof le);
}

void sim_put_zeros (GByteArray *to, gsize count)
{
  gsize at = to->len;
  g_byte_array_set_size (to, at + count);
  if (count > 0)
    memset (to->data + at, 0, count);
}

void sim_put_text (GByteArray *to, const char *utf8)
{
  glong units = 0;
  g_autofree gunichar2 *wide = NULL;

  if (utf8 != NULL && *utf8 != '\0')
    wide = g_utf8_to_utf16 (utf8, -1, NULL, &units, NULL);
  if (wide == NULL || units > 254) {
    sim_put8 (to, 0);
    return;
  }
  sim_put8 (to, (guint8)(units + 1));
  for (glong i = 0; i <= units; i++)
    sim_put16 (to, wide[i]);
}

void sim_put_array16 (GByteArray *to, const guint16 *values, gsize count)
{
  sim_put32 (to, (guint32)count);
  for (gsize i = 0; i < count; i++)
    sim_put16 (to, values[i]);
}

void sim_put_array32 (GByteArray *to, const guint32 *values, gsize count)
{
  sim_put32 (to, (guint32)count);
  for (gsize i = 0; i < count; i++)
    sim_put32 (to, values[i]);
}

void sim_patch32 (GByteArray *in, gsize at, guint32 value)
{
  guint32 le = GUINT32_TO_LE (value);
  g_return_if_fail (at + sizeof le <= in->len);
  memcpy (in->data + at, &le, sizeof le);
}

SimReader sim_reader (const guint8 *data, gsize length)
{
  return (SimReader){.data = data, .length = length};
}

static guint64 get (SimReader *from, gsize size)
{
  guint64 value = 0;

  if (from->bad || from->length - from->at < size) {
    from->bad = TRUE;
    return 0;
  }
  for (gsize i = 0; i < size; i++)
    value |= (guint64)from->data[from->at + i] << (8 * i);
  from->at += size;
  return value;
}

guint8 sim_get8 (SimReader *from)
{
  return (guint8)get (from, 1);
}

guint16 sim_get16 (SimReader *from)
{
  return (guint16)get (from, 2);
}

guint32 sim_get32 (SimReader *from)
{
  return (guint32)get (from, 4);
}

guint64 sim_get64 (SimReader *from)
{
  return get (from, 8);
}

char *sim_get_text (SimReader *from)
{
  gunichar2 wide[256] = {0};
  guint count = sim_get8 (from);

  for (guint i = 0; i < count; i++)
    wide[i] = sim_get16 (from);
  return from->bad ? NULL : g_utf16_to_utf8 (wide, -1, NULL, NULL, NULL);
}
