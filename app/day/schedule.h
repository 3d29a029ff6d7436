/* The schedule of a campaign: which class comes when and where, out of a file or a person's word, held against the student list before anything is written.
 *
 * A file goes the way of a student list (app/roster/reader.h: xlsx, xls, CSV, DBF, HTML; the same report by row and column): titles above the header are passed
 * over, an empty date, place or college is the one above it (merged cells). All or nothing. Refused by row: a class that is nowhere in the list, a class twice,
 * two classes in one room at one time, a date outside the campaign, times that are none.
 *
 *   lanmu_schedule_read → lanmu_schedule_work (on the store thread, or with a reading connection for a dry run) → report */
#pragma once

#include "app/roster/report.h"
#include "db/slots.h"

G_BEGIN_DECLS

/* One row as it stands. */
typedef struct {
  char *sheet;
  guint row;
  char *college, *class_name, *date, *time, *until, *place, *counselor, *phone; /* "" = not there */
} LanmuScheduleLine;

void lanmu_schedule_line_free (LanmuScheduleLine *line);

/* LanmuScheduleLine *, or NULL: the report says why. */
GPtrArray *lanmu_schedule_read (const char *path, LanmuReport *report);

typedef struct {
  GPtrArray *lines; /* LanmuScheduleLine */
  LanmuReport *report;
  gboolean replace; /* classes that are not in it lose their slots */
  gboolean dry_run;
  gboolean one;     /* a person's word about one class: nothing is said of classes without a slot */
  const char *actor;
  guint n_slots;    /* out: slots written, or that would be */
} LanmuScheduleImport;

/* A LanmuStoreWork. TRUE with errors in the report: refused, nothing written. Without an end a slot lasts LANMU_SCHEDULE_SECONDS a student, ten minutes at least, but
 * not into the next one of the room. Closed classes keep theirs (refused). */
gboolean lanmu_schedule_work (LanmuDb *db, gpointer import, GError **error);
#define LANMU_SCHEDULE_SECONDS 45

G_END_DECLS
