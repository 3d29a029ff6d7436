/* Where the portrait lies: known heads, and every head a brute search can place. */
#include "capture/portrait/placement.h"

#include <math.h>

static LanmuProfile *diploma;

static LanmuHead head (double middle, double crown, double eyes, double face)
{
  return (LanmuHead){.kind = LANMU_HEAD_FACE, .middle = middle, .crown = crown, .eyes = eyes, .face_width = face, .has_crown = TRUE};
}

static void check_inside (const LanmuPlacement *p, int width, int height)
{
  g_assert_cmpfloat (p->x, >=, -1e-6);
  g_assert_cmpfloat (p->y, >=, -1e-6);
  g_assert_cmpfloat (p->x + p->width, <=, width + 1e-6);
  g_assert_cmpfloat (p->y + p->height, <=, height + 1e-6);
  g_assert_cmpfloat_with_epsilon (p->width / p->height, 480.0 / 640, 1e-9);
}

static void test_usual (void)
{
  /* a head that meets all three aims at once: crown 80, eyes 250, face 235 at 5 shot pixels each */
  LanmuHead h = head (3000, 700, 700 + 170 * 5, 235 * 5);
  LanmuPlacement p = lanmu_placement_find (&h, 6000, 4000, diploma, NULL);
  check_inside (&p, 6000, 4000);
  g_assert_true (p.in_bands);
  g_assert_cmpfloat_with_epsilon (p.crown, 80, 0.5);
  g_assert_cmpfloat_with_epsilon (p.eyes, 250, 0.5);
  g_assert_cmpfloat_with_epsilon (p.face_width, 235, 0.5);
  g_assert_cmpfloat_with_epsilon (p.off_centre, 0, 0.01);
  g_assert_cmpfloat_with_epsilon (p.scale, 5, 0.02);
}

static void test_near_the_edge (void)
{
  LanmuHead high = head (3000, 60, 60 + 170 * 5, 235 * 5); /* sits too high: 60 px above the hair */
  LanmuPlacement p = lanmu_placement_find (&high, 6000, 4000, diploma, NULL);
  check_inside (&p, 6000, 4000);
  LanmuHead right = head (5500, 700, 1550, 1175);
  p = lanmu_placement_find (&right, 6000, 4000, diploma, NULL);
  check_inside (&p, 6000, 4000);
  g_assert_cmpfloat (p.off_centre, >, 100);
}

/* Whether any rectangle inside the shot keeps all bands: looked for without the code's own idea. */
static gboolean can_be_placed (const LanmuHead *h, int width, int height)
{
  for (double z = 0.02; z < 1; z *= 1.004)
    for (double y = 0; y + 640 / z <= height; y += 4) {
      double crown = (h->crown - y) * z, eyes = (h->eyes - y) * z, face = h->face_width * z;
      if (480 / z <= width && crown >= 50.5 && crown <= 109.5 && eyes >= 200.5 && eyes <= 299.5 && face >= 180.5 && face <= 299.5)
        return TRUE;
    }
  return FALSE;
}

static void test_every_head (void)
{
  int placed = 0, refused = 0;
  for (int i = 0; i < 300; i++) {
    GRand *rand = g_rand_new_with_seed ((guint32) i);
    double face = g_rand_double_range (rand, 300, 1800), crown = g_rand_double_range (rand, 0, 1500);
    LanmuHead h = head (2000, crown, crown + face * g_rand_double_range (rand, 0.5, 1.3), face);
    g_rand_free (rand);
    LanmuPlacement p = lanmu_placement_find (&h, 4000, 3000, diploma, NULL);
    check_inside (&p, 4000, 3000);
    if (can_be_placed (&h, 4000, 3000)) {
      g_assert_true (p.in_bands);
      placed++;
    } else
      refused++;
  }
  g_assert_cmpint (placed, >, 50);
  g_assert_cmpint (refused, >, 50);
}

static void test_by_hand (void)
{
  LanmuHead h = head (3000, 700, 1550, 1175);
  LanmuPlacement still = lanmu_placement_find (&h, 6000, 4000, diploma, NULL);
  LanmuAdjustment small = {.dx = 6, .dy = -10, .zoom = 1};
  LanmuPlacement p = lanmu_placement_find (&h, 6000, 4000, diploma, &small);
  g_assert_cmpfloat_with_epsilon (p.off_centre, still.off_centre + 6, 0.01);
  g_assert_cmpfloat_with_epsilon (p.crown, still.crown - 10, 0.01);
  g_assert_cmpfloat_with_epsilon (p.scale, still.scale, 1e-9);
  LanmuAdjustment far = {.dx = 400, .dy = -400, .zoom = 3};
  p = lanmu_placement_find (&h, 6000, 4000, diploma, &far);
  check_inside (&p, 6000, 4000);
  g_assert_true (p.in_bands);
  g_assert_cmpfloat (p.off_centre, <=, 24 + 1e-6);
  g_assert_cmpfloat (p.face_width, >, still.face_width);
  g_assert_cmpfloat (p.face_width, <=, 300 + 1e-6);
  LanmuAdjustment small_head = {.zoom = 0.1};
  p = lanmu_placement_find (&h, 6000, 4000, diploma, &small_head);
  check_inside (&p, 6000, 4000);
  g_assert_true (p.in_bands);
}

