/* The bytes of a list as UTF-8: with or without a byte order mark, GB18030 (what Excel in China writes), UTF-16. Pure;
 * any thread. */
#pragma once

#include "app/roster/report.h"

G_BEGIN_DECLS

/* Text with one extra NUL behind it, full; NULL: the reason is in the report. *name (static): "utf-8" "utf-8-bom"
 * "gb18030" "utf-16le" "utf-16be". A byte that is no text, or a text that is no encoding, is refused, never replaced: a
 * name with a hole in it must not come in. */
char *lanmu_encoding_to_utf8 (const char *bytes, gsize length, gsize *utf8_length, const char **name,
                              LanmuReport *report);

G_END_DECLS
