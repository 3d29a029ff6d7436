/* See faults.h. */
#include "app/standard/faults.h"

/* Who sits there and whether eyes and mouth are right can be put right by a word; clothes, lamps and camera take longer. */
static const LanmuCheckId ORDER[] = {
    LANMU_CHECK_PERSONS,         LANMU_CHECK_EYES_OPEN,       LANMU_CHECK_MOUTH,          LANMU_CHECK_ROLL,
    LANMU_CHECK_YAW,             LANMU_CHECK_PITCH,           LANMU_CHECK_CROWN,          LANMU_CHECK_EYES,
    LANMU_CHECK_FACE_WIDTH,      LANMU_CHECK_CENTRING,        LANMU_CHECK_SHARPNESS,      LANMU_CHECK_GLARE,
    LANMU_CHECK_CLOTHES_SHARE,   LANMU_CHECK_CLOTHES_CONTRAST, LANMU_CHECK_BACKDROP_BORDER, LANMU_CHECK_BACKDROP_SHADOW,
    LANMU_CHECK_BACKDROP_COLOUR, LANMU_CHECK_BACKDROP_EVEN,   LANMU_CHECK_HIGHLIGHTS,     LANMU_CHECK_DARK,
    LANMU_CHECK_LUMINANCE,       LANMU_CHECK_BALANCE,         LANMU_CHECK_RESOLUTION,     LANMU_CHECK_EYE_DISTANCE,
    LANMU_CHECK_RED_EYE,         LANMU_CHECK_DRIFT,
};
G_STATIC_ASSERT (G_N_ELEMENTS (ORDER) == LANMU_N_CHECKS);

static guint add (const LanmuInspection *inspection, LanmuVerdict verdict, LanmuFault *faults, guint n)
{
  for (gsize i = 0; i < G_N_ELEMENTS (ORDER); i++) {
    const LanmuCheck *check = &inspection->checks[ORDER[i]];
    if (check->verdict != verdict)
      continue;
    faults[n] = (LanmuFault){.id = ORDER[i], .verdict = verdict, .number = n + 1};
    if (check->width > 0) {
      faults[n].x = check->x;
      faults[n].y = check->y;
      faults[n].width = check->width;
      faults[n].height = check->height;
    }
    n++;
  }
  return n;
}

guint lanmu_faults_find (const LanmuInspection *inspection, LanmuFault faults[LANMU_N_CHECKS])
{
  guint n = add (inspection, LANMU_VERDICT_FAIL, faults, 0);
  return add (inspection, LANMU_VERDICT_WARN, faults, n);
}
