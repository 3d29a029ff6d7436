/* Placing the portrait: see the header.
 *
 * With z portrait pixels a shot pixel and the crown c pixels below the top edge, everything follows: eyes at c +
 * z·(eyes − crown), face z·width. So the search is over z alone; for each z the best c is found in closed form. 600
 * steps of z are finer than a tenth of a pixel. */
#include "capture/portrait/placement.h"

#include <math.h>

#define STEPS   600
#define OUTSIDE 10 /* cost of leaving a band, a half-width */

typedef struct {
  const LanmuHead *head;
  const LanmuProfile *profile;
  double width, height; /* of the shot */
} Search;

/* How far from its aim: 0 there, 1 at the band's end, steep outside, so that a kept band always beats a nicer aim. */
static double cost_of (const LanmuProfileBand *band, double value)
{
  double half = value < band->aim ? band->aim - band->low : band->high - band->aim;
  double off = fabs (value - band->aim) / MAX (half, 1e-3);
  return off <= 1 + 1e-9 ? off : 1 + OUTSIDE * (off - 1);
}

static double cost_at (const Search *s, double z, double crown)
{
  double eyes = crown + z * (s->head->eyes - s->head->crown);
  double worst = MAX (cost_of (&s->profile->crown, crown), cost_of (&s->profile->eyes, eyes));
  return MAX (worst, cost_of (&s->profile->face, z * s->head->face_width));
}

/* The crown's place may only be where the rectangle stays inside the shot. */
static void crown_range (const Search *s, double z, double *least, double *most)
{
  *most = z * s->head->crown;
  *least = s->profile->height - z * (s->height - s->head->crown);
}

/* The larger of two convex costs is convex: narrow it down. */
static double best_crown (const Search *s, double z)
{
  double low, high;
  crown_range (s, z, &low, &high);
  for (int i = 0; i < 40 && low < high; i++) {
    double a = low + (high - low) / 3, b = high - (high - low) / 3;
    if (cost_at (s, z, a) <= cost_at (s, z, b))
      high = b;
    else
      low = a;
  }
  return (low + high) / 2;
}

static double best_zoom (const Search *s)
{
  double least = MAX (s->profile->width / s->width, s->profile->height / s->height);
  double wanted = s->profile->face.aim / s->head->face_width;
  double low = MAX (least, wanted / 4), high = MAX (least, wanted * 4), best = low, cost = INFINITY;
  for (int i = 0; i <= STEPS; i++) {
    double z = low * pow (high / low, (double) i / STEPS);
    double here = cost_at (s, z, best_crown (s, z));
    if (here < cost - 1e-12) {
      cost = here;
      best = z;
    }
  }
  return best;
}

static LanmuPlacement at (const Search *s, double z, double crown, double middle)
{
  LanmuPlacement self = {.kind = s->head->kind, .scale = 1 / z};
  self.width = s->profile->width / z;
  self.height = s->profile->height / z;
  self.x = CLAMP (s->head->middle - middle / z, 0, MAX (s->width - self.width, 0));
  self.y = CLAMP (s->head->crown - crown / z, 0, MAX (s->height - self.height, 0));
  self.crown = (s->head->crown - self.y) * z;
  self.eyes = (s->head->eyes - self.y) * z;
  self.face_width = s->head->face_width * z;
  self.off_centre = (s->head->middle - self.x) * z - s->profile->width / 2.0;
  self.in_bands = cost_at (s, z, self.crown) <= 1 + 1e-6;
  return self;
}

/* The limit beyond which centring fails; half the width when it is switched off. */
static double most_off_centre (const LanmuProfile *profile)
{
  double limit = profile->limits[LANMU_CHECK_CENTRING].warn;
  return isnan (limit) ? profile->width / 2.0 : limit;
}

/* Values for which both bands hold at this zoom; empty: unchanged. */
static double keep_crown (const Search *s, double z, double crown)
{
  double below = z * (s->head->eyes - s->head->crown), least, most;
  crown_range (s, z, &least, &most);
  double low = MAX (MAX (s->profile->crown.low, s->profile->eyes.low - below), least);
  double high = MIN (MIN (s->profile->crown.high, s->profile->eyes.high - below), most);
  return low <= high ? CLAMP (crown, low, high) : CLAMP (crown, MIN (least, most), most);
}

/* Zooms that some crown can go with: the face's band, and the distance of crown and eyes. */
static double keep_zoom (const Search *s, double z)
{
  const LanmuProfile *p = s->profile;
  double below = MAX (s->head->eyes - s->head->crown, 1e-3);
  double low = MAX (p->face.low / s->head->face_width, (p->eyes.low - p->crown.high) / below);
  double high = MIN (p->face.high / s->head->face_width, (p->eyes.high - p->crown.low) / below);
  low = MAX (low, MAX (p->width / s->width, p->height / s->height));
  return low <= high ? CLAMP (z, low, high) : z;
}

static LanmuPlacement adjust (const Search *s, const LanmuPlacement *found, const LanmuAdjustment *by_hand)
{
  double z = 1 / found->scale, zoom = by_hand->zoom > 0 ? by_hand->zoom : 1;
  double wider = MAX (s->profile->width / s->width, s->profile->height / s->height);
  double most = most_off_centre (s->profile);
  double wanted = found->in_bands ? keep_zoom (s, z * zoom) : MAX (z * zoom, wider);
  double eyes = found->eyes + by_hand->dy; /* zooming keeps the eyes where they are */
  double crown = eyes - wanted * (s->head->eyes - s->head->crown);
  double middle = s->profile->width / 2.0 + CLAMP (found->off_centre + by_hand->dx, -most, most);
  LanmuPlacement moved = at (s, wanted, found->in_bands ? keep_crown (s, wanted, crown) : crown, middle);
  return moved.in_bands || !found->in_bands ? moved : *found;
}

