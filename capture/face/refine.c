/* Several looks at one face: see mesh.h. The model's answer trembles with where the part's edge falls and is not quite
 * the same for a mirrored face; neither says anything about the sitter, and both go when the looks are averaged. */
#include "capture/face/mesh.h"

#include <math.h>

/* The part the mesh likes best, and a little closer. */
static const struct {
  double zoom;
  gboolean mirrored;
} looks[] = {{1, FALSE}, {1, TRUE}, {0.85, FALSE}, {0.85, TRUE}};

#define NAMED 13

/* Places by name, a pair side by side; single ones last. */
static void list_places (LanmuFace *face, LanmuFacePoint *places[NAMED])
{
  LanmuFacePoint *pairs[] = {face->pupils, face->eye_outer, face->eye_inner, face->mouth, face->cheeks};
  int n = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (pairs); i++)
    for (int side = 0; side < 2; side++)
      places[n++] = &pairs[i][side];
  places[n++] = &face->nose, places[n++] = &face->chin, places[n++] = &face->forehead;
}

/* A mirrored look calls left what is right. */
static void turn_back (LanmuFace *face)
{
  LanmuFacePoint *places[NAMED];
  list_places (face, places);
  for (int i = 0; i < 10; i += 2) {
    LanmuFacePoint kept = *places[i];
    *places[i] = *places[i + 1];
    *places[i + 1] = kept;
  }
  double open = face->eye_open[0], seen = face->iris_seen[0];
  face->eye_open[0] = face->eye_open[1], face->eye_open[1] = open;
  face->iris_seen[0] = face->iris_seen[1], face->iris_seen[1] = seen;
  face->yaw = -face->yaw;
}

static void add_places (LanmuFace *sum, LanmuFace *face, double weight)
{
  LanmuFacePoint *to[NAMED], *from[NAMED];
  list_places (sum, to);
  list_places (face, from);
  for (int i = 0; i < NAMED; i++) {
    to[i]->x += (float) (from[i]->x * weight);
    to[i]->y += (float) (from[i]->y * weight);
  }
}

static void add_measures (LanmuFace *sum, const LanmuFace *face, double weight)
{
  for (int i = 0; i < 2; i++) {
    sum->eye_open[i] += face->eye_open[i] * weight;
    sum->iris_seen[i] += face->iris_seen[i] * weight;
  }
  sum->iris += face->iris * weight;
  sum->mouth_open += face->mouth_open * weight;
  sum->yaw += face->yaw * weight;
  sum->pitch += face->pitch * weight;
}

static gboolean look (LanmuNetwork *network, const LanmuFaceView *view, const LanmuPart *at, gsize i, LanmuFace *face)
{
  LanmuPart part = *at;
  part.width *= looks[i].mirrored ? -looks[i].zoom : looks[i].zoom;
  part.height *= looks[i].zoom;
  if (!lanmu_mesh_find (network, view, &part, face))
    return FALSE;
  if (looks[i].mirrored)
    turn_back (face);
  return TRUE;
}

/* What the sum starts from: the points of the first look, all that is averaged at nothing. */
static void begin (LanmuFace *sum, const LanmuFace *first)
{
  const LanmuFacePoint zero = {0, 0};
  LanmuFacePoint *places[NAMED];
  *sum = *first;
  list_places (sum, places);
  for (int i = 0; i < NAMED; i++)
    *places[i] = zero;
  for (int i = 0; i < 2; i++)
    sum->eye_open[i] = sum->iris_seen[i] = 0;
  sum->iris = sum->mouth_open = sum->yaw = sum->pitch = 0;
}

void lanmu_mesh_refine (LanmuNetwork *network, const LanmuFaceView *view, LanmuFace *face)
{
  LanmuFace found[G_N_ELEMENTS (looks)], sum;
  LanmuPart at = lanmu_mesh_get_part (face);
  int n = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (looks); i++) {
    found[n].score = face->score;
    n += look (network, view, &at, i, &found[n]);
  }
  if (n == 0)
    return;
  begin (&sum, &found[0]);
  for (int i = 0; i < n; i++) {
    add_places (&sum, &found[i], 1.0 / n);
    add_measures (&sum, &found[i], 1.0 / n);
  }
  sum.roll = atan2 (sum.pupils[1].y - sum.pupils[0].y, sum.pupils[1].x - sum.pupils[0].x) * 180 / G_PI;
  *face = sum;
}
