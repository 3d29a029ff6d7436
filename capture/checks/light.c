/* The light on the face: burnt out, black, too dark, from one side, and white spots where glasses are. */
#include "capture/checks/table.h"

#include "capture/picture/colour.h"
#include <math.h>

#define BURNT 247
#define BLACK 25
#define WHITE 244 /* of every channel, with hardly any colour: a lamp's reflection */

#define RED_LEAST 90
#define RED_RATIO 1.8 /* red to the next channel: skin stays under 1.6, a flash from the back of the eye lies over 3   \
                       */
#define AS_WANTED 8   /* L* that a backdrop in good light may lie off its colour */

/* An ellipse of the face that leaves out hair and neck, or a box; upright shot pixels. */
typedef struct {
  double x, y, rx, ry;
  gboolean round;
} Part;

typedef void (*PixelFunc) (const guint8 *pixel, gpointer data);

static Part face_part (const LanmuFace *face)
{
  double cheeks = hypot (face->cheeks[1].x - face->cheeks[0].x, face->cheeks[1].y - face->cheeks[0].y);
  return (Part){(face->cheeks[0].x + face->cheeks[1].x) / 2, (face->forehead.y + face->chin.y) / 2, 0.42 * cheeks,
                0.46 * fabs (face->chin.y - face->forehead.y), TRUE};
}

static void for_each (const LanmuScene *scene, const Part *part, PixelFunc func, gpointer data)
{
  const LanmuSmall *small = &scene->small;
  int x0 = MAX ((int) floor ((part->x - part->rx) / scene->factor), 0),
      x1 = MIN ((int) ceil ((part->x + part->rx) / scene->factor), small->width);
  int y0 = MAX ((int) floor ((part->y - part->ry) / scene->factor), 0),
      y1 = MIN ((int) ceil ((part->y + part->ry) / scene->factor), small->height);
  for (int y = y0; y < y1; y++)
    for (int x = x0; x < x1; x++) {
      double dx = ((x + 0.5) * scene->factor - part->x) / part->rx,
             dy = ((y + 0.5) * scene->factor - part->y) / part->ry;
      if (!part->round || dx * dx + dy * dy <= 1)
        func (lanmu_small_at (small, x, y), data);
    }
}

typedef struct {
  guint64 all, burnt, black, white, red;
  double lightness;
} Count;

static void count_pixel (const guint8 *p, gpointer data)
{
  Count *count = data;
  LanmuLab lab;
  guint16 bgr[3] = {(guint16) (p[0] * 16), (guint16) (p[1] * 16), (guint16) (p[2] * 16)};
  int luma = (114 * p[0] + 587 * p[1] + 299 * p[2] + 500) / 1000;
  lanmu_lab_from_bgr16 (bgr, 1, &lab);
  count->all++;
  count->burnt += luma >= BURNT;
  count->black += luma <= BLACK;
  count->white += MIN (p[0], MIN (p[1], p[2])) >= WHITE;
  count->red += p[2] >= RED_LEAST && p[2] >= RED_RATIO * MAX (p[1], p[0]);
  count->lightness += lab.l;
}

/* NULL with the verdict said: no face, or not a pixel of it. */
static const LanmuFace *count_face (const LanmuScene *scene, LanmuCheck *out, Count *count)
{
  const LanmuFace *face = lanmu_check_face (scene, out);
  if (face == NULL)
    return NULL;
  Part part = face_part (face);
  *count = (Count){0};
  for_each (scene, &part, count_pixel, count);
  lanmu_check_at (out, part.x - part.rx, part.y - part.ry, 2 * part.rx, 2 * part.ry);
  return count->all > 0 ? face : NULL;
}

void lanmu_check_highlights (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  Count count;
  if (count_face (scene, out, &count) != NULL)
    out->measure = (double) count.burnt / (double) count.all;
}

void lanmu_check_dark (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  Count count;
  if (count_face (scene, out, &count) != NULL)
    out->measure = (double) count.black / (double) count.all;
}

