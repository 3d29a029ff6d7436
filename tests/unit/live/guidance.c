/* Guidance over constructed sights: what is said, in which order, how steadily. The clock is the test's own. */
#include "capture/live/guidance.h"

#include <math.h>

#define FRAME_US 40000 /* 25 a second */

typedef struct {
  LanmuGuidance *guidance;
  LanmuBackdropReading backdrop;
  gint64 now;
  guint changes;
} Bench;

/* A head where the diploma wants it, in the middle of a 640×424 frame: 0.6625 frame pixels a portrait pixel. */
static LanmuSight good (void)
{
  LanmuSight s = {.kind = LANMU_SIGHT_FACE,
                  .width = 640,
                  .height = 424,
                  .crown = 56,
                  .eyes = 165,
                  .middle = 320,
                  .face_width = 142,
                  .roll = 0.5,
                  .yaw = -1,
                  .pitch = 2,
                  .eyes_open = 0.3,
                  .mouth_open = 0.003,
                  .luminance = 70,
                  .balance = 1,
                  .clothes = 0.001};
  s.pupils[0] = (LanmuFacePoint){286, 165}, s.pupils[1] = (LanmuFacePoint){354, 165};
  s.cheeks[0] = (LanmuFacePoint){249, 190}, s.cheeks[1] = (LanmuFacePoint){391, 190};
  s.chin = (LanmuFacePoint){320, 262};
  return s;
}

static void set_up (Bench *bench, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuProfile) profile = lanmu_profile_find ("diploma", NULL, &error);
  g_assert_no_error (error);
  bench->guidance = lanmu_guidance_new (profile);
  bench->backdrop = (LanmuBackdropReading){.verdict = LANMU_VERDICT_OK, .found = LANMU_VERDICT_OK};
  bench->now = 1000000;
}

static void tear_down (Bench *bench, gconstpointer data)
{
  lanmu_guidance_free (bench->guidance);
}

static LanmuGuideCode see (Bench *bench, const LanmuSight *sight, gint64 for_us)
{
  for (gint64 until = bench->now + for_us; bench->now < until; bench->now += FRAME_US)
    bench->changes += lanmu_guidance_update (bench->guidance, sight, &bench->backdrop, bench->now);
  return lanmu_guidance_get (bench->guidance)->code;
}

#define assert_code(is, wanted)                                                                                        \
  g_assert_cmpstr (lanmu_guide_code_to_string (is), ==, lanmu_guide_code_to_string (wanted))

static void test_ready (Bench *bench, gconstpointer data)
{
  LanmuSight sight = good ();
  assert_code (see (bench, &sight, G_USEC_PER_SEC), LANMU_GUIDE_READY);
  g_assert_cmpuint (lanmu_guidance_get (bench->guidance)->ready_frames, >=, 20);
  g_assert_true (lanmu_guidance_get (bench->guidance)->has_crop);
}

typedef struct {
  LanmuGuideCode code;
  void (*spoil) (LanmuSight *);
} Fault;

static void large (LanmuSight *s)
{
  s->face_width = 240, s->crown = 2, s->eyes = 180;
}
static void small (LanmuSight *s)
{
  s->face_width = 50, s->crown = 130, s->eyes = 170;
}
static void high (LanmuSight *s)
{
  s->crown = 4, s->eyes = 108;
}
static void low (LanmuSight *s)
{
  s->crown = 240, s->eyes = 349;
}
static void right (LanmuSight *s)
{
  s->middle = 560;
}
static void left (LanmuSight *s)
{
  s->middle = 80;
}
static void tilt_right (LanmuSight *s)
{
  s->roll = 7;
}
static void tilt_left (LanmuSight *s)
{
  s->roll = -7;
}
static void turn_right (LanmuSight *s)
{
  s->yaw = 9;
}
static void turn_left (LanmuSight *s)
{
  s->yaw = -9;
}
static void chin_up (LanmuSight *s)
{
  s->pitch = 19;
}
static void chin_down (LanmuSight *s)
{
  s->pitch = -19;
}
static void eyes (LanmuSight *s)
{
  s->eyes_open = 0.08;
}
static void mouth (LanmuSight *s)
{
  s->mouth_open = 0.05;
}
static void clothes (LanmuSight *s)
{
  s->clothes = 0.5;
}
static void dark (LanmuSight *s)
{
  s->luminance = 30;
}
static void bright (LanmuSight *s)
{
  s->luminance = 96;
}
static void light_left (LanmuSight *s)
{
  s->balance = -14;
}
static void light_right (LanmuSight *s)
{
  s->balance = 14;
}
static void others (LanmuSight *s)
{
  s->others = 1;
}
static void nobody (LanmuSight *s)
{
  s->kind = LANMU_SIGHT_NOBODY;
}

