/* The queue's model over a real database, also with 100,000 students. */
#include "tests/unit/app/fixture.h"

typedef struct {
  char *dir;
  LanmuDb *db;
  LanmuQueue *queue;
  guint changes, position, removed, added;
  guint old_state, new_state, states;
} Fixture;

static void on_items_changed (GListModel *model, guint position, guint removed, guint added, Fixture *fixture)
{
  fixture->changes++;
  fixture->position = position;
  fixture->removed = removed;
  fixture->added = added;
}

static void on_state_changed (LanmuQueue *queue, guint position, guint old_state, guint new_state, Fixture *fixture)
{
  fixture->states++;
  fixture->old_state = old_state;
  fixture->new_state = new_state;
}

static void set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  fixture->dir = make_campaign (GPOINTER_TO_UINT (data));
  fixture->db = open_for_writing (fixture->dir);
  fixture->queue = lanmu_queue_new ();
  g_assert_true (lanmu_queue_load (fixture->queue, fixture->db, 0, &error));
  g_assert_no_error (error);
  g_signal_connect (fixture->queue, "items-changed", G_CALLBACK (on_items_changed), fixture);
  g_signal_connect (fixture->queue, "state-changed", G_CALLBACK (on_state_changed), fixture);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->queue);
  lanmu_db_close (fixture->db);
  remove_folder (fixture->dir);
  g_free (fixture->dir);
}

static void loading (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (fixture->queue)), ==, 100);
  g_assert_cmpuint (lanmu_queue_get_n_groups (fixture->queue), ==, 3);
  g_assert_cmpuint (lanmu_queue_get_group (fixture->queue, 1)->first, ==, 40);
  g_assert_cmpuint (lanmu_queue_get_group (fixture->queue, 2)->total, ==, 20);
  g_autoptr (LanmuStudent) student = lanmu_queue_get_student (fixture->queue, 41);
  g_assert_cmpstr (lanmu_student_get_student_no (student), ==, "202100042");
  g_assert_cmpstr (lanmu_student_get_class_name (student), ==, "交通002班");
  g_assert_cmpstr (lanmu_student_get_college_name (student), ==, "交通学院");
  g_assert_cmpuint (lanmu_student_get_position (student), ==, 41);
  g_assert_null (lanmu_queue_get_student (fixture->queue, 100));
}

static void one_class (Fixture *fixture, gconstpointer data)
{
  gint64 id = lanmu_queue_get_group (fixture->queue, 1)->id;
  g_assert_true (lanmu_queue_load (fixture->queue, fixture->db, id, NULL));
  g_assert_cmpuint (fixture->removed, ==, 100);
  g_assert_cmpuint (fixture->added, ==, 40);
  g_assert_cmpuint (lanmu_queue_find (fixture->queue, "202100041"), ==, 0);
  g_assert_cmpuint (lanmu_queue_find (fixture->queue, "202100001"), ==, LANMU_QUEUE_NOWHERE);
}

static void finding (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (lanmu_queue_find (fixture->queue, "202100100"), ==, 99);
  g_assert_cmpuint (lanmu_queue_find (fixture->queue, "20210010"), ==, LANMU_QUEUE_NOWHERE);
  g_assert_cmpuint (lanmu_queue_find (fixture->queue, "2021000100"), ==, LANMU_QUEUE_NOWHERE);
  g_assert_cmpuint (lanmu_queue_find (fixture->queue, " 202100100"), ==, LANMU_QUEUE_NOWHERE);
  g_assert_cmpuint (lanmu_queue_find (fixture->queue, NULL), ==, LANMU_QUEUE_NOWHERE);
  g_assert_null (lanmu_queue_find_student (fixture->queue, "0"));
}

/* Two holders of one student hold one object; when both let go it is gone. */
static void one_object (Fixture *fixture, gconstpointer data)
{
  LanmuStudent *first = lanmu_queue_get_student (fixture->queue, 3);
  LanmuStudent *second = g_list_model_get_item (G_LIST_MODEL (fixture->queue), 3);
  g_assert_true (first == second);
  g_object_unref (first);
  g_assert_finalize_object (second);
  g_autoptr (LanmuStudent) again = lanmu_queue_get_student (fixture->queue, 3);
  g_assert_nonnull (again);
}

static void count_notify (GObject *object, GParamSpec *pspec, guint *count)
{
  (*count)++;
}

static void one_change (Fixture *fixture, gconstpointer data)
{
  guint notified = 0;
  g_autoptr (LanmuStudent) student = lanmu_queue_get_student (fixture->queue, 7);
  g_signal_connect (student, "notify::state", G_CALLBACK (count_notify), &notified);
  lanmu_queue_update (fixture->queue, lanmu_student_get_id (student), LANMU_STUDENT_ABSENT, 0, NULL);
  g_assert_cmpuint (notified, ==, 1);
  g_assert_cmpuint (fixture->changes, ==, 1);
  g_assert_cmpuint (fixture->position, ==, 7);
  g_assert_cmpuint (fixture->removed, ==, 1);
  g_assert_cmpuint (fixture->added, ==, 1);
  g_assert_cmpuint (fixture->states, ==, 1);
  g_assert_cmpuint (fixture->new_state, ==, LANMU_STUDENT_ABSENT);
  g_autoptr (LanmuStudent) same = lanmu_queue_get_student (fixture->queue, 7);
  g_assert_true (same == student);
  g_assert_cmpuint (lanmu_queue_get_count (fixture->queue, LANMU_STUDENT_ABSENT), ==, 1);
  g_assert_cmpuint (lanmu_queue_get_count (fixture->queue, LANMU_STUDENT_WAITING), ==, 99);
  lanmu_queue_update (fixture->queue, lanmu_student_get_id (student), LANMU_STUDENT_ABSENT, 0, NULL);
  g_assert_cmpuint (fixture->changes, ==, 1); /* nothing new, nothing said */
}

