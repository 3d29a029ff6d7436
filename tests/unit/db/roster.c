/* Lists: order, adding, replacing, refusing all or nothing; 100,000 students. And the ids, which have no better home.
 */
#include "tests/unit/db/fixture.h"
#include "db/audit.h"

#include <string.h>

static const LanmuRosterSource source = {"list.csv", "00", "utf-8"};

#define STUDENT(no, person, class)                                                                                     \
  {                                                                                                                    \
    .student_no = (char *)no, .name = (char *)person, .class_name = (char *)class                                      \
  }

static void import (LanmuDb *db, const LanmuStudentRow *rows, gsize n, LanmuRosterMode mode, LanmuRosterResult *result)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (lanmu_roster_import (db, &source, rows, n, mode, ACTOR, result, &error));
  g_assert_no_error (error);
}

static void expect_refused (LanmuDb *db, const LanmuStudentRow *rows, gsize n, LanmuRosterMode mode, LanmuDbError code,
                            gsize bad_row)
{
  g_autoptr (GError) error = NULL;
  LanmuRosterResult result;
  gint64 before = lanmu_students_count (db, LANMU_STUDENT_ANY_STATE, &error),
         revision = lanmu_roster_get_revision (db, &error);

  g_assert_false (lanmu_roster_import (db, &source, rows, n, mode, ACTOR, &result, &error));
  g_assert_error (error, LANMU_DB_ERROR, (int)code);
  g_assert_cmpuint (result.bad_row, ==, bad_row);
  g_assert_cmpint (result.revision_id, ==, 0);
  g_clear_error (&error);
  g_assert_cmpint (lanmu_students_count (db, LANMU_STUDENT_ANY_STATE, &error), ==, before);
  g_assert_cmpint (lanmu_roster_get_revision (db, &error), ==, revision);
}

static char *order_of (LanmuDb *db)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) rows = lanmu_students_get_all (db, 0, LANMU_STUDENT_ANY_STATE, &error);
  GString *text = g_string_new ("");

  g_assert_no_error (error);
  for (guint i = 0; i < rows->len; i++) {
    const LanmuStudentRow *row = rows->pdata[i];
    g_string_append_printf (text, "%s%s:%s:%d", i ? " " : "", row->class_name, row->student_no, row->position);
  }
  return g_string_free (text, FALSE);
}

/* Classes in the order of the file, students as numbers inside; late ones find their place. */
static void test_order (void)
{
  const LanmuStudentRow first[] = {STUDENT ("10", "a", "B"), STUDENT ("9", "b", "B"), STUDENT ("3", "c", "A"),
                                   STUDENT ("007", "d", "B")};
  const LanmuStudentRow late[] = {STUDENT ("8", "e", "B"), STUDENT ("1", "f", "C"), STUDENT ("10", "a", "B")};
  g_autofree char *dir = make_folder ();
  g_autoptr (LanmuDb) db = open_campaign (dir, 0);
  LanmuRosterResult result;

  import (db, first, 4, LANMU_ROSTER_ADD, &result);
  g_assert_cmpuint (result.inserted, ==, 4);
  g_autofree char *before = order_of (db);
  g_assert_cmpstr (before, ==, "B:007:1 B:9:2 B:10:3 A:3:1");
  import (db, late, 3, LANMU_ROSTER_ADD, &result);
  g_assert_cmpuint (result.inserted, ==, 2);
  g_assert_cmpuint (result.unchanged, ==, 1);
  g_assert_cmpint (result.revision_id, ==, 2);
  g_autofree char *after = order_of (db);
  g_assert_cmpstr (after, ==, "B:007:1 B:8:2 B:9:3 B:10:4 A:3:1 C:1:1");
  remove_folder (dir);
}

