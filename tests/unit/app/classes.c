/* Classes follow their queue. */
#include "tests/unit/app/fixture.h"

#include "app/classes.h"

static void count_notify (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static void progress (void)
{
  g_autofree char *dir = make_campaign (100);
  g_autoptr (LanmuDb) db = open_for_writing (dir);
  g_autoptr (LanmuQueue) queue = lanmu_queue_new ();
  g_autoptr (LanmuClasses) classes = lanmu_classes_new (queue);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (classes)), ==, 0);
  g_assert_true (lanmu_queue_load (queue, db, 0, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (classes)), ==, 3);

  guint notified = 0;
  g_autoptr (LanmuClass) last = g_list_model_get_item (G_LIST_MODEL (classes), 2);
  g_signal_connect (last, "notify::progress", G_CALLBACK (count_notify), &notified);
  g_assert_cmpuint (lanmu_class_get_total (last), ==, 20);
  g_assert_cmpuint (lanmu_class_get_first (last), ==, 80);
  lanmu_queue_update (queue, lanmu_queue_get_id (queue, 80), LANMU_STUDENT_ABSENT, 0, NULL);
  lanmu_queue_update (queue, lanmu_queue_get_id (queue, 81), LANMU_STUDENT_ACCEPTED, 1, "X");
  lanmu_queue_update (queue, lanmu_queue_get_id (queue, 0), LANMU_STUDENT_ACCEPTED, 1, "Y");
  g_assert_cmpuint (notified, ==, 2);
  g_assert_cmpuint (lanmu_class_get_count (last, LANMU_STUDENT_ACCEPTED), ==, 1);
  g_assert_cmpfloat_with_epsilon (lanmu_class_get_progress (last), 1.0 / 19, 1e-9);
  remove_folder (dir);
}

/* One student after one student: told apart from a change of that one. */
static void lists_of_one (void)
{
  g_autofree char *first = make_campaign (1), *second = make_campaign (1);
  g_autoptr (LanmuDb) a = open_for_writing (first), b = open_for_writing (second);
  g_autoptr (LanmuQueue) queue = lanmu_queue_new ();
  g_autoptr (LanmuClasses) classes = lanmu_classes_new (queue);
  g_assert_true (lanmu_student_set_state (b, student_id (b, "202100001"), LANMU_STUDENT_ABSENT, ACTOR, NULL));
  g_assert_true (lanmu_queue_load (queue, a, 0, NULL));
  g_assert_true (lanmu_queue_load (queue, b, 0, NULL));
  g_autoptr (LanmuClass) only = g_list_model_get_item (G_LIST_MODEL (classes), 0);
  g_assert_cmpuint (lanmu_class_get_count (only, LANMU_STUDENT_ABSENT), ==, 1);
  remove_folder (first);
  remove_folder (second);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/classes/progress", progress);
  g_test_add_func ("/classes/lists-of-one", lists_of_one);
  return g_test_run ();
}
