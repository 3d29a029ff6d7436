/* What is wrong with a shot, worst first, as a photographer would name it: the same order and numbers on the picture, beside it and on the wall. Pure; any thread. */
#pragma once

#include "capture/checks/check.h"

G_BEGIN_DECLS

typedef struct {
  LanmuCheckId id;
  LanmuVerdict verdict;       /* FAIL or WARN */
  guint number;               /* from 1 */
  double x, y, width, height; /* where: upright shot pixels; width 0 = nowhere in particular */
} LanmuFault;

/* Failed ones first, then warnings; within each, what a machine rejects comes before what a person dislikes (the order of LanmuCheckId by what a person can put
 * right at the chair). Returns how many. */
guint lanmu_faults_find (const LanmuInspection *inspection, LanmuFault faults[LANMU_N_CHECKS]);

G_END_DECLS
