/* Who did what, in a chain: each row's hash covers the row before it, so an edit, a deletion or a swap shows. Every writing function of db/ appends its
 * own row in its own transaction; the app appends what only it knows (an ID number shown, a list exported). */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id;
  gint64 wall_us;
  char *actor;
  char *action;  /* "ticket.open", "shot.accept" … */
  char *subject; /* "student/12", "ticket/01J…" */
  char *detail;  /* JSON object */
  char *prev;
  char *hash;
} LanmuAuditRow;

typedef gboolean (*LanmuAuditFunc) (const LanmuAuditRow *row, gpointer data); /* row lives during the call; FALSE stops */

/* detail: a JSON object on one line, NULL = "{}". REFUSED: not JSON, an empty actor or action, a line break in any part. */
gboolean lanmu_audit_append (LanmuDb *db, const char *actor, const char *action, const char *subject, const char *detail, GError **error);

/* Oldest first, ids above after_id. */
gboolean lanmu_audit_list (LanmuDb *db, gint64 after_id, LanmuAuditFunc func, gpointer data, GError **error);

/* Recomputes the chain. CORRUPT names the first row that does not fit (*bad_id; rows cut off the end: the first missing id). *rows = rows read. Both may be NULL. */
gboolean lanmu_audit_verify (LanmuDb *db, gint64 *rows, gint64 *bad_id, GError **error);

G_END_DECLS
