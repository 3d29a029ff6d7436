/* Slip repair: what is planned is what is done, nothing else changes hands, it can be taken back, and verify holds before and after each. */
#include "app/repair.h"

#include "app/tray.h"
#include "app/verify.h"
#include "db/audit.h"
#include "db/bindings.h"
#include "db/codes.h"
#include "db/countersigns.h"
#include "db/shots.h"
#include "db/vault.h"
#include "tests/unit/app/shooting.h"

#define A "202100001"
#define B "202100002"
#define C "202100003"
#define D "202100004"

static void say (const LanmuFinding *finding, gpointer data)
{
  g_test_message ("%s %s: %s", finding->kind, finding->student_no, finding->message);
}

static void expect_sound (Shooting *self)
{
  LanmuVerified out;
  g_autoptr (GError) error = NULL;
  g_assert_true (lanmu_verify (self->db, say, NULL, &out, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (out.broken, ==, 0);
}

static LanmuRepairPlan *plan (Shooting *self, const LanmuRepairWish *wish)
{
  g_autoptr (GError) error = NULL;
  LanmuRepairPlan *made = lanmu_repair_plan (self->db, wish, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < made->refusals->len; i++)
    g_test_message ("%s", ((LanmuRepairRefusal *) made->refusals->pdata[i])->message);
  return made;
}

static gint64 apply (Shooting *self, const LanmuRepairWish *wish)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuRepairPlan) made = plan (self, wish);
  g_assert_cmpuint (made->refusals->len, ==, 0);
  LanmuRepairJob job = {.wish = *wish,
                        .fingerprint = made->fingerprint,
                        .actor = (char *) ACTOR,
                        .reason = (char *) "called the wrong one"};
  g_assert_true (lanmu_repair_apply (self->db, &job, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (job.students->len + job.tokens->len, ==, made->pairs->len);
  g_array_unref (job.students);
  g_ptr_array_unref (job.tokens);
  expect_sound (self);
  return job.repair_id;
}

static void expect_refusal (Shooting *self, const LanmuRepairWish *wish, const char *kind)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuRepairPlan) made = plan (self, wish);
  g_assert_cmpuint (made->refusals->len, >, 0);
  g_assert_cmpstr (((LanmuRepairRefusal *) made->refusals->pdata[0])->kind, ==, kind);
  LanmuRepairJob job = {.wish = *wish, .actor = (char *) ACTOR, .reason = (char *) "why"};
  g_assert_false (lanmu_repair_apply (self->db, &job, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
}

/* "NO state chosen: shots", with the names the test gave. */
static void expect_student (Shooting *self, const char *no, LanmuStudentState state, const char *chosen, guint takes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuStudentRow) row = lanmu_student_get_by_no (self->db, no, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lanmu_student_state_to_string (row->state), ==, lanmu_student_state_to_string (state));
  g_assert_cmpstr (row->chosen_shot, ==, chosen);
  g_assert_cmpint (row->takes, ==, takes);
}

static void expect_owner (Shooting *self, const char *shot, const char *no)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuShotRow) row = lanmu_shot_get (self->db, shot, &error);
  g_assert_no_error (error);
  g_assert_cmpint (row->student_id, ==, no != NULL ? student_id (self->db, no) : 0);
  g_assert_cmpint (row->state, ==, no != NULL ? LANMU_SHOT_ATTACHED : LANMU_SHOT_QUARANTINED);
  g_assert_true (g_str_has_prefix (row->path, no != NULL ? "shots/" : "quarantine/"));
  g_autofree char *path = g_build_filename (self->dir, row->path, NULL);
  g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
}

static void accept (Shooting *self, const char *no, const char *shot)
{
  g_autoptr (GError) error = NULL;
  g_assert_true (lanmu_shot_accept (self->db, student_id (self->db, no), shot, ACTOR, &error));
  g_assert_no_error (error);
}

static LanmuRepairWish undo_of (gint64 id)
{
  return (LanmuRepairWish){.kind = LANMU_REPAIR_UNDO, .undoes = id};
}

