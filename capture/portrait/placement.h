/* LanmuPlacement: which rectangle of a shot becomes the portrait. Placed by crown, eyes and face width; never rotated, never mirrored. Pure, any thread.
 *
 * Promises:
 *  1. The rectangle lies inside the shot and has the profile's shape.
 *  2. When some rectangle inside the shot holds crown, eyes and face width in their bands, so does this one; the farthest of the three from its aim is as near
 *     to it as can be.
 *  3. An adjustment by hand never leaves the bands it could keep, nor the shot.
 * Bands: the photograph standard (教毕指〔2017〕99号), from the profile.
 */
#pragma once

#include "capture/portrait/head.h"
#include "capture/profile/profile.h"

G_BEGIN_DECLS

/* By hand, relative to the automatic place. */
typedef struct {
  double dx, dy; /* portrait pixels the picture's content moves: positive = to the right, down */
  double zoom;   /* 1 = unchanged, 1.05 = the head 5 % larger; 0 counts as 1 */
} LanmuAdjustment;

typedef struct {
  LanmuHeadKind kind;    /* by what it was placed */
  double x, y;           /* upper left corner, upright shot pixels */
  double width, height;  /* upright shot pixels */
  double scale;          /* shot pixels a portrait pixel */
  double crown, eyes, face_width, off_centre; /* where the head comes to lie, portrait pixels; off_centre: positive = right. 0 when kind is NONE */
  gboolean in_bands;     /* all three bands are kept */
} LanmuPlacement;

/* What an adjustment runs into first. */
typedef enum {
  LANMU_STOP_NONE,
  LANMU_STOP_EDGE,       /* the shot ends there */
  LANMU_STOP_CROWN_HIGH, /* too little room above the hair */
  LANMU_STOP_CROWN_LOW,
  LANMU_STOP_EYES_HIGH,
  LANMU_STOP_EYES_LOW,
  LANMU_STOP_FACE_SMALL,
  LANMU_STOP_FACE_LARGE,
  LANMU_STOP_CENTRING,
} LanmuPlacementStop;

/* width, height: of the shot, upright, > 0. head, by_hand: NULL = none. */
LanmuPlacement lanmu_placement_find (const LanmuHead *head, int width, int height, const LanmuProfile *profile, const LanmuAdjustment *by_hand);

/* Why the place that was wished for cannot be had; NONE: it is had as wished. */
LanmuPlacementStop lanmu_placement_stop (const LanmuHead *head, int width, int height, const LanmuProfile *profile, const LanmuAdjustment *wish);
/* The adjustment that leads from one placement of a shot to another, whatever was wished: lanmu_placement_find with it gives `placed` again. */
LanmuAdjustment lanmu_placement_between (const LanmuPlacement *proposed, const LanmuPlacement *placed);

G_END_DECLS
