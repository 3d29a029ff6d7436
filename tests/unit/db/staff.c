/* Staff, countersigns and holds: what is written is what is read, and each rule of the headers and the schema refuses. */
#include "tests/unit/db/fixture.h"
#include "db/countersigns.h"
#include "db/holds.h"
#include "db/staff.h"
#include "db/students.h"

typedef struct {
  char *dir;
  LanmuDb *db;
} Fixture;

static void set_up (Fixture *f, gconstpointer data)
{
  f->dir = make_folder ();
  f->db = open_campaign (f->dir, 65);
}

static void tear_down (Fixture *f, gconstpointer data)
{
  lanmu_db_close (f->db);
  remove_folder (f->dir);
  g_free (f->dir);
}

static gint64 add (Fixture *f, const char *name, LanmuRole role)
{
  g_autoptr (GError) error = NULL;
  gint64 id = lanmu_staff_add (f->db, name, role, ACTOR, &error);
  g_assert_no_error (error);
  return id;
}

static gint64 id_of (Fixture *f, const char *student_no)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuStudentRow) row = lanmu_student_get_by_no (f->db, student_no, &error);
  g_assert_no_error (error);
  return row->id;
}

static LanmuStudentState state_of (Fixture *f, const char *student_no)
{
  g_autoptr (LanmuStudentRow) row = lanmu_student_get_by_no (f->db, student_no, NULL);
  return row->state;
}

