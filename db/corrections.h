/* 信息更正单: what is wrong in the list, written down at the station with the student looking. The list itself is never touched by it: the table goes to the
 * college, which sends a corrected list. */
#pragma once

#include "db/students.h"

G_BEGIN_DECLS

typedef struct {
  gint64 id;
  gint64 student_id;
  char *student_no, *name, *class_name, *major_name, *college_name; /* of the student, as the list says now */
  char *field;     /* student_no name sex id_no exam_no class major college other */
  char *old_value; /* as the list said when it was written */
  char *new_value; /* may be "" with a note */
  char *note;
  char *actor;
  gint64 wall_us;
  gboolean withdrawn;
} LanmuCorrectionRow;

typedef gboolean (*LanmuCorrectionFunc) (const LanmuCorrectionRow *row, gpointer data); /* row lives during the call; FALSE stops */

gboolean lanmu_correction_field_is_known (const char *field);

/* Id of the slip, 0 with an error. old_value is taken from the list. REFUSED: an unknown field, neither a new value nor a note, a new value that is what
 * the list says already. NO_ROW: no such student. */
gint64 lanmu_correction_add (LanmuDb *db, const char *student_no, const char *field, const char *new_value, const char *note, const char *actor, GError **error);

/* It was a mistake: it stays on record, withdrawn. REFUSED: it is already; NO_ROW. */
gboolean lanmu_correction_withdraw (LanmuDb *db, gint64 id, const char *actor, GError **error);

/* By college, major, class and 学号; without those withdrawn, unless `all`. */
gboolean lanmu_corrections_list (LanmuDb *db, gboolean all, LanmuCorrectionFunc func, gpointer data, GError **error);

G_END_DECLS
