/* verify finds each way a promise can be broken, and finds nothing where nothing is. */
#include "app/verify.h"

#include <string.h>
#include <unistd.h>

#include "db/vault.h"
#include "tests/unit/app/shooting.h"

static void keep (const LanmuFinding *finding, gpointer data)
{
  g_test_message ("%s %s: %s", finding->kind, finding->student_no, finding->message);
  g_assert_true (g_str_has_suffix (finding->message, "."));
  g_ptr_array_add (data, g_strdup_printf ("%s %s", finding->kind, finding->student_no));
}

static LanmuVerified verify (Shooting *self, GPtrArray *found)
{
  LanmuVerified out;
  g_autoptr (GError) error = NULL;
  g_assert_true (lanmu_verify (self->db, keep, found, &out, &error));
  g_assert_no_error (error);
  return out;
}

static void expect (Shooting *self, const char *kind, guint broken)
{
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  LanmuVerified out = verify (self, found);
  gboolean is_found = FALSE;
  for (guint i = 0; i < found->len; i++)
    is_found |= g_str_equal (found->pdata[i], kind);
  g_assert_true (is_found);
  g_assert_cmpuint (out.broken, ==, broken);
}

static char *path_of (Shooting *self, const char *shot)
{
  g_autoptr (LanmuShotRow) row = lanmu_shot_get (self->db, shot, NULL);
  return g_build_filename (self->dir, row->path, NULL);
}

static void sound (Shooting *self, gconstpointer data)
{
  g_autofree char *a = shooting_take (self, "202100001", "one", NULL),
                  *b = shooting_take (self, "202100002", "two", NULL);
  g_autofree char *c = shooting_take (self, "202100003", "three", "other-time");
  g_assert_true (lanmu_shot_accept (self->db, student_id (self->db, "202100001"), a, ACTOR, NULL));
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  LanmuVerified out = verify (self, found);
  g_assert_cmpuint (found->len, ==, 0);
  g_assert_cmpint (out.shots, ==, 3);
  g_assert_cmpint (out.files, ==, 3);
  g_assert_cmpint (out.bytes, ==, 11);
  g_assert_cmpint (out.quarantined, ==, 1);
  g_assert_cmpint (out.bindings, ==, 3);
}

static void missing_file (Shooting *self, gconstpointer data)
{
  g_autofree char *shot = shooting_take (self, "202100001", "one", NULL);
  g_autofree char *path = path_of (self, shot);
  g_assert_cmpint (unlink (path), ==, 0);
  expect (self, "missing_file 202100001", 1);
}

static void changed_file (Shooting *self, gconstpointer data)
{
  g_autofree char *shot = shooting_take (self, "202100001", "one", NULL);
  g_autofree char *path = path_of (self, shot);
  g_assert_true (g_file_set_contents (path, "onf", 3, NULL));
  expect (self, "changed_file 202100001", 1);
  g_assert_true (g_file_set_contents (path, "onee", 4, NULL));
  expect (self, "changed_file 202100001", 1);
}

static void stray_file (Shooting *self, gconstpointer data)
{
  g_autofree char *shot = shooting_take (self, "202100001", "one", NULL);
  g_autofree char *path = path_of (self, shot);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *stray = g_build_filename (folder, "01ARZ3NDEKTSV4RRFFQ69G5FAV.jpg", NULL);
  g_assert_true (g_file_set_contents (stray, "x", 1, NULL));
  expect (self, "stray_file ", 1);
}

static void wrong_owner (Shooting *self, gconstpointer data)
{
  g_autofree char *a = shooting_take (self, "202100001", "one", NULL),
                  *b = shooting_take (self, "202100002", "two", NULL);
  g_autofree char *sql = g_strdup_printf (
      "UPDATE shot SET student_id = (SELECT id FROM student WHERE student_no = '202100003') WHERE id = '%s'", a);
  shooting_tamper (self, sql);
  /* not its ticket's student; not who was bound; bound was somebody else; and 202100001 counts as shot without a
   * picture */
  expect (self, "wrong_owner 202100003", 4);
}

/* The row agrees with its ticket, but the exposure lies in another student's time. */
static void wrong_time (Shooting *self, gconstpointer data)
{
  g_autofree char *a = shooting_take (self, "202100001", "one", NULL),
                  *b = shooting_take (self, "202100002", "two", NULL);
  g_autofree char *sql =
      g_strdup_printf ("UPDATE shot SET exposed_lo_us = (SELECT exposed_lo_us FROM shot WHERE id = '%s'), "
                       "exposed_hi_us = (SELECT exposed_hi_us FROM shot WHERE id = '%s') WHERE id = '%s'",
                       b, b, a);
  shooting_tamper (self, sql);
  expect (self, "wrong_owner 202100001", 1);
}

