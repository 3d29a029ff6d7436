/* Who came without being on the list: at the bottom of their class, or of a class of their own, with what is known. */
#pragma once

#include "db/students.h"

G_BEGIN_DECLS

/* The class of those whose class is not known. */
#define LANMU_WALKIN_CLASS "补录"

/* Of row: name (must not be empty), student_no ("" or NULL: the next free W0001), sex, id_no, exam_no, class_name (NULL: LANMU_WALKIN_CLASS) and, where two classes
 * have that name, college_name. The student's id, 0 with an error. EXISTS: the number is taken; NO_ROW: there is no such class; REFUSED: no name, or the class's
 * name is not enough. */
gint64 lanmu_walkin_add (LanmuDb *db, const LanmuStudentRow *row, const char *note, const char *actor, GError **error);
gboolean lanmu_walkin_is (LanmuDb *db, gint64 student_id);

G_END_DECLS
