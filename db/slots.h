/* 场次: when and where a class comes, and who brings it; one slot a class. Any thread that owns the connection. Every write appends its audit row. */
#pragma once

#include "db/database.h"

G_BEGIN_DECLS

typedef struct {
  gint64 class_id;
  char *class_name, *major_name, *college_name; /* read only */
  char *date;       /* "2026-11-24" */
  int begins, ends; /* minutes of the local day; ends > begins */
  char *place, *counselor, *phone; /* "" = not said */
  gint64 missed_us; /* wall; 0 = not missed */
  int position;     /* of the class in the order of the day; read only */
  int students;     /* in the class; read only */
} LanmuSlotRow;

void lanmu_slot_row_free (LanmuSlotRow *row);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuSlotRow, lanmu_slot_row_free)

/* A class's slot, new or in the place of its old one; forgets that it was missed. CONSTRAINT: times that are none. */
gboolean lanmu_slot_set (LanmuDb *db, const LanmuSlotRow *row, const char *actor, GError **error);
gboolean lanmu_slot_drop (LanmuDb *db, gint64 class_id, const char *actor, GError **error); /* NO_ROW: it has none */
gboolean lanmu_slots_drop_all (LanmuDb *db, const char *actor, GError **error);

/* The order of the day as the schedule says: by date, time and place, those that were missed at the end of their date; those without a slot last, as they stood. */
gboolean lanmu_slots_order_classes (LanmuDb *db, const char *actor, GError **error);

/* It was called and not there: marked, and after the last class of its date that has a slot (STANDARD §3). NO_ROW: no slot; EXISTS: marked already. */
gboolean lanmu_slot_miss (LanmuDb *db, gint64 class_id, const char *actor, GError **error);

GPtrArray *lanmu_slots_list (LanmuDb *db, GError **error); /* LanmuSlotRow *, in the order of the day */

G_END_DECLS
