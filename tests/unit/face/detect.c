/* Boxes out of the detector's numbers: constructed answers, so that the place of every box is known. */
#include "capture/face/detect.h"

#include <math.h>
#include <string.h>

typedef struct {
  float values[LANMU_DETECT_BOXES * LANMU_DETECT_VALUES], scores[LANMU_DETECT_BOXES];
} Answer;

/* Nothing anywhere: every score far below zero. */
static void clear (Answer *answer)
{
  memset (answer, 0, sizeof *answer);
  for (int i = 0; i < LANMU_DETECT_BOXES; i++)
    answer->scores[i] = -100;
}

/* A box of the given size around its cell's middle, eyes 10 to either side, 5 above. */
static void put (Answer *answer, int box, float score, float size)
{
  float *v = answer->values + box * LANMU_DETECT_VALUES;
  v[2] = v[3] = size;
  v[4] = -10, v[5] = -5, v[6] = 10, v[7] = -5;
  answer->scores[box] = score;
}

#define assert_near(a, b) g_assert_cmpfloat (fabs ((double) (a) - (double) (b)), <, 0.01)

static const LanmuPart PART = {.x = 320, .y = 212, .width = 640, .height = 640}; /* five pixels for each of the 128 */

static void test_place (void)
{
  g_autofree Answer *answer = g_new (Answer, 1);
  LanmuDetection found[4];
  clear (answer);
  put (answer, 2 * (8 * 16 + 4), 4, 32); /* row 8, column 4 of the 16 × 16 */
  g_assert_cmpint (lanmu_detect_read (answer->values, answer->scores, &PART, found, 4), ==, 1);
  assert_near (found[0].x, 4.5 / 16 * 640);
  assert_near (found[0].y, 8.5 / 16 * 640 - 108);
  assert_near (found[0].width, 160);
  assert_near (found[0].eyes[1].x - found[0].eyes[0].x, 100);
  assert_near (found[0].score, 1 / (1 + exp (-4)));
  put (answer, 512 + 6 * (2 * 8 + 5) + 3, 5, 16); /* row 2, column 5 of the 8 × 8 */
  g_assert_cmpint (lanmu_detect_read (answer->values, answer->scores, &PART, found, 4), ==, 2);
  assert_near (found[0].x, 5.5 / 8 * 640); /* the surer one first */
  assert_near (found[0].y, 2.5 / 8 * 640 - 108);
}

/* Many boxes of one face are one face, between them by their scores. */
static void test_merge (void)
{
  g_autofree Answer *answer = g_new (Answer, 1);
  LanmuDetection found[4];
  clear (answer);
  put (answer, 2 * (8 * 16 + 4), 3, 64);
  put (answer, 2 * (8 * 16 + 5), 3, 64);
  g_assert_cmpint (lanmu_detect_read (answer->values, answer->scores, &PART, found, 4), ==, 1);
  assert_near (found[0].x, 5.0 / 16 * 640);
  put (answer, 2 * (8 * 16 + 14), 3, 64);
  g_assert_cmpint (lanmu_detect_read (answer->values, answer->scores, &PART, found, 4), ==, 2);
  g_assert_cmpint (lanmu_detect_read (answer->values, answer->scores, &PART, found, 1), ==, 1);
}

static void test_nonsense (void)
{
  g_autofree Answer *answer = g_new (Answer, 1);
  LanmuDetection found[4];
  for (int i = 0; i < LANMU_DETECT_BOXES; i++) {
    for (int k = 0; k < LANMU_DETECT_VALUES; k++)
      answer->values[i * LANMU_DETECT_VALUES + k] = i % 2 ? NAN : INFINITY;
    answer->scores[i] = i % 3 ? NAN : 50;
  }
  g_assert_cmpint (lanmu_detect_read (answer->values, answer->scores, &PART, found, 4), ==, 0);
  clear (answer);
  put (answer, 7, 9, -5); /* a box of negative size */
  g_assert_cmpint (lanmu_detect_read (answer->values, answer->scores, &PART, found, 4), ==, 0);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/face/detect/place", test_place);
  g_test_add_func ("/face/detect/merge", test_merge);
  g_test_add_func ("/face/detect/nonsense", test_nonsense);
  return g_test_run ();
}
