/* The head of an old Excel workbook; see biff.h. A record is: kind and length (16 bits each, little end first), then
 * its bytes; a long one goes on in CONTINUE records. */
#include "app/roster/biff.h"

#include <string.h>

#include "app/roster/numberformat.h"

#define BIFF8       0x0600
#define MAX_SHEETS  1024
#define MAX_FORMATS 65536

gboolean lanmu_biff_next (LanmuBiffStream *self, LanmuBiffRecord *record)
{
  if (self->at + 4 > self->length)
    return FALSE;
  const guint8 *head = self->data + self->at;
  *record = (LanmuBiffRecord){lanmu_biff_16 (head), head + 4, lanmu_biff_16 (head + 2)};
  self->at += 4 + record->length;
  return self->at <= self->length;
}

static char *from_utf16 (const gunichar2 *units, gsize n)
{
  GString *out = g_string_sized_new (n * 3 + 1);
  for (gsize i = 0; i < n; i++) {
    gunichar c = GUINT16_FROM_LE (units[i]);
    gunichar low = i + 1 < n ? GUINT16_FROM_LE (units[i + 1]) : 0;
    if (c >= 0xD800 && c < 0xDC00 && low >= 0xDC00 && low < 0xE000) {
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      i++;
    } else if (c >= 0xD800 && c < 0xE000) {
      c = 0xFFFD; /* half a character: the rules find it */
    }
    if (c != 0)
      g_string_append_unichar (out, c);
  }
  return g_string_free (out, FALSE);
}

static char *from_codepage (const LanmuBiffBook *book, const guint8 *data, gsize length)
{
  g_autofree char *charset = g_strdup_printf ("CP%u", book->codepage != 0 ? book->codepage : 936);
  char *text = g_convert ((const char *) data, (gssize) length, "UTF-8", charset, NULL, NULL, NULL);
  if (text == NULL)
    text = g_convert ((const char *) data, (gssize) length, "UTF-8", "GB18030", NULL, NULL, NULL);
  return text != NULL ? text : g_strdup ("\xEF\xBF\xBD");
}

char *lanmu_biff_text (const LanmuBiffBook *book, const guint8 *data, gsize length, gboolean brief)
{
  gsize head = brief ? 1 : 2;
  if (length < head)
    return g_strdup ("");
  gsize n = brief ? data[0] : lanmu_biff_16 (data);
  data += head;
  length -= head;
  if (book->version < BIFF8)
    return from_codepage (book, data, MIN (n, length));
  if (length < 1)
    return g_strdup ("");
  gboolean wide = (*data++ & 1) != 0;
  n = MIN (n, (length - 1) / (wide ? 2 : 1));
  g_autofree gunichar2 *units = g_new (gunichar2, n + 1);
  for (gsize i = 0; i < n; i++)
    units[i] = GUINT16_TO_LE ((guint16) (wide ? lanmu_biff_16 (data + 2 * i) : data[i]));
  return from_utf16 (units, n);
}

/* -- shared texts: one long record whose pieces may be cut inside a text -- */

typedef struct {
  LanmuBiffStream *stream;
  LanmuBiffRecord piece;
  gsize at;
  gboolean over;
} Pieces;

/* The next piece when this one is used up; *cut says that one began. */
static gboolean has_more (Pieces *self, gboolean *cut)
{
  while (!self->over && self->at >= self->piece.length) {
    LanmuBiffStream ahead = *self->stream;
    self->over = !lanmu_biff_next (&ahead, &self->piece) || self->piece.kind != LANMU_BIFF_CONTINUE;
    if (self->over)
      return FALSE;
    *self->stream = ahead;
    self->at = 0;
    *cut = TRUE;
  }
  return !self->over;
}

static guint take (Pieces *self, guint bytes)
{
  guint value = 0;
  gboolean cut;
  for (guint i = 0; i < bytes; i++)
    if (has_more (self, &cut))
      value |= (guint) self->piece.data[self->at++] << (8 * i);
  return value;
}

static void skip (Pieces *self, gsize bytes)
{
  gboolean cut;
  while (bytes > 0 && has_more (self, &cut)) {
    gsize step = MIN (bytes, self->piece.length - self->at);
    self->at += step;
    bytes -= step;
  }
}

