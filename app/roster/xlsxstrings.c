/* The shared strings of an xlsx; see xlsx.h. Plain and rich texts come in, phonetic guides do not. */
#include <string.h>

#include "app/roster/xlsx.h"

typedef struct {
  LanmuXlsxStrings *strings;
  LanmuReader *reader;
  GString *text; /* of the item */
  gboolean in_text;
  guint in_phonetic;
} Reading;

/* The character behind _xHHHH_ at p; 0 when nothing of the kind stands there. */
static gunichar escaped_at (const char *p)
{
  gunichar c = 0;
  if (p[0] != '_' || p[1] != 'x')
    return 0;
  for (int i = 2; i < 6; i++) {
    if (!g_ascii_isxdigit (p[i]))
      return 0;
    c = c << 4 | (gunichar) g_ascii_xdigit_value (p[i]);
  }
  return p[6] == '_' && c > 0 && (c < 0xD800 || c > 0xDFFF) ? c : 0;
}

void lanmu_xlsx_unescape (GString *text)
{
  if (strstr (text->str, "_x") == NULL)
    return;
  GString *out = g_string_sized_new (text->len);
  for (const char *p = text->str; *p != '\0';) {
    gunichar c = escaped_at (p);
    if (c != 0) {
      g_string_append_unichar (out, c);
      p += 7;
    } else {
      g_string_append_c (out, *p++);
    }
  }
  g_string_assign (text, out->str);
  g_string_free (out, TRUE);
}

static void start (void *parser, const char *name, const char **attributes)
{
  Reading *self = XML_GetUserData (parser);
  const char *local = lanmu_xlsx_local (name);
  if (strcmp (local, "si") == 0)
    g_string_truncate (self->text, 0);
  else if (strcmp (local, "t") == 0)
    self->in_text = self->in_phonetic == 0;
  else if (strcmp (local, "rPh") == 0)
    self->in_phonetic++;
}

static void keep_item (Reading *self, void *parser)
{
  guint32 offset = self->strings->bytes->len;
  lanmu_xlsx_unescape (self->text);
  if (offset + self->text->len + 1 > LANMU_XLSX_MAX_STRINGS) {
    lanmu_reader_say_too_large (self->reader, "> 128 MB of text 文字", "128 MB");
    XML_StopParser (parser, XML_FALSE);
    return;
  }
  g_byte_array_append (self->strings->bytes, (const guint8 *) self->text->str, (guint) self->text->len + 1);
  g_array_append_val (self->strings->offsets, offset);
}

static void end (void *parser, const char *name)
{
  Reading *self = XML_GetUserData (parser);
  const char *local = lanmu_xlsx_local (name);
  if (strcmp (local, "si") == 0)
    keep_item (self, parser);
  else if (strcmp (local, "t") == 0)
    self->in_text = FALSE;
  else if (strcmp (local, "rPh") == 0 && self->in_phonetic > 0)
    self->in_phonetic--;
}

/* A text beyond what a cell holds is cut one character later: whoever shows the cell sees that it is too long. */
static void text (void *parser, const char *bytes, int length)
{
  Reading *self = XML_GetUserData (parser);
  if (self->in_text && self->text->len <= LANMU_READER_MAX_CELL * 4)
    g_string_append_len (self->text, bytes, length);
}

gboolean lanmu_xlsx_strings_read (LanmuXlsxStrings *self, LanmuXlsxPackage *package)
{
  *self = (LanmuXlsxStrings){g_byte_array_new (), g_array_new (FALSE, FALSE, sizeof (guint32))};
  if (package->strings_part == NULL)
    return TRUE;
  Reading reading = {self, package->reader, g_string_new (NULL), FALSE, 0};
  XML_Parser parser = lanmu_xlsx_parser_new (&reading, start, end, text);
  gboolean good = lanmu_xlsx_parse (package, package->strings_part, parser, NULL);
  XML_ParserFree (parser);
  g_string_free (reading.text, TRUE);
  return good;
}

void lanmu_xlsx_strings_clear (LanmuXlsxStrings *self)
{
  g_byte_array_unref (self->bytes);
  g_array_unref (self->offsets);
}
