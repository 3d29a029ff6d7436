/* Bytes → UTF-8, piece by piece; see encoding.h. */
#include <errno.h>
#include <string.h>

#include "app/roster/encoding.h"

#define BLOCK (256 * 1024)

struct _LanmuDecoder {
  LanmuInput *input;
  GIConv conversion; /* (GIConv) -1: the bytes are UTF-8 */
  gsize offset;      /* of the next byte to be read from the input */
  gsize line;        /* of the next byte to be decoded */
  char *block;       /* raw bytes waiting: from `at` to `end` */
  gsize at, end;
  gboolean over; /* the input has nothing more */
};

LanmuDecoder *lanmu_decoder_new (LanmuInput *input, const LanmuEncoding *encoding)
{
  LanmuDecoder *self = g_new0 (LanmuDecoder, 1);
  self->input = input;
  self->offset = encoding->skip;
  self->line = 1;
  self->conversion = encoding->charset != NULL ? g_iconv_open ("UTF-8", encoding->charset) : (GIConv) -1;
  self->block = encoding->charset != NULL ? g_malloc (BLOCK) : NULL;
  return self;
}

void lanmu_decoder_free (LanmuDecoder *self)
{
  if (self->conversion != (GIConv) -1)
    g_iconv_close (self->conversion);
  g_free (self->block);
  g_free (self);
}

gsize lanmu_decoder_get_offset (const LanmuDecoder *self)
{
  return self->offset - (self->end - self->at);
}

/* Of bytes that may end inside a character: those before it. */
static gsize whole_characters (const char *bytes, gsize length)
{
  gsize at = length;
  while (at > 0 && length - at < 3 && ((guchar) bytes[at - 1] & 0xC0) == 0x80)
    at--;
  if (at == 0 || (guchar) bytes[at - 1] < 0xC0)
    return length;
  gunichar last = g_utf8_get_char_validated (bytes + at - 1, (gssize) (length - at) + 1);
  return last == (gunichar) -2 ? at - 1 : length;
}

/* A piece of UTF-8 that was found whole before. */
static gssize read_plain (LanmuDecoder *self, char *buffer, gsize room, LanmuReport *report)
{
  gssize got = lanmu_input_read (self->input, self->offset, buffer, room, report);
  if (got <= 0)
    return got;
  gsize length = whole_characters (buffer, (gsize) got);
  if (length == 0 || !g_utf8_validate_len (buffer, length, NULL)) { /* it changed since it was looked at */
    lanmu_report_reset (report);
    lanmu_report_add (report, LANMU_PROBLEM_ENCODING, 0, -1, NULL, "?", NULL);
    return -1;
  }
  self->offset += length;
  return (gssize) length;
}

/* More raw bytes behind those that wait. FALSE: out of reach. */
static gboolean refill (LanmuDecoder *self, LanmuReport *report)
{
  memmove (self->block, self->block + self->at, self->end - self->at);
  self->end -= self->at;
  self->at = 0;
  gssize got = lanmu_input_read (self->input, self->offset, self->block + self->end, BLOCK - self->end, report);
  if (got < 0)
    return FALSE;
  self->over = got == 0;
  self->offset += (gsize) got;
  self->end += (gsize) got;
  return TRUE;
}

static gssize say_wrong (LanmuDecoder *self, LanmuReport *report)
{
  g_autofree char *line = g_strdup_printf ("%" G_GSIZE_FORMAT, self->line);
  lanmu_report_reset (report);
  lanmu_report_add (report, LANMU_PROBLEM_ENCODING, 0, -1, NULL, line, NULL);
  return -1;
}

/* Control characters are no text in UTF-16 either. */
static gboolean is_text (LanmuDecoder *self, const char *from, gsize length, LanmuReport *report)
{
  for (gsize i = 0; i < length; i++) {
    guchar c = (guchar) from[i];
    self->line += c == '\n';
    if (c >= 0x20 || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v' || c == 0x1A)
      continue;
    g_autofree char *value = g_strdup_printf ("0x%02X", c);
    g_autofree char *place = g_strdup_printf ("%" G_GSIZE_FORMAT, lanmu_decoder_get_offset (self));
    lanmu_report_reset (report);
    lanmu_report_add (report, LANMU_PROBLEM_BINARY, 0, -1, NULL, value, place);
    return FALSE;
  }
  return TRUE;
}

gssize lanmu_decoder_read (LanmuDecoder *self, char *buffer, gsize room, LanmuReport *report)
{
  if (self->conversion == (GIConv) -1)
    return read_plain (self, buffer, room, report);
  if (self->end - self->at < 8 && !self->over && !refill (self, report))
    return -1;
  char *in = self->block + self->at, *out = buffer;
  gsize in_left = self->end - self->at, out_left = room;
  if (in_left == 0)
    return 0;
  gsize done = g_iconv (self->conversion, &in, &in_left, &out, &out_left);
  int why = done == (gsize) -1 ? errno : 0;
  gsize before = self->at;
  self->at = self->end - in_left;
  if (!is_text (self, buffer, (gsize) (out - buffer), report))
    return -1;
  if (why == EILSEQ || (why == EINVAL && self->over) || (self->at == before && why != 0 && why != EINVAL))
    return say_wrong (self, report);
  if (out == buffer) /* half a character waits for the rest of it */
    return self->over || !refill (self, report) ? (self->over ? say_wrong (self, report) : -1)
                                                : lanmu_decoder_read (self, buffer, room, report);
  return (gssize) (out - buffer);
}
