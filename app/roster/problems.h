/* The kinds of problems as data: word, severity, sentence in both languages. Private to roster/. In the sentences {v}
 * is the value, {o} the other thing. Both languages stand side by side, not in po/, because a --json report carries
 * both at once. */
#pragma once

#include "app/roster/report.h"

G_BEGIN_DECLS

typedef struct {
  const char *name;
  LanmuSeverity severity;
  gboolean acceptable; /* an error a person may let pass */
  const char *english, *chinese;
} LanmuProblemFacts;

extern const LanmuProblemFacts lanmu_problem_facts[LANMU_N_PROBLEMS];

G_END_DECLS