static void swap (Shooting *self, gconstpointer data)
{
  g_autofree char *a1 = shooting_take (self, A, "a1", NULL), *a2 = shooting_take (self, A, "a2", NULL);
  g_autofree char *b1 = shooting_take (self, B, "b1", NULL);
  const LanmuRepairWish wish = {.kind = LANMU_REPAIR_SWAP, .first = (char *) A, .second = (char *) B};
  accept (self, A, a2);
  g_autoptr (LanmuRepairPlan) made = plan (self, &wish);
  g_assert_cmpuint (made->pairs->len, ==, 2);
  g_assert_cmpuint (made->moves->len, ==, 3);
  const LanmuRepairPair *second = made->pairs->pdata[1];
  g_assert_cmpstr (second->student_no, ==, B);
  g_assert_cmpuint (second->before->len, ==, 1);
  g_assert_cmpuint (second->after->len, ==, 2);
  g_assert_true (((LanmuRepairTake *) second->after->pdata[1])->chosen);
  g_assert_cmpint (second->state_after, ==, LANMU_STUDENT_ACCEPTED);
  expect_student (self, B, LANMU_STUDENT_SHOT, NULL, 1); /* a plan changes nothing */

  gint64 id = apply (self, &wish);
  expect_student (self, A, LANMU_STUDENT_SHOT, NULL, 1);
  expect_student (self, B, LANMU_STUDENT_ACCEPTED, a2, 2);
  expect_owner (self, a1, B);
  expect_owner (self, b1, A);
  g_autoptr (LanmuTicketRow) ticket = lanmu_ticket_get (self->db, a1, NULL);
  g_assert_cmpint (ticket->student_id, ==, student_id (self->db, A)); /* what was true then stays */

  const LanmuRepairWish back = undo_of (id);
  gint64 undone = apply (self, &back);
  expect_student (self, A, LANMU_STUDENT_ACCEPTED, a2, 2);
  expect_student (self, B, LANMU_STUDENT_SHOT, NULL, 1);
  expect_refusal (self, &back, "undone_already");
  const LanmuRepairWish again = undo_of (undone);
  apply (self, &again);
  expect_owner (self, a1, B);
}

static void move_one (Shooting *self, gconstpointer data)
{
  g_autofree char *a1 = shooting_take (self, A, "a1", NULL), *a2 = shooting_take (self, A, "a2", NULL);
  const LanmuRepairWish wish = {.kind = LANMU_REPAIR_MOVE, .shot = a1, .second = (char *) B};
  accept (self, A, a1);
  gint64 id = apply (self, &wish);
  expect_owner (self, a1, B);
  expect_owner (self, a2, A);
  expect_student (self, A, LANMU_STUDENT_SHOT, NULL, 1);
  expect_student (self, B, LANMU_STUDENT_ACCEPTED, a1, 1);
  const LanmuRepairWish back = undo_of (id);
  apply (self, &back);
  expect_student (self, A, LANMU_STUDENT_ACCEPTED, a1, 2);
  expect_student (self, B, LANMU_STUDENT_WAITING, NULL, 0);
}

/* A portrait that is there stays: what comes is one more take. */
static void move_all (Shooting *self, gconstpointer data)
{
  g_autofree char *a1 = shooting_take (self, A, "a1", NULL), *b1 = shooting_take (self, B, "b1", NULL);
  const LanmuRepairWish wish = {.kind = LANMU_REPAIR_MOVE, .first = (char *) A, .second = (char *) B};
  accept (self, A, a1);
  accept (self, B, b1);
  gint64 id = apply (self, &wish);
  expect_student (self, A, LANMU_STUDENT_WAITING, NULL, 0);
  expect_student (self, B, LANMU_STUDENT_ACCEPTED, b1, 2);
  expect_refusal (self, &wish, "nothing_to_move");
  const LanmuRepairWish back = undo_of (id);
  apply (self, &back);
  expect_student (self, A, LANMU_STUDENT_ACCEPTED, a1, 1);
}

/* A was out, B sat as A, D as B (C is absent): everybody one on, the last one to the tray. */
static void shift (Shooting *self, gconstpointer data)
{
  g_autofree char *a1 = shooting_take (self, A, "a1", NULL), *b1 = shooting_take (self, B, "b1", NULL);
  g_autofree char *d1 = shooting_take (self, D, "d1", NULL);
  g_autoptr (GError) error = NULL;
  accept (self, A, a1);
  g_assert_true (lanmu_student_set_state (self->db, student_id (self->db, C), LANMU_STUDENT_ABSENT, ACTOR, &error));
  const LanmuRepairWish wish = {.kind = LANMU_REPAIR_SHIFT, .first = (char *) A, .second = (char *) D};
  g_autoptr (LanmuRepairPlan) made = plan (self, &wish);
  g_assert_cmpuint (made->pairs->len, ==, 3);
  const LanmuRepairMove *fallen = made->moves->pdata[2];
  g_assert_cmpstr (fallen->from_no, ==, D);
  g_assert_cmpstr (fallen->to_no, ==, "");
  g_assert_cmpstr (fallen->likely_no, ==, "202100005");

  gint64 id = apply (self, &wish);
  expect_student (self, A, LANMU_STUDENT_WAITING, NULL, 0);
  expect_student (self, B, LANMU_STUDENT_ACCEPTED, a1, 1);
  expect_student (self, C, LANMU_STUDENT_ABSENT, NULL, 0);
  expect_owner (self, b1, D);
  expect_owner (self, d1, NULL);
  g_autoptr (LanmuShotRow) tray = lanmu_shot_get (self->db, d1, NULL);
  g_assert_cmpstr (tray->reason, ==, "repair");
  g_assert_cmpint (tray->likely_student_id, ==, student_id (self->db, "202100005"));

  const LanmuRepairWish back = undo_of (id);
  apply (self, &back);
  expect_owner (self, d1, D);
  expect_student (self, A, LANMU_STUDENT_ACCEPTED, a1, 1);
  g_autoptr (GPtrArray) left = lanmu_vault_list (self->dir, LANMU_VAULT_QUARANTINE, &error);
  g_assert_cmpuint (left->len, ==, 0);
}

