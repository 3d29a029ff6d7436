/* LanmuGuidance: what to tell the photographer now: one thing, the most important, steady. Turns a run of sights
 * (sight.h) into a code; the words are app/guidewords.h.
 *
 * Rules:
 *  1. One code at a time, the first of LanmuGuideCode's order that holds; READY when none does.
 *  2. Steady: measures are the median of the last five; a fault begins after it was seen for LANMU_GUIDE_ENTER_US, ends
 * when its measure was clearly better than its limit for LANMU_GUIDE_LEAVE_US; what is said stays at least
 * LANMU_GUIDE_SHOW_US, but READY ends at once. A blink is no closed eye.
 *  3. Framing is judged by where the portrait will be cut (placement.h), not by where the head is on the screen: what
 * the cut can put right, nobody is told. Pure arithmetic over what it is given; no clock of its own. One thread.
 */
#pragma once

#include "capture/live/sight.h"
#include "capture/portrait/placement.h"

G_BEGIN_DECLS

typedef enum {
  LANMU_GUIDE_NONE, /* nothing is known: no models, no picture */
  LANMU_GUIDE_NOBODY,
  LANMU_GUIDE_UPSIDE_DOWN, /* the camera is, or lies on its side */
  LANMU_GUIDE_OTHERS,      /* somebody else is in the picture */
  LANMU_GUIDE_BACK,        /* face too large */
  LANMU_GUIDE_CLOSER,      /* face too small */
  LANMU_GUIDE_LOWER,       /* head too high in the picture */
  LANMU_GUIDE_RAISE,
  LANMU_GUIDE_TO_LEFT, /* the sitter has to move to the picture's left (its own right) */
  LANMU_GUIDE_TO_RIGHT,
  LANMU_GUIDE_TILT_LEFT, /* the head leans to the picture's left; degrees */
  LANMU_GUIDE_TILT_RIGHT,
  LANMU_GUIDE_TURN_LEFT, /* the face looks to the picture's left; degrees */
  LANMU_GUIDE_TURN_RIGHT,
  LANMU_GUIDE_CHIN_UP, /* the chin is too high */
  LANMU_GUIDE_CHIN_DOWN,
  LANMU_GUIDE_EYES,     /* closed */
  LANMU_GUIDE_MOUTH,    /* open */
  LANMU_GUIDE_CLOTHES,  /* too close to the backdrop */
  LANMU_GUIDE_BACKDROP, /* reason says what */
  LANMU_GUIDE_DARK,     /* the face */
  LANMU_GUIDE_BRIGHT,
  LANMU_GUIDE_LIGHT_LEFT, /* the picture's left half of the face is darker */
  LANMU_GUIDE_LIGHT_RIGHT,
  LANMU_GUIDE_READY,
  LANMU_N_GUIDES,
} LanmuGuideCode;
const char *lanmu_guide_code_to_string (LanmuGuideCode code); /* "none" "nobody" … "ready" */

#define LANMU_GUIDE_ENTER_US (300 * 1000)
#define LANMU_GUIDE_EYES_US  (450 * 1000) /* a blink lasts up to 0.4 s */
#define LANMU_GUIDE_LEAVE_US (200 * 1000)
#define LANMU_GUIDE_SHOW_US  (700 * 1000)

/* What is shown. */
typedef struct {
  LanmuGuideCode code;
  LanmuBackdropReason reason; /* of BACKDROP */
  int degrees;                /* of TILT, TURN, CHIN; >= 0; changes in steps of at least 2 */
  guint ready_frames;         /* sights in a row with READY */
  gboolean has_crop;
  LanmuPlacement crop; /* where the portrait will be cut, pixels of the frame, upright, smoothed */
  double eyes_usual;   /* capture/face/eyelevel.h; NaN: not known yet */
  LanmuSight sight;    /* the last one */
} LanmuGuide;

typedef struct _LanmuGuidance LanmuGuidance;

LanmuGuidance *lanmu_guidance_new (LanmuProfile *profile); /* referenced */
void lanmu_guidance_free (LanmuGuidance *self);

/* backdrop: of the same frame. us: when the frame was made, any steady clock. TRUE: code, reason or degrees changed. */
gboolean lanmu_guidance_update (LanmuGuidance *self, const LanmuSight *sight, const LanmuBackdropReading *backdrop,
                                gint64 us);
const LanmuGuide *lanmu_guidance_get (const LanmuGuidance *self);
void lanmu_guidance_reset (LanmuGuidance *self); /* another sitter: nothing of the last one counts */

G_DEFINE_AUTOPTR_CLEANUP_FUNC (LanmuGuidance, lanmu_guidance_free)

G_END_DECLS
