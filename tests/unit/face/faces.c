/* The engine before synthetic sitters: each is seen, and what is measured follows what the sitter does. Painting a
 * sitter is what takes the time here. */
#include "capture/face/engine.h"

#include <math.h>
#include <string.h>
#include "tests/unit/face/sitter.h"

static LanmuFaceEngine *engine; /* NULL: no models */

static gboolean no_models (void)
{
  if (engine == NULL)
    g_test_skip ("the face models were not fetched (packaging/fetch-models)");
  return engine == NULL;
}

static LanmuFace face_of (guint seed, const char *controls)
{
  return sitter_face (engine, seed, controls);
}

static LanmuFace face_with (guint seed, const char *control, double value)
{
  g_autofree char *line = g_strdup_printf ("%s %g", control, value);
  return face_of (seed, line);
}

#define assert_near(a, b, by) g_assert_cmpfloat (fabs ((double) (a) - (double) (b)), <=, by)

/* ---- found */

static void test_everybody (void)
{
  if (no_models ())
    return;
  for (guint seed = 1; seed <= 10; seed++) {
    LanmuFace face = face_of (seed, "");
    g_assert_cmpfloat (face.score, >, 0.6);
    g_assert_cmpfloat (face.presence, >, 0.9);
    g_assert_cmpfloat (lanmu_face_width (&face), >, 170); /* of the crop's 480: see scene.h */
    g_assert_cmpfloat (lanmu_face_width (&face), <, 300);
    g_assert_cmpfloat (lanmu_face_eye_line (&face), >, 205);
    g_assert_cmpfloat (lanmu_face_eye_line (&face), <, 295);
    g_assert_cmpfloat (MIN (face.eye_open[0], face.eye_open[1]), >=, 0.22);
    g_assert_cmpfloat (face.mouth_open, <=, 0.012);
    g_assert_cmpfloat (face.pupils[0].x, <, face.pupils[1].x);
    g_assert_cmpfloat (face.chin.y, >, face.mouth[0].y);
  }
}

static void test_nobody (void)
{
  if (no_models ())
    return;
  LanmuFace faces[4];
  g_auto (SitterPicture) empty = sitter_picture (1, "empty on", 640, 424);
  g_assert_cmpint (lanmu_face_engine_find (engine, &empty.view, faces, 4), ==, 0);
  LanmuFaceView none = {0}, tiny = empty.view, torn = empty.view;
  tiny.width = 4;
  torn.stride = 10;
  g_assert_cmpint (lanmu_face_engine_find (engine, &none, faces, 4), ==, 0);
  g_assert_cmpint (lanmu_face_engine_find (engine, &tiny, faces, 4), ==, 0);
  g_assert_cmpint (lanmu_face_engine_find (engine, &torn, faces, 4), ==, 0);
}

/* A second person looks in at the side: the sitter stays first. */
static void test_two (void)
{
  if (no_models ())
    return;
  LanmuFace faces[4], followed;
  int others = -1;
  g_auto (SitterPicture) picture = sitter_picture (2, "second on", 960, 640);
  int n = lanmu_face_engine_find (engine, &picture.view, faces, 4);
  g_assert_cmpint (n, ==, 2);
  assert_near (lanmu_face_middle (&faces[0]), 480, 40);
  lanmu_face_engine_forget (engine);
  g_assert_true (lanmu_face_engine_follow (engine, &picture.view, &followed, &others));
  g_assert_cmpint (others, ==, 1);
}

/* ---- measures follow the controls */

static void test_eyes (void)
{
  if (no_models ())
    return;
  for (guint seed = 1; seed <= 3; seed++) {
    double before = -1;
    for (int step = 0; step <= 4; step++) {
      LanmuFace face = face_with (seed, "eyes", step / 4.0);
      double open = (face.eye_open[0] + face.eye_open[1]) / 2;
      g_assert_cmpfloat (open, >, before);
      before = open;
      if (step == 0)
        g_assert_cmpfloat (MAX (face.eye_open[0], face.eye_open[1]), <, 0.16);
      if (step == 4)
        g_assert_cmpfloat (MIN (face.eye_open[0], face.eye_open[1]), >=, 0.22);
    }
  }
}

static void test_mouth (void)
{
  if (no_models ())
    return;
  for (guint seed = 1; seed <= 3; seed++) {
    LanmuFace closed = face_with (seed, "mouth", 0), half = face_with (seed, "mouth", 0.5),
              wide = face_with (seed, "mouth", 1);
    g_assert_cmpfloat (closed.mouth_open, <=, 0.012);
    g_assert_cmpfloat (half.mouth_open, >=, 0.027);
    g_assert_cmpfloat (wide.mouth_open, >, half.mouth_open);
  }
}

