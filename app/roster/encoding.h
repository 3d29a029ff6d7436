/* The bytes of a list as UTF-8: with or without a byte order mark, GB18030 (what Excel in China writes), UTF-16. Any
 * thread, one at a time. A byte that is no text, or a text that is no encoding, is refused, never replaced: a name with
 * a hole in it must not come in. */
#pragma once

#include "app/roster/input.h"

G_BEGIN_DECLS

typedef struct {
  const char *name;    /* static: "utf-8" "utf-8-bom" "gb18030" "big5" "utf-16le" "utf-16be" */
  const char *charset; /* for iconv; NULL = the bytes are UTF-8 already */
  gsize skip;          /* bytes of the mark */
} LanmuEncoding;

/* Looks at the whole input. FALSE: the reason is in the report. */
gboolean lanmu_encoding_find (LanmuInput *input, LanmuEncoding *encoding, LanmuReport *report);

typedef struct _LanmuDecoder LanmuDecoder;

LanmuDecoder *lanmu_decoder_new (LanmuInput *input, const LanmuEncoding *encoding);
void lanmu_decoder_free (LanmuDecoder *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuDecoder, lanmu_decoder_free)

/* The next piece as whole characters of UTF-8, at most `room` (≥ 16) bytes. 0 at the end; -1: said in the report, which
 * then holds nothing else. */
gssize lanmu_decoder_read (LanmuDecoder *self, char *buffer, gsize room, LanmuReport *report);
gsize lanmu_decoder_get_offset (const LanmuDecoder *self); /* bytes of the input that are done */

/* All of it with one extra NUL behind, full. NULL: more than `most` bytes, or no text (said). */
char *lanmu_encoding_load (LanmuInput *input, gsize most, gsize *length, const char **name, LanmuReport *report);

G_END_DECLS
