/* A read list into the database: held against the students that are there, then written in one transaction.
 *
 * Rules: all or nothing. Students that are there and the same stay untouched, with everything shot of them. A list in
 * use is never overwritten: a different row is an error by row and column (correction slips, STANDARD §6) unless
 * `replace` is set and nobody was called yet. Students that are there and not in the file stay and are listed. Calling
 * it twice with the same file adds nobody. */
#pragma once

#include "app/roster/list.h"

G_BEGIN_DECLS

typedef struct {
  const LanmuList *list;
  LanmuReport *report;
  gboolean replace;
  gboolean dry_run; /* judge only */
  const char *actor;
  /* out */
  gsize inserted, unchanged, missing;
  gint64 revision_id; /* 0: nothing was written */
} LanmuImport;

/* A LanmuStoreWork; also with a reading connection for a dry run. TRUE with errors in the report: refused, nothing
 * written. FALSE: the store failed (LANMU_DB_ERROR). */
gboolean lanmu_import_work (LanmuDb *db, gpointer import, GError **error);

G_END_DECLS