static void test_angles (void)
{
  if (no_models ())
    return;
  for (guint seed = 1; seed <= 2; seed++) {
    LanmuFace straight = face_of (seed, "");
    double yaw = -90, pitch = 90;
    for (int step = -2; step <= 2; step++) {
      LanmuFace tilted = face_with (seed, "tilt", step * 7), turned = face_with (seed, "turn", step * 10),
                nodding = face_with (seed, "nod", step * 8);
      assert_near (tilted.roll - straight.roll, -step * 7, 1.5); /* to its right shoulder is to the picture's left */
      g_assert_cmpfloat (turned.yaw, >, yaw);
      g_assert_cmpfloat (nodding.pitch, <, pitch);
      yaw = turned.yaw;
      pitch = nodding.pitch;
    }
  }
}

static void test_place_and_size (void)
{
  if (no_models ())
    return;
  LanmuFace plain = face_of (5, ""), moved = face_of (5, "shift 60 -40"), small = face_of (5, "size 0.6");
  assert_near (lanmu_face_middle (&moved) - lanmu_face_middle (&plain), 60, 3);
  assert_near (lanmu_face_eye_line (&moved) - lanmu_face_eye_line (&plain), -40, 3);
  assert_near (lanmu_face_width (&small) / lanmu_face_width (&plain), 0.6, 0.02);
  LanmuFace copy = plain;
  lanmu_face_move (&copy, 2, 10, -5);
  assert_near (lanmu_face_middle (&copy), 2 * lanmu_face_middle (&plain) + 10, 0.01);
  assert_near (copy.eye_open[0], plain.eye_open[0], 1e-4);
}

/* Bad light, blur, glasses: the face is seen, and where it was. */
static void test_hard_conditions (void)
{
  static const char *const conditions[] = {"light left 0.2",       "blur 3",  "glasses on", "clothes clash",
                                           "backdrop 255 255 255", "shadow 1"};
  if (no_models ())
    return;
  LanmuFace plain = face_of (3, "");
  for (guint i = 0; i < G_N_ELEMENTS (conditions); i++) {
    LanmuFace face = face_of (3, conditions[i]);
    assert_near (lanmu_face_eye_line (&face), lanmu_face_eye_line (&plain), 4);
    assert_near (lanmu_face_middle (&face), lanmu_face_middle (&plain), 4);
  }
}

/* ---- the way pixels lie */

/* Pixel (x, y) of the upright picture in one stored as EXIF 2.3 says. */
static void stored_place (int orientation, int w, int h, int x, int y, int *sx, int *sy)
{
  const int places[9][2] = {{x, y}, {x, y},         {w - 1 - x, y},         {w - 1 - x, h - 1 - y}, {x, h - 1 - y},
                            {y, x}, {y, w - 1 - x}, {h - 1 - y, w - 1 - x}, {h - 1 - y, x}};
  *sx = places[orientation][0];
  *sy = places[orientation][1];
}

static void store_as (const LanmuFaceView *upright, int orientation, guint8 *to, LanmuFaceView *view)
{
  gboolean turned = orientation >= 5;
  *view = (LanmuFaceView){.pixels = to,
                          .width = turned ? upright->height : upright->width,
                          .height = turned ? upright->width : upright->height,
                          .channels = 4,
                          .blue_first = TRUE,
                          .orientation = orientation};
  view->stride = 4 * (gsize) view->width;
  for (int y = 0; y < upright->height; y++)
    for (int x = 0; x < upright->width; x++) {
      int sx, sy;
      stored_place (orientation, upright->width, upright->height, x, y, &sx, &sy);
      const guint8 *from = upright->pixels + (gsize) y * upright->stride + 3 * x;
      guint8 *pixel = to + (gsize) sy * view->stride + 4 * sx;
      pixel[0] = from[2], pixel[1] = from[1], pixel[2] = from[0], pixel[3] = 255;
    }
}

static void test_orientations (void)
{
  if (no_models ())
    return;
  g_auto (SitterPicture) picture = sitter_picture (4, "tilt 8;shift 30 10", 480, 640);
  g_autofree guint8 *stored = g_malloc (480 * 640 * 4);
  LanmuFace plain, face;
  g_assert_cmpint (lanmu_face_engine_find (engine, &picture.view, &plain, 1), ==, 1);
  for (int orientation = 1; orientation <= 8; orientation++) {
    LanmuFaceView view;
    store_as (&picture.view, orientation, stored, &view);
    g_assert_cmpint (lanmu_face_engine_find (engine, &view, &face, 1), ==, 1);
    for (int i = 0; i < LANMU_FACE_POINTS; i++)
      assert_near (hypot (face.points[i].x - plain.points[i].x, face.points[i].y - plain.points[i].y), 0, 0.5);
  }
}

/* A camera that hangs upside down or lies on its side, and does not say so: the face is found, and how it lies. */
static void test_any_way_up (void)
{
  static const struct {
    int orientation;
    double roll;
  } ways[] = {{3, 180}, {6, -90}, {8, 90}};
  if (no_models ())
    return;
  g_auto (SitterPicture) picture = sitter_picture (4, "", 480, 640);
  g_autofree guint8 *stored = g_malloc (480 * 640 * 4);
  LanmuFace face;
  for (gsize i = 0; i < G_N_ELEMENTS (ways); i++) {
    LanmuFaceView view;
    store_as (&picture.view, ways[i].orientation, stored, &view);
    view.orientation = 1;
    g_assert_cmpint (lanmu_face_engine_find (engine, &view, &face, 1), ==, 1);
    assert_near (fabs (face.roll), fabs (ways[i].roll), 4);
  }
}

