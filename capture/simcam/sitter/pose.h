/* SimPose: everything a control line can say about the sitter's posture and the room; plain values, no pointers. Units
 * as in scene.h. Any thread. */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct {
  double r, g, b; /* 0..1, sRGB as stored in the file */
} SimColour;

typedef enum { SIM_CLOTHES_NORMAL, SIM_CLOTHES_CLASH, SIM_CLOTHES_COLOUR } SimClothes;
typedef enum { SIM_GLASSES_NORMAL, SIM_GLASSES_ON, SIM_GLASSES_OFF } SimGlasses;

typedef struct {
  double eyes, mouth;            /* 0 closed .. 1 open */
  gboolean eyes_held;            /* eyes were set: no blinking */
  double tilt, turn, nod;        /* degrees */
  double size, shift_x, shift_y; /* factor, crop pixels */
  SimClothes clothes;
  SimColour clothes_colour;
  SimGlasses glasses;
  double shadow;                  /* 0..1 */
  double light_left, light_right; /* 1 is even */
  SimColour backdrop;
  double blur; /* crop pixels, standard deviation */
  gboolean second, empty;
  double narrow;             /* 0..1: lids that leave little of the eye free, however far they are open */
  double makeup;             /* 0..1: lids lined dark, long lashes */
  double redeye;             /* 0..1: a flash beside the lens, thrown back by the eyes */
  double shine;              /* 0..1: white spots on forehead, nose and cheeks */
  gboolean skin_set;         /* skin was told */
  SimColour skin;
} SimPose;

void sim_pose_reset (SimPose *self);

/* The controls of scene.h but "sitter". FALSE and a sentence when refused; the pose is unchanged then. */
gboolean sim_pose_control (SimPose *self, const char *line, char **error);

/* The same text for the same picture, another for another: a key for caches. Caller frees. */
char *sim_pose_key (const SimPose *self);

G_END_DECLS
