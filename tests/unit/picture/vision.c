/* The vision thread: newest frame wins, no job is lost, every answer comes on the creator's context. Run under ThreadSanitizer as well. */
#include "capture/picture/vision.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <unistd.h>
#include "tests/unit/picture/photo.h"
#include "tests/unit/picture/scene.h"

typedef struct {
  LanmuVision *vision;
  GMainLoop *loop;
  GThread *thread;
  int fd;
  char *path;
  gsize size;
  guint verdicts, answers, errors;
  guint wanted; /* answers until the loop ends */
  GString *order;
  gboolean in_call;
  LanmuVerdict last;
} Bench;

static void on_verdict (const LanmuVisionSeen *seen, gpointer data)
{
  Bench *bench = data;
  g_assert_true (g_thread_self () == bench->thread);
  bench->verdicts++;
  bench->last = seen->backdrop.verdict;
  if (bench->wanted == 0)
    g_main_loop_quit (bench->loop);
}

static void count_answer (Bench *bench)
{
  g_assert_true (g_thread_self () == bench->thread);
  g_assert_false (bench->in_call);
  if (++bench->answers == bench->wanted)
    g_main_loop_quit (bench->loop);
}

static void on_facts (GObject *source, GAsyncResult *result, gpointer data)
{
  Bench *bench = data;
  g_auto (LanmuShotFacts) facts;
  g_autoptr (GError) error = NULL;
  if (lanmu_vision_facts_finish (bench->vision, result, &facts, &error))
    g_assert_cmpuint (facts.size, ==, bench->size);
  else
    bench->errors++;
  g_assert_nonnull (facts.serial);
  g_string_append_c (bench->order, 'f');
  count_answer (bench);
}

static void on_review (GObject *source, GAsyncResult *result, gpointer data)
{
  Bench *bench = data;
  g_auto (LanmuPicture) picture;
  g_autoptr (GError) error = NULL;
  if (lanmu_vision_review_finish (bench->vision, result, &picture, &error))
    g_assert_cmpint (picture.width, >=, 200);
  else
    bench->errors++;
  g_string_append_c (bench->order, 'r');
  count_answer (bench);
}

static void set_up (Bench *bench, gconstpointer data)
{
  static const PhotoSpec spec = {.date = "2018:09:03 10:11:12"};
  g_autoptr (GByteArray) jpeg = photo_new (&spec);
  g_autofree char *folder = g_dir_make_tmp ("lanmu-vision-XXXXXX", NULL);
  bench->path = photo_save (jpeg, folder);
  bench->fd = g_open (bench->path, O_RDONLY | O_CLOEXEC, 0);
  bench->size = jpeg->len;
  bench->loop = g_main_loop_new (NULL, FALSE);
  bench->thread = g_thread_self ();
  bench->order = g_string_new (NULL);
  bench->vision = lanmu_vision_new (on_verdict, bench);
}

static void tear_down (Bench *bench, gconstpointer data)
{
  g_clear_pointer (&bench->vision, lanmu_vision_free);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_autofree char *folder = g_path_get_dirname (bench->path);
  close (bench->fd);
  g_unlink (bench->path);
  g_rmdir (folder);
  g_free (bench->path);
  g_main_loop_unref (bench->loop);
  g_string_free (bench->order, TRUE);
}

static void ask_facts (Bench *bench)
{
  bench->in_call = TRUE;
  lanmu_vision_facts_async (bench->vision, bench->fd, on_facts, bench);
  bench->in_call = FALSE;
}

static void ask_review (Bench *bench, const char *path)
{
  bench->in_call = TRUE;
  lanmu_vision_review_async (bench->vision, path, 200, on_review, bench);
  bench->in_call = FALSE;
}

static void test_verdict (Bench *bench, gconstpointer data)
{
  static const SceneSpec even = {0}, dark = {.shadow = 0.7};
  g_autoptr (LanmuFrame) good = scene_new (&even), bad = scene_new (&dark);
  lanmu_vision_look (bench->vision, good, NULL, TRUE);
  g_main_loop_run (bench->loop);
  g_assert_cmpint (bench->last, ==, LANMU_VERDICT_OK);
  lanmu_vision_look (bench->vision, bad, NULL, TRUE);
  g_main_loop_run (bench->loop);
  g_assert_cmpint (bench->last, ==, LANMU_VERDICT_FAIL);
  g_assert_cmpuint (bench->verdicts, ==, 2);
}

static void give_back (gpointer data)
{
  g_atomic_int_inc ((int *) data);
}