static void test_refuses (void)
{
  const LanmuStudentRow first[] = {STUDENT ("1", "a", "A"), STUDENT ("2", "b", "A")};
  const LanmuStudentRow other_name[] = {STUDENT ("3", "c", "A"), STUDENT ("2", "x", "A")};
  const LanmuStudentRow other_class[] = {STUDENT ("2", "b", "B")};
  const LanmuStudentRow twice[] = {STUDENT ("4", "c", "A"), STUDENT ("5", "d", "A"), STUDENT ("4", "c", "A")};
  const LanmuStudentRow empty[] = {STUDENT ("4", "c", "A"), STUDENT ("", "d", "A")};
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder ();
  g_autoptr (LanmuDb) db = open_campaign (dir, 0);

  import (db, first, 2, LANMU_ROSTER_ADD, NULL);
  expect_refused (db, other_name, 2, LANMU_ROSTER_ADD, LANMU_DB_ERROR_EXISTS, 1);
  expect_refused (db, other_class, 1, LANMU_ROSTER_ADD, LANMU_DB_ERROR_EXISTS, 0);
  expect_refused (db, twice, 3, LANMU_ROSTER_ADD, LANMU_DB_ERROR_EXISTS, 2);
  expect_refused (db, empty, 2, LANMU_ROSTER_ADD, LANMU_DB_ERROR_CONSTRAINT, 1);
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM class"), ==, 1); /* no class of a refused list stays */
  import (db, twice, 1, LANMU_ROSTER_REPLACE, NULL);
  g_assert_cmpint (lanmu_students_count (db, LANMU_STUDENT_ANY_STATE, &error), ==, 1);
  bind_student (db, "4", 100);
  expect_refused (db, first, 2, LANMU_ROSTER_REPLACE, LANMU_DB_ERROR_REFUSED, G_MAXSIZE);
  import (db, first, 2, LANMU_ROSTER_ADD, NULL);
  remove_folder (dir);
}

static gboolean stop_late (double fraction, gpointer data)
{
  double *seen = data;

  g_assert_cmpfloat (fraction, >=, *seen);
  *seen = fraction;
  return fraction < 0.8;
}

static void get_row_of (gconstpointer data, gsize i, LanmuStudentRow *row)
{
  *row = ((const LanmuStudentRow *) data)[i];
}

/* A first list goes another way than a later one: the same rules, the row at fault named, stopped as late as one likes, the indexes all there. */
static void test_first (void)
{
  enum { N = 6000 };
  static LanmuStudentRow rows[N];
  static char numbers[N][8];
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder ();
  g_autoptr (LanmuDb) db = open_campaign (dir, 0);
  double seen = 0;
  const LanmuRosterRows all = {N, get_row_of, rows, stop_late, &seen};
  gint64 indexes = query_int (dir, "SELECT count (*) FROM sqlite_schema WHERE tbl_name = 'student'");

  for (int i = 0; i < N; i++) {
    g_snprintf (numbers[i], sizeof numbers[i], "%d", 10000 + i);
    rows[i] = (LanmuStudentRow){.student_no = numbers[i], .name = (char *) "李雷", .class_name = (char *) (i % 2 ? "A" : "B"), .id_no = numbers[N - 1 - i]};
  }
  rows[4321].student_no = numbers[17];
  expect_refused (db, rows, N, LANMU_ROSTER_ADD, LANMU_DB_ERROR_EXISTS, 4321);
  rows[4321] = (LanmuStudentRow){.student_no = numbers[4321], .name = (char *) "", .class_name = (char *) "A"};
  expect_refused (db, rows, N, LANMU_ROSTER_ADD, LANMU_DB_ERROR_CONSTRAINT, 4321);
  rows[4321] = (LanmuStudentRow){.student_no = numbers[4321], .name = (char *) "韩梅梅", .class_name = (char *) "A", .exam_no = (char *) "7", .extra = (char *) "{\"MZ\":\"汉\"}"};
  g_assert_false (lanmu_roster_import_rows (db, &source, &all, LANMU_ROSTER_ADD, ACTOR, NULL, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_STOPPED);
  g_clear_error (&error);
  g_assert_cmpint (lanmu_students_count (db, LANMU_STUDENT_ANY_STATE, &error), ==, 0);
  import (db, rows, N, LANMU_ROSTER_ADD, NULL);
  g_autoptr (LanmuStudentRow) one = lanmu_student_get_by_no (db, numbers[4321], &error), last = lanmu_student_get_by_no (db, numbers[N - 1], &error);
  g_assert_cmpstr (one->name, ==, "韩梅梅");
  g_assert_cmpstr (one->exam_no, ==, "7");
  g_assert_cmpstr (one->id_no, ==, "");
  g_assert_cmpstr (one->extra, ==, "{\"MZ\":\"汉\"}");
  g_assert_cmpstr (last->id_no, ==, numbers[0]);
  g_assert_cmpint (last->position, ==, N / 2);
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM sqlite_schema WHERE tbl_name = 'student'"), ==, indexes);
  g_assert_true (lanmu_db_check (db, TRUE, &error));
  remove_folder (dir);
}

static void test_compare (void)
{
  /* ascending */
  static const char *const order[] = {"",
                                      "007",
                                      "7",
                                      "9",
                                      "10",
                                      "2021002",
                                      "2021010",
                                      "20210020",
                                      "99999999999999999999998",
                                      "99999999999999999999999",
                                      "A",
                                      "A9",
                                      "A10",
                                      "A10b",
                                      "B1",
                                      "张"};

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++)
    for (gsize j = 0; j < G_N_ELEMENTS (order); j++) {
      int wanted = (i > j) - (i < j), got = lanmu_student_no_compare (order[i], order[j]);
      if ((got > 0) - (got < 0) != wanted)
        g_error ("%s against %s: %d", order[i], order[j], got);
    }
}

