/* Bytes → UTF-8; see encoding.h. Pure.
 *
 * Without a mark the order is: valid UTF-8 is UTF-8 (GB18030 Chinese practically never is); mostly valid UTF-8 is
 * damaged UTF-8 and refused, because the same bytes would often pass as GB18030 and become other characters; the rest
 * must be GB18030 to the last byte. */
#include "app/roster/encoding.h"

#include <string.h>

typedef struct {
  const char *magic;
  gsize length;
  const char *what;
} Format;

static const Format formats[] = {
    {"PK\x03\x04", 4, "xlsx/ZIP"},
    {"\xD0\xCF\x11\xE0", 4, "xls"},
    {"%PDF", 4, "PDF"},
    {"{\\rtf", 5, "RTF"},
    {"\xFF\xD8\xFF", 3, "JPEG"},
    {"\x89PNG", 4, "PNG"},
    {"Rar!", 4, "RAR"},
    {"7z\xBC\xAF", 4, "7z"},
    {"\x1F\x8B", 2, "gzip"},
    {"<?xml", 5, "XML"},
    {"<html", 5, "HTML"},
    {"SQLite format 3", 15, "SQLite"},
};

static gboolean is_other_format (const char *bytes, gsize length, LanmuReport *report)
{
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (length >= formats[i].length && memcmp (bytes, formats[i].magic, formats[i].length) == 0) {
      lanmu_report_add (report, LANMU_PROBLEM_OTHER_FORMAT, 0, -1, NULL, formats[i].what, NULL);
      return TRUE;
    }
  return FALSE;
}

static guint line_of (const char *bytes, const char *at)
{
  guint line = 1;
  for (const char *p = bytes; p < at; p++)
    line += *p == '\n';
  return line;
}

static void say_wrong_byte (const char *bytes, const char *at, LanmuReport *report)
{
  g_autofree char *line = g_strdup_printf ("%u", line_of (bytes, at));
  lanmu_report_add (report, LANMU_PROBLEM_ENCODING, 0, -1, NULL, line, NULL);
}

/* Control characters other than tab and line ends do not occur in a list in any encoding taken here (UTF-16 was told
 * apart before). */
static gboolean has_binary (const char *bytes, gsize length, LanmuReport *report)
{
  for (gsize i = 0; i < length; i++) {
    guchar c = (guchar) bytes[i];
    if (c >= 0x20 || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v' || c == 0x1A)
      continue;
    g_autofree char *value = g_strdup_printf ("0x%02X", c);
    g_autofree char *place = g_strdup_printf ("%" G_GSIZE_FORMAT, i + 1);
    lanmu_report_add (report, LANMU_PROBLEM_BINARY, 0, -1, NULL, value, place);
    return TRUE;
  }
  return FALSE;
}

/* "utf-16le" or "utf-16be" for text that was saved as UTF-16 without a mark: every other byte of its ASCII is 0 (and a
 * few of its Chinese ones: 一 is 4E00). */
static const char *guess_utf16 (const char *bytes, gsize length)
{
  gsize looked = MIN (length & ~(gsize) 1, 1024), even = 0, odd = 0;
  for (gsize i = 0; i < looked; i += 2) {
    even += bytes[i] == 0;
    odd += bytes[i + 1] == 0;
  }
  if (looked < 8)
    return NULL;
  if (odd > looked / 16 && odd > 3 * even)
    return "utf-16le";
  return even > looked / 16 && even > 3 * odd ? "utf-16be" : NULL;
}

/* Of a text that is not valid as a whole: was it meant as UTF-8? */
static gboolean is_damaged_utf8 (const char *bytes, gsize length)
{
  gsize whole = 0, broken = 0;
  const char *end = bytes + length;
  for (const char *p = bytes; p < end;) {
    if (((guchar) *p & 0x80) == 0) {
      p++;
      continue;
    }
    gunichar c = g_utf8_get_char_validated (p, end - p);
    if (c == (gunichar) -1 || c == (gunichar) -2) {
      broken++;
      p++;
    } else {
      whole += (guchar) *p >= 0xE0; /* two-byte sequences also occur by chance in GB18030 */
      p = g_utf8_next_char (p);
    }
  }
  return whole > 3 * broken;
}

static char *convert (const char *bytes, gsize length, const char *from, gsize *utf8_length, LanmuReport *report)
{
  g_autoptr (GError) error = NULL;
  gsize read = 0;
  char *text = g_convert (bytes, (gssize) length, "UTF-8", from, &read, utf8_length, &error);
  if (text == NULL || read < length) {
    say_wrong_byte (bytes, bytes + MIN (read, length), report);
    g_free (text);
    return NULL;
  }
  return text;
}

static char *convert_utf16 (const char *bytes, gsize length, const char *from, gsize *utf8_length, LanmuReport *report)
{
  char *text = convert (bytes, length, from, utf8_length, report);
  if (text != NULL && has_binary (text, *utf8_length, report))
    g_clear_pointer (&text, g_free);
  return text;
}

static char *take_utf8 (const char *bytes, gsize length, gsize *utf8_length, LanmuReport *report)
{
  const char *wrong;
  if (!g_utf8_validate_len (bytes, length, &wrong)) {
    say_wrong_byte (bytes, wrong, report);
    return NULL;
  }
  *utf8_length = length;
  return g_strndup (bytes, length);
}

char *lanmu_encoding_to_utf8 (const char *bytes, gsize length, gsize *utf8_length, const char **name,
                              LanmuReport *report)
{
  if (length == 0) {
    lanmu_report_add (report, LANMU_PROBLEM_EMPTY_FILE, 0, -1, NULL, NULL, NULL);
    return NULL;
  }
  if (is_other_format (bytes, length, report))
    return NULL;
  gboolean marked_le = length >= 2 && memcmp (bytes, "\xFF\xFE", 2) == 0,
           marked_be = length >= 2 && memcmp (bytes, "\xFE\xFF", 2) == 0;
  *name = marked_le ? "utf-16le" : marked_be ? "utf-16be" : guess_utf16 (bytes, length);
  if (*name != NULL) {
    gsize mark = marked_le || marked_be ? 2 : 0;
    return convert_utf16 (bytes + mark, length - mark, *name, utf8_length, report);
  }
  if (has_binary (bytes, length, report))
    return NULL;
  if (length >= 3 && memcmp (bytes, "\xEF\xBB\xBF", 3) == 0) {
    *name = "utf-8-bom";
    return take_utf8 (bytes + 3, length - 3, utf8_length, report);
  }
  if (g_utf8_validate_len (bytes, length, NULL) || is_damaged_utf8 (bytes, length)) {
    *name = "utf-8";
    return take_utf8 (bytes, length, utf8_length, report);
  }
  *name = "gb18030";
  return convert (bytes, length, "GB18030", utf8_length, report);
}