static void shift_back (Shooting *self, gconstpointer data)
{
  g_autofree char *b1 = shooting_take (self, B, "b1", NULL), *c1 = shooting_take (self, C, "c1", NULL);
  const LanmuRepairWish wish = {
      .kind = LANMU_REPAIR_SHIFT, .first = (char *) A, .second = (char *) C, .backward = TRUE};
  apply (self, &wish);
  expect_owner (self, b1, A);
  expect_owner (self, c1, B);
  expect_student (self, C, LANMU_STUDENT_WAITING, NULL, 0);
  const LanmuRepairWish reversed = {.kind = LANMU_REPAIR_SHIFT, .first = (char *) C, .second = (char *) A};
  expect_refusal (self, &reversed, "bad_range");
  const LanmuRepairWish single = {.kind = LANMU_REPAIR_SHIFT, .first = (char *) A, .second = (char *) A};
  expect_refusal (self, &single, "bad_range");
}

static void assigned_after_the_tray (Shooting *self, gconstpointer data)
{
  g_autofree char *a1 = shooting_take (self, A, "a1", NULL), *b1 = shooting_take (self, B, "b1", NULL);
  g_autoptr (GError) error = NULL;
  const LanmuRepairWish wish = {.kind = LANMU_REPAIR_SHIFT, .first = (char *) A, .second = (char *) B};
  gint64 id = apply (self, &wish);
  LanmuTrayWord word = {.shot = b1, .student_no = D, .actor = ACTOR};
  g_assert_true (lanmu_tray_assign (self->db, &word, &error));
  expect_sound (self);
  const LanmuRepairWish back = undo_of (id);
  expect_refusal (self, &back, "changed_since");
  const LanmuRepairWish swap = {.kind = LANMU_REPAIR_SWAP, .first = (char *) D, .second = (char *) B};
  apply (self, &swap); /* a repaired, assigned picture may be repaired again */
  expect_owner (self, b1, B);
}

