/* A read list into the database: held against the students that are there, then written in one transaction.
 *
 * Rules: all or nothing. A first list makes the students. A later one is a comparison: who is new, whose details
 * changed, who moved to another class, who is no longer named. Each is in the report by row and column; changes and
 * moves are errors until somebody accepts their kind (lanmu_report_accept), for a student who was photographed already
 * under a kind of its own. What is applied keeps the former row under its revision. Students who are no longer named
 * stay, with everything shot of them. Calling it twice with the same file adds nobody. */
#pragma once

#include "app/roster/list.h"

G_BEGIN_DECLS

typedef struct {
  const LanmuList *list;
  LanmuReport *report;
  gboolean replace; /* throw the old list away; refused once anybody was bound, ticketed or shot */
  gboolean dry_run; /* judge only */
  const char *actor;
  const char *map; /* the person's word about columns, remembered by the campaign; NULL = leave what it remembers */
  GCancellable *cancellable; /* or NULL; cancelled before the last row is written: LANMU_DB_ERROR_STOPPED, nothing is */
  void (*progress) (double fraction, gpointer data); /* or NULL; on the store thread */
  gpointer progress_data;
  /* out */
  gsize inserted, unchanged, changed, moved, missing;
  gint64 revision_id; /* 0: nothing was written */
} LanmuImport;

/* A LanmuStoreWork; also with a reading connection for a dry run. TRUE with errors in the report: refused, nothing
 * written. FALSE: the store failed (LANMU_DB_ERROR). */
gboolean lanmu_import_work (LanmuDb *db, gpointer import, GError **error);

/* What the campaign remembers about columns, full; NULL: nothing, or an error. */
char *lanmu_import_get_map (LanmuDb *db, GError **error);

G_END_DECLS
