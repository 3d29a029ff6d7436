/* Lists into a real database: all or nothing, never over a list in use. */
#include "tests/unit/app/fixture.h"

#include <string.h>

#include "db/bindings.h"
#include "db/roster.h"
#include "db/session.h"

#define HEADER "学号,姓名,班级\n"

typedef struct {
  char *dir;
  LanmuDb *db;
} Fixture;

static void set_up (Fixture *fixture, gconstpointer data)
{
  fixture->dir = make_campaign (0);
  fixture->db = open_for_writing (fixture->dir);
}

static void tear_down (Fixture *fixture, gconstpointer data)
{
  lanmu_db_close (fixture->db);
  remove_folder (fixture->dir);
  g_free (fixture->dir);
}

/* Kinds that are accepted by the next imports; none = LANMU_N_PROBLEMS. */
static LanmuProblemKind accepted = LANMU_N_PROBLEMS;

/* Imports and answers whether it was let in; the report is the caller's. */
static gboolean import (Fixture *fixture, const char *text, gboolean replace, LanmuImport *import, LanmuReport **report)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuList) list = read_text (text, report);
  g_assert_nonnull (list);
  if (accepted != LANMU_N_PROBLEMS)
    g_assert_true (lanmu_report_accept (*report, accepted));
  *import = (LanmuImport){.list = list, .report = *report, .replace = replace, .actor = ACTOR};
  g_assert_true (lanmu_import_work (fixture->db, import, &error));
  g_assert_no_error (error);
  import->list = NULL;
  return !lanmu_report_is_refused (*report);
}

static gint64 count (Fixture *fixture)
{
  return lanmu_students_count (fixture->db, LANMU_STUDENT_ANY_STATE, NULL);
}

static void first_list (Fixture *fixture, gconstpointer data)
{
  LanmuImport out;
  g_autoptr (LanmuReport) report = NULL;
  g_assert_true (import (fixture, HEADER "2,李四,一班\n1,张三,一班\n10,王五,一班\n", FALSE, &out, &report));
  g_assert_cmpuint (out.inserted, ==, 3);
  g_autoptr (GPtrArray) students = lanmu_students_get_all (fixture->db, 0, LANMU_STUDENT_ANY_STATE, NULL);
  g_assert_cmpstr (((LanmuStudentRow *) students->pdata[0])->student_no, ==, "1");
  g_assert_cmpstr (((LanmuStudentRow *) students->pdata[2])->student_no, ==, "10");
}

static void errors_change_nothing (Fixture *fixture, gconstpointer data)
{
  LanmuImport out;
  g_autoptr (LanmuReport) report = NULL;
  g_assert_false (import (fixture, HEADER "1,张三,一班\n1,李四,一班\n", FALSE, &out, &report));
  g_assert_cmpint (count (fixture), ==, 0);
  g_assert_cmpint (lanmu_roster_get_revision (fixture->db, NULL), ==, 0);
}

static void again_and_more (Fixture *fixture, gconstpointer data)
{
  LanmuImport out;
  g_autoptr (LanmuReport) first = NULL, second = NULL, third = NULL;
  g_assert_true (import (fixture, HEADER "1,张三,一班\n2,李四,一班\n", FALSE, &out, &first));
  g_assert_true (import (fixture, HEADER "1,张三,一班\n2,李四,一班\n", FALSE, &out, &second));
  g_assert_cmpuint (out.inserted, ==, 0);
  g_assert_cmpuint (out.unchanged, ==, 2);
  g_assert_true (import (fixture, HEADER "2,李四,一班\n3,王五,二班\n", FALSE, &out, &third));
  g_assert_cmpuint (out.inserted, ==, 1);
  g_assert_cmpuint (out.missing, ==, 1);
  g_assert_nonnull (find_problem (third, LANMU_PROBLEM_NOT_IN_FILE));
  g_assert_cmpint (count (fixture), ==, 3);
}