/* ---- following */

static void test_follow (void)
{
  if (no_models ())
    return;
  g_auto (SitterPicture) here = sitter_picture (6, "", 640, 424), there = sitter_picture (6, "shift 25 0", 640, 424),
                         empty = sitter_picture (6, "empty on", 640, 424);
  LanmuFace first, again, moved;
  lanmu_face_engine_forget (engine);
  g_assert_true (lanmu_face_engine_follow (engine, &here.view, &first, NULL));
  g_assert_cmpfloat (first.score, <, 1); /* looked for */
  for (int i = 0; i < 3; i++)
    g_assert_true (lanmu_face_engine_follow (engine, &here.view, &again, NULL));
  g_assert_cmpfloat (again.score, ==, 1); /* followed */
  assert_near (lanmu_face_eye_line (&again), lanmu_face_eye_line (&first), 1.5);
  g_assert_true (lanmu_face_engine_follow (engine, &there.view, &moved, NULL));
  assert_near (lanmu_face_middle (&moved) - lanmu_face_middle (&again), 25 * 424 / 640.0, 2);
  g_assert_false (lanmu_face_engine_follow (engine, &empty.view, &moved, NULL));
  g_assert_true (lanmu_face_engine_follow (engine, &here.view, &again, NULL));
}

/* ---- the person */

static double mean_of (const LanmuPersonMask *mask, double x, double y)
{
  double sum = 0;
  int column = (int) (x / mask->width * LANMU_PERSON_MASK_SIDE),
      row = (int) (y / mask->height * LANMU_PERSON_MASK_SIDE);
  for (int j = -3; j <= 3; j++)
    for (int i = -3; i <= 3; i++)
      sum += mask->person[(row + j) * LANMU_PERSON_MASK_SIDE + column + i];
  return sum / 49;
}

static void test_mask (void)
{
  if (no_models ())
    return;
  g_auto (SitterPicture) picture = sitter_picture (7, "", 480, 640);
  g_autofree LanmuPersonMask *mask = g_new (LanmuPersonMask, 1);
  g_assert_true (lanmu_face_engine_mask (engine, &picture.view, 0, 0, 480, 640, mask));
  g_assert_cmpfloat (mean_of (mask, 240, 290), >, 200); /* face */
  g_assert_cmpfloat (mean_of (mask, 240, 560), >, 200); /* chest */
  g_assert_cmpfloat (mean_of (mask, 30, 60), <, 40);    /* backdrop */
  g_assert_cmpfloat (mean_of (mask, 450, 60), <, 40);
}

/* ---- engines share nothing */

static gpointer look_often (gpointer data)
{
  const LanmuFaceView *view = data;
  g_autoptr (LanmuFaceEngine) own = sitter_engine ();
  LanmuFace *face = g_new (LanmuFace, 1);
  for (int i = 0; i < 10; i++)
    g_assert_cmpint (lanmu_face_engine_find (own, view, face, 1), ==, 1);
  return face;
}

static void test_threads (void)
{
  if (no_models ())
    return;
  g_auto (SitterPicture) picture = sitter_picture (8, "", 480, 640);
  GThread *threads[2];
  for (int i = 0; i < 2; i++)
    threads[i] = g_thread_new ("face", look_often, &picture.view);
  g_autofree LanmuFace *a = g_thread_join (threads[0]);
  g_autofree LanmuFace *b = g_thread_join (threads[1]);
  g_assert_cmpint (memcmp (a->points, b->points, sizeof a->points), ==, 0); /* the same picture, the same numbers */
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  engine = sitter_engine ();
  g_test_add_func ("/face/faces/everybody", test_everybody);
  g_test_add_func ("/face/faces/nobody", test_nobody);
  g_test_add_func ("/face/faces/two", test_two);
  g_test_add_func ("/face/faces/eyes", test_eyes);
  g_test_add_func ("/face/faces/mouth", test_mouth);
  g_test_add_func ("/face/faces/angles", test_angles);
  g_test_add_func ("/face/faces/place-and-size", test_place_and_size);
  g_test_add_func ("/face/faces/hard-conditions", test_hard_conditions);
  g_test_add_func ("/face/faces/orientations", test_orientations);
  g_test_add_func ("/face/faces/any-way-up", test_any_way_up);
  g_test_add_func ("/face/faces/follow", test_follow);
  g_test_add_func ("/face/faces/mask", test_mask);
  g_test_add_func ("/face/faces/threads", test_threads);
  int result = g_test_run ();
  g_clear_pointer (&engine, lanmu_face_engine_free);
  return result;
}
