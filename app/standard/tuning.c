/* See tuning.h. For a check whose small values are bad everything is mirrored at zero. */
#include "app/standard/tuning.h"

#include <math.h>
#include <stdlib.h>

#define WARN_PART 0.98
#define FAIL_PART 0.998

static int by_size (gconstpointer a, gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return x < y ? -1 : x > y;
}

/* Ascending, bad ones last. */
static GArray *ordered (const GArray *values, double sign)
{
  GArray *copy = g_array_sized_new (FALSE, FALSE, sizeof (double), values->len);
  for (guint i = 0; i < values->len; i++) {
    double value = sign * g_array_index (values, double, i);
    g_array_append_val (copy, value);
  }
  g_array_sort (copy, by_size);
  return copy;
}

/* Between the two nearest ranks. */
static double part (const GArray *sorted, double share)
{
  double at = share * (sorted->len - 1);
  guint below = (guint) floor (at), above = MIN (below + 1, sorted->len - 1);
  double a = g_array_index (sorted, double, below), b = g_array_index (sorted, double, above);
  return a + (b - a) * (at - below);
}

static guint count_beyond (const GArray *sorted, double limit)
{
  guint n = 0;
  for (guint i = 0; i < sorted->len; i++)
    n += g_array_index (sorted, double, i) > limit;
  return n;
}

/* Three digits: what a person would write. */
static double rounded (double value)
{
  if (value == 0)
    return 0;
  double unit = pow (10, floor (log10 (fabs (value))) - 2);
  return round (value / unit) * unit;
}

void lanmu_tune (LanmuCheckId id, const GArray *accepted, const GArray *rejected, LanmuProfileLimit now,
                 LanmuTuning *out)
{
  const LanmuCheckKind *kind = lanmu_check_kind (id);
  double sign = kind->sense == LANMU_CHECK_BAD_BELOW ? -1 : 1;
  *out =
      (LanmuTuning){.id = id, .accepted = accepted->len, .rejected = rejected->len, .now = now, .advised = {NAN, NAN}};
  if (accepted->len < LANMU_TUNING_LEAST || kind->sense == LANMU_CHECK_IN_BAND)
    return;
  g_autoptr (GArray) good = ordered (accepted, sign), bad = ordered (rejected, sign);
  double usual = part (good, 0.5), warn = part (good, WARN_PART);
  if (bad->len >= LANMU_TUNING_LEAST && part (bad, 0.25) > warn)
    warn = (warn + part (bad, 0.25)) / 2;
  double fail = MAX (part (good, FAIL_PART), warn + (warn - usual) / 2);
  out->advised.warn = CLAMP (rounded (sign * warn), kind->least, kind->most);
  out->advised.fail = CLAMP (rounded (sign * fail), kind->least, kind->most);
  out->accepted_warned = count_beyond (good, sign * out->advised.warn);
  out->rejected_warned = count_beyond (bad, sign * out->advised.warn);
}