static void test_many (void)
{
  enum { N = 100000 };
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder ();
  g_autoptr (LanmuDb) db = open_campaign (dir, 0);
  g_autofree LanmuStudentRow *rows = g_new0 (LanmuStudentRow, N);
  g_autoptr (GStringChunk) texts = g_string_chunk_new (1 << 20);
  char text[32];

  for (int i = 0; i < N; i++) { /* the last student first */
    g_snprintf (text, sizeof text, "2021%06d", N - i);
    rows[i].student_no = g_string_chunk_insert (texts, text);
    rows[i].name = (char *)"李雷";
    g_snprintf (text, sizeof text, "%d班", (N - i - 1) / 50);
    rows[i].class_name = g_string_chunk_insert (texts, text);
  }
  gint64 start = g_get_monotonic_time ();
  import (db, rows, N, LANMU_ROSTER_ADD, NULL);
  gint64 imported = g_get_monotonic_time ();
  g_autoptr (GPtrArray) all = lanmu_students_get_all (db, 0, LANMU_STUDENT_ANY_STATE, &error);
  gint64 listed = g_get_monotonic_time ();
  g_assert_cmpuint (all->len, ==, N);
  g_assert_cmpstr (((LanmuStudentRow *)all->pdata[0])->student_no, ==,
                   "2021099951"); /* its class came first in the file */
  g_assert_cmpint (((LanmuStudentRow *)all->pdata[N - 1])->position, ==, 50);
  run_raw (dir, "UPDATE student SET state = 'absent' WHERE student_no > '2021000001'"); /* the only one who waits is at
                                                                                           the far end */
  gint64 asked = g_get_monotonic_time ();
  bind_student (db, "2021050000", 100);
  gint64 bound = g_get_monotonic_time ();
  g_autoptr (LanmuStudentRow) next = NULL;
  g_assert_true (lanmu_students_next_waiting (db, ((LanmuStudentRow *)all->pdata[0])->id, FALSE, &next, &error));
  gint64 found = g_get_monotonic_time ();
  g_assert_cmpstr (next->student_no, ==, "2021000001");
  g_assert_true (lanmu_db_check (db, FALSE, &error));
  g_test_message (
      "%d students: import %.0f ms, list %.0f ms, find and bind %.2f ms, next waiting %.2f ms, quick check %.0f ms", N,
      (double)(imported - start) / 1000, (double)(listed - imported) / 1000, (double)(bound - asked) / 1000,
      (double)(found - bound) / 1000, (double)(g_get_monotonic_time () - found) / 1000);
  g_assert_no_error (error);
  remove_folder (dir);
}

static void test_ids (void)
{
  g_autofree char *last = lanmu_id_new ();
  gint64 now = g_get_real_time () / 1000;

  g_assert_cmpint (ABS (lanmu_id_get_time_ms (last) - now), <, 60 * 1000);
  for (int i = 0; i < 20000; i++) {
    char *id = lanmu_id_new ();
    g_assert_true (lanmu_id_is_valid (id));
    g_assert_cmpstr (last, <, id);
    g_free (last);
    last = id;
  }
  g_assert_false (lanmu_id_is_valid ("01ARZ3NDEKTSV4RRFFQ69G5FA"));
  g_assert_false (lanmu_id_is_valid ("01ARZ3NDEKTSV4RRFFQ69G5FAI"));
  g_assert_false (lanmu_id_is_valid ("81ARZ3NDEKTSV4RRFFQ69G5FAV"));
  g_assert_cmpint (lanmu_id_get_time_ms ("01ARZ3NDEKTSV4RRFFQ69G5FAV"), ==, 1469922850259);
  g_assert_cmpint (lanmu_id_get_time_ms ("x"), ==, -1);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/roster/order", test_order);
  g_test_add_func ("/db/roster/refuses", test_refuses);
  g_test_add_func ("/db/roster/first", test_first);
  g_test_add_func ("/db/roster/compare", test_compare);
  g_test_add_func ("/db/roster/many", test_many);
  g_test_add_func ("/db/ids", test_ids);
  return g_test_run ();
}
