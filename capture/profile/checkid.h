/* LanmuCheckId: every check there is, what it measures, in which unit, and which way is bad. The names are the keys of a profile's [checks], of --json and of
 * the database, so they never change. Pure, any thread.
 *
 * Sources: the bands and the even backdrop are the photograph standard's (教毕指〔2017〕99号); the angles, openness, sharpness and light are what people and portals
 * use beside it, as starting points: a profile says every number. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum {
  LANMU_CHECK_RESOLUTION,       /* shot pixels a portrait pixel */
  LANMU_CHECK_PERSONS,          /* faces of real size */
  LANMU_CHECK_CROWN,            /* portrait px, top edge to the top of the hair: the placement band */
  LANMU_CHECK_EYES,             /* portrait px, top edge to the irises: the placement band */
  LANMU_CHECK_FACE_WIDTH,       /* portrait px, cheek to cheek: the placement band */
  LANMU_CHECK_CENTRING,         /* portrait px, head's middle off the middle, either way */
  LANMU_CHECK_ROLL,             /* degrees, pupil line, either way */
  LANMU_CHECK_YAW,              /* degrees, either way */
  LANMU_CHECK_PITCH,            /* degrees, either way; advisory */
  LANMU_CHECK_EYES_OPEN,        /* ratio, lids apart / width of the eye: of both eyes, or the far more closed one */
  LANMU_CHECK_MOUTH,            /* ratio: inner lips apart / eye line to chin */
  LANMU_CHECK_EYE_DISTANCE,     /* portrait px between the pupils */
  LANMU_CHECK_BACKDROP_BORDER,  /* share of the portrait's upper border that is backdrop */
  LANMU_CHECK_BACKDROP_COLOUR,  /* ΔE2000 of its mean to the nearest wanted colour */
  LANMU_CHECK_BACKDROP_EVEN,    /* ΔE2000 of the worst tile to the mean */
  LANMU_CHECK_BACKDROP_SHADOW,  /* share of it darker than its slope */
  LANMU_CHECK_CLOTHES_SHARE,    /* share of the torso that has the backdrop's colour */
  LANMU_CHECK_CLOTHES_CONTRAST, /* ΔE2000 clothes to backdrop along the shoulder line, the weaker quarter */
  LANMU_CHECK_SHARPNESS,        /* gradient energy in the softer eye, 160 px between the pupils */
  LANMU_CHECK_HIGHLIGHTS,       /* share of face pixels at 247–255 */
  LANMU_CHECK_DARK,             /* share of face pixels at 0–25 */
  LANMU_CHECK_LUMINANCE,        /* mean L* of the face */
  LANMU_CHECK_BALANCE,          /* L* between the cheeks, either way */
  LANMU_CHECK_GLARE,            /* share of the lenses' place that is white; advisory: says unsure, never more */
  LANMU_CHECK_RED_EYE,          /* share of the iris that is red: a flash too near to the lens */
  LANMU_CHECK_DRIFT,            /* ΔE2000 of the backdrop to the reference shot */
  LANMU_N_CHECKS,
} LanmuCheckId;

typedef enum {
  LANMU_CHECK_BAD_ABOVE, /* ok ≤ warn < warned ≤ fail < failed */
  LANMU_CHECK_BAD_BELOW, /* the other way round */
  LANMU_CHECK_IN_BAND,   /* of the placement: outside fails */
} LanmuCheckSense;

typedef struct {
  const char *name; /* "eyes-open" */
  const char *unit; /* "px" "deg" "dE" "share" "ratio" "L*" "count" */
  LanmuCheckSense sense;
  gboolean advisory; /* never worse than a warning: the measure is not good enough */
  double least, most; /* what a limit may be */
} LanmuCheckKind;

const LanmuCheckKind *lanmu_check_kind (LanmuCheckId id);
gboolean lanmu_check_find (const char *name, LanmuCheckId *id);

G_END_DECLS
