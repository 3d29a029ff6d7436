/* See guidewords.h. The picture's left is the sitter's right. */
#include "app/guidewords.h"

#include "app/i18n.h"

static const char *const sentences[LANMU_N_GUIDES] = {
    [LANMU_GUIDE_NOBODY] = N_ ("Nobody is in the picture"),
    [LANMU_GUIDE_UPSIDE_DOWN] = N_ ("The camera is upside down or on its side: turn it round"),
    [LANMU_GUIDE_OTHERS] = N_ ("Somebody else is in the picture"),
    [LANMU_GUIDE_BACK] = N_ ("Face too large: step back or zoom out"),
    [LANMU_GUIDE_CLOSER] = N_ ("Face too small: step closer or zoom in"),
    [LANMU_GUIDE_LOWER] = N_ ("Head too high: lower the chair"),
    [LANMU_GUIDE_RAISE] = N_ ("Head too low: raise the chair"),
    [LANMU_GUIDE_TO_LEFT] = N_ ("Sit a little to your right"),
    [LANMU_GUIDE_TO_RIGHT] = N_ ("Sit a little to your left"),
    [LANMU_GUIDE_EYES] = N_ ("Eyes closed: look at the lens"),
    [LANMU_GUIDE_MOUTH] = N_ ("Close the lips"),
    [LANMU_GUIDE_CLOTHES] = N_ ("Clothes too close to the backdrop's colour"),
    [LANMU_GUIDE_DARK] = N_ ("Face too dark: turn the lamps up"),
    [LANMU_GUIDE_BRIGHT] = N_ ("Face too bright: turn the lamps down"),
    [LANMU_GUIDE_LIGHT_LEFT] = N_ ("Face darker on the left of the picture: turn the left lamp up"),
    [LANMU_GUIDE_LIGHT_RIGHT] = N_ ("Face darker on the right of the picture: turn the right lamp up"),
    [LANMU_GUIDE_READY] = N_ ("All is well: shoot"),
};

/* With the angle in them. */
static const char *const angles[LANMU_N_GUIDES] = {
    [LANMU_GUIDE_TILT_LEFT] = N_ ("Head tilted %d° to your right: straighten it"),
    [LANMU_GUIDE_TILT_RIGHT] = N_ ("Head tilted %d° to your left: straighten it"),
    [LANMU_GUIDE_TURN_LEFT] = N_ ("Turn the face %d° to your left"),
    [LANMU_GUIDE_TURN_RIGHT] = N_ ("Turn the face %d° to your right"),
    [LANMU_GUIDE_CHIN_UP] = N_ ("Chin down a little (%d°)"),
    [LANMU_GUIDE_CHIN_DOWN] = N_ ("Chin up a little (%d°)"),
};

static const char *const backdrops[] = {
    [LANMU_BACKDROP_REASON_NONE] = N_ ("Look at the backdrop"),
    [LANMU_BACKDROP_REASON_NOT_FOUND] = N_ ("No backdrop behind the head"),
    [LANMU_BACKDROP_REASON_INCOMPLETE] = N_ ("Something stands in the backdrop"),
    [LANMU_BACKDROP_REASON_WRONG_COLOUR] = N_ ("Backdrop colour off: check white balance"),
    [LANMU_BACKDROP_REASON_UNEVEN_LEFT] = N_ ("Backdrop darker on the left: turn the left lamp up"),
    [LANMU_BACKDROP_REASON_UNEVEN_RIGHT] = N_ ("Backdrop darker on the right: turn the right lamp up"),
    [LANMU_BACKDROP_REASON_UNEVEN_TOP] = N_ ("Backdrop darker at the top: raise the lamps"),
    [LANMU_BACKDROP_REASON_UNEVEN_BOTTOM] = N_ ("Backdrop darker below: lower the lamps"),
    [LANMU_BACKDROP_REASON_SHADOW] = N_ ("Shadow on the backdrop: sit farther from it"),
};

char *lanmu_guide_sentence (const LanmuGuide *guide)
{
  guint code = guide->code, reason = guide->reason;
  if (code >= LANMU_N_GUIDES || code == LANMU_GUIDE_NONE)
    return NULL;
  if (code == LANMU_GUIDE_BACKDROP)
    return g_strdup (_ (backdrops[reason < G_N_ELEMENTS (backdrops) ? reason : 0]));
  if (angles[code] == NULL)
    return g_strdup (_ (sentences[code]));
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  return g_strdup_printf (_ (angles[code]), guide->degrees);
#pragma GCC diagnostic pop
}
