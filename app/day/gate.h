/* The health gate (STANDARD §3): a temperature is taken, above the campaign's limit the student is held with the reason; the list of those held is a report.
 * Any thread that owns the connection. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

gboolean lanmu_gate_read (const char *text, int *tenths); /* "36.6", "36．6", "37" → 366, 370; FALSE: none */

/* Writes it; *held: the student is held because of it (over the limit, or `hold` by word: then note says why). */
gboolean lanmu_gate_measure (LanmuDb *db, gint64 student_id, int tenths, const char *note, gboolean hold, const char *actor, gboolean *held, GError **error);

/* Who was held at the gate today, and what became of it, as xlsx. */
gboolean lanmu_gate_save_report (LanmuDb *db, const char *path, GError **error);

G_END_DECLS
