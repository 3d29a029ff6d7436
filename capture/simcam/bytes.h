/* Writing and reading PTP's little-endian data sets. Writers append to a GByteArray; the reader never runs past its
 * end: it turns bad and gives zeros. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void sim_put8 (GByteArray *to, guint8 value);
void sim_put16 (GByteArray *to, guint16 value);
void sim_put32 (GByteArray *to, guint32 value);
void sim_put64 (GByteArray *to, guint64 value);
void sim_put_zeros (GByteArray *to, gsize count);
void sim_put_text (GByteArray *to,
                   const char *utf8); /* PTP string: u8 count with the NUL, UCS-2; "" and NULL are one zero byte */
void sim_put_array16 (GByteArray *to, const guint16 *values, gsize count); /* u32 count, values */
void sim_put_array32 (GByteArray *to, const guint32 *values, gsize count);
void sim_patch32 (GByteArray *in, gsize at, guint32 value); /* overwrite, e.g. a length known only at the end */

typedef struct {
  const guint8 *data;
  gsize length, at;
  gboolean bad; /* something was asked for that is not there */
} SimReader;

SimReader sim_reader (const guint8 *data, gsize length);
guint8 sim_get8 (SimReader *from);
guint16 sim_get16 (SimReader *from);
guint32 sim_get32 (SimReader *from);
guint64 sim_get64 (SimReader *from);
char *sim_get_text (SimReader *from); /* PTP string as UTF-8, newly allocated, NULL when bad */

G_END_DECLS