/* A piece that begins inside the characters says anew how wide they are. */
static char *take_text (Pieces *self)
{
  guint n = take (self, 2), flags = take (self, 1);
  gsize runs = (flags & 8) != 0 ? take (self, 2) : 0, more = (flags & 4) != 0 ? take (self, 4) : 0;
  g_autofree gunichar2 *units = g_new (gunichar2, n + 1);
  guint done = 0;
  for (; done < n; done++) {
    gboolean cut = FALSE;
    if (!has_more (self, &cut))
      break;
    if (cut)
      flags = take (self, 1);
    units[done] = GUINT16_TO_LE ((guint16) take (self, (flags & 1) != 0 ? 2 : 1));
  }
  skip (self, runs * 4 + more);
  return from_utf16 (units, done);
}

static void read_strings (LanmuBiffBook *self, LanmuBiffStream *stream, const LanmuBiffRecord *record)
{
  Pieces pieces = {stream, *record, 0, FALSE};
  gboolean cut;
  skip (&pieces, 4);
  guint count = take (&pieces, 4);
  for (guint i = 0; i < count && has_more (&pieces, &cut); i++)
    g_ptr_array_add (self->strings, take_text (&pieces));
}

/* -- the head -- */

static void sheet_free (gpointer data)
{
  LanmuBiffSheet *sheet = data;
  g_free (sheet->name);
  g_free (sheet);
}

/* Sheets of tables only: charts and macros have no students. */
static void read_boundsheet (LanmuBiffBook *self, const LanmuBiffRecord *record)
{
  if (record->length < 8 || self->sheets->len >= MAX_SHEETS || record->data[5] != 0)
    return;
  LanmuBiffSheet *sheet = g_new0 (LanmuBiffSheet, 1);
  *sheet = (LanmuBiffSheet){lanmu_biff_text (self, record->data + 6, record->length - 6, TRUE),
                            (record->data[4] & 3) != 0, lanmu_biff_32 (record->data)};
  g_ptr_array_add (self->sheets, sheet);
}

static void read_format (LanmuBiffBook *self, const LanmuBiffRecord *record, GHashTable *codes)
{
  if (record->length < 3 || g_hash_table_size (codes) > MAX_FORMATS)
    return;
  g_autofree char *code = lanmu_biff_text (self, record->data + 2, record->length - 2, self->version < BIFF8);
  g_hash_table_insert (codes, GUINT_TO_POINTER (lanmu_biff_16 (record->data)),
                       GUINT_TO_POINTER (lanmu_number_format_parse (code) + 1));
}

static void read_xf (LanmuBiffBook *self, const LanmuBiffRecord *record, GHashTable *codes)
{
  if (record->length < 4 || self->formats->len >= MAX_FORMATS)
    return;
  guint number = lanmu_biff_16 (record->data + 2);
  guint own = GPOINTER_TO_UINT (g_hash_table_lookup (codes, GUINT_TO_POINTER (number)));
  guint8 format = (guint8) (own > 0 ? own - 1 : lanmu_number_format_builtin (number));
  g_byte_array_append (self->formats, &format, 1);
}

static void read_record (LanmuBiffBook *self, LanmuBiffStream *stream, const LanmuBiffRecord *record, GHashTable *codes)
{
  guint first = record->length >= 2 ? lanmu_biff_16 (record->data) : 0;
  switch (record->kind) {
  case LANMU_BIFF_BOF:
    self->version = first;
    break;
  case LANMU_BIFF_CODEPAGE:
    self->codepage = first;
    break;
  case LANMU_BIFF_DATEMODE:
    self->from_1904 = first == 1;
    break;
  case LANMU_BIFF_FILEPASS:
    self->locked = TRUE;
    break;
  case LANMU_BIFF_BOUNDSHEET:
    read_boundsheet (self, record);
    break;
  case LANMU_BIFF_FORMAT:
    read_format (self, record, codes);
    break;
  case LANMU_BIFF_XF:
    read_xf (self, record, codes);
    break;
  case LANMU_BIFF_SST:
    read_strings (self, stream, record);
    break;
  default:
    break;
  }
}

void lanmu_biff_book_read (LanmuBiffBook *self, const guint8 *data, gsize length)
{
  g_autoptr (GHashTable) codes = g_hash_table_new (NULL, NULL);
  LanmuBiffStream stream = {data, length, 0};
  LanmuBiffRecord record;
  *self = (LanmuBiffBook){.sheets = g_ptr_array_new_with_free_func (sheet_free),
                          .strings = g_ptr_array_new_with_free_func (g_free),
                          .formats = g_byte_array_new ()};
  while (!self->locked && lanmu_biff_next (&stream, &record) && record.kind != LANMU_BIFF_EOF)
    read_record (self, &stream, &record, codes);
}

void lanmu_biff_book_clear (LanmuBiffBook *self)
{
  g_ptr_array_unref (self->sheets);
  g_ptr_array_unref (self->strings);
  g_byte_array_unref (self->formats);
}
