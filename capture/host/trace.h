/* LanmuTrace: what the body itself answered to the release command, read from the library's debug log.
 *
 * Why: on Nikon the library tries 201 times while the body says busy and then returns OK without a picture, and a
 * refusal for focus comes back as a bare -1. The log names each operation and its answer. Listening makes the library
 * format every message, so it is on only around a release.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

void lanmu_trace_start (void);
guint16 lanmu_trace_stop (void); /* PTP response to the last release operation, 0 when none was seen */

/* The reading of one log line, for tests: *op holds the operation being answered, *answer the last one of a release
 * operation. Pure. */
void lanmu_trace_read_line (const char *line, guint *op, guint16 *answer);

G_END_DECLS
