/* Which encoding is it; see encoding.h.
 *
 * Without a mark the order is: valid UTF-8 is UTF-8 (GB18030 Chinese practically never is); mostly valid UTF-8 is
 * damaged UTF-8 and refused, because the same bytes would often pass as GB18030 and become other characters; the rest
 * must be GB18030 to the last byte. The file is looked at in blocks: it may be larger than the memory it is worth. */
#include "app/roster/encoding.h"

#include <string.h>

#include "app/roster/big5.h"

#define BLOCK (256 * 1024)

typedef struct {
  gsize whole, broken;    /* sequences of three bytes and more; bytes that fit nowhere */
  gsize lines;            /* line ends before the block */
  guint first_wrong_line; /* 0 = none */
} Count;

static void say_wrong_line (guint line, LanmuReport *report)
{
  g_autofree char *text = g_strdup_printf ("%u", line);
  lanmu_report_reset (report);
  lanmu_report_add (report, LANMU_PROBLEM_ENCODING, 0, -1, NULL, text, NULL);
}

/* Control characters other than tab and line ends do not occur in a list in any encoding taken here (UTF-16 was told
 * apart before). */
static gboolean has_binary (const char *bytes, gsize length, gsize offset, LanmuReport *report)
{
  for (gsize i = 0; i < length; i++) {
    guchar c = (guchar) bytes[i];
    if (c >= 0x20 || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v' || c == 0x1A)
      continue;
    g_autofree char *value = g_strdup_printf ("0x%02X", c);
    g_autofree char *place = g_strdup_printf ("%" G_GSIZE_FORMAT, offset + i + 1);
    lanmu_report_reset (report);
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

static gsize count_bytes (const char *from, const char *end, guchar least)
{
  gsize n = 0;
  for (const char *p = from; p < end; p++)
    n += (guchar) *p >= least;
  return n;
}

static gsize count_lines (const char *from, const char *end)
{
  gsize n = 0;
  for (const char *p = from; p < end; p++)
    n += *p == '\n';
  return n;
}

/* Returns how many bytes at the end may be the head of a character that goes on in the next block. Two-byte sequences
 * also occur by chance in GB18030, so only longer ones speak for UTF-8. */
static gsize count_block (Count *count, const char *block, gsize length, gboolean last)
{
  const char *p = block, *end = block + length, *wrong;
  while (p < end && !g_utf8_validate_len (p, (gssize) (end - p), &wrong)) {
    count->whole += count_bytes (p, wrong, 0xE0);
    if (!last && end - wrong < 4 && g_utf8_get_char_validated (wrong, end - wrong) == (gunichar) -2) {
      count->lines += count_lines (block, wrong);
      return (gsize) (end - wrong);
    }
    if (count->broken++ == 0)
      count->first_wrong_line = (guint) (count->lines + count_lines (block, wrong) + 1);
    p = wrong + 1;
  }
  if (p < end)
    count->whole += count_bytes (p, end, 0xE0);
  count->lines += count_lines (block, end);
  return 0;
}

/* The whole input as if it were UTF-8. FALSE: no text at all (said), or out of reach (said). */
static gboolean count_all (LanmuInput *input, gsize offset, Count *count, LanmuReport *report)
{
  g_autofree char *block = g_malloc (BLOCK + 4);
  gsize kept = 0;
  gssize got;
  while ((got = lanmu_input_read (input, offset, block + kept, BLOCK, report)) > 0) {
    if (has_binary (block + kept, (gsize) got, offset, report))
      return FALSE;
    offset += (gsize) got;
    gsize length = kept + (gsize) got;
    kept = count_block (count, block, length, offset >= lanmu_input_get_size (input));
    memmove (block, block + length - kept, kept);
  }
  return got == 0;
}

/* A block is enough: a list does not change its letters. */
static gboolean is_big5 (LanmuInput *input, LanmuReport *report)
{
  g_autofree char *block = g_malloc (BLOCK);
  gssize got = lanmu_input_read (input, 0, block, BLOCK, report);
  LanmuBig5Count count = {0};
  lanmu_big5_count (&count, block, (gsize) MAX (got, 0));
  return lanmu_big5_is_likely (&count);
}

static gboolean find_unmarked (LanmuInput *input, LanmuEncoding *encoding, LanmuReport *report)
{
  Count count = {0};
  if (!count_all (input, encoding->skip, &count, report))
    return FALSE;
  gboolean meant_utf8 = encoding->skip > 0 || count.whole > 3 * count.broken;
  if (count.broken > 0 && meant_utf8) {
    say_wrong_line (count.first_wrong_line, report);
    return FALSE;
  }
  encoding->name = encoding->skip > 0 ? "utf-8-bom" : count.broken == 0 ? "utf-8" : "gb18030";
  encoding->charset = count.broken == 0 ? NULL : "GB18030";
  if (count.broken > 0 && is_big5 (input, report)) {
    encoding->name = "big5";
    encoding->charset = "BIG5-HKSCS";
  }
  return TRUE;
}

gboolean lanmu_encoding_find (LanmuInput *input, LanmuEncoding *encoding, LanmuReport *report)
{
  char head[1024];
  gssize got = lanmu_input_read (input, 0, head, sizeof head, report);
  *encoding = (LanmuEncoding){0};
  if (got < 0)
    return FALSE;
  if (got >= 2 && (memcmp (head, "\xFF\xFE", 2) == 0 || memcmp (head, "\xFE\xFF", 2) == 0)) {
    encoding->name = head[0] == '\xFF' ? "utf-16le" : "utf-16be";
    encoding->skip = 2;
  } else {
    encoding->name = guess_utf16 (head, (gsize) got);
  }
  if (encoding->name != NULL) {
    encoding->charset = g_str_equal (encoding->name, "utf-16le") ? "UTF-16LE" : "UTF-16BE";
    return TRUE; /* a byte that is no text is found while it is decoded */
  }
  encoding->skip = got >= 3 && memcmp (head, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  return find_unmarked (input, encoding, report);
}

char *lanmu_encoding_load (LanmuInput *input, gsize most, gsize *length, const char **name, LanmuReport *report)
{
  LanmuEncoding encoding;
  if (lanmu_input_get_size (input) > most) {
    lanmu_input_load (input, most, report); /* says so */
    return NULL;
  }
  if (!lanmu_encoding_find (input, &encoding, report))
    return NULL;
  g_autoptr (LanmuDecoder) decoder = lanmu_decoder_new (input, &encoding);
  g_autoptr (GByteArray) all = g_byte_array_new ();
  gssize got;
  do {
    gsize have = all->len;
    g_byte_array_set_size (all, (guint) (have + BLOCK));
    got = lanmu_decoder_read (decoder, (char *) all->data + have, BLOCK, report);
    g_byte_array_set_size (all, (guint) (have + (gsize) MAX (got, 0)));
  } while (got > 0);
  if (got < 0)
    return NULL;
  *name = encoding.name;
  *length = all->len;
  g_byte_array_append (all, (const guint8 *) "", 1);
  return (char *) g_byte_array_free (g_steal_pointer (&all), FALSE);
}
