/* The counselor's count at the door, and who comes next because of it; the make-up round. Any thread that owns the connection.
 *
 * A class is "counted" once anybody in it was marked; from then on `next` calls only those who are there (lanmu_presence_next). Who was photographed is present,
 * whatever was counted. */
#pragma once

#include "db/students.h"

G_BEGIN_DECLS

/* how: "list" (a key or a mouse), "scan", "count" (all present but …). REFUSED: missing, though photographed. TRUE also when nothing changes. */
gboolean lanmu_presence_set (LanmuDb *db, gint64 student_id, gboolean present, const char *how, const char *actor, GError **error);
/* Everybody of the class is there but those: an absent one among those present waits again, one of those who is waiting stays so until the class is closed. One
 * audit row. REFUSED: one of those is of another class, or photographed. */
gboolean lanmu_presence_count (LanmuDb *db, gint64 class_id, const gint64 *missing, gsize n, const char *actor, GError **error);
/* Of those who were marked missing, all who still wait become absent; n_absent (may be NULL) = how many. */
gboolean lanmu_presence_settle (LanmuDb *db, gint64 class_id, const char *actor, int *n_absent, GError **error);

typedef enum { LANMU_PRESENCE_UNKNOWN, LANMU_PRESENCE_PRESENT, LANMU_PRESENCE_MISSING } LanmuPresence;
const char *lanmu_presence_to_string (LanmuPresence presence); /* "" "present" "missing" */

/* One of the door list, with all that stands in the way. */
typedef struct {
  gint64 id;
  char *student_no, *name;
  int position;            /* in the class, from 1 */
  LanmuStudentState state;
  LanmuPresence presence;  /* as counted; who was photographed is PRESENT */
  gboolean walk_in, transfer, make_up;
  char *hold_kind, *hold_reason; /* NULL = not held */
  int tenths;              /* the newest temperature of today in 0.1 °C, 0 = none */
  char *health_note;       /* of it, "" = none */
} LanmuPresenceRow;

void lanmu_presence_row_free (LanmuPresenceRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuPresenceRow, lanmu_presence_row_free)
/* LanmuPresenceRow * in queue order. since_us: today began (wall). */
GPtrArray *lanmu_presence_list (LanmuDb *db, gint64 class_id, gint64 since_us, GError **error);

/* Whom `next` calls after after_id (0: the first of all). Of a counted class only those who are there. In this order:
 *  1. back to the later class that was left for a latecomer, so that the two alternate;
 *  2. a latecomer: somebody present and waiting in an earlier counted class that was begun;
 *  3. the rest of the class, then, counted, its beginning (who was called and came back);
 *  4. the classes after it; then, from the start of the day, those before it.
 * health_since_us: the health gate stands, and only those measured since then are called; 0 = no gate. *next NULL: nobody. */
gboolean lanmu_presence_next (LanmuDb *db, gint64 after_id, gint64 health_since_us, LanmuStudentRow **next, GError **error);

/* 补拍: every absent student who is not held waits again and is marked for the round; n = how many. class_id 0 = every class. */
gboolean lanmu_make_up_begin (LanmuDb *db, gint64 class_id, const char *actor, int *n, GError **error);
/* Ends the round: whoever of it still waits or was skipped is absent again (n = how many). */
gboolean lanmu_make_up_end (LanmuDb *db, const char *actor, int *n, GError **error);
gint64 lanmu_make_up_count (LanmuDb *db, GError **error); /* in the open round; -1 with an error */

G_END_DECLS
