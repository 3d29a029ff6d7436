/* Whose a picture can be: a student of the list, or somebody under a capture code (采集码). Repair and the tray speak of both; this is the one place that tells them
 * apart, so that neither needs two of everything.
 *
 * A code is named "code:TOKEN" wherever a 学号 may stand (byte for byte after the colon; "code#3" = the third of `lanmuctl codes`). As a row it is a student's with
 *   id          minus its number (never 0: that is the tray)
 *   student_no  "code:TOKEN"
 *   name        "capture code 3", in the user's language; class and the rest are ""
 *   state, chosen_shot, takes  the code's own
 * A 学号 that reads like one of these names the student. Any thread that owns the connection; reads only. */
#pragma once

#include "db/codes.h"
#include "db/students.h"

G_BEGIN_DECLS

#define LANMU_OWNER_CODE "code:"

LanmuStudentRow *lanmu_owner_get (LanmuDb *db, const char *name, GError **error);         /* NO_ROW */
LanmuStudentRow *lanmu_owner_get_code (LanmuDb *db, const char *token, GError **error);    /* NO_ROW: nobody has sat here under it */
/* Of an attached shot. */
LanmuStudentRow *lanmu_owner_of_shot (LanmuDb *db, const LanmuShotRow *shot, GError **error);

const char *lanmu_owner_get_token (const LanmuStudentRow *owner); /* NULL: a student */
gint64 lanmu_owner_get_student_id (const LanmuStudentRow *owner); /* 0: a code */
GPtrArray *lanmu_owner_get_shots (LanmuDb *db, const LanmuStudentRow *owner, GError **error); /* LanmuShotRow *, attached, by 拍摄号 */
char *lanmu_owner_dup_shown_name (const LanmuStudentRow *owner); /* 张*, "capture code 3": for sentences that anybody may read */

G_END_DECLS
