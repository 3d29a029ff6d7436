/* The table of checks: see the header. Pure, any thread. */
#include "capture/profile/checkid.h"

#define ABOVE LANMU_CHECK_BAD_ABOVE
#define BELOW LANMU_CHECK_BAD_BELOW
#define BAND  LANMU_CHECK_IN_BAND

static const LanmuCheckKind kinds[LANMU_N_CHECKS] = {
    [LANMU_CHECK_RESOLUTION] = {"resolution", "ratio", BELOW, FALSE, 0.1, 20},
    [LANMU_CHECK_PERSONS] = {"persons", "count", ABOVE, FALSE, 1, 10},
    [LANMU_CHECK_CROWN] = {"crown", "px", BAND, FALSE, 0, 0},
    [LANMU_CHECK_EYES] = {"eyes", "px", BAND, FALSE, 0, 0},
    [LANMU_CHECK_FACE_WIDTH] = {"face-width", "px", BAND, FALSE, 0, 0},
    [LANMU_CHECK_CENTRING] = {"centring", "px", ABOVE, FALSE, 0, 2000},
    [LANMU_CHECK_ROLL] = {"roll", "deg", ABOVE, FALSE, 0, 90},
    [LANMU_CHECK_YAW] = {"yaw", "deg", ABOVE, FALSE, 0, 90},
    [LANMU_CHECK_PITCH] = {"pitch", "deg", ABOVE, TRUE, 0, 90},
    [LANMU_CHECK_EYES_OPEN] = {"eyes-open", "ratio", BELOW, FALSE, 0, 1},
    [LANMU_CHECK_MOUTH] = {"mouth", "ratio", ABOVE, FALSE, 0, 1},
    [LANMU_CHECK_EYE_DISTANCE] = {"eye-distance", "px", BELOW, FALSE, 0, 2000},
    [LANMU_CHECK_BACKDROP_BORDER] = {"backdrop-border", "share", BELOW, FALSE, 0, 1},
    [LANMU_CHECK_BACKDROP_COLOUR] = {"backdrop-colour", "dE", ABOVE, FALSE, 0, 100},
    [LANMU_CHECK_BACKDROP_EVEN] = {"backdrop-even", "dE", ABOVE, FALSE, 0, 100},
    [LANMU_CHECK_BACKDROP_SHADOW] = {"backdrop-shadow", "share", ABOVE, FALSE, 0, 1},
    [LANMU_CHECK_CLOTHES_SHARE] = {"clothes-share", "share", ABOVE, FALSE, 0, 1},
    [LANMU_CHECK_CLOTHES_CONTRAST] = {"clothes-contrast", "dE", BELOW, FALSE, 0, 100},
    [LANMU_CHECK_SHARPNESS] = {"sharpness", "ratio", BELOW, FALSE, 0, 100},
    [LANMU_CHECK_HIGHLIGHTS] = {"highlights", "share", ABOVE, FALSE, 0, 1},
    [LANMU_CHECK_DARK] = {"dark", "share", ABOVE, FALSE, 0, 1},
    [LANMU_CHECK_LUMINANCE] = {"luminance", "L*", BELOW, FALSE, 0, 100},
    [LANMU_CHECK_BALANCE] = {"balance", "L*", ABOVE, FALSE, 0, 100},
    [LANMU_CHECK_GLARE] = {"glare", "share", ABOVE, TRUE, 0, 1},
    [LANMU_CHECK_RED_EYE] = {"red-eye", "share", ABOVE, FALSE, 0, 1},
    [LANMU_CHECK_DRIFT] = {"drift", "dE", ABOVE, TRUE, 0, 100},
};

const LanmuCheckKind *lanmu_check_kind (LanmuCheckId id)
{
  return &kinds[id];
}

gboolean lanmu_check_find (const char *name, LanmuCheckId *id)
{
  for (int i = 0; i < LANMU_N_CHECKS; i++)
    if (g_str_equal (kinds[i].name, name)) {
      *id = (LanmuCheckId) i;
      return TRUE;
    }
  return FALSE;
}
