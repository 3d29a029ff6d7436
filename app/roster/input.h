/* LanmuInput: the bytes of a list, from a file or from memory. A file is read, never mapped: a stick that is pulled out
 * must end in a sentence, not in a signal. One thread at a time. */
#pragma once

#include "app/roster/report.h"

G_BEGIN_DECLS

typedef struct _LanmuInput LanmuInput;

/* NULL: no ordinary file, or out of reach; the reason is in the report. */
LanmuInput *lanmu_input_open (const char *path, LanmuReport *report);
LanmuInput *lanmu_input_new_for_bytes (const char *bytes, gsize length); /* not copied */
void lanmu_input_free (LanmuInput *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuInput, lanmu_input_free)

gsize lanmu_input_get_size (const LanmuInput *self);

/* Up to `room` bytes from offset on; 0 at the end, -1 when the file cannot be read any more (said in the report). */
gssize lanmu_input_read (LanmuInput *self, gsize offset, char *buffer, gsize room, LanmuReport *report);

/* All of it with one extra NUL behind; the input's own. NULL: more than `most` bytes, or out of reach (said). */
const char *lanmu_input_load (LanmuInput *self, gsize most, LanmuReport *report);

/* SHA-256 of all of it, hexadecimal; NULL: out of reach (said). */
char *lanmu_input_dup_sha256 (LanmuInput *self, LanmuReport *report);

G_END_DECLS
