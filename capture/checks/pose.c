/* How the sitter holds head, eyes and mouth, by the face models. */
#include "capture/checks/table.h"

#include "capture/face/eyelevel.h"
#include <math.h>

#define REAL_SIZE                                                                                                      \
  0.35 /* of the sitter's face width: a smaller face is somebody far behind, or a picture on the wall                  \
        */

static double width_of (const LanmuFace *face)
{
  return hypot (face->cheeks[1].x - face->cheeks[0].x, face->cheeks[1].y - face->cheeks[0].y);
}

static void at_face (LanmuCheck *out, const LanmuFace *face)
{
  lanmu_check_at (out, face->x, face->y, face->width, face->height);
}

void lanmu_check_persons (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  int count = 0;
  if (scene->n_faces < 0) {
    out->verdict = LANMU_VERDICT_NOT_CHECKED;
    out->why = "no-models";
    return;
  }
  for (int i = 0; i < scene->n_faces; i++)
    if (width_of (&scene->faces[i]) >= REAL_SIZE * width_of (&scene->faces[0]) && ++count == 2)
      at_face (out, &scene->faces[i]);
  out->measure = count;
  if (count == 0) { /* an empty chair, a back, a face that is hidden: nothing to deliver */
    out->why = "no-face";
    out->verdict = LANMU_VERDICT_FAIL;
  }
}

static void angle (LanmuCheck *out, const LanmuFace *face, double degrees, const char *positive, const char *negative)
{
  out->measure = fabs (degrees);
  out->why = degrees > 0 ? positive : negative;
  at_face (out, face);
}

void lanmu_check_roll (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  const LanmuFace *face = lanmu_check_face (scene, out);
  if (face == NULL)
    return;
  angle (out, face, face->roll, "right", "left");
  if (out->measure > 120)
    out->why = "upside-down";
  else if (out->measure > 60)
    out->why = "sideways";
}

void lanmu_check_yaw (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  const LanmuFace *face = lanmu_check_face (scene, out);
  if (face != NULL)
    angle (out, face, face->yaw, "right", "left");
}

void lanmu_check_pitch (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  const LanmuFace *face = lanmu_check_face (scene, out);
  if (face != NULL)
    angle (out, face, face->pitch, "up", "down");
}

/* Two ways to the same question: the lids' gap by the eye's width, and by the iris. One that says open and one that
 * says closed: nobody knows. */
#define IRIS_OPEN   0.55
#define IRIS_CLOSED 0.28

static gboolean is_contradicted (const LanmuCheck *check, double iris_seen)
{
  return (check->measure < check->fail && iris_seen > IRIS_OPEN) ||
         (check->measure >= check->warn && iris_seen < IRIS_CLOSED);
}

/* Where the live picture showed how this person's open eyes look: closed by the profile, open for this person, or the
 * other way round, is a warning: a person decides. */
static void judge_by_usual (LanmuCheck *out, double usual)
{
  double limit = lanmu_eye_limit (usual, out->fail);
  if (isnan (usual) || isnan (out->fail))
    return;
  if ((out->measure < out->fail && out->measure >= limit) || (out->measure >= out->warn && out->measure < limit))
    out->verdict = LANMU_VERDICT_WARN;
}

void lanmu_check_eyes_open (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  const LanmuFace *face = lanmu_check_face (scene, out);
  if (face == NULL)
    return;
  int eye = face->eye_open[0] <= face->eye_open[1] ? 0 : 1;
  double half = fabs (face->pupils[1].x - face->pupils[0].x) * 0.3;
  out->measure = lanmu_face_openness (face);
  double mean = (face->eye_open[0] + face->eye_open[1]) / 2;
  out->why = out->measure >= mean ? "both" : eye == 0 ? "left" : "right"; /* one is far more closed than the other */
  judge_by_usual (out, scene->eyes_usual);
  if (is_contradicted (out, lanmu_face_iris_seen (face))) {
    out->verdict = LANMU_VERDICT_UNSURE;
    out->why = "contradiction";
  }
  lanmu_check_at (out, face->pupils[eye].x - half, face->pupils[eye].y - half / 2, 2 * half, half);
}

void lanmu_check_mouth (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  const LanmuFace *face = lanmu_check_face (scene, out);
  if (face == NULL)
    return;
  double width = fabs (face->mouth[1].x - face->mouth[0].x);
  out->measure = face->mouth_open;
  lanmu_check_at (out, MIN (face->mouth[0].x, face->mouth[1].x), (face->mouth[0].y + face->mouth[1].y) / 2 - width / 4,
                  width, width / 2);
}

void lanmu_check_eye_distance (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  const LanmuFace *face = lanmu_check_face (scene, out);
  if (face != NULL)
    out->measure = scene->head.eye_distance / scene->placement.scale;
}
