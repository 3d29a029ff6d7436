/* SimLook: who a sitter is: every measure and colour a seed decides, and nothing a control line can change. Plain
 * values. Any thread.
 *
 * Head frame: origin midway between the pupils, x to the viewer's right, y down, z towards the camera, crop pixels at
 * size 1. Shares are of the face's half width unless another measure is named. Ranges follow published face proportions
 * of East Asian adults (interpupillary distance about 0.45 of the face's width, eyes halfway between chin and crown),
 * narrowed so that every seed meets the diploma bands. */
#pragma once

#include "capture/simcam/sitter/pose.h"

G_BEGIN_DECLS

/* A stream of numbers that is the same on every machine. */
typedef struct {
  guint64 state;
} SimRandom;

SimRandom sim_random (guint seed, guint stream);
double sim_random_between (SimRandom *self, double from, double to);
gboolean sim_random_chance (SimRandom *self, double chance);
guint sim_random_below (SimRandom *self, guint bound);

typedef enum {
  SIM_HAIR_CROP,   /* short all over, forehead free */
  SIM_HAIR_PART,   /* short sides, longer top combed from a part */
  SIM_HAIR_FRINGE, /* short sides, combed down over the forehead */
  SIM_HAIR_TIED,   /* long, tied behind, parted */
  SIM_HAIR_LONG,   /* long, behind the shoulders */
  SIM_HAIR_BOB,    /* to the chin */
} SimHair;

typedef enum { SIM_DRESS_SHIRT, SIM_DRESS_JACKET, SIM_DRESS_TEE, SIM_DRESS_HOODIE, SIM_DRESS_POLO } SimDress;

typedef enum { SIM_FRAME_ROUND, SIM_FRAME_OBLONG, SIM_FRAME_HALF } SimFrame;

typedef struct {
  guint seed;
  gboolean woman;
  double width;                 /* half, cheek to cheek, crop pixels */
  double chin, top;             /* eye line to chin; eye line to skull without hair; crop pixels, both positive */
  double eye_line;              /* crop pixels below the picture's upper edge */
  double jaw, cheek;            /* exponents of the outline: squareness of the jaw; of the cheeks */
  double eye_distance;          /* half, pupil to pupil */
  double eye_width, eye_height; /* halves, lids open */
  double eye_slant;             /* outer corner above inner, share */
  double fold;                  /* crease above the lid, 0..1 */
  double iris;                  /* radius */
  double brow_height, brow_thickness, brow_arch, brow_slope, brow_strength;
  double nose_end; /* base of the nose below the eye line, share of the chin */
  double nose_width, nose_relief;
  double mouth_line; /* share of the chin */
  double mouth_width, lip_upper, lip_lower, mouth_curve;
  double ear_length, ear_out;
  SimColour skin, lips, iris_colour, hair;
  double blush, weariness, moles;
  SimHair hair_style;
  double hair_volume, hair_side, hairline, hair_part; /* crop pixels on top, at the side; share of the top; -1..1 */
  gboolean glasses;
  SimFrame frame;
  SimColour frame_colour;
  SimDress dress;
  SimColour cloth, cloth_inner;
  double shoulders;       /* half width, crop pixels */
  double neck;            /* half width, share */
  double tilt, turn, nod; /* degrees, as this person sits by habit */
} SimLook;

SimLook sim_look (guint seed);

G_END_DECLS
