/* LanmuVerdict: what a check says. A check that cannot know says UNSURE and never guesses; one that did not run says NOT_CHECKED. Pure, any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LANMU_VERDICT_NOT_CHECKED,
  LANMU_VERDICT_OK,
  LANMU_VERDICT_UNSURE,
  LANMU_VERDICT_WARN,
  LANMU_VERDICT_FAIL,
} LanmuVerdict; /* ordered: a larger value needs more attention */

const char *lanmu_verdict_to_string (LanmuVerdict verdict);          /* "not-checked" "ok" "unsure" "warn" "fail" */
LanmuVerdict lanmu_verdict_worse (LanmuVerdict a, LanmuVerdict b);   /* the one that needs more attention */
LanmuVerdict lanmu_verdict_below (double measure, double good, double warn); /* OK below good, WARN below warn, else FAIL; NaN is UNSURE */

G_END_DECLS
