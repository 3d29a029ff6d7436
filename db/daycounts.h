/* The day in numbers, class by class, each counted in one place only: list, sheet, settlement and page all take them from here (through app/day/day.h).
 *
 *   expected      everybody in the class, walk-ins too
 *   present       marked present and not absent, or photographed
 *   photographed  accepted: a picture was chosen
 *   paid          people whose fee is there
 * Always photographed ≤ present ≤ expected. Any thread that owns the connection. */
#pragma once

#include "db/students.h"

G_BEGIN_DECLS

typedef struct {
  int expected, present, photographed, paid;
  gint64 paid_fen;
  int by_state[LANMU_STUDENT_N_STATES];
  int held, walk_ins, transfers, make_up; /* make_up: in the open round and not photographed yet */
  int ready;    /* waiting, and marked present or of a class that nobody counted */
  gboolean counted;
  gint64 began_us, ended_us; /* wall, first and last accept; 0 = none */
} LanmuDayCounts;

typedef struct {
  gint64 class_id;
  char *class_name, *major_name, *college_name;
  int position; /* in the order of the day */
  LanmuDayCounts counts;
} LanmuDayCountsRow;

void lanmu_day_counts_row_free (LanmuDayCountsRow *row);
void lanmu_day_counts_add (LanmuDayCounts *sum, const LanmuDayCounts *part);

/* LanmuDayCountsRow *, in the order of the day; class_id 0 = every class. */
GPtrArray *lanmu_day_counts_list (LanmuDb *db, gint64 class_id, GError **error);

/* Wall times of accepts (gint64), rising; class_id 0 = of everybody. */
GArray *lanmu_day_accepts (LanmuDb *db, gint64 class_id, gint64 since_us, GError **error);

/* The class of whoever sat last before the camera, 0 = nobody has yet. */
gboolean lanmu_day_last_class (LanmuDb *db, gint64 *class_id, GError **error);

G_END_DECLS
