/* Parts of a queue: what is shown, and that it stays the part it should be after any change. */
#include "tests/unit/app/fixture.h"

#include "app/queueview.h"

typedef struct {
  char *dir;
  LanmuDb *db;
  LanmuQueue *queue;
  LanmuQueueView *view;
  GPtrArray *mirror; /* what a widget would hold: kept by items-changed alone */
} Fixture;

static void on_items_changed (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  if (removed > 0)
    g_ptr_array_remove_range (fixture->mirror, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->mirror, (gint) (position + i), g_list_model_get_item (model, position + i));
}

static void set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = make_campaign (100);
  fixture->db = open_for_writing (fixture->dir);
  fixture->queue = lanmu_queue_new ();
  g_assert_true (lanmu_queue_load (fixture->queue, fixture->db, 0, NULL));
  fixture->view = lanmu_queue_view_new (fixture->queue);
  fixture->mirror = g_ptr_array_new_with_free_func (g_object_unref);
  g_signal_connect (fixture->view, "items-changed", G_CALLBACK (on_items_changed), fixture);
  on_items_changed (G_LIST_MODEL (fixture->view), 0, 0, g_list_model_get_n_items (G_LIST_MODEL (fixture->view)),
                    fixture);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  g_ptr_array_unref (fixture->mirror);
  g_assert_finalize_object (fixture->view);
  g_assert_finalize_object (fixture->queue);
  lanmu_db_close (fixture->db);
  remove_folder (fixture->dir);
  g_free (fixture->dir);
}

static guint shown (Fixture *fixture)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (fixture->view));
  g_assert_cmpuint (fixture->mirror->len, ==, n);
  for (guint i = 0; i < n; i++) {
    g_autoptr (LanmuStudent) student = g_list_model_get_item (G_LIST_MODEL (fixture->view), i);
    g_assert_true (student == g_ptr_array_index (fixture->mirror, i));
  }
  return n;
}

static void texts (Fixture *fixture, gconstpointer data)
{
  static const struct {
    const char *text;
    guint n;
  } found[] = {
      {"202100042", 1},          {"00004", 1},  {"0004", 11},  {"买买提", 34}, {"阿里.买买提", 34}, {"阿里 • 买", 34},
      {"２０２１０００４２", 1}, {"张三43", 0}, {"张三41", 1}, {"没有", 0},    {"", 100},           {"  ", 100},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (found); i++) {
    lanmu_queue_view_set_text (fixture->view, found[i].text);
    g_test_message ("“%s”", found[i].text);
    g_assert_cmpuint (shown (fixture), ==, found[i].n);
  }
}

/* A number must not be found across the border of number and name. */
static void no_joined_match (Fixture *fixture, gconstpointer data)
{
  lanmu_queue_view_set_text (fixture->view, "42阿");
  g_assert_cmpuint (shown (fixture), ==, 0);
}

static void classes_and_states (Fixture *fixture, gconstpointer data)
{
  lanmu_queue_view_set_class (fixture->view, lanmu_queue_get_group (fixture->queue, 1)->id);
  g_assert_cmpuint (shown (fixture), ==, 40);
  g_assert_cmpuint (lanmu_queue_view_to_queue (fixture->view, 0), ==, 40);
  g_assert_cmpuint (lanmu_queue_view_from_queue (fixture->view, 40), ==, 0);
  g_assert_cmpuint (lanmu_queue_view_from_queue (fixture->view, 39), ==, LANMU_QUEUE_NOWHERE);
  lanmu_queue_view_set_state (fixture->view, LANMU_STUDENT_ABSENT);
  g_assert_cmpuint (shown (fixture), ==, 0);
  lanmu_queue_update (fixture->queue, lanmu_queue_get_id (fixture->queue, 55), LANMU_STUDENT_ABSENT, 0, NULL);
  lanmu_queue_update (fixture->queue, lanmu_queue_get_id (fixture->queue, 45), LANMU_STUDENT_ABSENT, 0, NULL);
  lanmu_queue_update (fixture->queue, lanmu_queue_get_id (fixture->queue, 5), LANMU_STUDENT_ABSENT, 0, NULL);
  g_assert_cmpuint (shown (fixture), ==, 2);
  g_assert_cmpuint (lanmu_queue_view_to_queue (fixture->view, 0), ==, 45);
  lanmu_queue_update (fixture->queue, lanmu_queue_get_id (fixture->queue, 45), LANMU_STUDENT_WAITING, 0, NULL);
  g_assert_cmpuint (shown (fixture), ==, 1);
}

static void random_changes (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (3);
  lanmu_queue_view_set_state (fixture->view, LANMU_STUDENT_WAITING);
  for (int i = 0; i < 3000; i++) {
    guint position = (guint) g_rand_int_range (rand, 0, 100);
    LanmuStudentState state = (LanmuStudentState) g_rand_int_range (rand, 0, LANMU_STUDENT_N_STATES);
    lanmu_queue_update (fixture->queue, lanmu_queue_get_id (fixture->queue, position), state, 0, NULL);
    g_assert_cmpuint (shown (fixture), ==, lanmu_queue_get_count (fixture->queue, LANMU_STUDENT_WAITING));
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/queueview/texts", Fixture, NULL, set_up, texts, tear_down);
  g_test_add ("/queueview/no-joined-match", Fixture, NULL, set_up, no_joined_match, tear_down);
  g_test_add ("/queueview/classes-and-states", Fixture, NULL, set_up, classes_and_states, tear_down);
  g_test_add ("/queueview/random-changes", Fixture, NULL, set_up, random_changes, tear_down);
  return g_test_run ();
}
