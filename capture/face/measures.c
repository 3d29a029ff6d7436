/* What the points of a face say: corners, openness, angles. Pure, any thread. Numbers in brackets are points of
 * MediaPipe's mesh. */
#include "capture/face/mesh.h"

#include <math.h>

#define PITCH_BIAS 10.0 /* degrees by which the mesh sees a face that looks straight ahead bow */

static double distance (LanmuFacePoint a, LanmuFacePoint b)
{
  return hypot (a.x - b.x, a.y - b.y);
}

/* Two heights over the width: corner, two above, corner, two below. */
static double aspect (const LanmuFacePoint *p, const int eye[6])
{
  double width = distance (p[eye[0]], p[eye[3]]);
  return width > 0 ? (distance (p[eye[1]], p[eye[5]]) + distance (p[eye[2]], p[eye[4]])) / (2 * width) : 0;
}

static double degrees (double radians)
{
  return radians * 180 / G_PI;
}

static void measure_box (LanmuFace *self)
{
  float left = G_MAXFLOAT, right = -G_MAXFLOAT, top = G_MAXFLOAT, bottom = -G_MAXFLOAT;
  for (int i = 0; i < 468; i++) {
    left = MIN (left, self->points[i].x);
    right = MAX (right, self->points[i].x);
    top = MIN (top, self->points[i].y);
    bottom = MAX (bottom, self->points[i].y);
  }
  self->x = left, self->y = top, self->width = right - left, self->height = bottom - top;
}

static void name_places (LanmuFace *self)
{
  const LanmuFacePoint *p = self->points;
  self->pupils[0] = p[468], self->pupils[1] = p[473];
  self->eye_outer[0] = p[33], self->eye_outer[1] = p[263];
  self->eye_inner[0] = p[133], self->eye_inner[1] = p[362];
  self->mouth[0] = p[61], self->mouth[1] = p[291];
  self->cheeks[0] = p[234], self->cheeks[1] = p[454];
  self->nose = p[4], self->chin = p[152], self->forehead = p[10];
}

static double iris_radius (const LanmuFacePoint *p, int eye)
{
  double sum = 0;
  for (int i = 1; i <= 4; i++)
    sum += distance (p[eye], p[eye + i]);
  return sum / 4;
}

static void measure_eyes (LanmuFace *self)
{
  static const int left[6] = {33, 160, 158, 133, 153, 144}, right[6] = {263, 387, 385, 362, 380, 373};
  const LanmuFacePoint *p = self->points;
  double radius[2] = {iris_radius (p, 468), iris_radius (p, 473)};
  self->iris = (radius[0] + radius[1]) / 2;
  self->eye_open[0] = aspect (p, left);
  self->eye_open[1] = aspect (p, right);
  self->iris_seen[0] = radius[0] > 0 ? distance (p[159], p[145]) / (2 * radius[0]) : 0;
  self->iris_seen[1] = radius[1] > 0 ? distance (p[386], p[374]) / (2 * radius[1]) : 0;
}

static void measure_angles (LanmuFace *self)
{
  const LanmuFacePoint *p = self->points;
  double across = distance (p[234], p[454]), along = distance (p[10], p[152]);
  self->roll = degrees (atan2 (self->pupils[1].y - self->pupils[0].y, self->pupils[1].x - self->pupils[0].x));
  self->yaw = degrees (atan2 (self->depth[454] - self->depth[234], across));
  self->pitch = degrees (atan2 (self->depth[10] - self->depth[152], along)) + PITCH_BIAS;
}

void lanmu_face_measure (LanmuFace *self)
{
  const LanmuFacePoint *p = self->points;
  measure_box (self);
  name_places (self);
  measure_angles (self);
  measure_eyes (self);
  LanmuFacePoint between = {(self->pupils[0].x + self->pupils[1].x) / 2, (self->pupils[0].y + self->pupils[1].y) / 2};
  double length = distance (between, self->chin);
  self->mouth_open = length > 0 ? distance (p[13], p[14]) / length : 0;
}

double lanmu_face_width (const LanmuFace *self)
{
  return distance (self->cheeks[0], self->cheeks[1]);
}

double lanmu_face_eye_line (const LanmuFace *self)
{
  return (self->pupils[0].y + self->pupils[1].y) / 2;
}

double lanmu_face_middle (const LanmuFace *self)
{
  return (self->cheeks[0].x + self->cheeks[1].x) / 2;
}

/* The other eye may pull the mean up by a quarter of the more closed one, no further. */
#define WINK 1.35

static double of_both (const double *eyes)
{
  return MIN ((eyes[0] + eyes[1]) / 2, WINK * MIN (eyes[0], eyes[1]));
}

double lanmu_face_openness (const LanmuFace *self)
{
  return of_both (self->eye_open);
}

double lanmu_face_iris_seen (const LanmuFace *self)
{
  return of_both (self->iris_seen);
}

static void move_places (LanmuFacePoint *places, int n, double scale, double dx, double dy)
{
  for (int i = 0; i < n; i++) {
    places[i].x = (float) (places[i].x * scale + dx);
    places[i].y = (float) (places[i].y * scale + dy);
  }
}

/* Not measured anew: what several looks agreed on stays. */
void lanmu_face_move (LanmuFace *self, double scale, double dx, double dy)
{
  LanmuFacePoint *pairs[] = {self->pupils, self->eye_outer, self->eye_inner, self->mouth, self->cheeks};
  LanmuFacePoint *singles[] = {&self->nose, &self->chin, &self->forehead};
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    move_places (pairs[i], 2, scale, dx, dy);
  for (gsize i = 0; i < G_N_ELEMENTS (singles); i++)
    move_places (singles[i], 1, scale, dx, dy);
  move_places (self->points, LANMU_FACE_POINTS, scale, dx, dy);
  for (int i = 0; i < LANMU_FACE_POINTS; i++)
    self->depth[i] = (float) (self->depth[i] * scale);
  self->x = self->x * scale + dx, self->y = self->y * scale + dy;
  self->width *= scale, self->height *= scale, self->iris *= scale;
}
