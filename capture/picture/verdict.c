/* Words and order of verdicts. Pure, any thread. */
#include "capture/picture/verdict.h"

#include <math.h>

const char *lanmu_verdict_to_string (LanmuVerdict verdict)
{
  static const char *const names[] = {
      [LANMU_VERDICT_NOT_CHECKED] = "not-checked",
      [LANMU_VERDICT_OK] = "ok",
      [LANMU_VERDICT_UNSURE] = "unsure",
      [LANMU_VERDICT_WARN] = "warn",
      [LANMU_VERDICT_FAIL] = "fail",
  };
  return (guint) verdict < G_N_ELEMENTS (names) ? names[verdict] : "not-checked";
}

LanmuVerdict lanmu_verdict_worse (LanmuVerdict a, LanmuVerdict b)
{
  return a > b ? a : b;
}

LanmuVerdict lanmu_verdict_below (double measure, double good, double warn)
{
  if (isnan (measure))
    return LANMU_VERDICT_UNSURE;
  if (measure < good)
    return LANMU_VERDICT_OK;
  return measure < warn ? LANMU_VERDICT_WARN : LANMU_VERDICT_FAIL;
}
