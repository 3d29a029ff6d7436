/* LanmuFace: one face as the models see it, with everything the checks measure on it. Plain values, any thread.
 *
 * "Pixels" are pixels of the picture that was given, upright (its orientation undone), continuous: x to the right, y
 * down, a pixel's centre at .5. Index 0 of a pair is the one on the *picture's* left (the sitter's right), 1 the one on
 * its right. "points" are numbered as MediaPipe's face mesh does: 0..467 the surface, 468..472 the left iris (centre,
 * then its edge), 473..477 the right one; eyes and lips are the refined ones of the attention model. Everything here is
 * geometry of this one picture; nothing in it can tell one person from another, and none of it is stored as a template.
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define LANMU_FACE_POINTS 478

typedef struct {
  float x, y; /* pixels */
} LanmuFacePoint;

typedef struct {
  double
      score; /* 0..1, the box detector's; 1 when the face was followed from the last picture without looking for it */
  double presence; /* 0..1, the mesh's own belief that this is a face; never under LANMU_FACE_PRESENCE_MIN */

  double x, y, width, height; /* box around the surface points, pixels: forehead (not hair) to chin, cheek to cheek */

  LanmuFacePoint pupils[2];                  /* iris centres */
  LanmuFacePoint eye_outer[2], eye_inner[2]; /* corners */
  LanmuFacePoint mouth[2];                   /* corners */
  LanmuFacePoint cheeks[2];  /* widest places of the face: face width is their distance (mesh 234, 454) */
  LanmuFacePoint nose, chin; /* tip; lowest point */
  LanmuFacePoint forehead;   /* mesh 10: the middle of the forehead, *not* the hair line, *not* the crown */
  double iris;               /* radius, pixels, mean of both */

  double eye_open[2];  /* aspect ratio of the lids, height / width */
  double iris_seen[2]; /* gap between the lids over the pupil / diameter of the iris: open > 0.5, closed < 0.35 */
  double mouth_open;  /* gap of the inner lips / (eye line to chin): closed <= 0.012, parted >= 0.027 */
  double
      roll;   /* degrees, of the pupil line; positive: the head leans to the picture's right (its right eye is lower) */
  double yaw; /* degrees; positive: the nose points to the picture's right */
  double pitch; /* degrees; positive: the chin is up. Advisory: the models read it with a bias, which is subtracted */

  LanmuFacePoint points[LANMU_FACE_POINTS];
  float depth[LANMU_FACE_POINTS]; /* of the surface, the pixel's unit, smaller = nearer; irises: 0 */
} LanmuFace;

#define LANMU_FACE_PRESENCE_MIN 0.5

double lanmu_face_width (const LanmuFace *self);    /* cheek to cheek, pixels */
double lanmu_face_eye_line (const LanmuFace *self); /* y between the pupils, pixels */
double lanmu_face_middle (const LanmuFace *self);   /* x between the cheeks, pixels */

/* How far the eyes are open, of both: their mean, which has half the noise of one eye, unless one is far more closed
 * than the other (a wink). Measured on people: open above 0.19, closed below 0.14; between them squinting, laughing and
 * half a blink. */
double lanmu_face_openness (const LanmuFace *self);
double lanmu_face_iris_seen (const LanmuFace *self); /* the same of iris_seen */

/* The same face in other coordinates: x' = x * scale + dx, y' = y * scale + dy. Angles and ratios stay. scale > 0. */
void lanmu_face_move (LanmuFace *self, double scale, double dx, double dy);

G_END_DECLS