/* In the order in which they are said. */
static const Fault FAULTS[] = {
    {LANMU_GUIDE_NOBODY, nobody},
    {LANMU_GUIDE_OTHERS, others},
    {LANMU_GUIDE_BACK, large},
    {LANMU_GUIDE_CLOSER, small},
    {LANMU_GUIDE_LOWER, high},
    {LANMU_GUIDE_RAISE, low},
    {LANMU_GUIDE_TO_LEFT, right},
    {LANMU_GUIDE_TO_RIGHT, left},
    {LANMU_GUIDE_TILT_LEFT, tilt_left},
    {LANMU_GUIDE_TILT_RIGHT, tilt_right},
    {LANMU_GUIDE_TURN_LEFT, turn_left},
    {LANMU_GUIDE_TURN_RIGHT, turn_right},
    {LANMU_GUIDE_CHIN_UP, chin_up},
    {LANMU_GUIDE_CHIN_DOWN, chin_down},
    {LANMU_GUIDE_EYES, eyes},
    {LANMU_GUIDE_MOUTH, mouth},
    {LANMU_GUIDE_CLOTHES, clothes},
    {LANMU_GUIDE_DARK, dark},
    {LANMU_GUIDE_BRIGHT, bright},
    {LANMU_GUIDE_LIGHT_LEFT, light_left},
    {LANMU_GUIDE_LIGHT_RIGHT, light_right},
};

/* Each fault is said, not at once, and READY comes back when it is put right. */
static void test_each_fault (Bench *bench, gconstpointer data)
{
  for (guint i = 0; i < G_N_ELEMENTS (FAULTS); i++) {
    LanmuSight right_sight = good (), wrong = good ();
    FAULTS[i].spoil (&wrong);
    assert_code (see (bench, &right_sight, 2 * G_USEC_PER_SEC), LANMU_GUIDE_READY);
    g_assert_cmpuint (lanmu_guidance_get (bench->guidance)->ready_frames, >, 5);
    see (bench, &wrong, 5 * FRAME_US);
    assert_code (lanmu_guidance_get (bench->guidance)->code, LANMU_GUIDE_READY);
    g_assert_cmpuint (lanmu_guidance_get (bench->guidance)->ready_frames, <, 4); /* doubt is no "all is well" */
    assert_code (see (bench, &wrong, G_USEC_PER_SEC), FAULTS[i].code);
    g_assert_cmpuint (lanmu_guidance_get (bench->guidance)->ready_frames, ==, 0);
  }
}

/* Of two faults the earlier in the list is said. What excludes another (nobody, framing) is left out. */
static void test_order (Bench *bench, gconstpointer data)
{
  for (guint i = 8; i + 2 < G_N_ELEMENTS (FAULTS); i += 2) {
    LanmuSight both = good ();
    FAULTS[i].spoil (&both);
    FAULTS[i + 2].spoil (&both);
    lanmu_guidance_reset (bench->guidance);
    assert_code (see (bench, &both, 2 * G_USEC_PER_SEC), FAULTS[i].code);
  }
  LanmuSight all = good ();
  high (&all), tilt_left (&all), eyes (&all), others (&all);
  lanmu_guidance_reset (bench->guidance);
  assert_code (see (bench, &all, 2 * G_USEC_PER_SEC), LANMU_GUIDE_OTHERS);
}

/* What the cut can put right, nobody is told: a head off the middle of the screen, smaller than the largest crop wants
 * it. */
static void test_cut_puts_right (Bench *bench, gconstpointer data)
{
  LanmuSight sight = good ();
  sight.middle = 420, sight.face_width = 100, sight.crown = 90, sight.eyes = 168;
  assert_code (see (bench, &sight, 2 * G_USEC_PER_SEC), LANMU_GUIDE_READY);
  const LanmuGuide *guide = lanmu_guidance_get (bench->guidance);
  g_assert_true (guide->crop.in_bands);
  g_assert_cmpfloat (fabs (guide->crop.x + guide->crop.width / 2 - 420), <, 2);
}

static void test_blink (Bench *bench, gconstpointer data)
{
  LanmuSight open = good (), shut = good ();
  eyes (&shut);
  see (bench, &open, G_USEC_PER_SEC);
  bench->changes = 0;
  for (int i = 0; i < 10; i++) {
    see (bench, &shut, 280 * 1000);
    g_assert_cmpuint (lanmu_guidance_get (bench->guidance)->ready_frames, ==, 0); /* no release into a blink */
    assert_code (see (bench, &open, 900 * 1000), LANMU_GUIDE_READY);
  }
  g_assert_cmpuint (bench->changes, ==, 0);
}

