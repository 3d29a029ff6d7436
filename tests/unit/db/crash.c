/* Kills a shooting process at every killpoint it passes, then holds what is on the disk against the promises: nothing
 * half-written, every ticket accounted for, every row with its file, every file with its row or its open ticket. */
#include "tests/unit/db/fixture.h"
#include "db/audit.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

static const char *child_path;

/* The wait status of `child shoot dir` under the environment variable given. */
static int run_child (const char *dir, const char *variable, const char *value)
{
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) env = g_environ_setenv (g_get_environ (), variable, value, TRUE);
  const char *argv[] = {child_path, "shoot", dir, NULL};
  int status = -1;

  g_assert_true (g_spawn_sync (NULL, (char **)argv, env, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error));
  g_assert_no_error (error);
  return status;
}

static char *names_in_order (void)
{
  g_autofree char *dir = make_folder ();
  g_autofree char *log = g_build_filename (dir, "killpoints", NULL);
  char *text = NULL;

  g_assert_cmpint (run_child (dir, "LANMU_KILL_LOG", log), ==, 0);
  g_assert_true (g_file_get_contents (log, &text, NULL, NULL));
  remove_folder (dir);
  return text;
}

static gboolean has_file (GPtrArray *files, const char *id)
{
  for (guint i = 0; i < files->len; i++)
    if (g_str_equal (((LanmuVaultFile *)files->pdata[i])->id, id))
      return TRUE;
  return FALSE;
}

static gboolean check_row (const LanmuShotRow *row, gpointer data)
{
  g_autofree char *path = g_build_filename ((const char *)data, row->path, NULL);
  g_autoptr (GError) error = NULL;
  gint64 size = 0;
  int fd = open (path, O_RDONLY | O_CLOEXEC);

  g_assert_cmpint (fd, >=, 0);
  g_autofree char *sum = lanmu_vault_sha256 (fd, &size, &error);
  close (fd);
  g_assert_cmpstr (sum, ==, row->sha256);
  g_assert_cmpint (size, ==, row->size);
  return TRUE;
}

static gboolean check_ticket (const LanmuTicketRow *row, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuShotRow) shot = lanmu_shot_get (data, row->id, &error);

  if (row->state == LANMU_TICKET_ATTACHED || row->state == LANMU_TICKET_QUARANTINED)
    g_assert_nonnull (shot);
  else
    g_assert_null (shot);
  return TRUE;
}

/* A picture belongs to a row, or to a ticket that every restart still finds. */
static void check_files (LanmuDb *db, const char *dir, LanmuVaultPlace place)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) files = lanmu_vault_list (dir, place, &error);

  g_assert_no_error (error);
  for (guint i = 0; i < files->len; i++) {
    const LanmuVaultFile *file = files->pdata[i];
    g_autoptr (LanmuTicketRow) ticket = lanmu_ticket_get (db, file->id, &error);
    g_assert_no_error (error);
    if (place == LANMU_VAULT_INCOMING)
      g_assert_cmpint (ticket->state, ==, LANMU_TICKET_OPEN);
    else
      g_assert_cmpint (file->size, ==, (gint64)strlen ("picture of ") + LANMU_ID_LENGTH);
  }
  /* Never in two places at once but for the two names of a quarantined shot that is being assigned. */
  if (place == LANMU_VAULT_SHOTS) {
    g_autoptr (GPtrArray) incoming = lanmu_vault_list (dir, LANMU_VAULT_INCOMING, &error);
    for (guint i = 0; i < files->len; i++)
      g_assert_false (has_file (incoming, ((LanmuVaultFile *)files->pdata[i])->id));
  }
}

static void check_folder (const char *dir)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_db_open (dir, LANMU_DB_READ_WRITE, &error);

  /* Killed before there was a campaign's database: opening says so, and creating again works. */
  if (!db) {
    g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NOT_FOUND);
    g_clear_error (&error);
    db = lanmu_db_open (dir, LANMU_DB_CREATE, &error);
  }
  g_assert_no_error (error);
  g_assert_true (lanmu_db_check (db, TRUE, &error));
  g_assert_true (lanmu_audit_verify (db, NULL, NULL, &error));
  g_assert_no_error (error);
  g_assert_true (lanmu_shots_list (db, 0, LANMU_SHOT_ANY_STATE, check_row, (gpointer)dir, &error));
  g_assert_true (lanmu_tickets_list (db, LANMU_TICKET_ANY_STATE, check_ticket, db, &error));
  for (int place = LANMU_VAULT_INCOMING; place <= LANMU_VAULT_QUARANTINE; place++)
    check_files (db, dir, (LanmuVaultPlace)place);
}

static void test_every_killpoint (void)
{
  g_autofree char *log = names_in_order ();
  g_auto (GStrv) names = g_strsplit (g_strchomp (log), "\n", -1);
  g_autoptr (GHashTable) passings = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (g_strv_length (names), >, 25);
  for (guint i = 0; names[i]; i++) {
    g_autofree char *dir = make_folder ();
    int count = GPOINTER_TO_INT (g_hash_table_lookup (passings, names[i])) + 1;
    g_autofree char *at_name = g_strdup_printf ("%s:%d", names[i], count);
    g_hash_table_insert (passings, names[i], GINT_TO_POINTER (count));
    g_test_message ("killed at %s", at_name);
    int status = run_child (dir, "LANMU_KILL_AT", at_name);
    g_assert_true (WIFSIGNALED (status));
    g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
    check_folder (dir);
    remove_folder (dir);
  }
}

/* The order of a shot on the disk: bytes, then name, then row. */
static void test_order (void)
{
  static const char *const order[] = {"ticket.open.after-commit",      "vault.incoming.after-create",
                                      "vault.keep.after-fsync",        "vault.keep.after-rename",
                                      "vault.keep.after-folder-fsync", "shot.attach.before-commit",
                                      "shot.attach.after-commit",      "shot.accept.after-commit"};
  g_autofree char *log = names_in_order ();
  const char *place = log;

  for (gsize i = 0; i < G_N_ELEMENTS (order); i++) {
    place = strstr (place, order[i]);
    g_assert_nonnull (place);
  }
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  child_path = g_getenv ("LANMU_TEST_CHILD");
  g_assert_nonnull (child_path);
  g_test_add_func ("/db/crash/order", test_order);
  g_test_add_func ("/db/crash/every-killpoint", test_every_killpoint);
  return g_test_run ();
}
