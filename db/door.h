/* Codes that were scanned at the door before anybody sat down: each has its number from then on, whoever leaves or comes back. Beside a list, a code may be tied
 * to the student who shows it: then both are bound together.
 *
 * Promises:
 *  1. A number is given once. Leaving and returning changes nobody's number; who returns comes before everybody with a higher one.
 *  2. One code is one person: a second scan, a code that sat here already, one code for two students and two codes for one are refused, in a sentence that names
 *     the earlier one.
 */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_DOOR_WAITING,
  LANMU_DOOR_AWAY,
  LANMU_DOOR_CALLED,
} LanmuDoorState;
const char *lanmu_door_state_to_string (LanmuDoorState state); /* as in the schema */

typedef struct {
  gint64 number; /* from 1 */
  char *token;   /* byte for byte */
  gint64 student_id; /* 0: only the code is known */
  char *student_no, *name; /* of the student; "" */
  LanmuDoorState state;
  gint64 scanned_us, state_us; /* wall */
} LanmuDoorRow;

void lanmu_door_row_free (LanmuDoorRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuDoorRow, lanmu_door_row_free)

/* Joins the queue; student_no: who shows it, NULL = not known. A code at the door that has no student yet is tied to them. The row, full. REFUSED: empty; EXISTS:
 * this code or this student was here before, the sentence says when and under which number; NO_ROW: no such student. */
LanmuDoorRow *lanmu_door_scan (LanmuDb *db, const char *token, const char *student_no, const char *actor, GError **error);
/* Steps out, or is back. NO_ROW: no such number; REFUSED: not waiting, not away. */
gboolean lanmu_door_leave (LanmuDb *db, gint64 number, const char *actor, GError **error);
gboolean lanmu_door_return (LanmuDb *db, gint64 number, const char *actor, GError **error);
/* The lowest waiting number is called. The row, full; NO_ROW: nobody waits. */
LanmuDoorRow *lanmu_door_call (LanmuDb *db, const char *actor, GError **error);

/* 学号 of the student a code is tied to, full; "" = none, NULL with an error. */
char *lanmu_door_find_student (LanmuDb *db, const char *token, GError **error);
/* LanmuDoorRow *, by number; those called are not among them unless `all`. */
GPtrArray *lanmu_door_list (LanmuDb *db, gboolean all, GError **error);

G_END_DECLS
