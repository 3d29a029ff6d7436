/* See mesh.h. The model gives a coarse surface of 468 points, and finer ones of the lips, the eyes with their
 * surroundings and the irises; the finer replace the coarse. Which of its numbers is which point is the model's own
 * convention (MediaPipe's "face landmark with attention"). */
#include "capture/face/mesh.h"

#include <math.h>

enum { SURFACE, LIPS, EYE_LEFT, EYE_RIGHT, IRIS_LEFT, IRIS_RIGHT, PRESENCE, OUTPUTS };

static const guint16 LIP_POINTS[80] = {
    61, 146, 91, 181, 84, 17, 314, 405, 321, 375, 291, 185, 40, 39, 37, 0,  267, 269, 270, 409,
    78, 95,  88, 178, 87, 14, 317, 402, 318, 324, 308, 191, 80, 81, 82, 13, 312, 311, 310, 415,
    76, 77,  90, 180, 85, 16, 315, 404, 320, 307, 306, 184, 74, 73, 72, 11, 302, 303, 304, 408,
    62, 96,  89, 179, 86, 15, 316, 403, 319, 325, 292, 183, 42, 41, 38, 12, 268, 271, 272, 407,
};
static const guint16 LEFT_POINTS[71] = {
    33,  7,   163, 144, 145, 153, 154, 155, 133, 246, 161, 160, 159, 158, 157, 173, 130, 25,
    110, 24,  23,  22,  26,  112, 243, 247, 30,  29,  27,  28,  56,  190, 226, 31,  228, 229,
    230, 231, 232, 233, 244, 113, 225, 224, 223, 222, 221, 189, 35,  124, 46,  53,  52,  65,
    143, 111, 117, 118, 119, 120, 121, 128, 245, 156, 70,  63,  105, 66,  107, 55,  193,
};
static const guint16 RIGHT_POINTS[71] = {
    263, 249, 390, 373, 374, 380, 381, 382, 362, 466, 388, 387, 386, 385, 384, 398, 359, 255,
    339, 254, 253, 252, 256, 341, 463, 467, 260, 259, 257, 258, 286, 414, 446, 261, 448, 449,
    450, 451, 452, 453, 464, 342, 445, 444, 443, 442, 441, 413, 265, 353, 276, 283, 282, 295,
    372, 340, 346, 347, 348, 349, 350, 357, 465, 383, 300, 293, 334, 296, 336, 285, 417,
};

gboolean lanmu_mesh_fits (const LanmuNetwork *network)
{
  static const guint sizes[OUTPUTS] = {1404, 160, 142, 142, 10, 10, 1};
  const int *shape = lanmu_network_input_shape (network);
  gboolean fits = shape[1] == LANMU_MESH_SIDE && shape[2] == LANMU_MESH_SIDE && shape[3] == 3;
  for (guint i = 0; i < OUTPUTS; i++)
    fits = fits && lanmu_network_output_size (network, i) == sizes[i];
  return fits;
}

static LanmuFacePoint place (const LanmuPart *part, const float *point)
{
  return lanmu_part_place (part, point[0] / LANMU_MESH_SIDE, point[1] / LANMU_MESH_SIDE);
}

static void refine (LanmuFace *face, const LanmuPart *part, const float *points, const guint16 *numbers, guint n)
{
  for (guint i = 0; i < n; i++)
    face->points[numbers[i]] = place (part, points + 2 * i);
}

static void read_points (const LanmuNetwork *network, const LanmuPart *part, LanmuFace *face)
{
  const float *surface = lanmu_network_output (network, SURFACE);
  for (int i = 0; i < 468; i++) {
    face->points[i] = place (part, surface + 3 * i);
    face->depth[i] = (float) (surface[3 * i + 2] * fabs (part->width) / LANMU_MESH_SIDE); /* mirrored: width < 0 */
  }
  refine (face, part, lanmu_network_output (network, LIPS), LIP_POINTS, G_N_ELEMENTS (LIP_POINTS));
  refine (face, part, lanmu_network_output (network, EYE_LEFT), LEFT_POINTS, G_N_ELEMENTS (LEFT_POINTS));
  refine (face, part, lanmu_network_output (network, EYE_RIGHT), RIGHT_POINTS, G_N_ELEMENTS (RIGHT_POINTS));
  for (int i = 0; i < 5; i++) {
    face->points[468 + i] = place (part, lanmu_network_output (network, IRIS_LEFT) + 2 * i);
    face->points[473 + i] = place (part, lanmu_network_output (network, IRIS_RIGHT) + 2 * i);
    face->depth[468 + i] = face->depth[473 + i] = 0;
  }
}

static gboolean is_finite (const LanmuFace *face)
{
  for (int i = 0; i < LANMU_FACE_POINTS; i++)
    if (!isfinite (face->points[i].x) || !isfinite (face->points[i].y) || !isfinite (face->depth[i]))
      return FALSE;
  return TRUE;
}

gboolean lanmu_mesh_find (LanmuNetwork *network, const LanmuFaceView *view, const LanmuPart *part, LanmuFace *face)
{
  lanmu_sample (view, part, LANMU_MESH_SIDE, LANMU_MESH_SIDE, 1, 0, lanmu_network_input (network));
  if (!lanmu_network_run (network))
    return FALSE;
  face->presence = 1 / (1 + exp (-(double) *lanmu_network_output (network, PRESENCE)));
  if (!(face->presence >= LANMU_FACE_PRESENCE_MIN))
    return FALSE;
  read_points (network, part, face);
  if (!is_finite (face))
    return FALSE;
  lanmu_face_measure (face);
  return face->width > 4 && face->height > 4;
}

LanmuPart lanmu_mesh_get_part (const LanmuFace *face)
{
  double side = 1.5 * MAX (face->width, face->height);
  double angle = atan2 (face->eye_outer[1].y - face->eye_outer[0].y, face->eye_outer[1].x - face->eye_outer[0].x);
  return (LanmuPart){
      .x = face->x + face->width / 2, .y = face->y + face->height / 2, .width = side, .height = side, .angle = angle};
}