static void changed_since (Shooting *self, gconstpointer data)
{
  g_autofree char *a1 = shooting_take (self, A, "a1", NULL), *b1 = shooting_take (self, B, "b1", NULL);
  g_autoptr (GError) error = NULL;
  const LanmuRepairWish wish = {.kind = LANMU_REPAIR_SWAP, .first = (char *) A, .second = (char *) B};
  g_autoptr (LanmuRepairPlan) made = plan (self, &wish);
  g_autofree char *b2 = shooting_take (self, B, "b2", NULL);
  LanmuRepairJob job = {
      .wish = wish, .fingerprint = made->fingerprint, .actor = (char *) ACTOR, .reason = (char *) "why"};
  g_assert_false (lanmu_repair_apply (self->db, &job, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  expect_owner (self, a1, A);
  gint64 id = apply (self, &wish);
  accept (self, B, a1);
  const LanmuRepairWish back = undo_of (id);
  expect_refusal (self, &back, "changed_since");
  job = (LanmuRepairJob){.wish = wish, .actor = (char *) ACTOR, .reason = (char *) ""};
  g_assert_false (lanmu_repair_apply (self->db, &job, &error)); /* nobody said why */
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
}

static void refusals (Shooting *self, gconstpointer data)
{
  g_autofree char *a1 = shooting_take (self, A, "a1", NULL), *t1 = shooting_take (self, B, "t1", "other-time");
  g_autoptr (GError) error = NULL;
  const LanmuRepairWish same = {.kind = LANMU_REPAIR_SWAP, .first = (char *) A, .second = (char *) A};
  expect_refusal (self, &same, "same_student");
  const LanmuRepairWish nothing = {.kind = LANMU_REPAIR_SWAP, .first = (char *) C, .second = (char *) D};
  expect_refusal (self, &nothing, "nothing_to_move");
  const LanmuRepairWish tray = {.kind = LANMU_REPAIR_MOVE, .shot = t1, .second = (char *) A};
  expect_refusal (self, &tray, "nothing_to_move");
  const LanmuRepairWish seated = {
      .kind = LANMU_REPAIR_SWAP, .first = (char *) A, .second = (char *) B, .session_id = self->session};
  expect_refusal (self, &seated, "before_camera"); /* B was bound last and nobody since */
  const LanmuRepairWish stranger = {.kind = LANMU_REPAIR_SWAP, .first = (char *) A, .second = (char *) "nobody"};
  g_assert_null (lanmu_repair_plan (self->db, &stranger, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW);
  g_clear_error (&error);
  const LanmuRepairWish unknown = undo_of (99);
  g_assert_null (lanmu_repair_plan (self->db, &unknown, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW);
  g_clear_error (&error);

  g_autoptr (LanmuBindingRow) open = NULL;
  g_assert_true (lanmu_binding_get_open (self->db, &open, NULL));
  LanmuTicketRow wanted = {.origin = LANMU_ORIGIN_HOST,
                           .student_id = open->student_id,
                           .binding_id = open->id,
                           .session_id = self->session,
                           .operator_name = (char *) ACTOR,
                           .camera_serial = (char *) "1",
                           .opened = {self->us, self->us}};
  g_autoptr (LanmuTicketRow) ticket = lanmu_ticket_open (self->db, &wanted, ACTOR, &error);
  g_assert_no_error (error);
  const LanmuRepairWish coming = {.kind = LANMU_REPAIR_SWAP, .first = (char *) A, .second = (char *) B};
  expect_refusal (self, &coming, "picture_coming");
  expect_sound (self);
}

static void countersign (Shooting *self, const char *shot, const char *no, gboolean confirmed)
{
  g_autoptr (GError) error = NULL;
  const LanmuCountersignRow row = {.shot_id = (char *) shot,
                                   .student_id = student_id (self->db, no),
                                   .actor = (char *) "counselor",
                                   .how = (char *) "key",
                                   .confirmed = confirmed,
                                   .reason = (char *) (confirmed ? "" : "another person")};
  g_assert_cmpint (lanmu_countersign_add (self->db, &row, &error), >, 0);
  g_assert_no_error (error);
}

/* What a counselor confirmed does not change hands, nor is anything laid beside it, before that was taken back. */
static void countersigned (Shooting *self, gconstpointer data)
{
  g_autofree char *a1 = shooting_take (self, A, "a1", NULL), *b1 = shooting_take (self, B, "b1", NULL);
  const LanmuRepairWish swap = {.kind = LANMU_REPAIR_SWAP, .first = (char *) A, .second = (char *) B};
  const LanmuRepairWish move = {.kind = LANMU_REPAIR_MOVE, .first = (char *) A, .second = (char *) B};
  countersign (self, b1, B, TRUE);
  expect_refusal (self, &swap, "countersigned");
  expect_refusal (self, &move, "countersigned");
  countersign (self, b1, B, FALSE);
  gint64 id = apply (self, &swap);
  countersign (self, b1, A, TRUE);
  const LanmuRepairWish back = undo_of (id);
  expect_refusal (self, &back, "countersigned");
}

static guint count_broken (Shooting *self)
{
  LanmuVerified out;
  g_assert_true (lanmu_verify (self->db, say, NULL, &out, NULL));
  return out.broken;
}

/* Whoever changes an owner, or a repair, behind our back is found. */
static void tampered (Shooting *self, gconstpointer data)
{
  g_autofree char *a1 = shooting_take (self, A, "a1", NULL), *b1 = shooting_take (self, B, "b1", NULL);
  const LanmuRepairWish wish = {.kind = LANMU_REPAIR_SWAP, .first = (char *) A, .second = (char *) B};
  apply (self, &wish);
  shooting_tamper (self, "DROP TRIGGER repair_no_update; DROP TRIGGER repair_shot_no_delete; "
                         "UPDATE repair SET reason = 'another story'");
  g_assert_cmpuint (count_broken (self), ==, 1);
  shooting_tamper (self, "UPDATE repair SET reason = 'called the wrong one'");
  expect_sound (self);
  g_autofree char *sql = g_strdup_printf ("UPDATE shot SET student_id = 3 WHERE id = '%s'", a1);
  shooting_tamper (self, sql);
  g_assert_cmpuint (count_broken (self), >=, 1);
  g_autofree char *restore = g_strdup_printf ("UPDATE shot SET student_id = 2 WHERE id = '%s'", a1);
  shooting_tamper (self, restore);
  expect_sound (self);
  shooting_tamper (self, "DELETE FROM repair_shot");
  g_assert_cmpuint (count_broken (self), >=, 2);
}

/* -- somebody under a capture code -- */

#define CODE "x1:采集"

static void expect_code (Shooting *self, const char *state, const char *chosen, int takes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuCodeRow) row = lanmu_code_get (self->db, CODE, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (lanmu_code_state_to_string (row->state), ==, state);
  g_assert_cmpstr (row->chosen_shot, ==, chosen);
  g_assert_cmpint (row->takes, ==, takes);
}

/* The operator scanned a code while A sat there, and called A for who holds the code. */
static void swap_with_a_code (Shooting *self, gconstpointer data)
{
  g_autofree char *a = shooting_take (self, A, "a", NULL), *c1 = shooting_take_code (self, CODE, "c1", NULL), *c2 = shooting_take_code (self, CODE, "c2", NULL);
  const LanmuRepairWish wish = {.kind = LANMU_REPAIR_SWAP, .first = (char *) A, .second = (char *) "code:" CODE};
  g_assert_true (lanmu_code_accept (self->db, CODE, c2, ACTOR, NULL));
  gint64 id = apply (self, &wish);
  expect_code (self, "shot", NULL, 1);
  expect_student (self, A, LANMU_STUDENT_ACCEPTED, c2, 2);
  expect_owner (self, c1, A);
  LanmuRepairWish back = undo_of (id);
  apply (self, &back);
  expect_code (self, "accepted", c2, 2);
  expect_student (self, A, LANMU_STUDENT_SHOT, NULL, 1);
  expect_owner (self, a, A);
}

/* By its number in `lanmuctl codes`; one picture only; and to and fro. */
static void move_to_a_code (Shooting *self, gconstpointer data)
{
  g_autofree char *a1 = shooting_take (self, A, "a1", NULL), *a2 = shooting_take (self, A, "a2", NULL), *c = shooting_take_code (self, CODE, "c", NULL);
  const LanmuRepairWish to_code = {.kind = LANMU_REPAIR_MOVE, .shot = a2, .second = (char *) "code#1"};
  const LanmuRepairWish to_student = {.kind = LANMU_REPAIR_MOVE, .shot = c, .second = (char *) A};
  apply (self, &to_code);
  expect_code (self, "shot", NULL, 2);
  apply (self, &to_student);
  expect_code (self, "shot", NULL, 1);
  expect_owner (self, a1, A);
  expect_owner (self, c, A);
}

static void refuse_about_codes (Shooting *self, gconstpointer data)
{
  g_autofree char *c = shooting_take_code (self, CODE, "c", NULL);
  g_autoptr (GError) error = NULL;
  const LanmuRepairWish itself = {.kind = LANMU_REPAIR_SWAP, .first = (char *) "code#1", .second = (char *) "code:" CODE};
  const LanmuRepairWish nobody = {.kind = LANMU_REPAIR_SWAP, .first = (char *) A, .second = (char *) "code:never-scanned"};
  const LanmuRepairWish seated = {.kind = LANMU_REPAIR_MOVE, .first = (char *) "code#1", .second = (char *) A, .session_id = self->session};
  expect_refusal (self, &itself, "same_student");
  expect_refusal (self, &seated, "before_camera");
  g_assert_null (lanmu_repair_plan (self->db, &nobody, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  const struct {
    const char *path;
    void (*run) (Shooting *self, gconstpointer data);
  } tests[] = {
      {"/repair/swap", swap},
      {"/repair/move-one", move_one},
      {"/repair/move-all", move_all},
      {"/repair/shift", shift},
      {"/repair/shift-back", shift_back},
      {"/repair/assigned-after-the-tray", assigned_after_the_tray},
      {"/repair/changed-since", changed_since},
      {"/repair/refusals", refusals},
      {"/repair/countersigned", countersigned},
      {"/repair/tampered", tampered},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Shooting, NULL, shooting_set_up, tests[i].run, shooting_tear_down);
  g_test_add ("/repair/code/swap", Shooting, NULL, shooting_set_up, swap_with_a_code, shooting_tear_down);
  g_test_add ("/repair/code/move", Shooting, NULL, shooting_set_up, move_to_a_code, shooting_tear_down);
  g_test_add ("/repair/code/refused", Shooting, NULL, shooting_set_up, refuse_about_codes, shooting_tear_down);
  return g_test_run ();
}
