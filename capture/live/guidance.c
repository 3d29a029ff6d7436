/* See guidance.h. Each code but NONE and READY is a fault with a strength: 1 is its limit. A strength runs through the
 * same two delays whatever it measures. */
#include "capture/live/guidance.h"

#include "capture/face/eyelevel.h"
#include "capture/picture/colour.h"

#include <math.h>
#include <string.h>

#define MEDIAN        5
#define UPSIDE_DOWN   60   /* degrees: nobody sits like that */
#define BACKDROP_DARK 8    /* L* under the wanted colour */
#define CALM          0.85 /* a fault ends below this share of its limit */
#define SMALL_FACE                                                                                                     \
  0.5 /* of the band's lower end, in pixels of the largest crop: the cut would have to enlarge too much */
#define CROWN_GUESS                                                                                                    \
  0.86 /* face widths from the eyes to the top of the hair, when that cannot be seen; as portrait/head.c */
#define CROP_EASE 0.25 /* how far the shown crop moves towards the measured one, a frame */

typedef struct {
  double values[MEDIAN];
  int n, next;
} Track;

enum {
  TRACK_CROWN,
  TRACK_EYES,
  TRACK_MIDDLE,
  TRACK_WIDTH,
  TRACK_ROLL,
  TRACK_YAW,
  TRACK_PITCH,
  TRACK_MOUTH,
  TRACK_LIGHT,
  TRACK_BALANCE,
  TRACK_CLOTHES,
  N_TRACKS
};

typedef struct {
  gboolean active;
  gint64 since; /* when it began to look otherwise than `active` says; 0 = it does not */
} Fault;

struct _LanmuGuidance {
  LanmuProfile *profile;
  Track tracks[N_TRACKS];
  Fault faults[LANMU_N_GUIDES];
  LanmuEyeLevel eyes;
  LanmuGuide guide;
  gint64 shown_since;
  gint64 last_us;
};

const char *lanmu_guide_code_to_string (LanmuGuideCode code)
{
  static const char *const names[] = {
      "none",     "nobody",    "upside-down", "others",    "back",       "closer",      "lower",     "raise", "to-left",
      "to-right", "tilt-left", "tilt-right",  "turn-left", "turn-right", "chin-up",     "chin-down", "eyes",  "mouth",
      "clothes",  "backdrop",  "dark",        "bright",    "light-left", "light-right", "ready"};
  return (guint) code < G_N_ELEMENTS (names) ? names[code] : "none";
}

LanmuGuidance *lanmu_guidance_new (LanmuProfile *profile)
{
  LanmuGuidance *self = g_new0 (LanmuGuidance, 1);
  self->profile = lanmu_profile_ref (profile);
  self->guide.eyes_usual = NAN;
  return self;
}

void lanmu_guidance_free (LanmuGuidance *self)
{
  lanmu_profile_unref (self->profile);
  g_free (self);
}

void lanmu_guidance_reset (LanmuGuidance *self)
{
  memset (self->tracks, 0, sizeof self->tracks);
  memset (self->faults, 0, sizeof self->faults);
  memset (&self->eyes, 0, sizeof self->eyes);
  self->guide = (LanmuGuide){.code = LANMU_GUIDE_NONE, .eyes_usual = NAN};
  self->shown_since = 0;
}

const LanmuGuide *lanmu_guidance_get (const LanmuGuidance *self)
{
  return &self->guide;
}

/* ---- measures */

static int by_value (const void *a, const void *b)
{
  double x = *(const double *) a, y = *(const double *) b;
  return x < y ? -1 : x > y;
}

/* The median of the last ones; NaN forgets them. */
static double follow (Track *track, double value)
{
  if (isnan (value)) {
    track->n = track->next = 0;
    return NAN;
  }
  track->values[track->next] = value;
  track->next = (track->next + 1) % MEDIAN;
  track->n = MIN (track->n + 1, MEDIAN);
  double sorted[MEDIAN];
  memcpy (sorted, track->values, (gsize) track->n * sizeof *sorted);
  qsort (sorted, (gsize) track->n, sizeof *sorted, by_value);
  return sorted[track->n / 2];
}

typedef struct {
  double m[N_TRACKS];
  double strength[LANMU_N_GUIDES]; /* 1 = at the limit; NaN: not known, counts as no fault */
  gboolean has_crop;
  LanmuPlacement crop;
} Look;

