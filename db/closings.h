/* 班级结单: classes as they were closed, and the facts a close-out needs that no other table module gives. Any thread that owns the connection. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id; /* the sheet's number */
  gint64 class_id;
  char *record, *sha256;
  char *actor;
  gint64 wall_us;
  gint64 reopened_us; /* 0 = it stands */
  char *reopened_by, *reopened_reason; /* NULL while it stands */
} LanmuClosingRow;

void lanmu_closing_row_free (LanmuClosingRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuClosingRow, lanmu_closing_row_free)

/* The sheet's number, 0 with an error. EXISTS: the class is closed. sha256: of the record's bytes. */
gint64 lanmu_closing_add (LanmuDb *db, gint64 class_id, const char *record, const char *sha256, const char *actor, GError **error);
/* REFUSED: no reason; NO_ROW: the class is not closed. */
gboolean lanmu_closing_reopen (LanmuDb *db, gint64 class_id, const char *reason, const char *actor, GError **error);

gboolean lanmu_closing_of (LanmuDb *db, gint64 class_id, LanmuClosingRow **row, GError **error); /* *row NULL: it is not closed */
LanmuClosingRow *lanmu_closing_get (LanmuDb *db, gint64 id, GError **error);                      /* NO_ROW */
GPtrArray *lanmu_closings_list (LanmuDb *db, GError **error);                                     /* LanmuClosingRow *, all, by number */

/* A look at a card (of a reconcile that could have everything): how many files nobody can explain. wall_us: when its listing was made. */
gboolean lanmu_card_look_note (LanmuDb *db, const char *camera_serial, guint unexplained, gint64 wall_us, GError **error);

/* What stands in the way of closing this class, beside its students' states; numbers are of the class. */
typedef struct {
  int open_tickets;     /* of its students */
  int quarantined;      /* pictures in the tray that are likely of it */
  int unguessed;        /* pictures in the tray that could be anybody's and were taken while somebody of it, or nobody, sat there */
  int unlooked;         /* cameras whose card was not looked at since the last picture of the class */
  int unexplained;      /* files on the cards of its cameras that nobody can explain */
  int uncountersigned;  /* accepted students whose chosen picture nobody confirmed */
} LanmuClosingFacts;
gboolean lanmu_closing_facts (LanmuDb *db, gint64 class_id, LanmuClosingFacts *facts, GError **error);

G_END_DECLS
