/* The chain: an edit, a deletion, a swap and a cut each show, and where. Done by a connection that takes the triggers
 * away first, as a cheat would. */
#include "tests/unit/db/fixture.h"
#include "db/audit.h"

#define OPEN_UP "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete;"

typedef struct {
  const char *name;
  const char *sql;
  gint64 bad_id;
} Case;

/* The fixture writes rows 1 to 3 (campaign, roster, session); the test 4 to 9. */
static const Case cases[] = {
    {"untouched", "SELECT 1", 0},
    {"edit-actor", "UPDATE audit SET actor = 'me' WHERE id = 5", 5},
    {"edit-detail", "UPDATE audit SET detail = '{}' WHERE id = 2", 2},
    {"edit-time", "UPDATE audit SET wall_us = wall_us + 1 WHERE id = 9", 9},
    {"edit-hash", "UPDATE audit SET hash = (SELECT hash FROM audit WHERE id = 4) WHERE id = 6", 6},
    {"delete-first", "DELETE FROM audit WHERE id = 1", 1},
    {"delete-middle", "DELETE FROM audit WHERE id = 6", 6},
    {"delete-last", "DELETE FROM audit WHERE id = 9", 9},
    {"delete-all", "DELETE FROM audit", 1},
    {"swap",
     "UPDATE audit SET id = 100 WHERE id = 5; UPDATE audit SET id = 5 WHERE id = 6; UPDATE audit SET id = 6 WHERE id = "
     "100",
     5},
    {"renumber-after-deletion", "DELETE FROM audit WHERE id = 5; UPDATE audit SET id = id - 1 WHERE id > 5", 5},
};

static void test_case (gconstpointer data)
{
  const Case *test = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder ();
  g_autofree char *sql = g_strconcat (OPEN_UP, test->sql, NULL);
  g_autoptr (LanmuDb) db = open_campaign (dir, 3);
  gint64 rows = 0, bad_id = -1;

  for (int i = 0; i < 6; i++)
    g_assert_true (lanmu_audit_append (db, ACTOR, "test.step", "thing/1", NULL, &error));
  g_assert_true (lanmu_audit_verify (db, &rows, &bad_id, &error));
  g_assert_cmpint (rows, ==, 9);
  run_raw (dir, sql);
  gboolean fits = lanmu_audit_verify (db, &rows, &bad_id, &error);
  g_assert_cmpint (bad_id, ==, test->bad_id);
  g_assert_cmpint (fits, ==, test->bad_id == 0);
  if (test->bad_id)
    g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_CORRUPT);
  g_clear_pointer (&db, lanmu_db_close);
  remove_folder (dir);
}

static void test_refuses (void)
{
  static const char *const parts[][4] = {
      {"", "a.b", "s", "{}"},     {"me", "", "s", "{}"},   {"me\nyou", "a.b", "s", "{}"},
      {"me", "a.b", "s\n", "{}"}, {"me", "a.b", "s", "x"}, {"me", "a.b", "s", "{\n}"},
  };
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder ();
  g_autoptr (LanmuDb) db = open_campaign (dir, 0);

  for (gsize i = 0; i < G_N_ELEMENTS (parts); i++) {
    g_assert_false (lanmu_audit_append (db, parts[i][0], parts[i][1], parts[i][2], parts[i][3], &error));
    g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
    g_clear_error (&error);
  }
  g_assert_false (lanmu_audit_append (db, "me", "a.b", "s", "{broken", &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_CONSTRAINT);
  g_clear_error (&error);
  g_assert_true (lanmu_audit_append (db, "me", "a.b", "张\"三\\", "{\"a\":1}", &error));
  g_assert_true (lanmu_audit_verify (db, NULL, NULL, &error));
  g_assert_no_error (error);
  remove_folder (dir);
}

/* No write without its row, no row without its write: a refused act leaves no trace of having been done. */
static void test_with_the_write (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder ();
  g_autoptr (LanmuDb) db = open_campaign (dir, 3);
  gint64 before = query_int (dir, "SELECT count (*) FROM audit");

  g_assert_true (lanmu_student_set_state (db, 1, LANMU_STUDENT_ABSENT, ACTOR, &error));
  g_assert_cmpint (query_int (dir,
                              "SELECT count (*) FROM audit WHERE action = 'student.state' AND subject = 'student/1' "
                              "AND detail ->> 'to' = 'absent'"),
                   ==, 1);
  g_assert_false (lanmu_student_set_state (db, 1, LANMU_STUDENT_SHOT, ACTOR, &error));
  g_clear_error (&error);
  g_assert_false (
      lanmu_student_set_state (db, 1, LANMU_STUDENT_WAITING, "", &error)); /* nobody did it: then it is not done */
  g_clear_error (&error);
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM audit"), ==, before + 1);
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM student WHERE state = 'absent'"), ==, 1);
  remove_folder (dir);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++) {
    g_autofree char *path = g_strconcat ("/db/audit/", cases[i].name, NULL);
    g_test_add_data_func (path, &cases[i], test_case);
  }
  g_test_add_func ("/db/audit/refuses", test_refuses);
  g_test_add_func ("/db/audit/with-the-write", test_with_the_write);
  return g_test_run ();
}