static void measure (LanmuGuidance *self, const LanmuSight *s, Look *look)
{
  const double values[N_TRACKS] = {s->crown, s->eyes,       s->middle,    s->face_width, s->roll,   s->yaw,
                                   s->pitch, s->mouth_open, s->luminance, s->balance,    s->clothes};
  for (int i = 0; i < N_TRACKS; i++)
    look->m[i] = follow (&self->tracks[i], s->kind == LANMU_SIGHT_FACE ? values[i] : NAN);
}

/* value beyond a limit that may be switched off. */
static double against (double value, double limit)
{
  return isnan (limit) || isnan (value) || limit <= 0 ? 0 : value / limit;
}

/* A value that must not fall under its limit: 1 at it, growing downwards. */
static double under (double value, double limit)
{
  return isnan (limit) || isnan (value) || limit <= 0 ? 0 : 2 - value / limit;
}

static double warn (const LanmuGuidance *self, LanmuCheckId id)
{
  return self->profile->limits[id].warn;
}

/* ---- framing: what the cut cannot put right */

static LanmuHead head_of (const LanmuSight *s, const double *m)
{
  LanmuHead head = {.kind = LANMU_HEAD_FACE,
                    .middle = m[TRACK_MIDDLE],
                    .eyes = m[TRACK_EYES],
                    .face_width = m[TRACK_WIDTH],
                    .chin = s->chin.y};
  head.eye_distance = hypot (s->pupils[1].x - s->pupils[0].x, s->pupils[1].y - s->pupils[0].y);
  head.has_crown = !isnan (m[TRACK_CROWN]);
  head.crown = head.has_crown ? m[TRACK_CROWN] : m[TRACK_EYES] - CROWN_GUESS * m[TRACK_WIDTH];
  return head;
}

/* by: portrait pixels too much; 20 more count as once more the limit. */
static double too_far (double by)
{
  return 1 + by / 20;
}

/* The smallest cut in which the face is not too wide leaves the most room around the head: what does not fit there fits
 * nowhere. */
static void judge_framing (const LanmuGuidance *self, const LanmuSight *s, Look *look)
{
  const LanmuProfile *p = self->profile;
  LanmuHead head = head_of (s, look->m);
  double largest =
      MIN ((double) s->width / p->width, (double) s->height / p->height); /* frame pixels a portrait pixel */
  double scale = head.face_width / p->face.high, below_crown = (s->height - head.crown) / scale,
         below_eyes = (s->height - head.eyes) / scale;
  double *strength = look->strength;
  look->crop = lanmu_placement_find (&head, s->width, s->height, p, NULL);
  look->has_crop = TRUE;
  strength[LANMU_GUIDE_BACK] = scale / largest;
  strength[LANMU_GUIDE_CLOSER] = under (head.face_width / largest, SMALL_FACE * p->face.low);
  strength[LANMU_GUIDE_LOWER] = too_far (MAX (p->crown.low - head.crown / scale, p->eyes.low - head.eyes / scale));
  strength[LANMU_GUIDE_RAISE] =
      too_far (MAX (p->height - p->crown.high - below_crown, p->height - p->eyes.high - below_eyes));
  strength[LANMU_GUIDE_TO_LEFT] =
      against (p->width / 2.0 - (s->width - head.middle) / scale, warn (self, LANMU_CHECK_CENTRING));
  strength[LANMU_GUIDE_TO_RIGHT] = against (p->width / 2.0 - head.middle / scale, warn (self, LANMU_CHECK_CENTRING));
}

/* ---- pose, face, light */

static double eye_limit (const LanmuGuidance *self)
{
  return lanmu_eye_limit (self->guide.eyes_usual, self->profile->limits[LANMU_CHECK_EYES_OPEN].fail);
}