static void changed_students (Fixture *fixture, gconstpointer data)
{
  LanmuImport out;
  g_autoptr (LanmuReport) first = NULL, second = NULL, third = NULL;
  g_assert_true (import (fixture, HEADER "1,张三,一班\n2,李四,一班\n", FALSE, &out, &first));
  g_assert_false (import (fixture, HEADER "1,张三,一班\n2,李肆,二班\n3,王五,一班\n", FALSE, &out, &second));
  assert_problem (second, LANMU_PROBLEM_CHANGED_STUDENT, 3, "姓名");
  assert_problem (second, LANMU_PROBLEM_MOVED_CLASS, 3, "班级");
  g_assert_cmpint (count (fixture), ==, 2);
  g_assert_true (import (fixture, HEADER "1,张三,一班\n2,李肆,二班\n", TRUE, &out, &third));
  g_autoptr (LanmuStudentRow) row = lanmu_student_get_by_no (fixture->db, "2", NULL);
  g_assert_cmpstr (row->name, ==, "李肆");
}

/* What was looked at is applied, and how it read before is kept under its revision. */
static void accepted_changes (Fixture *fixture, gconstpointer data)
{
  LanmuImport out;
  g_autoptr (LanmuReport) first = NULL, second = NULL, third = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_true (import (fixture, HEADER "1,张三,一班\n2,李四,一班\n3,王五,一班\n", FALSE, &out, &first));
  gint64 before = out.revision_id, id = student_id (fixture->db, "2");
  accepted = LANMU_PROBLEM_CHANGED_STUDENT;
  g_assert_true (import (fixture, HEADER "1,张三,一班\n2,李肆,一班\n4,赵六,一班\n", FALSE, &out, &second));
  g_assert_cmpuint (out.changed, ==, 1);
  g_assert_cmpuint (out.inserted, ==, 1);
  g_assert_cmpuint (out.missing, ==, 1);
  assert_problem (second, LANMU_PROBLEM_NEW_STUDENT, 4, "学号");
  g_assert_nonnull (find_problem (second, LANMU_PROBLEM_NOT_IN_FILE));
  g_assert_cmpint (count (fixture), ==, 4); /* 王五 stays */
  g_assert_cmpint (student_id (fixture->db, "2"), ==, id);
  g_autoptr (LanmuStudentRow) then = lanmu_roster_get_student_as_of (fixture->db, id, before, &error);
  g_autoptr (LanmuStudentRow) now = lanmu_roster_get_student_as_of (fixture->db, id, out.revision_id, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (then->name, ==, "李四");
  g_assert_cmpint (then->revision_id, ==, before);
  g_assert_cmpstr (now->name, ==, "李肆");
  g_assert_cmpint (now->revision_id, ==, out.revision_id);
  /* a move is another decision */
  g_assert_false (import (fixture, HEADER "1,张三,二班\n", FALSE, &out, &third));
  accepted = LANMU_N_PROBLEMS;
}

static void moved_class (Fixture *fixture, gconstpointer data)
{
  LanmuImport out;
  g_autoptr (LanmuReport) first = NULL, second = NULL;
  g_assert_true (import (fixture, HEADER "1,张三,一班\n2,李四,一班\n3,王五,二班\n", FALSE, &out, &first));
  accepted = LANMU_PROBLEM_MOVED_CLASS;
  g_assert_true (import (fixture, HEADER "1,张三,二班\n2,李四,一班\n3,王五,二班\n", FALSE, &out, &second));
  accepted = LANMU_N_PROBLEMS;
  g_assert_cmpuint (out.moved, ==, 1);
  g_autoptr (LanmuStudentRow) moved = lanmu_student_get_by_no (fixture->db, "1", NULL);
  g_autoptr (LanmuStudentRow) left = lanmu_student_get_by_no (fixture->db, "2", NULL);
  g_autoptr (LanmuStudentRow) other = lanmu_student_get_by_no (fixture->db, "3", NULL);
  g_assert_cmpstr (moved->class_name, ==, "二班");
  g_assert_cmpint (moved->position, ==, 1); /* places are counted again in both classes */
  g_assert_cmpint (left->position, ==, 1);
  g_assert_cmpint (other->position, ==, 2);
}

/* Columns a person named once are known the next time, and are no fault where a list has them by their right names. */
static void remembered_map (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuReport) report = NULL;
  g_autoptr (LanmuList) list =
      read_bytes ("编号,姓名,班级\n1,张三,一班\n", strlen ("编号,姓名,班级\n1,张三,一班\n"), "学号=A", &report);
  LanmuImport first = {.list = list, .report = report, .actor = ACTOR, .map = "编号=student_no"};
  g_assert_null (lanmu_import_get_map (fixture->db, &error));
  g_assert_true (lanmu_import_work (fixture->db, &first, &error));
  g_autofree char *map = lanmu_import_get_map (fixture->db, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (map, ==, "编号=student_no");
  g_autoptr (LanmuColumnMap) columns = lanmu_column_map_parse (map, &error);
  lanmu_column_map_set_lenient (columns, TRUE);
  const LanmuListOptions options = {.map = columns};
  g_autoptr (LanmuReport) second = lanmu_report_new ();
  g_autoptr (LanmuList) other =
      lanmu_list_read_bytes (HEADER "2,李四,一班\n", strlen (HEADER "2,李四,一班\n"), "b.csv", &options, second);
  g_assert_nonnull (other);
  g_assert_cmpuint (lanmu_report_get_size (second), ==, 0);
}

static void no_replacing_in_use (Fixture *fixture, gconstpointer data)
{
  LanmuImport out;
  g_autoptr (LanmuReport) first = NULL, second = NULL;
  g_autoptr (GError) error = NULL;
  g_assert_true (import (fixture, HEADER "1,张三,一班\n", FALSE, &out, &first));
  gint64 session = lanmu_session_begin (fixture->db, "test", ACTOR, lanmu_moment_now (), &error);
  g_assert_cmpint (lanmu_binding_begin (fixture->db, session, student_id (fixture->db, "1"), NULL, "queue",
                                        lanmu_moment_now (), ACTOR, &error),
                   >, 0);
  g_autoptr (LanmuList) list = read_text (HEADER "1,张叁,一班\n", &second);
  LanmuImport replacing = {.list = list, .report = second, .replace = TRUE, .actor = ACTOR};
  g_assert_false (lanmu_import_work (fixture->db, &replacing, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_autoptr (LanmuStudentRow) row = lanmu_student_get_by_no (fixture->db, "1", NULL);
  g_assert_cmpstr (row->name, ==, "张三");
}

static void dry_run (Fixture *fixture, gconstpointer data)
{
  g_autoptr (LanmuReport) report = NULL;
  g_autoptr (LanmuList) list = read_text (HEADER "1,张三,一班\n", &report);
  LanmuImport import = {.list = list, .report = report, .dry_run = TRUE, .actor = ACTOR};
  g_assert_true (lanmu_import_work (fixture->db, &import, NULL));
  g_assert_cmpuint (import.inserted, ==, 1);
  g_assert_cmpint (count (fixture), ==, 0);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/import/first-list", Fixture, NULL, set_up, first_list, tear_down);
  g_test_add ("/import/errors-change-nothing", Fixture, NULL, set_up, errors_change_nothing, tear_down);
  g_test_add ("/import/again-and-more", Fixture, NULL, set_up, again_and_more, tear_down);
  g_test_add ("/import/changed-students", Fixture, NULL, set_up, changed_students, tear_down);
  g_test_add ("/import/no-replacing-in-use", Fixture, NULL, set_up, no_replacing_in_use, tear_down);
  g_test_add ("/import/accepted-changes", Fixture, NULL, set_up, accepted_changes, tear_down);
  g_test_add ("/import/moved-class", Fixture, NULL, set_up, moved_class, tear_down);
  g_test_add ("/import/remembered-map", Fixture, NULL, set_up, remembered_map, tear_down);
  g_test_add ("/import/dry-run", Fixture, NULL, set_up, dry_run, tear_down);
  return g_test_run ();
}