static void test_staff (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 chen = add (f, "陈老师", LANMU_ROLE_COUNSELOR);
  const gint64 classes[] = {2, 1, 2};
  gboolean anybody = TRUE;

  g_assert_cmpint (lanmu_staff_add (f->db, "陈老师", LANMU_ROLE_PHOTOGRAPHER, ACTOR, &error), ==, 0);
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (lanmu_staff_set_classes (f->db, chen, classes, 3, ACTOR, &error));
  g_assert_true (lanmu_staff_can_sign_in (f->db, &anybody, &error));
  g_assert_false (anybody);
  g_assert_true (lanmu_staff_set_pin (f->db, chen, "hash", ACTOR, &error));
  g_assert_true (lanmu_staff_can_sign_in (f->db, &anybody, &error));
  g_assert_true (anybody);
  g_autoptr (LanmuStaffRow) row = lanmu_staff_get_by_name (f->db, "陈老师", &error);
  g_assert_no_error (error);
  g_assert_cmpint (row->role, ==, LANMU_ROLE_COUNSELOR);
  g_assert_cmpuint (row->class_ids->len, ==, 2);
  g_assert_true (lanmu_staff_row_has_class (row, 2));
  g_assert_false (lanmu_staff_row_has_class (row, 3));
  g_assert_false (lanmu_staff_row_has_class (row, 0));
  g_assert_null (lanmu_staff_get_by_name (f->db, "陈", &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW);
}

static void test_cards (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 chen = add (f, "陈老师", LANMU_ROLE_COUNSELOR), li = add (f, "李老师", LANMU_ROLE_COUNSELOR);

  g_assert_true (lanmu_staff_set_card (f->db, chen, "C-0001", ACTOR, &error));
  g_assert_false (lanmu_staff_set_card (f->db, li, "C-0001", ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS);
  g_clear_error (&error);
  g_autoptr (LanmuStaffRow) row = lanmu_staff_get_by_card (f->db, "C-0001", &error);
  g_assert_cmpint (row->id, ==, chen);
  g_assert_true (lanmu_staff_set_active (f->db, chen, FALSE, ACTOR, &error));
  g_assert_null (lanmu_staff_get_by_card (f->db, "C-0001", NULL));
}

static void test_last_administrator (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 first = add (f, "甲", LANMU_ROLE_ADMINISTRATOR), second = add (f, "乙", LANMU_ROLE_ADMINISTRATOR);

  g_assert_true (lanmu_staff_set_pin (f->db, first, "hash", ACTOR, &error));
  g_assert_false (lanmu_staff_set_active (f->db, first, FALSE, ACTOR, &error)); /* the second has no PIN */
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (lanmu_staff_set_pin (f->db, second, "hash", ACTOR, &error));
  g_assert_true (lanmu_staff_set_active (f->db, first, FALSE, ACTOR, &error));
  g_assert_no_error (error);
}

static void test_wrong_pins (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 id = add (f, "甲", LANMU_ROLE_PHOTOGRAPHER);

  g_assert_true (lanmu_staff_note_wrong_pin (f->db, id, 7, &error) && lanmu_staff_note_wrong_pin (f->db, id, 9, &error));
  g_autoptr (LanmuStaffRow) row = lanmu_staff_get (f->db, id, &error);
  g_assert_cmpint (row->wrong_pins, ==, 2);
  g_assert_cmpint (row->wrong_us, ==, 9);
  g_assert_true (lanmu_staff_note_signed_in (f->db, id, "pin", &error));
  g_autoptr (LanmuStaffRow) after = lanmu_staff_get (f->db, id, &error);
  g_assert_cmpint (after->wrong_pins, ==, 0);
  g_assert_false (lanmu_staff_note_wrong_pin (f->db, 99, 1, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW);
}

static LanmuCountersignRow word (gint64 binding, gint64 student, gboolean confirmed)
{
  return (LanmuCountersignRow){.binding_id = binding,
                               .student_id = student,
                               .actor = (char *) "陈老师",
                               .how = (char *) "pin",
                               .confirmed = confirmed,
                               .reason = (char *) (confirmed ? "" : "不是本人")};
}

static void test_countersign (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 binding = bind_student (f->db, "20210001", 100), one = id_of (f, "20210001"), two = id_of (f, "20210002");
  LanmuCountersignRow right = word (binding, one, TRUE), wrong = word (binding, two, TRUE);
  g_autoptr (LanmuCountersignRow) none = NULL, got = NULL, of_shot = NULL;

  g_assert_true (lanmu_countersign_of_binding (f->db, binding, &none, &error));
  g_assert_null (none);
  g_assert_cmpint (lanmu_countersign_add (f->db, &wrong, &error), ==, 0);
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_cmpint (lanmu_countersign_add (f->db, &right, &error), !=, 0);
  g_assert_true (lanmu_countersign_of_binding (f->db, binding, &got, &error));
  g_assert_true (got->confirmed);
  g_assert_cmpstr (got->actor, ==, "陈老师");

  g_autoptr (LanmuTicketRow) ticket = open_host_ticket (f->db, 200);
  g_autoptr (LanmuShotRow) shot = make_shot (ticket, one);
  g_assert_true (lanmu_shot_attach (f->db, shot, ACTOR, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (lanmu_countersign_of_shot (f->db, shot->id, &of_shot, &error));
  g_assert_cmpint (of_shot->id, ==, got->id);
  /* nobody rewrites it */
  g_autofree char *said = try_raw (f->dir, "UPDATE countersign SET verdict = 'refused', reason = 'x'");
  g_assert_nonnull (said);
  g_autofree char *gone = try_raw (f->dir, "DELETE FROM countersign");
  g_assert_nonnull (gone);
}

static void test_hold (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 one = id_of (f, "20210001");
  g_autoptr (LanmuHoldRow) hold = NULL;

  g_assert_cmpint (lanmu_hold_begin (f->db, one, "health", "", ACTOR, &error), ==, 0);
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_cmpint (lanmu_hold_begin (f->db, one, "health", "37.9 °C", ACTOR, &error), !=, 0);
  g_assert_cmpint (state_of (f, "20210001"), ==, LANMU_STUDENT_SKIPPED);
  g_assert_cmpint (lanmu_hold_begin (f->db, one, "other", "again", ACTOR, &error), ==, 0);
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS);
  g_clear_error (&error);
  /* the file itself refuses the seat */
  g_assert_cmpint (lanmu_binding_begin (f->db, 1, one, NULL, "scan", at (100), ACTOR, &error), ==, 0);
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (lanmu_hold_of (f->db, one, &hold, &error));
  g_assert_cmpstr (hold->reason, ==, "37.9 °C");
  g_autoptr (GPtrArray) all = lanmu_holds_list (f->db, &error);
  g_assert_cmpuint (all->len, ==, 1);
  g_assert_true (lanmu_hold_end (f->db, one, "36.5 °C", ACTOR, &error));
  g_assert_cmpint (state_of (f, "20210001"), ==, LANMU_STUDENT_WAITING);
  g_assert_false (lanmu_hold_end (f->db, one, "again", ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW);
  g_clear_error (&error);
  bind_student (f->db, "20210001", 200);
  g_assert_cmpint (lanmu_hold_begin (f->db, one, "other", "sits there", ACTOR, &error), ==, 0);
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/db/staff/list", Fixture, NULL, set_up, test_staff, tear_down);
  g_test_add ("/db/staff/cards", Fixture, NULL, set_up, test_cards, tear_down);
  g_test_add ("/db/staff/last-administrator", Fixture, NULL, set_up, test_last_administrator, tear_down);
  g_test_add ("/db/staff/wrong-pins", Fixture, NULL, set_up, test_wrong_pins, tear_down);
  g_test_add ("/db/countersign", Fixture, NULL, set_up, test_countersign, tear_down);
  g_test_add ("/db/hold", Fixture, NULL, set_up, test_hold, tear_down);
  return g_test_run ();
}
