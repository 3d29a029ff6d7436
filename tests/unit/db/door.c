/* The queue of codes at the door: numbers are given once, and one code is one person. */
#include "tests/unit/db/fixture.h"
#include "db/door.h"

#include <string.h>

static const LanmuRosterSource source = {"list.csv", "00", "utf-8"};

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

static void scan (LanmuDb *db, const char *token, const char *student_no, gint64 number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDoorRow) row = lanmu_door_scan (db, token, student_no, ACTOR, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (row->token, ==, token);
  g_assert_cmpstr (row->student_no, ==, student_no ? student_no : "");
  g_assert_cmpint (row->number, ==, number);
}

static void refuse (LanmuDb *db, const char *token, const char *student_no, int code, const char *says)
{
  g_autoptr (GError) error = NULL;
  gint64 before = query_int (lanmu_db_get_data_dir (db), "SELECT count (*) + total (student_id) FROM door");
  g_assert_null (lanmu_door_scan (db, token, student_no, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, code);
  g_assert_nonnull (strstr (error->message, says));
  g_assert_cmpint (query_int (lanmu_db_get_data_dir (db), "SELECT count (*) + total (student_id) FROM door"), ==, before);
}

static void check_call (LanmuDb *db, gint64 number)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDoorRow) row = lanmu_door_call (db, ACTOR, &error);
  if (number == 0) {
    g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW);
    return;
  }
  g_assert_no_error (error);
  g_assert_cmpint (row->number, ==, number);
  g_assert_cmpint (row->state, ==, LANMU_DOOR_CALLED);
}

/* Who leaves and returns keeps the number, and comes before everybody with a higher one; nobody else moves. */
static void test_order (void)
{
  g_autofree char *dir = make_folder ();
  g_autoptr (LanmuDb) db = open_campaign (dir, 0);
  const char *tokens[] = {"a b", "Ａ", "{\"x\":1}", "码"};
  for (guint i = 0; i < G_N_ELEMENTS (tokens); i++)
    scan (db, tokens[i], NULL, i + 1);
  g_assert_true (lanmu_door_leave (db, 1, ACTOR, NULL));
  g_assert_false (lanmu_door_leave (db, 1, ACTOR, NULL));
  g_assert_false (lanmu_door_leave (db, 9, ACTOR, NULL));
  g_assert_false (lanmu_door_return (db, 2, ACTOR, NULL));
  check_call (db, 2);
  g_assert_true (lanmu_door_return (db, 1, ACTOR, NULL));
  check_call (db, 1);
  g_assert_false (lanmu_door_leave (db, 1, ACTOR, NULL)); /* it was called */
  check_call (db, 3);
  check_call (db, 4);
  check_call (db, 0);
  scan (db, "next", NULL, 5);
  g_autoptr (GPtrArray) waiting = lanmu_door_list (db, FALSE, NULL), all = lanmu_door_list (db, TRUE, NULL);
  g_assert_cmpuint (waiting->len, ==, 1);
  g_assert_cmpuint (all->len, ==, 5);
  g_clear_pointer (&db, lanmu_db_close);
  remove_folder (dir);
}

static void test_alarms (void)
{
  g_autofree char *dir = make_folder ();
  g_autoptr (LanmuDb) db = open_two (dir);
  refuse (db, "", NULL, LANMU_DB_ERROR_REFUSED, "empty");
  scan (db, "one", NULL, 1);
  refuse (db, "one", NULL, LANMU_DB_ERROR_EXISTS, "number 1");
  scan (db, "one", "10", 1); /* now we hear whose it is */
  refuse (db, "one", "20", LANMU_DB_ERROR_EXISTS, "number 1 for 10");
  refuse (db, "two", "10", LANMU_DB_ERROR_EXISTS, "as number 1");
  refuse (db, "two", "99", LANMU_DB_ERROR_NO_ROW, "99");
  scan (db, "two", "20", 2);
  g_autofree char *owner = lanmu_door_find_student (db, "two", NULL), *nobody = lanmu_door_find_student (db, "x", NULL);
  g_assert_cmpstr (owner, ==, "20");
  g_assert_cmpstr (nobody, ==, "");
  g_clear_pointer (&db, lanmu_db_close);
  remove_folder (dir);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/door/order", test_order);
  g_test_add_func ("/db/door/alarms", test_alarms);
  return g_test_run ();
}