/* Nobody known: the largest rectangle in the middle, moved by hand as wished. */
static LanmuPlacement place_blindly (const Search *s, const LanmuAdjustment *by_hand)
{
  double least = MAX (s->profile->width / s->width, s->profile->height / s->height);
  double zoom = by_hand != NULL && by_hand->zoom > 0 ? by_hand->zoom : 1, z = MAX (least * zoom, least);
  LanmuPlacement self = {.kind = LANMU_HEAD_NONE, .scale = 1 / z};
  self.width = s->profile->width / z;
  self.height = s->profile->height / z;
  double dx = by_hand != NULL ? by_hand->dx / z : 0, dy = by_hand != NULL ? by_hand->dy / z : 0;
  self.x = CLAMP ((s->width - self.width) / 2 - dx, 0, MAX (s->width - self.width, 0));
  self.y = CLAMP ((s->height - self.height) / 2 - dy, 0, MAX (s->height - self.height, 0));
  return self;
}

LanmuPlacement lanmu_placement_find (const LanmuHead *head, int width, int height, const LanmuProfile *profile,
                                     const LanmuAdjustment *by_hand)
{
  Search s = {head, profile, width, height};
  if (head == NULL || head->kind == LANMU_HEAD_NONE || !(head->face_width > 1) || !(head->eyes > head->crown))
    return place_blindly (&s, by_hand);
  double z = best_zoom (&s);
  LanmuPlacement found = at (&s, z, best_crown (&s, z), profile->width / 2.0);
  return by_hand != NULL ? adjust (&s, &found, by_hand) : found;
}

/* -- what stops a hand -- */

static LanmuPlacementStop stop_at_edge (const Search *s, double x, double y, double z)
{
  double width = s->profile->width / z, height = s->profile->height / z, slack = 1e-6 * s->width;
  gboolean inside = x >= -slack && y >= -slack && x + width <= s->width + slack && y + height <= s->height + slack;
  return inside ? LANMU_STOP_NONE : LANMU_STOP_EDGE;
}

static LanmuPlacementStop stop_at_bands (const LanmuProfile *p, double crown, double eyes, double face)
{
  const double slack = 1e-6;
  if (crown < p->crown.low - slack)
    return LANMU_STOP_CROWN_HIGH;
  if (crown > p->crown.high + slack)
    return LANMU_STOP_CROWN_LOW;
  if (eyes < p->eyes.low - slack)
    return LANMU_STOP_EYES_HIGH;
  if (eyes > p->eyes.high + slack)
    return LANMU_STOP_EYES_LOW;
  if (face < p->face.low - slack)
    return LANMU_STOP_FACE_SMALL;
  return face > p->face.high + slack ? LANMU_STOP_FACE_LARGE : LANMU_STOP_NONE;
}

static LanmuPlacementStop stop_of_head (const Search *s, const LanmuPlacement *found, const LanmuAdjustment *wish)
{
  double z = (wish->zoom > 0 ? wish->zoom : 1) / found->scale, eyes = found->eyes + wish->dy;
  double crown = eyes - z * (s->head->eyes - s->head->crown), off = found->off_centre + wish->dx;
  LanmuPlacementStop stop = found->in_bands ? stop_at_bands (s->profile, crown, eyes, z * s->head->face_width) : LANMU_STOP_NONE;
  double most = MAX (most_off_centre (s->profile), fabs (found->off_centre)); /* the proposal may lie at the shot's edge */
  if (stop == LANMU_STOP_NONE && fabs (off) > most + 1e-6)
    stop = LANMU_STOP_CENTRING;
  if (stop != LANMU_STOP_NONE)
    return stop;
  return stop_at_edge (s, s->head->middle - (s->profile->width / 2.0 + off) / z, s->head->crown - crown / z, z);
}

LanmuPlacementStop lanmu_placement_stop (const LanmuHead *head, int width, int height, const LanmuProfile *profile,
                                         const LanmuAdjustment *wish)
{
  Search s = {head, profile, width, height};
  LanmuPlacement found = lanmu_placement_find (head, width, height, profile, NULL);
  if (found.kind != LANMU_HEAD_NONE)
    return stop_of_head (&s, &found, wish);
  double z = (wish->zoom > 0 ? wish->zoom : 1) / found.scale;
  return stop_at_edge (&s, (width - profile->width / z) / 2 - wish->dx / z, (height - profile->height / z) / 2 - wish->dy / z, z);
}

LanmuAdjustment lanmu_placement_between (const LanmuPlacement *proposed, const LanmuPlacement *placed)
{
  LanmuAdjustment self = {.zoom = proposed->scale / placed->scale};
  if (proposed->kind == LANMU_HEAD_NONE) { /* the middles, in portrait pixels of the newer one */
    self.dx = (proposed->x + proposed->width / 2 - placed->x - placed->width / 2) / placed->scale;
    self.dy = (proposed->y + proposed->height / 2 - placed->y - placed->height / 2) / placed->scale;
  } else {
    self.dx = placed->off_centre - proposed->off_centre;
    self.dy = placed->eyes - proposed->eyes;
  }
  return self;
}
