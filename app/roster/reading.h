/* Reading rows of a list into its students. Private to roster/. */
#pragma once

#include "app/roster/list.h"

G_BEGIN_DECLS

typedef struct {
  LanmuList *list;
  LanmuReport *report;
  const LanmuHeader *header; /* of the sheet */
  guint sheet;
  const LanmuRow *row;
  GString *extra;   /* reused */
  guint64 damaged;  /* by field: said already, no rule has anything to add */
  char *class_name; /* of everybody in the sheet, where it has no column for it; NULL = it has one */
  GString *above;   /* the class of the student before, in this sheet */
} LanmuReading;

/* Adds the row's student to the list, unless it is blank, no student, or so damaged that it cannot be one (said in the
 * report). */
void lanmu_reading_take_row (LanmuReading *reading);

G_END_DECLS
