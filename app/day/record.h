/* The record of a class: everything a close-out stands for, as text that is the same for the same facts, byte for byte; its SHA-256 is printed on the sheet.
 *
 * Lines of fields parted by tabs (tabs and line breaks inside a text become spaces), in this order:
 *   lanmu-class-record  1
 *   campaign    uuid  name  school code
 *   class       college  major  class
 *   counts      expected  present  photographed  absent  held  skipped  walk-ins  paid people  paid fen  fee fen
 *   student     学号  name  state  hold kind  hold reason  拍摄号  sha256  confirmed by      (one a student, in queue order; "" = none)
 *   correction  slip  学号  field  old  new  note                                           (slips of its students that stand, by number)
 * Any thread that owns the connection. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

char *lanmu_record_make (LanmuDb *db, gint64 class_id, GError **error); /* full; NO_ROW */
char *lanmu_record_hash (const char *record);                           /* lower-case hex. Full */

/* A student with a hold counts as held, whatever else: this is how the sheet sorts names. "waiting" "shot" "accepted" "skipped" "absent" "held" */
const char *lanmu_record_group (char *const *student_fields);

G_END_DECLS