/* The backdrop is as light as the standard wants it: then the light is right, and a dark face is a face of dark skin,
 * or has less light than the backdrop. Which of them no program can say. */
static gboolean is_well_lit (const LanmuScene *scene)
{
  const LanmuBackdropReading *reading = &scene->view.backdrop;
  if (!lanmu_view_has_backdrop (&scene->view))
    return FALSE;
  double now = lanmu_lab_from_srgb (reading->mean_r, reading->mean_g, reading->mean_b).l;
  const guint8 *c = scene->profile->colours[0];
  return now > lanmu_lab_from_srgb (c[0], c[1], c[2]).l - AS_WANTED;
}

void lanmu_check_luminance (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  Count count;
  if (count_face (scene, out, &count) == NULL)
    return;
  out->measure = count.lightness / (double) count.all;
  if (out->measure < out->warn && is_well_lit (scene)) {
    out->verdict = LANMU_VERDICT_UNSURE;
    out->why = "backdrop-is-light";
  }
}

static double cheek_lightness (const LanmuScene *scene, const LanmuFace *face, int side)
{
  Count count = {0};
  double reach = fabs (face->pupils[1].x - face->pupils[0].x);
  Part part = {.x = face->pupils[side].x + (side == 0 ? -0.1 : 0.1) * reach, .rx = 0.2 * reach, .ry = 0.2 * reach};
  part.y = face->pupils[side].y + 0.45 * (face->chin.y - face->pupils[side].y);
  for_each (scene, &part, count_pixel, &count);
  return count.all > 0 ? count.lightness / (double) count.all : NAN;
}

void lanmu_check_balance (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  const LanmuFace *face = lanmu_check_face (scene, out);
  if (face == NULL)
    return;
  double left = cheek_lightness (scene, face, 0), right = cheek_lightness (scene, face, 1);
  double reach = fabs (face->pupils[1].x - face->pupils[0].x);
  int darker = left < right ? 0 : 1;
  out->measure = fabs (left - right);
  out->why = darker == 0 ? "left" : "right";
  lanmu_check_at (out, face->pupils[darker].x - 0.3 * reach, face->pupils[darker].y + 0.1 * reach, 0.6 * reach,
                  0.8 * reach);
}

void lanmu_check_glare (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  const LanmuFace *face = lanmu_check_face (scene, out);
  if (face == NULL)
    return;
  Count count = {0};
  double reach = fabs (face->pupils[1].x - face->pupils[0].x);
  for (int eye = 0; eye < 2; eye++) {
    Part lens = {
        .x = face->pupils[eye].x, .y = face->pupils[eye].y, .rx = 0.38 * reach, .ry = 0.28 * reach, .round = TRUE};
    for_each (scene, &lens, count_pixel, &count);
  }
  if (count.all > 0)
    out->measure = (double) count.white / (double) count.all;
  lanmu_check_at (out, face->pupils[0].x - 0.4 * reach, face->pupils[0].y - 0.3 * reach, 1.8 * reach, 0.6 * reach);
}

void lanmu_check_red_eye (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  const LanmuFace *face = lanmu_check_face (scene, out);
  if (face == NULL)
    return;
  double worst = -1;
  for (int eye = 0; eye < 2; eye++) {
    Count count = {0};
    double radius = 0.6 * face->iris;
    Part pupil = {.x = face->pupils[eye].x, .y = face->pupils[eye].y, .rx = radius, .ry = radius, .round = TRUE};
    for_each (scene, &pupil, count_pixel, &count);
    double share = count.all > 0 ? (double) count.red / (double) count.all : -1;
    if (share <= worst)
      continue;
    worst = share;
    lanmu_check_at (out, pupil.x - 2 * face->iris, pupil.y - 2 * face->iris, 4 * face->iris, 4 * face->iris);
  }
  if (worst >= 0)
    out->measure = worst;
}
