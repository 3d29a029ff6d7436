/* 缺拍名单: who has no picture and why, of all classes, one, or one college; as xlsx and as PDF, with the notice how a picture can still be handed in (STANDARD §3; one
 * school had 1,100 absent: this list is a main product of the day). Any thread that owns the connection. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  gint64 student_id;
  char *student_no, *name, *college, *major, *class_name;
  char *why;       /* "absent"; "make-up": called to the open round and not here yet; "held" */
  char *reason;    /* of a hold, "" else */
} LanmuAbsentRow;

/* LanmuAbsentRow * by college, class and place in it; college, class_name NULL = every one. */
GPtrArray *lanmu_absent_list (LanmuDb *db, const char *college, const char *class_name, GError **error);

/* What the absent are told: the campaign's own words (setting "campaign.notice"), else a sentence with the school's code. Full. */
char *lanmu_absent_notice (LanmuDb *db);
#define LANMU_ABSENT_NOTICE "campaign.notice"

gboolean lanmu_absent_save_xlsx (LanmuDb *db, const GPtrArray *rows, const char *path, GError **error);
gboolean lanmu_absent_save_pdf (LanmuDb *db, const GPtrArray *rows, const char *path, GError **error); /* a page or more a class */

G_END_DECLS
