/* Every promise recomputed over what is there: rows ↔ files ↔ SHA-256 ↔ tickets ↔ bindings ↔ repairs ↔ audit chain. Reads only;
 * beside a running station too (what is on its way then counts as open, not as broken). The thread of the connection.
 * Takes as long as reading every picture once. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  const char *kind;                 /* stable word: "missing_file" "changed_file" "wrong_owner" … */
  gboolean broken;                  /* else: worth knowing (an open ticket, a leftover part) */
  const char *student_no;           /* "" = nobody's */
  const char *shot, *ticket, *path; /* "" where it does not apply */
  const char *message;              /* English sentence: what is wrong and what to do */
} LanmuFinding;

typedef void (*LanmuFindingFunc) (const LanmuFinding *finding, gpointer data); /* strings live during the call */

typedef struct {
  gint64 students, tickets, shots, quarantined, bindings, repairs, audit_rows, copies;
  gint64 files, bytes; /* read and hashed */
  gint64 open_tickets, raw_pending;
  char audit_hash[65]; /* of the last row: written down on paper, it is an anchor nobody here can change */
  guint broken, notes;
} LanmuVerified;

/* FALSE: could not be done at all (LANMU_DB_ERROR). Promises held: out->broken == 0. */
gboolean lanmu_verify (LanmuDb *db, LanmuFindingFunc func, gpointer data, LanmuVerified *out, GError **error);

G_END_DECLS