static void lost_shot (Shooting *self, gconstpointer data)
{
  g_autofree char *a = shooting_take (self, "202100001", "one", NULL);
  g_autofree char *path = path_of (self, a);
  shooting_tamper (self, "DELETE FROM shot");
  g_assert_cmpint (unlink (path), ==, 0);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  verify (self, found);
  g_assert_true (g_ptr_array_find_with_equal_func (found, "lost_shot 202100001", g_str_equal, NULL));
}

static void wrong_portrait (Shooting *self, gconstpointer data)
{
  g_autofree char *a = shooting_take (self, "202100001", "one", NULL),
                  *b = shooting_take (self, "202100002", "two", NULL);
  g_autofree char *sql =
      g_strdup_printf ("UPDATE student SET chosen_shot = '%s', state = 'accepted' WHERE student_no = '202100002'", a);
  shooting_tamper (self, sql);
  expect (self, "wrong_portrait 202100002", 1);
}

static void broken_audit (Shooting *self, gconstpointer data)
{
  g_autofree char *a = shooting_take (self, "202100001", "one", NULL);
  shooting_tamper (self, "UPDATE audit SET actor = 'nobody' WHERE id = 2");
  expect (self, "broken_audit ", 1);
}

/* Somebody sets the wall clock back, while running and between two runs: who sat there is a matter of the other clock. */
static void clock_set_back (Shooting *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  const gint64 day = G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC;
  self->wall_set = 100 * day;
  g_autofree char *a = shooting_take (self, "202100001", "one", NULL);
  self->wall_set -= 2 * G_USEC_PER_SEC; /* into the middle of the sitting before */
  g_autofree char *b = shooting_take (self, "202100002", "two", NULL);
  self->wall_set -= day;
  g_autofree char *c = shooting_take (self, "202100003", "three", NULL);
  self->us += G_USEC_PER_SEC;
  self->session = lanmu_session_begin (self->db, "test", ACTOR, (LanmuMoment){self->us + self->wall_set, self->us}, &error);
  g_assert_no_error (error);
  self->wall_set -= 50 * day; /* before the first session of all */
  g_autofree char *d = shooting_take (self, "202100004", "four", NULL);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  LanmuVerified out = verify (self, found);
  g_assert_cmpuint (out.broken, ==, 0);
  const char *const owners[] = {"202100001", "202100002", "202100003", "202100004"};
  const char *const shots[] = {a, b, c, d};
  for (guint i = 0; i < G_N_ELEMENTS (shots); i++) {
    g_autoptr (LanmuShotRow) row = lanmu_shot_get (self->db, shots[i], NULL);
    g_assert_cmpint (row->student_id, ==, student_id (self->db, owners[i]));
  }
}

/* What is on its way is worth a note and breaks nothing. */
static void open_ticket (Shooting *self, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *a = shooting_take (self, "202100001", "one", NULL);
  LanmuTicketRow wanted = {.origin = LANMU_ORIGIN_BODY,
                           .session_id = self->session,
                           .operator_name = (char *) ACTOR,
                           .camera_serial = (char *) "1",
                           .opened = {self->us, self->us}};
  g_autoptr (LanmuTicketRow) ticket = lanmu_ticket_open (self->db, &wanted, ACTOR, &error);
  g_assert_no_error (error);
  int fd = -1;
  g_assert_true (lanmu_vault_incoming (self->dir, ticket->id, &fd, &error));
  close (fd);
  expect (self, "open_ticket ", 0);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  const struct {
    const char *path;
    void (*run) (Shooting *self, gconstpointer data);
  } tests[] = {
      {"/verify/sound", sound},
      {"/verify/missing-file", missing_file},
      {"/verify/changed-file", changed_file},
      {"/verify/stray-file", stray_file},
      {"/verify/wrong-owner", wrong_owner},
      {"/verify/wrong-time", wrong_time},
      {"/verify/lost-shot", lost_shot},
      {"/verify/wrong-portrait", wrong_portrait},
      {"/verify/broken-audit", broken_audit},
      {"/verify/clock-set-back", clock_set_back},
      {"/verify/open-ticket", open_ticket},
  };
  for (gsize i = 0; i < G_N_ELEMENTS (tests); i++)
    g_test_add (tests[i].path, Shooting, NULL, shooting_set_up, tests[i].run, shooting_tear_down);
  return g_test_run ();
}