static void test_nobody (void)
{
  LanmuPlacement p = lanmu_placement_find (NULL, 6000, 4000, diploma, NULL);
  check_inside (&p, 6000, 4000);
  g_assert_cmpint (p.kind, ==, LANMU_HEAD_NONE);
  g_assert_cmpfloat_with_epsilon (p.x, 1500, 1e-6);
  g_assert_cmpfloat_with_epsilon (p.height, 4000, 1e-6);
  LanmuHead nonsense = head (NAN, NAN, NAN, NAN);
  p = lanmu_placement_find (&nonsense, 30, 20, diploma, NULL);
  check_inside (&p, 30, 20);
}

/* Any wish: what is kept gives itself again, and only a wish that was met names no stop. */
static void test_every_wish (void)
{
  guint free_steps = 0, stopped = 0;
  for (int i = 0; i < 400; i++) {
    GRand *rand = g_rand_new_with_seed ((guint32) i);
    LanmuHead h = head (g_rand_double_range (rand, 1200, 4800), g_rand_double_range (rand, 200, 900), 1550, 1175);
    LanmuAdjustment wish = {g_rand_double_range (rand, -40, 40), g_rand_double_range (rand, -80, 80), g_rand_double_range (rand, 0.7, 1.4)};
    g_rand_free (rand);
    LanmuPlacement proposed = lanmu_placement_find (&h, 6000, 4000, diploma, NULL), placed = lanmu_placement_find (&h, 6000, 4000, diploma, &wish);
    LanmuAdjustment kept = lanmu_placement_between (&proposed, &placed);
    LanmuPlacement again = lanmu_placement_find (&h, 6000, 4000, diploma, &kept);
    check_inside (&placed, 6000, 4000);
    g_assert_cmpfloat_with_epsilon (again.x, placed.x, 1e-3);
    g_assert_cmpfloat_with_epsilon (again.y, placed.y, 1e-3);
    g_assert_cmpfloat_with_epsilon (again.scale, placed.scale, 1e-6);
    gboolean met = fabs (kept.dx - wish.dx) < 1e-3 && fabs (kept.dy - wish.dy) < 1e-3 && fabs (kept.zoom - wish.zoom) < 1e-5;
    LanmuPlacementStop stop = lanmu_placement_stop (&h, 6000, 4000, diploma, &wish);
    g_assert_cmpint (met, ==, stop == LANMU_STOP_NONE);
    free_steps += met;
    stopped += !met;
  }
  g_assert_cmpuint (free_steps, >, 20);
  g_assert_cmpuint (stopped, >, 20);
}

static void test_stops (void)
{
  LanmuHead h = head (3000, 700, 700 + 170 * 5, 235 * 5), edge = head (300, 700, 700 + 170 * 5, 235 * 5);
  const struct {
    LanmuHead *head;
    LanmuAdjustment wish;
    LanmuPlacementStop stop;
  } cases[] = {
      {&h, {0, 0, 1}, LANMU_STOP_NONE},        {&h, {10, 10, 1.02}, LANMU_STOP_NONE},   {&h, {0, -35, 1}, LANMU_STOP_CROWN_HIGH},
      {&h, {0, 35, 1}, LANMU_STOP_CROWN_LOW},  {&h, {30, 0, 1}, LANMU_STOP_CENTRING},   {&h, {0, 0, 1.5}, LANMU_STOP_CROWN_HIGH},
      {&h, {0, 0, 0.7}, LANMU_STOP_CROWN_LOW}, {NULL, {1, 0, 0.9}, LANMU_STOP_EDGE},    {NULL, {1, 0, 1.1}, LANMU_STOP_NONE},
      {&edge, {20, 0, 1}, LANMU_STOP_EDGE},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (lanmu_placement_stop (cases[i].head, 6000, 4000, diploma, &cases[i].wish), ==, cases[i].stop);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  diploma = lanmu_profile_find ("diploma", NULL, NULL);
  g_test_add_func ("/placement/usual", test_usual);
  g_test_add_func ("/placement/near-the-edge", test_near_the_edge);
  g_test_add_func ("/placement/every-head", test_every_head);
  g_test_add_func ("/placement/by-hand", test_by_hand);
  g_test_add_func ("/placement/every-wish", test_every_wish);
  g_test_add_func ("/placement/stops", test_stops);
  g_test_add_func ("/placement/nobody", test_nobody);
  return g_test_run ();
}
