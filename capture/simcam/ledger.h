/* The ledger: one JSON object a line of everything that truly happened in this camera, so that a test can hold what a
 * station recorded against it. Each line is flushed before the outside world can learn of the event by another way.
 * Single-threaded.
 *
 *   GString *line = sim_ledger_line ("took");
 *   sim_ledger_int (line, "number", 39);
 *   sim_ledger_write (ledger, line);          (takes the line)
 */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct SimLedger SimLedger;

SimLedger *sim_ledger_new (const char *path, GError **error); /* NULL path: standard output; a file is appended to */
void sim_ledger_free (SimLedger *ledger);
void sim_ledger_write (SimLedger *ledger, GString *line); /* takes line */

GString *sim_ledger_line (const char *event);
void sim_ledger_int (GString *line, const char *key, gint64 value);
void sim_ledger_text (GString *line, const char *key, const char *value); /* NULL is written as null */
void sim_ledger_flag (GString *line, const char *key, gboolean value);
char *sim_ledger_close (GString *line); /* the finished JSON text without newline; takes line */

G_END_DECLS
