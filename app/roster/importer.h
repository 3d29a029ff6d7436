/* LanmuImporter: an import as a screen does it: read on a thread of its own (the picture keeps moving), held against
 * the list that is there, looked at, decided kind by kind, then written. Main thread.
 *
 *   open → READING → JUDGED → (accept a kind → READING …) → apply → WRITING → DONE
 *                     cancel → STOPPED: nothing was changed
 *
 * Signal "changed": the state is another. */
#pragma once

#include "app/roster/import.h"
#include "db/store.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_IMPORTER_IDLE,
  LANMU_IMPORTER_READING,
  LANMU_IMPORTER_JUDGED,
  LANMU_IMPORTER_WRITING,
  LANMU_IMPORTER_DONE,
  LANMU_IMPORTER_STOPPED,
  LANMU_IMPORTER_FAILED, /* the store's word: lanmu_importer_get_message */
} LanmuImporterState;
const char *lanmu_importer_state_to_string (LanmuImporterState state); /* "idle" "reading" … */

#define LANMU_TYPE_IMPORTER (lanmu_importer_get_type ())
G_DECLARE_FINAL_TYPE (LanmuImporter, lanmu_importer, LANMU, IMPORTER, GObject)

LanmuImporter *lanmu_importer_new (LanmuStore *store, const char *actor);

/* Another file; what was accepted for the one before is forgotten. Nothing while it is busy. */
void lanmu_importer_open (LanmuImporter *self, const char *path);
/* Errors of this kind are warnings from now on, or errors again; the file is read anew. FALSE: it may not be, or it is
 * busy. */
gboolean lanmu_importer_accept (LanmuImporter *self, LanmuProblemKind kind, gboolean accept);
/* FALSE: not judged, or refused by the report. */
gboolean lanmu_importer_apply (LanmuImporter *self);
void lanmu_importer_cancel (LanmuImporter *self);

LanmuImporterState lanmu_importer_get_state (LanmuImporter *self);
gboolean lanmu_importer_is_busy (LanmuImporter *self);
double lanmu_importer_get_fraction (LanmuImporter *self);           /* of reading or writing */
const char *lanmu_importer_get_path (LanmuImporter *self);          /* NULL = none yet */
LanmuReport *lanmu_importer_get_report (LanmuImporter *self);       /* sorted; NULL unless JUDGED or DONE */
const LanmuList *lanmu_importer_get_list (LanmuImporter *self);     /* NULL: the file is no list */
const LanmuImport *lanmu_importer_get_import (LanmuImporter *self); /* its counts; NULL unless JUDGED or DONE */
gboolean lanmu_importer_is_accepted (LanmuImporter *self, LanmuProblemKind kind);
const char *lanmu_importer_get_message (LanmuImporter *self);

G_END_DECLS
