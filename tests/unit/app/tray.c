/* The quarantine tray: a person's word moves the file and the row, once, whatever comes in between. */
#include "app/tray.h"

#include <unistd.h>

#include "app/verify.h"
#include "db/codes.h"
#include "db/students.h"
#include "db/vault.h"
#include "tests/unit/app/shooting.h"

static void fail_on_finding (const LanmuFinding *finding, gpointer data)
{
  g_error ("%s: %s", finding->kind, finding->message);
}

static void verify (Shooting *self)
{
  LanmuVerified out;
  g_assert_true (lanmu_verify (self->db, fail_on_finding, NULL, &out, NULL));
}

static void assign (Shooting *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *shot = shooting_take (self, "202100001", "one", "between-students");
  LanmuTrayWord word = {.shot = shot, .student_no = "202100002", .actor = ACTOR};
  g_assert_true (lanmu_tray_assign (self->db, &word, &error));
  g_assert_no_error (error);
  g_autoptr (LanmuShotRow) row = lanmu_shot_get (self->db, shot, NULL);
  g_assert_cmpint (row->state, ==, LANMU_SHOT_ATTACHED);
  g_assert_cmpint (row->student_id, ==, student_id (self->db, "202100002"));
  g_assert_true (g_str_has_prefix (row->path, "shots/"));
  g_autoptr (GPtrArray) left = lanmu_vault_list (self->dir, LANMU_VAULT_QUARANTINE, NULL);
  g_assert_cmpuint (left->len, ==, 0);
  verify (self);
  g_assert_true (lanmu_tray_assign (self->db, &word, &error)); /* again: nothing to do */
  LanmuTrayWord other = {.shot = shot, .student_no = "202100003", .actor = ACTOR};
  g_assert_false (lanmu_tray_assign (self->db, &other, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
}

/* Killed between the row and the last unlink: the second call finishes it. */
static void finish_after_a_crash (Shooting *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *shot = shooting_take (self, "202100001", "one", "between-students"), *new_path = NULL;
  g_autoptr (LanmuShotRow) row = lanmu_shot_get (self->db, shot, NULL);
  g_assert_true (lanmu_vault_link (self->dir, row->path, LANMU_VAULT_SHOTS, &new_path, &error));
  g_assert_true (lanmu_shot_assign (self->db, shot, student_id (self->db, "202100001"), new_path, ACTOR, &error));
  LanmuTrayWord word = {.shot = shot, .student_no = "202100001", .actor = ACTOR};
  g_assert_true (lanmu_tray_assign (self->db, &word, &error));
  g_assert_no_error (error);
  verify (self);
}

static void discard (Shooting *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *shot = shooting_take (self, "202100001", "one", "between-students");
  LanmuTrayWord word = {.shot = shot, .reason = "test-picture", .actor = ACTOR};
  g_assert_true (lanmu_tray_discard (self->db, &word, &error));
  g_autoptr (LanmuShotRow) row = lanmu_shot_get (self->db, shot, NULL);
  g_autofree char *path = g_build_filename (self->dir, row->path, NULL);
  g_assert_cmpint (row->state, ==, LANMU_SHOT_DISCARDED);
  g_assert_cmpint (access (path, R_OK), ==, 0);
  verify (self);
}

static void assert_student (Shooting *self, const char *student_no, LanmuStudentState state, int takes)
{
  g_autoptr (LanmuStudentRow) row = lanmu_student_get_by_no (self->db, student_no, NULL);
  g_assert_cmpint (row->state, ==, state);
  g_assert_cmpint (row->takes, ==, takes);
}

/* An assignment taken back: tray, file and student are as before, and verify can say why. */
static void unassign (Shooting *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *shot = shooting_take (self, "202100001", "one", "between-students");
  LanmuTrayWord word = {.shot = shot, .student_no = "202100002", .actor = ACTOR, .state_before = LANMU_STUDENT_ABSENT};
  g_assert_false (lanmu_tray_unassign (self->db, &word, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (lanmu_tray_assign (self->db, &word, &error));
  assert_student (self, "202100002", LANMU_STUDENT_SHOT, 1);
  g_assert_true (lanmu_tray_unassign (self->db, &word, &error));
  g_assert_no_error (error);
  assert_student (self, "202100002", LANMU_STUDENT_ABSENT, 0);
  g_autoptr (LanmuShotRow) row = lanmu_shot_get (self->db, shot, NULL);
  g_assert_cmpint (row->state, ==, LANMU_SHOT_QUARANTINED);
  g_assert_cmpstr (row->reason, ==, "between-students");
  g_assert_true (g_str_has_prefix (row->path, "quarantine/"));
  verify (self);
  word.student_no = "202100003"; /* and now the right one */
  g_assert_true (lanmu_tray_assign (self->db, &word, &error));
  verify (self);
  g_assert_true (lanmu_shot_accept (self->db, student_id (self->db, "202100003"), shot, ACTOR, &error));
  g_assert_false (lanmu_tray_unassign (self->db, &word, &error)); /* a portrait is not pulled away */
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  verify (self);
}

static void undiscard (Shooting *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *shot = shooting_take (self, "202100001", "one", "no-time");
  LanmuTrayWord word = {.shot = shot, .reason = "test-picture", .actor = ACTOR};
  g_assert_true (lanmu_tray_discard (self->db, &word, &error));
  word.reason = "no-time";
  g_assert_true (lanmu_tray_undiscard (self->db, &word, &error));
  g_assert_false (lanmu_tray_undiscard (self->db, &word, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_autoptr (LanmuShotRow) row = lanmu_shot_get (self->db, shot, NULL);
  g_assert_cmpint (row->state, ==, LANMU_SHOT_QUARANTINED);
  g_assert_cmpstr (row->reason, ==, "no-time");
  verify (self);
}

static void nobody (Shooting *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *shot = shooting_take (self, "202100001", "one", "between-students");
  LanmuTrayWord word = {.shot = shot, .student_no = "9", .actor = ACTOR};
  g_assert_false (lanmu_tray_assign (self->db, &word, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW);
  g_clear_error (&error);
  word.shot = "9";
  g_assert_false (lanmu_tray_assign (self->db, &word, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW);
}

/* A picture of the tray that belongs to somebody under a capture code; and one taken under a code that belongs to a student. */
static void assign_to_a_code (Shooting *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *known = shooting_take_code (self, "tok", "known", NULL), *of_code = shooting_take (self, "202100001", "one", "between-students");
  g_autofree char *of_student = shooting_take_code (self, "tok", "two", "edge-of-binding");
  LanmuTrayWord to_code = {.shot = of_code, .student_no = "code:tok", .actor = ACTOR};
  LanmuTrayWord to_student = {.shot = of_student, .student_no = "202100002", .actor = ACTOR};
  LanmuTrayWord to_nobody = {.shot = of_student, .student_no = "code:typed", .actor = ACTOR};
  g_assert_false (lanmu_tray_assign (self->db, &to_nobody, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW);
  g_clear_error (&error);
  g_assert_true (lanmu_tray_assign (self->db, &to_code, &error) && lanmu_tray_assign (self->db, &to_code, &error));
  g_assert_true (lanmu_tray_assign (self->db, &to_student, &error));
  g_assert_no_error (error);
  g_autoptr (LanmuShotRow) one = lanmu_shot_get (self->db, of_code, NULL);
  g_autoptr (LanmuShotRow) two = lanmu_shot_get (self->db, of_student, NULL);
  g_autoptr (GPtrArray) takes = lanmu_code_get_shots (self->db, "tok", NULL);
  g_assert_cmpint (one->student_id, ==, 0);
  g_assert_cmpstr (one->token, ==, "tok");
  g_assert_cmpuint (takes->len, ==, 2);
  g_assert_cmpint (two->student_id, ==, student_id (self->db, "202100002"));
  g_assert_null (two->token); /* somebody else sat under it */
  verify (self);
  g_assert_true (lanmu_tray_unassign (self->db, &to_code, &error));
  g_assert_no_error (error);
  g_autoptr (LanmuShotRow) back = lanmu_shot_get (self->db, of_code, NULL);
  g_assert_cmpint (back->state, ==, LANMU_SHOT_QUARANTINED);
  verify (self);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/tray/assign", Shooting, NULL, shooting_set_up, assign, shooting_tear_down);
  g_test_add ("/tray/finish-after-a-crash", Shooting, NULL, shooting_set_up, finish_after_a_crash, shooting_tear_down);
  g_test_add ("/tray/discard", Shooting, NULL, shooting_set_up, discard, shooting_tear_down);
  g_test_add ("/tray/unassign", Shooting, NULL, shooting_set_up, unassign, shooting_tear_down);
  g_test_add ("/tray/undiscard", Shooting, NULL, shooting_set_up, undiscard, shooting_tear_down);
  g_test_add ("/tray/nobody", Shooting, NULL, shooting_set_up, nobody, shooting_tear_down);
  g_test_add ("/tray/code", Shooting, NULL, shooting_set_up, assign_to_a_code, shooting_tear_down);
  return g_test_run ();
}
