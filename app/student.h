/* LanmuStudent: one row of the queue as a face shows it. Main thread. Made only by LanmuQueue, lazily, one object a
 * student while anybody holds it, so two holders see the same changes.
 *
 * Properties, all read-only, those of the second line notified on change:
 *   "id" int64 · "position" uint (place in the campaign's queue, from 0) · "student-no" "grouped-no" "name"
 * "masked-name" "sex" "id-no-masked" string · "class-id" int64 · "class-name" "major-name" "college-name" string
 *   "state" string (waiting shot accepted skipped absent) · "takes" uint · "chosen-shot" string, NULL = none
 * The whole ID number is no property: whoever shows it calls lanmu_student_get_id_no and writes the audit row (PIPL,
 * STANDARD §5). */
#pragma once

#include <glib-object.h>
#include "db/students.h"

G_BEGIN_DECLS

#define LANMU_TYPE_STUDENT (lanmu_student_get_type ())
G_DECLARE_FINAL_TYPE (LanmuStudent, lanmu_student, LANMU, STUDENT, GObject)

/* For LanmuQueue and tests; everybody else takes students from a queue. */
LanmuStudent *lanmu_student_new (const LanmuStudentRow *row, guint position);
/* What changes in a day; TRUE when anything was different. For LanmuQueue. */
gboolean lanmu_student_refresh (LanmuStudent *self, LanmuStudentState state, guint takes, const char *chosen_shot);

gint64 lanmu_student_get_id (LanmuStudent *self);
guint lanmu_student_get_position (LanmuStudent *self);
const char *lanmu_student_get_student_no (LanmuStudent *self);
const char *lanmu_student_get_name (LanmuStudent *self);
const char *lanmu_student_get_sex (LanmuStudent *self);   /* 男 女 "" */
const char *lanmu_student_get_id_no (LanmuStudent *self); /* sensitive; "" = none */
gint64 lanmu_student_get_class_id (LanmuStudent *self);
const char *lanmu_student_get_class_name (LanmuStudent *self);
const char *lanmu_student_get_major_name (LanmuStudent *self);
const char *lanmu_student_get_college_name (LanmuStudent *self);
LanmuStudentState lanmu_student_get_state (LanmuStudent *self);
guint lanmu_student_get_takes (LanmuStudent *self);
const char *lanmu_student_get_chosen_shot (LanmuStudent *self); /* NULL = none */

char *lanmu_student_dup_masked_name (LanmuStudent *self);  /* 张* */
char *lanmu_student_dup_masked_id_no (LanmuStudent *self); /* 5001**********123X */
char *lanmu_student_dup_grouped_no (LanmuStudent *self);   /* 6318 0903 0112 */

G_END_DECLS
