/* Closing a class (结单): what still stands in the way, by name; the record written once nothing does; the sheet to sign. Close and reopen are audited; a class whose
 * record changed after it was closed (a make-up, a fee) is closed anew under the next number, the old sheet stays on record.
 *
 * What stands in the way, stable words: "waiting" "shot" "skipped" students without an end · "open-tickets" · "quarantine" pictures likely of the class ·
 * "quarantine-unguessed" pictures taken while one of it sat there · "card-not-looked" · "card-unexplained" · "countersign" where the campaign demands it.
 * On the store thread, or any thread that owns the connection. */
#pragma once

#include "db/closings.h"

G_BEGIN_DECLS

typedef struct {
  const char *kind; /* static */
  int number;       /* of students, pictures, tickets, files or cards */
  char *names;      /* the first few 学号, "" where it is not about students */
} LanmuCloseBlock;

/* One sentence: what and what to do. Full. */
char *lanmu_close_block_say (const LanmuCloseBlock *block);

GPtrArray *lanmu_close_check (LanmuDb *db, gint64 class_id, GError **error); /* LanmuCloseBlock *; empty = it can be closed */

typedef struct {
  gint64 class_id;
  const char *actor;
  gboolean settle;    /* who was counted missing and still waits becomes absent first */
  /* out */
  GPtrArray *blocks;  /* LanmuCloseBlock *; not empty: nothing was changed */
  gint64 sheet;       /* number; 0 = not closed */
  int absent;         /* students the settling made absent */
} LanmuClose;

void lanmu_close_clear (LanmuClose *close);
/* A LanmuStoreWork. TRUE with blocks: refused. EXISTS: it is closed and nothing changed since. */
gboolean lanmu_close_work (LanmuDb *db, gpointer close, GError **error);

/* The sheet of a close-out as PDF, out of its record alone: the same number gives the same paper for ever. */
gboolean lanmu_close_save_sheet (LanmuDb *db, gint64 sheet, const char *path, GError **error);

G_END_DECLS
