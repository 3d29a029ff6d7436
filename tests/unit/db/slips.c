/* Walk-ins and correction slips: what is added, what is refused, what a later list makes of it. */
#include "tests/unit/db/fixture.h"
#include "db/corrections.h"
#include "db/walkins.h"

static const LanmuRosterSource source = {"list.csv", "00", "utf-8"};

static gint64 add_walkin (LanmuDb *db, const char *no, const char *name, const char *class_name, GError **error)
{
  const LanmuStudentRow row = {.student_no = (char *) no, .name = (char *) name, .class_name = (char *) class_name};
  return lanmu_walkin_add (db, &row, "", ACTOR, error);
}

/* A folder with one class of two. */
static LanmuDb *open_two (const char *dir)
{
  g_autoptr (GError) error = NULL;
  const LanmuStudentRow rows[] = {{.student_no = (char *) "10", .name = (char *) "甲", .class_name = (char *) "一班"},
                                  {.student_no = (char *) "20", .name = (char *) "乙", .class_name = (char *) "一班"}};
  LanmuDb *db = open_campaign (dir, 0);
  g_assert_true (lanmu_roster_import (db, &source, rows, 2, LANMU_ROSTER_ADD, ACTOR, NULL, &error));
  g_assert_no_error (error);
  return db;
}

static void check_place (LanmuDb *db, gint64 id, const char *no, const char *class_name, int position)
{
  g_autoptr (LanmuStudentRow) row = lanmu_student_get (db, id, NULL);
  g_assert_cmpstr (row->student_no, ==, no);
  g_assert_cmpstr (row->class_name, ==, class_name);
  g_assert_cmpint (row->position, ==, position);
}

static void test_walkins (void)
{
  g_autofree char *dir = make_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = open_two (dir);
  gint64 revision = lanmu_roster_get_revision (db, NULL);
  gint64 first = add_walkin (db, "", "丙", "一班", &error), second = add_walkin (db, "05", "丁", "一班", &error),
         third = add_walkin (db, NULL, "戊", NULL, &error);
  g_assert_no_error (error);
  check_place (db, first, "W0001", "一班", 3);
  check_place (db, second, "05", "一班", 4); /* at the bottom, whatever the number */
  check_place (db, third, "W0002", LANMU_WALKIN_CLASS, 1);
  g_assert_true (lanmu_walkin_is (db, second));
  g_assert_cmpint (lanmu_roster_get_revision (db, NULL), ==, revision); /* a ticket still names the list */
  g_assert_cmpint (add_walkin (db, "10", "己", "一班", &error), ==, 0);
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_cmpint (add_walkin (db, "11", "己", "九班", &error), ==, 0);
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW);
  g_clear_error (&error);
  g_assert_cmpint (add_walkin (db, "11", "", "一班", &error), ==, 0);
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (lanmu_db_check (db, TRUE, &error));
  g_clear_pointer (&db, lanmu_db_close);
  remove_folder (dir);
}

/* A later list: newcomers stand above the walk-ins; one that it names is a walk-in no longer. */
static void test_list_after_walkin (void)
{
  g_autofree char *dir = make_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = open_two (dir);
  const LanmuStudentRow later[] = {{.student_no = (char *) "05", .name = (char *) "丁丁", .class_name = (char *) "一班"},
                                   {.student_no = (char *) "30", .name = (char *) "庚", .class_name = (char *) "一班"}};
  gint64 stays = add_walkin (db, NULL, "丙", "一班", &error), named = add_walkin (db, "05", "丁", "一班", &error);
  LanmuRosterResult result;
  g_assert_true (lanmu_roster_import (db, &source, later, 2, LANMU_ROSTER_UPDATE, ACTOR, &result, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (result.changed, ==, 1);
  check_place (db, named, "05", "一班", 1);
  check_place (db, stays, "W0001", "一班", 5);
  g_assert_false (lanmu_walkin_is (db, named));
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM student_past WHERE name = '丁'"), ==, 1);
  g_clear_pointer (&db, lanmu_db_close);
  remove_folder (dir);
}

static gboolean count_slip (const LanmuCorrectionRow *row, gpointer data)
{
  ++*(guint *) data;
  g_assert_cmpstr (row->field, ==, "name");
  g_assert_cmpstr (row->old_value, ==, "甲");
  g_assert_cmpstr (row->new_value, ==, "贾");
  return TRUE;
}

static guint count_slips (LanmuDb *db, gboolean all)
{
  g_autoptr (GError) error = NULL;
  guint n = 0;
  g_assert_true (lanmu_corrections_list (db, all, count_slip, &n, &error));
  g_assert_no_error (error);
  return n;
}

static void refused (LanmuDb *db, const char *no, const char *field, const char *value, LanmuDbError code)
{
  g_autoptr (GError) error = NULL;
  g_assert_cmpint (lanmu_correction_add (db, no, field, value, "", ACTOR, &error), ==, 0);
  g_assert_error (error, LANMU_DB_ERROR, (int) code);
}

static void test_slips (void)
{
  g_autofree char *dir = make_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = open_two (dir);
  gint64 id = lanmu_correction_add (db, "10", "name", "贾", "音同字不同", ACTOR, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_slips (db, FALSE), ==, 1);
  check_place (db, 1, "10", "一班", 1);
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM student WHERE name = '甲'"), ==, 1); /* the list stays */
  refused (db, "10", "name", "甲", LANMU_DB_ERROR_REFUSED);
  refused (db, "10", "name", "", LANMU_DB_ERROR_REFUSED);
  refused (db, "10", "shoe_size", "42", LANMU_DB_ERROR_REFUSED);
  refused (db, "99", "name", "x", LANMU_DB_ERROR_NO_ROW);
  g_assert_true (lanmu_correction_withdraw (db, id, ACTOR, &error));
  g_assert_false (lanmu_correction_withdraw (db, id, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_assert_cmpuint (count_slips (db, FALSE), ==, 0);
  g_assert_cmpuint (count_slips (db, TRUE), ==, 1);
  g_clear_pointer (&db, lanmu_db_close);
  remove_folder (dir);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/slips/walkins", test_walkins);
  g_test_add_func ("/db/slips/list-after-walkin", test_list_after_walkin);
  g_test_add_func ("/db/slips/corrections", test_slips);
  return g_test_run ();
}
