/* Limits worked out from what a campaign's people chose: the raw measures of accepted shots say what is normal here, those of rejected ones what is not. Pure. */
#pragma once

#include "capture/profile/profile.h"

G_BEGIN_DECLS

#define LANMU_TUNING_LEAST 20 /* accepted shots with a measure: fewer say nothing */

typedef struct {
  LanmuCheckId id;
  guint accepted, rejected;  /* measures of each */
  LanmuProfileLimit now;     /* of the profile */
  LanmuProfileLimit advised; /* NaN: nothing to advise */
  guint accepted_warned;     /* accepted shots that `advised` would warn about */
  guint rejected_warned;
} LanmuTuning;

/* accepted, rejected: of double, any order. Warn stands where one accepted shot in fifty is warned about, moved towards the rejected ones when they lie farther off;
 * fail beyond every accepted shot but one in five hundred, at least half the distance from the usual shot to `warn` beyond it. Never outside of the check's own bounds. */
void lanmu_tune (LanmuCheckId id, const GArray *accepted, const GArray *rejected, LanmuProfileLimit now, LanmuTuning *out);

G_END_DECLS