static void judge_pose (const LanmuGuidance *self, const LanmuSight *s, Look *look)
{
  const double *m = look->m;
  look->strength[LANMU_GUIDE_TILT_RIGHT] = against (m[TRACK_ROLL], warn (self, LANMU_CHECK_ROLL));
  look->strength[LANMU_GUIDE_TILT_LEFT] = against (-m[TRACK_ROLL], warn (self, LANMU_CHECK_ROLL));
  look->strength[LANMU_GUIDE_TURN_RIGHT] = against (m[TRACK_YAW], warn (self, LANMU_CHECK_YAW));
  look->strength[LANMU_GUIDE_TURN_LEFT] = against (-m[TRACK_YAW], warn (self, LANMU_CHECK_YAW));
  double bowed = self->profile->limits[LANMU_CHECK_PITCH]
                     .fail; /* the models read it with a bias of their own: only what is plain is said */
  look->strength[LANMU_GUIDE_CHIN_UP] = against (m[TRACK_PITCH], bowed);
  look->strength[LANMU_GUIDE_CHIN_DOWN] = against (-m[TRACK_PITCH], bowed);
  look->strength[LANMU_GUIDE_EYES] = under (s->eyes_open, eye_limit (self));
  look->strength[LANMU_GUIDE_MOUTH] = against (m[TRACK_MOUTH], warn (self, LANMU_CHECK_MOUTH));
}

/* Before a backdrop that has the light it should have, a dark face is dark skin as likely as too little light: nobody
 * is told to turn the lamps up (capture/checks/light.c says the same of a shot). */
static gboolean backdrop_is_dark (const LanmuGuidance *self, const LanmuBackdropReading *b)
{
  const guint8 *wanted = self->profile->colours[0];
  return b->found != LANMU_VERDICT_OK || lanmu_lab_from_srgb (b->mean_r, b->mean_g, b->mean_b).l <
                                             lanmu_lab_from_srgb (wanted[0], wanted[1], wanted[2]).l - BACKDROP_DARK;
}

static void judge_light (const LanmuGuidance *self, const LanmuBackdropReading *backdrop, Look *look)
{
  const double *m = look->m;
  look->strength[LANMU_GUIDE_CLOTHES] = against (m[TRACK_CLOTHES], warn (self, LANMU_CHECK_CLOTHES_SHARE));
  if (backdrop_is_dark (self, backdrop))
    look->strength[LANMU_GUIDE_DARK] = under (m[TRACK_LIGHT], warn (self, LANMU_CHECK_LUMINANCE));
  look->strength[LANMU_GUIDE_BRIGHT] = against (m[TRACK_LIGHT], 92);
  look->strength[LANMU_GUIDE_LIGHT_RIGHT] = against (m[TRACK_BALANCE], warn (self, LANMU_CHECK_BALANCE));
  look->strength[LANMU_GUIDE_LIGHT_LEFT] = against (-m[TRACK_BALANCE], warn (self, LANMU_CHECK_BALANCE));
}

static void judge (LanmuGuidance *self, const LanmuSight *s, const LanmuBackdropReading *backdrop, Look *look)
{
  measure (self, s, look);
  look->strength[LANMU_GUIDE_NOBODY] = s->kind == LANMU_SIGHT_NOBODY ? 2 : 0;
  if (s->kind != LANMU_SIGHT_FACE)
    return;
  if (fabs (look->m[TRACK_ROLL]) > UPSIDE_DOWN) { /* nothing else makes sense then */
    look->strength[LANMU_GUIDE_UPSIDE_DOWN] = 2;
    return;
  }
  look->strength[LANMU_GUIDE_OTHERS] = s->others > 0 ? 2 : 0;
  look->strength[LANMU_GUIDE_BACKDROP] = backdrop->verdict >= LANMU_VERDICT_WARN ? 2 : 0;
  judge_framing (self, s, look);
  judge_pose (self, s, look);
  judge_light (self, backdrop, look);
}

/* ---- steadiness */

static gint64 delay_of (LanmuGuideCode code, gboolean begins)
{
  if (!begins)
    return LANMU_GUIDE_LEAVE_US;
  return code == LANMU_GUIDE_EYES ? LANMU_GUIDE_EYES_US : LANMU_GUIDE_ENTER_US;
}

static void settle (Fault *fault, LanmuGuideCode code, double strength, gint64 us)
{
  gboolean looks_bad = strength > (fault->active ? CALM : 1);
  if (looks_bad == fault->active) {
    fault->since = 0;
    return;
  }
  if (fault->since == 0)
    fault->since = us;
  if (us - fault->since >= delay_of (code, looks_bad)) {
    fault->active = looks_bad;
    fault->since = 0;
  }
}

/* A fault that looks bad but did not last yet: no fault to speak of, but no READY either. */
static gboolean is_doubtful (const LanmuGuidance *self)
{
  for (int code = LANMU_GUIDE_NOBODY; code < LANMU_GUIDE_READY; code++)
    if (!self->faults[code].active && self->faults[code].since != 0)
      return TRUE;
  return FALSE;
}