/* While the thread is at files, many frames come: most are dropped unread, and the newest is looked at in the end. */
static void test_newest_wins (Bench *bench, gconstpointer data)
{
  enum { FRAMES = 500 };
  static const SceneSpec even = {.width = 320, .height = 214}, dark = {.width = 320, .height = 214, .shadow = 0.7};
  g_autoptr (LanmuFrame) model = scene_new (&dark), newest = scene_new (&even);
  static int given_back;
  for (int i = 0; i < 20; i++)
    ask_facts (bench);
  for (int i = 0; i < FRAMES; i++) {
    gsize stride = lanmu_frame_get_stride (model);
    g_autoptr (GBytes) pixels = g_bytes_new_with_free_func (lanmu_frame_get_pixels (model), stride * 214, give_back, &given_back);
    LanmuFrame *frame = lanmu_frame_new_for_bytes (pixels, 320, 214, stride);
    lanmu_vision_look (bench->vision, frame, NULL, TRUE);
    lanmu_frame_unref (frame);
  }
  lanmu_vision_look (bench->vision, newest, NULL, TRUE);
  bench->wanted = 0;
  while (bench->last != LANMU_VERDICT_OK)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (bench->verdicts, <, FRAMES / 2);
  g_assert_cmpint (g_atomic_int_get (&given_back), ==, FRAMES);
  while (bench->answers < 20)
    g_main_context_iteration (NULL, TRUE);
  g_assert_cmpuint (bench->errors, ==, 0);
}

static void test_no_job_lost (Bench *bench, gconstpointer data)
{
  static const SceneSpec even = {.width = 320, .height = 214};
  g_autoptr (LanmuFrame) frame = scene_new (&even);
  bench->wanted = 60;
  for (int i = 0; i < 30; i++) {
    lanmu_vision_look (bench->vision, frame, NULL, TRUE);
    ask_review (bench, bench->path);
    ask_facts (bench);
  }
  g_main_loop_run (bench->loop);
  g_assert_cmpuint (bench->errors, ==, 0);
  /* facts overtake reviews: at most the one review that was under way, or first in an empty queue, is ahead at any time */
  const char *tail = bench->order->str + bench->order->len - 20;
  g_assert_cmpstr (tail, ==, "rrrrrrrrrrrrrrrrrrrr");
}

static void test_errors_are_answers (Bench *bench, gconstpointer data)
{
  bench->wanted = 3;
  lanmu_vision_facts_async (bench->vision, -1, on_facts, bench);
  ask_review (bench, "/nonexistent.jpg");
  ask_facts (bench);
  g_main_loop_run (bench->loop);
  g_assert_cmpuint (bench->errors, ==, 2);
}

/* The caller may close its own descriptor at once. */
static void test_descriptor_is_kept (Bench *bench, gconstpointer data)
{
  int fd = g_open (bench->path, O_RDONLY | O_CLOEXEC, 0);
  bench->wanted = 1;
  lanmu_vision_facts_async (bench->vision, fd, on_facts, bench);
  close (fd);
  g_main_loop_run (bench->loop);
  g_assert_cmpuint (bench->errors, ==, 0);
}

static void test_stop_answers_all (Bench *bench, gconstpointer data)
{
  static const SceneSpec even = {.width = 320, .height = 214};
  g_autoptr (LanmuFrame) frame = scene_new (&even);
  bench->wanted = 21;
  for (int i = 0; i < 10; i++) {
    ask_facts (bench);
    ask_review (bench, bench->path);
    lanmu_vision_look (bench->vision, frame, NULL, TRUE);
  }
  bench->in_call = TRUE; /* no callback inside stop */
  lanmu_vision_stop (bench->vision);
  lanmu_vision_stop (bench->vision);
  bench->in_call = FALSE;
  ask_facts (bench); /* answered: closed */
  lanmu_vision_look (bench->vision, frame, NULL, TRUE);
  g_main_loop_run (bench->loop);
  g_assert_cmpuint (bench->answers, ==, 21);
  g_assert_cmpuint (bench->errors, ==, 1);
}

static void test_free_answers_all (Bench *bench, gconstpointer data)
{
  bench->wanted = 10;
  for (int i = 0; i < 10; i++)
    ask_facts (bench);
  g_clear_pointer (&bench->vision, lanmu_vision_free);
  g_main_loop_run (bench->loop);
  g_assert_cmpuint (bench->answers, ==, 10);
  g_assert_cmpuint (bench->errors, ==, 0);
}

static void on_verdict_free (const LanmuVisionSeen *seen, gpointer data)
{
  Bench *bench = data;
  g_clear_pointer (&bench->vision, lanmu_vision_free);
  g_main_loop_quit (bench->loop);
}

static void test_free_inside_callback (Bench *bench, gconstpointer data)
{
  static const SceneSpec even = {.width = 320, .height = 214};
  g_autoptr (LanmuFrame) frame = scene_new (&even);
  lanmu_vision_free (bench->vision);
  bench->vision = lanmu_vision_new (on_verdict_free, bench);
  lanmu_vision_look (bench->vision, frame, NULL, TRUE);
  g_main_loop_run (bench->loop);
  g_assert_null (bench->vision);
}

static void add (const char *path, void (*test) (Bench *, gconstpointer))
{
  g_test_add (path, Bench, NULL, set_up, test, tear_down);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/picture/vision/verdict", test_verdict);
  add ("/picture/vision/newest-wins", test_newest_wins);
  add ("/picture/vision/no-job-lost", test_no_job_lost);
  add ("/picture/vision/errors-are-answers", test_errors_are_answers);
  add ("/picture/vision/descriptor-is-kept", test_descriptor_is_kept);
  add ("/picture/vision/stop-answers-all", test_stop_answers_all);
  add ("/picture/vision/free-answers-all", test_free_answers_all);
  add ("/picture/vision/free-inside-callback", test_free_inside_callback);
  return g_test_run ();
}
