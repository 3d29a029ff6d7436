/* Whether the eyes are in focus. Each eye's box is brought from the decoded picture to 160 pixels between the pupils,
 * so that every camera and distance is measured alike; the measure is the energy of the finest differences as a share
 * of the box's contrast, so that pale and dark eyes are measured alike too. */
#include "capture/checks/table.h"

#include "capture/picture/turn.h"
#include <math.h>
#include <stdlib.h>

#define BETWEEN   160 /* pixels between the pupils */
#define WIDTH     96  /* of an eye's box */
#define HEIGHT    56
#define LEAST_DEV 4.0 /* levels: a box without contrast says nothing about focus */
#define SCALE     100

typedef struct {
  float luma[HEIGHT][WIDTH];
} Box;

static double luma_at (const guint8 *pixel)
{
  return 0.114 * pixel[0] + 0.587 * pixel[1] + 0.299 * pixel[2];
}

/* Mean luma of a square of the picture as stored; side ≥ 1 pixel. */
static double area_luma (const LanmuPicture *picture, double cx, double cy, double side)
{
  const guint8 *pixels = g_bytes_get_data (picture->pixels, NULL);
  int n = MAX ((int) ceil (side), 1);
  double sum = 0;
  for (int j = 0; j < n; j++)
    for (int i = 0; i < n; i++) {
      int x = CLAMP ((int) floor (cx + ((i + 0.5) / n - 0.5) * side), 0, picture->width - 1);
      int y = CLAMP ((int) floor (cy + ((j + 0.5) / n - 0.5) * side), 0, picture->height - 1);
      sum += luma_at (pixels + (gsize) y * picture->stride + (gsize) x * 4);
    }
  return sum / (n * n);
}

static void fill (Box *box, const LanmuScene *scene, LanmuFacePoint eye, double step)
{
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++) {
      double ux = eye.x + (x - WIDTH / 2 + 0.5) * step, uy = eye.y + (y - HEIGHT / 2 + 0.5) * step, sx, sy;
      lanmu_turn_to_stored (scene->picture.orientation, scene->picture.width, scene->picture.height,
                            ux / scene->denominator, uy / scene->denominator, &sx, &sy);
      box->luma[y][x] = (float) area_luma (&scene->picture, sx, sy, step / scene->denominator);
    }
}

/* A sensor's grain is finer than anything a lens draws at this scale: it goes first, by the binomial 1 2 1 in both
 * ways, twice. */
static void smooth (Box *box)
{
  Box once = *box;
  for (int y = 1; y < HEIGHT - 1; y++)
    for (int x = 1; x < WIDTH - 1; x++) {
      float sum = 0;
      for (int j = -1; j <= 1; j++)
        for (int i = -1; i <= 1; i++)
          sum += once.luma[y + j][x + i] * (float) ((2 - ABS (i)) * (2 - ABS (j)));
      box->luma[y][x] = sum / 16;
    }
}

static int by_size (const void *a, const void *b)
{
  float x = *(const float *) a, y = *(const float *) b;
  return x < y ? -1 : x > y;
}

/* Laplacian energy over variance. Most of the box is skin: what the median place has is grain, and counts for nothing.
 * NaN: no contrast. */
static double energy (const Box *box)
{
  g_autofree float *sizes = g_new (float, WIDTH *HEIGHT);
  double sum = 0, squares = 0, fine = 0;
  int n = 0;
  for (int y = 2; y < HEIGHT - 2; y++)
    for (int x = 2; x < WIDTH - 2; x++) {
      float v = box->luma[y][x];
      float laplace = 4 * v - box->luma[y - 1][x] - box->luma[y + 1][x] - box->luma[y][x - 1] - box->luma[y][x + 1];
      sum += v;
      squares += v * v;
      fine += laplace * laplace;
      sizes[n++] = fabsf (laplace);
    }
  qsort (sizes, (gsize) n, sizeof *sizes, by_size);
  double grain = sizes[n / 2] / 0.6745, variance = squares / n - (sum / n) * (sum / n);
  return variance >= LEAST_DEV * LEAST_DEV ? SCALE * MAX (fine / n - grain * grain, 0) / variance : NAN;
}

void lanmu_check_sharpness (const LanmuScene *scene, const LanmuReference *reference, LanmuCheck *out)
{
  const LanmuFace *face = lanmu_check_face (scene, out);
  if (face == NULL)
    return;
  double step = scene->head.eye_distance / BETWEEN; /* shot pixels a box pixel */
  if (step < scene->denominator * 0.75) {           /* enlarging would look soft whatever the lens did */
    out->verdict = LANMU_VERDICT_UNSURE;
    out->why = "too-small";
    return;
  }
  Box box;
  int softer = 0;
  double measures[2];
  for (int eye = 0; eye < 2; eye++) {
    fill (&box, scene, face->pupils[eye], step);
    smooth (&box);
    smooth (&box);
    measures[eye] = energy (&box);
  }
  softer = measures[1] < measures[0] ? 1 : 0;
  out->measure = measures[softer];
  lanmu_check_at (out, face->pupils[softer].x - WIDTH / 2 * step, face->pupils[softer].y - HEIGHT / 2 * step,
                  WIDTH * step, HEIGHT * step);
}
