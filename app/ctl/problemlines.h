/* One problem of a list or a schedule, as a line for people and as JSON. Private to ctl/. */
#pragma once

#include "app/ctl/ctl.h"
#include "app/roster/report.h"

G_BEGIN_DECLS

void lanmu_ctl_problem_print (const LanmuProblem *problem);
void lanmu_ctl_problem_json (JsonBuilder *builder, const LanmuProblem *problem); /* an object: a member or an element */

G_END_DECLS
