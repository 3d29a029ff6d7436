/* A directory is kept as a list of entries, each with its value as little-endian bytes; values above four bytes go
 * behind the directory. */
#include "capture/simcam/sitter/ifd.h"

#include <string.h>

enum { TYPE_ASCII = 2, TYPE_SHORT = 3, TYPE_LONG = 4, TYPE_RATIO = 5, TYPE_UNDEFINED = 7 };

typedef struct {
  guint16 tag, type;
  guint32 count;
  GByteArray *value;
} Entry;

struct SimIfd {
  GArray *entries;
};

void sim_put_le16 (GByteArray *out, guint value)
{
  guint8 bytes[] = {(guint8)value, (guint8)(value >> 8)};
  g_byte_array_append (out, bytes, sizeof bytes);
}

void sim_put_le32 (GByteArray *out, guint32 value)
{
  sim_put_le16 (out, value & 0xffff);
  sim_put_le16 (out, value >> 16);
}

static void clear_entry (gpointer data)
{
  g_byte_array_unref (((Entry *)data)->value);
}

SimIfd *sim_ifd_new (void)
{
  SimIfd *self = g_new0 (SimIfd, 1);
  self->entries = g_array_new (FALSE, FALSE, sizeof (Entry));
  g_array_set_clear_func (self->entries, clear_entry);
  return self;
}

void sim_ifd_free (SimIfd *self)
{
  g_array_unref (self->entries);
  g_free (self);
}

static GByteArray *add (SimIfd *self, guint16 tag, guint16 type, guint32 count)
{
  Entry entry = {tag, type, count, g_byte_array_new ()};
  g_array_append_val (self->entries, entry);
  return entry.value;
}

void sim_ifd_add_text (SimIfd *self, guint16 tag, const char *text)
{
  guint32 length = (guint32)strlen (text) + 1;
  g_byte_array_append (add (self, tag, TYPE_ASCII, length), (const guint8 *)text, length);
}

void sim_ifd_add_short (SimIfd *self, guint16 tag, guint value)
{
  sim_put_le16 (add (self, tag, TYPE_SHORT, 1), value);
}

void sim_ifd_add_long (SimIfd *self, guint16 tag, guint32 value)
{
  sim_put_le32 (add (self, tag, TYPE_LONG, 1), value);
}

void sim_ifd_add_ratio (SimIfd *self, guint16 tag, guint32 over, guint32 under)
{
  GByteArray *value = add (self, tag, TYPE_RATIO, 1);
  sim_put_le32 (value, over);
  sim_put_le32 (value, under);
}

void sim_ifd_add_undefined (SimIfd *self, guint16 tag, const void *data, guint32 length)
{
  g_byte_array_append (add (self, tag, TYPE_UNDEFINED, length), data, length);
}

void sim_ifd_set_long (SimIfd *self, guint16 tag, guint32 value)
{
  for (guint i = 0; i < self->entries->len; i++) {
    Entry *entry = &g_array_index (self->entries, Entry, i);
    if (entry->tag != tag)
      continue;
    g_byte_array_set_size (entry->value, 0);
    sim_put_le32 (entry->value, value);
  }
}

/* Room of a value behind the directory; offsets must be even. */
static guint32 room (const Entry *entry)
{
  return entry->value->len <= 4 ? 0 : (entry->value->len + 1u) & ~1u;
}

guint32 sim_ifd_size (const SimIfd *self)
{
  guint32 size = 2 + 12 * self->entries->len + 4;
  for (guint i = 0; i < self->entries->len; i++)
    size += room (&g_array_index (self->entries, Entry, i));
  return size;
}

static void pad (GByteArray *out, guint count)
{
  static const guint8 zeros[4] = {0};
  g_byte_array_append (out, zeros, count);
}

void sim_ifd_write (const SimIfd *self, GByteArray *out, guint32 base, guint32 next)
{
  guint32 behind = out->len - base + 2 + 12 * self->entries->len + 4;
  sim_put_le16 (out, self->entries->len);
  for (guint i = 0; i < self->entries->len; i++) {
    const Entry *entry = &g_array_index (self->entries, Entry, i);
    sim_put_le16 (out, entry->tag);
    sim_put_le16 (out, entry->type);
    sim_put_le32 (out, entry->count);
    if (entry->value->len <= 4) {
      g_byte_array_append (out, entry->value->data, entry->value->len);
      pad (out, 4 - entry->value->len);
    } else {
      sim_put_le32 (out, behind);
      behind += room (entry);
    }
  }
  sim_put_le32 (out, next);
  for (guint i = 0; i < self->entries->len; i++) {
    const Entry *entry = &g_array_index (self->entries, Entry, i);
    if (room (entry) == 0)
      continue;
    g_byte_array_append (out, entry->value->data, entry->value->len);
    pad (out, room (entry) - entry->value->len);
  }
}