static void refreshing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = lanmu_queue_get_id (fixture->queue, 5);
  g_assert_true (lanmu_student_set_state (fixture->db, id, LANMU_STUDENT_SKIPPED, ACTOR, &error));
  g_assert_true (lanmu_queue_refresh (fixture->queue, fixture->db, id, &error));
  g_assert_cmpint (lanmu_queue_get_state (fixture->queue, 5), ==, LANMU_STUDENT_SKIPPED);
  g_assert_false (lanmu_queue_refresh (fixture->queue, fixture->db, 99999, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW);
}

/* The holder of an object of an earlier list is not disturbed by a new one. */
static void reloading (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LanmuStudent) old = lanmu_queue_get_student (fixture->queue, 0);
  g_assert_true (lanmu_queue_load (fixture->queue, fixture->db, 0, NULL));
  g_autoptr (LanmuStudent) new = lanmu_queue_get_student (fixture->queue, 0);
  g_assert_true (old != new);
  g_assert_cmpstr (lanmu_student_get_student_no (old), ==, lanmu_student_get_student_no (new));
  g_clear_object (&old);
  g_autoptr (LanmuStudent) same = lanmu_queue_get_student (fixture->queue, 0);
  g_assert_true (same == new);
}

static void next_waiting (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (lanmu_queue_next_waiting (fixture->queue, LANMU_QUEUE_NOWHERE, FALSE), ==, 0);
  g_assert_cmpuint (lanmu_queue_next_waiting (fixture->queue, 0, FALSE), ==, 1);
  lanmu_queue_update (fixture->queue, lanmu_queue_get_id (fixture->queue, 1), LANMU_STUDENT_SKIPPED, 0, NULL);
  g_assert_cmpuint (lanmu_queue_next_waiting (fixture->queue, 0, FALSE), ==, 2);
  g_assert_cmpuint (lanmu_queue_next_waiting (fixture->queue, 39, TRUE), ==, LANMU_QUEUE_NOWHERE);
  g_assert_cmpuint (lanmu_queue_next_waiting (fixture->queue, 39, FALSE), ==, 40);
  g_assert_cmpuint (lanmu_queue_next_waiting (fixture->queue, 99, FALSE), ==, LANMU_QUEUE_NOWHERE);
}

/* The model's order and its "next" are the store's. */
static void same_as_the_store (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) rows = lanmu_students_get_all (fixture->db, 0, LANMU_STUDENT_ANY_STATE, NULL);
  for (guint i = 0; i < rows->len; i++)
    g_assert_cmpint (((LanmuStudentRow *) rows->pdata[i])->id, ==, lanmu_queue_get_id (fixture->queue, i));
  for (guint i = 0; i < rows->len; i += 13) {
    g_autoptr (LanmuStudentRow) next = NULL;
    g_assert_true (
        lanmu_students_next_waiting (fixture->db, lanmu_queue_get_id (fixture->queue, i), FALSE, &next, NULL));
    guint mine = lanmu_queue_next_waiting (fixture->queue, i, FALSE);
    g_assert_true (next != NULL ? next->id == lanmu_queue_get_id (fixture->queue, mine) : mine == LANMU_QUEUE_NOWHERE);
  }
}

static void properties (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LanmuStudent) student = lanmu_queue_get_student (fixture->queue, 0);
  g_autofree char *state = NULL, *masked = NULL, *grouped = NULL, *id_no = NULL;
  g_object_get (student, "state", &state, "masked-name", &masked, "grouped-no", &grouped, "id-no-masked", &id_no, NULL);
  g_assert_cmpstr (state, ==, "waiting");
  g_assert_cmpstr (masked, ==, "阿*");
  g_assert_cmpstr (grouped, ==, "2021 00001");
  g_assert_cmpstr (id_no, ==, "");
  g_assert_null (g_object_class_find_property (G_OBJECT_GET_CLASS (student), "id-no")); /* nothing may bind it unseen */
}

static void hundred_thousand (Fixture *fixture, gconstpointer data)
{
  gint64 began = g_get_monotonic_time ();
  g_assert_true (lanmu_queue_load (fixture->queue, fixture->db, 0, NULL));
  gint64 loaded = g_get_monotonic_time ();
  for (guint i = 1; i <= 100000; i++) {
    char number[16];
    g_snprintf (number, sizeof number, "2021%05u", i);
    g_assert_cmpuint (lanmu_queue_find (fixture->queue, number), ==, i - 1);
  }
  gint64 found = g_get_monotonic_time ();
  g_test_message ("loaded in %.0f ms; 100,000 finds in %.0f ms", (double) (loaded - began) / 1000,
                  (double) (found - loaded) / 1000);
  g_assert_cmpuint (lanmu_queue_get_size (fixture->queue), ==, 100000);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  const struct {
    const char *path;
    void (*run) (Fixture *fixture, gconstpointer data);
  } tests[] = {
      {"/queue/loading", loading},
      {"/queue/one-class", one_class},
      {"/queue/finding", finding},
      {"/queue/one-object", one_object},
      {"/queue/one-change", one_change},
      {"/queue/refreshing", refreshing},
      {"/queue/reloading", reloading},
      {"/queue/next-waiting", next_waiting},
      {"/queue/same-as-the-store", same_as_the_store},
      {"/queue/properties", properties},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Fixture, GUINT_TO_POINTER (100), set_up, tests[i].run, tear_down);
  g_test_add ("/queue/hundred-thousand", Fixture, GUINT_TO_POINTER (100000), set_up, hundred_thousand, tear_down);
  return g_test_run ();
}
