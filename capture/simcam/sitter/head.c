/* See head.h. The numbers of the bumps are shares of the half width, tuned by looking at pictures beside photographs of
 * faces. */
#include "capture/simcam/sitter/head.h"

#include <math.h>

typedef struct {
  double m[9];
} Turn;

static Turn turn_times (Turn a, Turn b)
{
  Turn product = {{0}};
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++)
      for (int k = 0; k < 3; k++)
        product.m[i * 3 + j] += a.m[i * 3 + k] * b.m[k * 3 + j];
  return product;
}

SimStance sim_stance (const SimLook *look, const SimPose *pose)
{
  double tilt = (pose->tilt + look->tilt) * G_PI / 180, yaw = (pose->turn + look->turn) * G_PI / 180,
         nod = (pose->nod + look->nod) * G_PI / 180;
  Turn roll = {{cos (tilt), sin (tilt), 0, -sin (tilt), cos (tilt), 0, 0, 0, 1}};
  Turn side = {{cos (yaw), 0, sin (yaw), 0, 1, 0, -sin (yaw), 0, cos (yaw)}};
  Turn down = {{1, 0, 0, 0, cos (nod), sin (nod), 0, -sin (nod), cos (nod)}};
  Turn all = turn_times (roll, turn_times (down, side));
  SimStance stance = {.size = pose->size, .pivot = {0, look->chin * 0.7, -look->width * 0.55}};
  for (int i = 0; i < 9; i++)
    stance.turn[i] = all.m[i];
  /* the middle of the face keeps its place when the size changes */
  stance.x = 240 + pose->shift_x;
  stance.y = 255 + (look->eye_line - 255) * pose->size + pose->shift_y;
  return stance;
}

SimPoint sim_stance_place (const SimStance *self, SimPoint point)
{
  double x = point.x - self->pivot.x, y = point.y - self->pivot.y, z = point.z - self->pivot.z;
  const double *m = self->turn;
  SimPoint turned = {m[0] * x + m[1] * y + m[2] * z + self->pivot.x, m[3] * x + m[4] * y + m[5] * z + self->pivot.y,
                     m[6] * x + m[7] * y + m[8] * z + self->pivot.z};
  return (SimPoint){self->x + turned.x * self->size, self->y + turned.y * self->size, turned.z * self->size};
}

double sim_head_half_width (const SimLook *look, double y)
{
  double share = y < 0 ? -y / look->top : y / look->chin;
  if (share >= 1)
    return 0;
  if (y < 0)
    return look->width * pow (1 - pow (share, 2.5), 0.55);
  return look->width * pow (1 - pow (share, look->jaw), look->cheek);
}

static double bump (double x, double y, double wide, double high)
{
  double a = x / wide, b = y / high;
  double square = a * a + b * b;
  return square > 16 ? 0 : exp (-square / 2);
}

static double step (double from, double to, double value)
{
  double t = CLAMP ((value - from) / (to - from), 0, 1);
  return t * t * (3 - 2 * t);
}

/* x: absolute share, y: share. */
static double nose_relief (const SimLook *look, double x, double y)
{
  double end = look->nose_end * look->chin / look->width;
  double along = CLAMP (y / end, -0.4, 1.2);
  double height = 0.05 + 0.17 * step (-0.15, 0.95, along);
  double wide = 0.062 + 0.030 * step (0.1, 1, along);
  double falls = (1 - step (end - 0.02, end + 0.055, y)) * step (-0.45, 0.05, along);
  double relief = height * falls * exp (-x * x / (2 * wide * wide));
  relief += 0.075 * bump (x, y - end + 0.075, 0.075, 0.065);
  relief += 0.085 * bump (x - look->nose_width * 0.78, y - end + 0.045, 0.052, 0.058) *
            (1 - step (end - 0.005, end + 0.05, y));
  return relief * look->nose_relief;
}

static double mouth_relief (const SimLook *look, double x, double y)
{
  double line = look->mouth_line * look->chin / look->width, wide = look->mouth_width * 0.55;
  double relief = 0.055 * bump (x, y - line, 0.34, 0.16); /* the teeth's arch */
  relief += 0.030 * bump (x, y - line + look->lip_upper * 0.5, wide, 0.032);
  relief += 0.040 * bump (x, y - line - look->lip_lower * 0.5, wide * 0.9, 0.042);
  relief -= 0.030 * bump (x, y - line, look->mouth_width * 0.7, 0.014);
  relief -= 0.030 * bump (x, y - line - look->lip_lower - 0.065, 0.17, 0.045);
  relief -= 0.018 * bump (x, y - line + look->lip_upper + 0.05, 0.028, 0.05); /* philtrum */
  relief -= 0.020 * bump (x - look->mouth_width - 0.015, y - line, 0.04, 0.05);
  return relief;
}

static double face_relief (const SimLook *look, double x, double y)
{
  x = fabs (x) / look->width;
  y /= look->width;
  double chin = look->chin / look->width;
  double relief = nose_relief (look, x, y) + mouth_relief (look, x, y);
  relief -= 0.105 * bump (x - look->eye_distance * 0.94, y + 0.03, 0.17, 0.105);
  relief += 0.060 * bump (x - look->eye_distance, y - 0.01, 0.125, 0.085);
  relief += 0.032 * bump (x - 0.42, y + look->brow_height - 0.01, 0.26, 0.075);
  relief += 0.045 * bump (x - 0.56, y - 0.36, 0.22, 0.17);
  relief -= 0.022 * bump (x - 0.36 - (y - 0.6) * 0.35, y - 0.72, 0.03, 0.16); /* from the nose to the mouth's corner */
  relief += 0.060 * bump (x, y - chin * 0.90, 0.17, 0.12);
  return relief * look->width;
}

SimPoint sim_head_surface (const SimLook *look, double around, double down, double thickness)
{
  double y = down < 0 ? down * look->top : down * look->chin;
  double share = fabs (down);
  double half = sim_head_half_width (look, y);
  double depth = look->width * 1.08 *
                 (down < 0 ? pow (1 - pow (share, 2.8), 0.5) : (1 - 0.10 * share) * pow (1 - pow (share, 9), 0.5));
  double s = sin (around), c = cos (around);
  SimPoint point = {half * s, y, depth * (c >= 0 ? pow (c, 0.82) : c) - look->width * 0.95};
  if (c > 0)
    point.z += face_relief (look, point.x, point.y) * step (0, 0.3, c);
  if (thickness != 0) {
    double up = down < 0 ? -pow (share, 3) : 0, out = sqrt (MAX (0, 1 - up * up));
    point.x += thickness * s * out;
    point.y += thickness * up;
    point.z += thickness * c * out;
  }
  return point;
}

double sim_head_front (const SimLook *look, double x, double y)
{
  double half = sim_head_half_width (look, y);
  double s = half > 0 ? CLAMP (x / half, -0.999, 0.999) : 0;
  return sim_head_surface (look, asin (s), y < 0 ? y / look->top : y / look->chin, 0).z;
}
