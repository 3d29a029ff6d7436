/* SimIfd: one image file directory of a little-endian TIFF (TIFF 6.0 §2), filled by tag and then written in one piece.
 * Any thread. Calling sequence: new, add in ascending tag order, size, write, free. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct SimIfd SimIfd;

SimIfd *sim_ifd_new (void);
void sim_ifd_free (SimIfd *self);

void sim_ifd_add_text (SimIfd *self, guint16 tag, const char *text);
void sim_ifd_add_short (SimIfd *self, guint16 tag, guint value);
void sim_ifd_add_long (SimIfd *self, guint16 tag, guint32 value);
void sim_ifd_add_ratio (SimIfd *self, guint16 tag, guint32 over, guint32 under);
void sim_ifd_add_undefined (SimIfd *self, guint16 tag, const void *data, guint32 length);

/* A long added before may be given its value once offsets are known. */
void sim_ifd_set_long (SimIfd *self, guint16 tag, guint32 value);

/* Bytes that write will append: even. */
guint32 sim_ifd_size (const SimIfd *self);

/* Appends the directory to out. base: where in out the TIFF begins; next: offset of the next directory from there, 0
 * for none. */
void sim_ifd_write (const SimIfd *self, GByteArray *out, guint32 base, guint32 next);

/* The same two for other writers of this folder. */
void sim_put_le16 (GByteArray *out, guint value);
void sim_put_le32 (GByteArray *out, guint32 value);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (SimIfd, sim_ifd_free)

G_END_DECLS