static LanmuGuideCode worst (const LanmuGuidance *self, LanmuSightKind kind)
{
  if (kind == LANMU_SIGHT_NOT_CHECKED)
    return LANMU_GUIDE_NONE;
  for (int code = LANMU_GUIDE_NOBODY; code < LANMU_GUIDE_READY; code++)
    if (self->faults[code].active)
      return (LanmuGuideCode) code;
  return kind == LANMU_SIGHT_NOBODY ? self->guide.code : LANMU_GUIDE_READY;
}

static double angle_of (LanmuGuideCode code, const double *m)
{
  if (code == LANMU_GUIDE_TILT_LEFT || code == LANMU_GUIDE_TILT_RIGHT)
    return fabs (m[TRACK_ROLL]);
  if (code == LANMU_GUIDE_TURN_LEFT || code == LANMU_GUIDE_TURN_RIGHT)
    return fabs (m[TRACK_YAW]);
  return code == LANMU_GUIDE_CHIN_UP || code == LANMU_GUIDE_CHIN_DOWN ? fabs (m[TRACK_PITCH]) : 0;
}

static gboolean may_change (const LanmuGuidance *self, gint64 us)
{
  LanmuGuideCode shown = self->guide.code;
  return shown == LANMU_GUIDE_NONE || shown == LANMU_GUIDE_READY || us - self->shown_since >= LANMU_GUIDE_SHOW_US;
}

static gboolean show (LanmuGuidance *self, LanmuGuideCode code, const LanmuBackdropReading *backdrop, const Look *look,
                      gint64 us)
{
  LanmuGuide *guide = &self->guide;
  double angle = angle_of (code, look->m);
  LanmuBackdropReason reason = code == LANMU_GUIDE_BACKDROP ? (backdrop->reason != 0 ? backdrop->reason : guide->reason)
                                                            : LANMU_BACKDROP_REASON_NONE;
  gboolean turned = code == guide->code && !isnan (angle) && fabs (angle - guide->degrees) >= 2;
  if (code == guide->code && reason == guide->reason && !turned)
    return FALSE;
  if (!may_change (self, us))
    return FALSE;
  guide->code = code;
  guide->reason = reason;
  guide->degrees = isnan (angle) ? 0 : (int) lround (angle);
  self->shown_since = us;
  return TRUE;
}

/* ---- the crop that is drawn */

static double ease (double from, double to)
{
  return from + CROP_EASE * (to - from);
}

static void move_crop (LanmuGuide *guide, const Look *look)
{
  LanmuPlacement next = look->crop;
  if (guide->has_crop && look->has_crop) {
    next.x = ease (guide->crop.x, next.x);
    next.y = ease (guide->crop.y, next.y);
    next.width = ease (guide->crop.width, next.width);
    next.height = ease (guide->crop.height, next.height);
  }
  guide->has_crop = look->has_crop;
  guide->crop = next;
}

gboolean lanmu_guidance_update (LanmuGuidance *self, const LanmuSight *sight, const LanmuBackdropReading *backdrop,
                                gint64 us)
{
  Look look = {.has_crop = FALSE};
  if (sight->kind == LANMU_SIGHT_FACE)
    lanmu_eye_level_add (&self->eyes, sight->eyes_open);
  self->guide.eyes_usual = lanmu_eye_level_get (&self->eyes);
  us = MAX (us, self->last_us + 1); /* a clock that stands still or runs back must not stop the delays */
  self->last_us = us;
  judge (self, sight, backdrop, &look);
  for (int code = LANMU_GUIDE_NOBODY; code < LANMU_GUIDE_READY; code++)
    settle (&self->faults[code], (LanmuGuideCode) code, look.strength[code], us);
  LanmuGuideCode code = worst (self, sight->kind);
  self->guide.sight = *sight;
  move_crop (&self->guide, &look);
  if (code == LANMU_GUIDE_READY && self->guide.code != LANMU_GUIDE_READY && is_doubtful (self))
    code = self->guide.code;
  gboolean changed = show (self, code, backdrop, &look, us);
  gboolean ready = self->guide.code == LANMU_GUIDE_READY && code == LANMU_GUIDE_READY && !is_doubtful (self) &&
                   sight->kind == LANMU_SIGHT_FACE;
  self->guide.ready_frames = ready ? self->guide.ready_frames + 1 : 0;
  return changed;
}