/* A measure that trembles at its limit does not make the sentence tremble. */
static void test_tremble (Bench *bench, gconstpointer data)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (3);
  LanmuSight sight = good ();
  see (bench, &sight, G_USEC_PER_SEC);
  bench->changes = 0;
  for (int i = 0; i < 500; i++) {
    sight.roll = 5 + g_rand_double_range (random, -0.6, 0.6);
    sight.mouth_open = 0.02 + g_rand_double_range (random, -0.002, 0.002);
    see (bench, &sight, FRAME_US);
  }
  g_assert_cmpuint (bench->changes, <=, 3);
}

/* Jumping between two faults: each is said for its time, so that it can be read. */
static void test_readable (Bench *bench, gconstpointer data)
{
  LanmuSight a = good (), b = good ();
  tilt_left (&a), turn_right (&b);
  bench->changes = 0;
  gint64 began = bench->now;
  for (int i = 0; i < 20; i++) {
    see (bench, &a, 400 * 1000);
    see (bench, &b, 400 * 1000);
  }
  g_assert_cmpuint (bench->changes, <=, (guint) ((bench->now - began) / LANMU_GUIDE_SHOW_US) + 1);
}

static void test_degrees (Bench *bench, gconstpointer data)
{
  LanmuSight sight = good ();
  sight.roll = 6.2;
  see (bench, &sight, 2 * G_USEC_PER_SEC);
  g_assert_cmpint (lanmu_guidance_get (bench->guidance)->degrees, ==, 6);
  sight.roll = 7.4;
  see (bench, &sight, 2 * G_USEC_PER_SEC);
  g_assert_cmpint (lanmu_guidance_get (bench->guidance)->degrees, ==, 6); /* within two: not worth a change */
  sight.roll = 11;
  see (bench, &sight, 2 * G_USEC_PER_SEC);
  g_assert_cmpint (lanmu_guidance_get (bench->guidance)->degrees, ==, 11);
}

static void test_backdrop (Bench *bench, gconstpointer data)
{
  LanmuSight sight = good ();
  bench->backdrop.verdict = LANMU_VERDICT_WARN;
  bench->backdrop.reason = LANMU_BACKDROP_REASON_SHADOW;
  assert_code (see (bench, &sight, 2 * G_USEC_PER_SEC), LANMU_GUIDE_BACKDROP);
  g_assert_cmpint (lanmu_guidance_get (bench->guidance)->reason, ==, LANMU_BACKDROP_REASON_SHADOW);
  eyes (&sight);
  assert_code (see (bench, &sight, 2 * G_USEC_PER_SEC), LANMU_GUIDE_EYES); /* more important */
}

static void test_unknown (Bench *bench, gconstpointer data)
{
  LanmuSight nothing = {.kind = LANMU_SIGHT_NOT_CHECKED,
                        .width = 640,
                        .height = 424,
                        .crown = NAN,
                        .clothes = NAN,
                        .luminance = NAN,
                        .balance = NAN};
  assert_code (see (bench, &nothing, G_USEC_PER_SEC), LANMU_GUIDE_NONE);
  LanmuSight dim = good (); /* no backdrop, no mask: what is not known is no fault */
  dim.crown = dim.clothes = dim.luminance = dim.balance = NAN;
  assert_code (see (bench, &dim, G_USEC_PER_SEC), LANMU_GUIDE_READY);
  assert_code (see (bench, &nothing, FRAME_US), LANMU_GUIDE_NONE);
}

static void test_clock_stands_still (Bench *bench, gconstpointer data)
{
  LanmuSight sight = good ();
  for (int i = 0; i < 100; i++)
    lanmu_guidance_update (bench->guidance, &sight, &bench->backdrop, i % 2 ? 5 : 4);
  assert_code (lanmu_guidance_get (bench->guidance)->code, LANMU_GUIDE_READY);
}

static void add (const char *path, void (*test) (Bench *, gconstpointer))
{
  g_test_add (path, Bench, NULL, set_up, test, tear_down);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/live/guidance/ready", test_ready);
  add ("/live/guidance/each-fault", test_each_fault);
  add ("/live/guidance/order", test_order);
  add ("/live/guidance/cut-puts-right", test_cut_puts_right);
  add ("/live/guidance/blink", test_blink);
  add ("/live/guidance/tremble", test_tremble);
  add ("/live/guidance/readable", test_readable);
  add ("/live/guidance/degrees", test_degrees);
  add ("/live/guidance/backdrop", test_backdrop);
  add ("/live/guidance/unknown", test_unknown);
  add ("/live/guidance/clock-stands-still", test_clock_stands_still);
  return g_test_run ();
}
