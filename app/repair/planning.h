/* What the rooms of repair share. Private to app/repair/. Any thread. */
#pragma once

#include "app/owner.h"
#include "app/repair.h"
#include "db/shots.h"

G_BEGIN_DECLS

typedef struct {
  LanmuDb *db;
  const LanmuRepairWish *wish;
  LanmuRepairPlan *plan;
  GPtrArray *people; /* LanmuStudentRow, in queue order; a capture code's as app/owner.h makes it */
} LanmuPlanning;

/* Adds somebody once; NULL with an error when there is no such student or code. The row is planning's. */
LanmuStudentRow *lanmu_planning_add (LanmuPlanning *self, const char *name, GError **error);
LanmuStudentRow *lanmu_planning_adopt (LanmuPlanning *self, LanmuStudentRow *row); /* takes it; the one that counts, which may be another. NULL: NULL */
LanmuStudentRow *lanmu_planning_find (LanmuPlanning *self, gint64 owner_id);  /* NULL: not among them */
/* Whoever the two columns of a row name; NULL: neither (the tray), or not among them. */
LanmuStudentRow *lanmu_planning_find_owner (LanmuPlanning *self, gint64 student_id, const char *token);

/* shot goes to `to` (NULL: into the tray, likely: the guess or NULL). */
gboolean lanmu_planning_move (LanmuPlanning *self, const LanmuShotRow *shot, const LanmuStudentRow *to,
                              const LanmuStudentRow *likely, GError **error);
/* Every attached picture of `from`. */
gboolean lanmu_planning_move_all (LanmuPlanning *self, const LanmuStudentRow *from, const LanmuStudentRow *to,
                                  const LanmuStudentRow *likely, GError **error);

void lanmu_planning_refuse (LanmuPlanning *self, const char *kind, const char *student_no, const char *format, ...)
    G_GNUC_PRINTF (4, 5);

/* Who goes where, by kind: fills people and moves. */
gboolean lanmu_plan_swap (LanmuPlanning *self, GError **error);
gboolean lanmu_plan_move (LanmuPlanning *self, GError **error);
gboolean lanmu_plan_shift (LanmuPlanning *self, GError **error);
gboolean lanmu_plan_undo (LanmuPlanning *self, GError **error);

/* From people and moves: the pairs and the row's people. Not for an undo, which has them already. */
gboolean lanmu_planning_settle (LanmuPlanning *self, GError **error);
/* Fills pairs from the row's people: before as it is, after as the moves say. */
gboolean lanmu_planning_pair (LanmuPlanning *self, GError **error);

G_END_DECLS
