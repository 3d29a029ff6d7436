/* A full disk: FULL is said, nothing half-written is in the vault, the database is what it was, and when there is space
 * again all goes on. Tried on a small tmpfs where the kernel lets us mount one, and by a file-size limit everywhere. */
#include "tests/unit/db/fixture.h"
#include "db/datadir.h"
#include "db/settings.h"

#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/* Writes until the disk is full; the descriptor stays open. */
static int fill_disk (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "ballast", NULL);
  char block[4096];
  int fd = open (path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);

  memset (block, 1, sizeof block);
  g_assert_cmpint (fd, >=, 0);
  for (gsize size = sizeof block; size > 0; size /= 2)
    while (write (fd, block, size) == (gssize)size)
      ;
  return fd;
}

static void expect_full (gboolean ok, GError **error)
{
  g_assert_false (ok);
  g_assert_error (*error, LANMU_DB_ERROR, LANMU_DB_ERROR_FULL);
  g_clear_error (error);
}

/* Bigger than what SQLite might still have room for in the pages of its log. */
static gboolean write_long_setting (LanmuDb *db, const char *key, GError **error)
{
  g_autofree char *value = g_strnfill (200000, 'v');

  return lanmu_setting_set (db, key, value, ACTOR, error);
}

static void trial_on (const char *dir)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = open_campaign (dir, 3);

  bind_student (db, "20210001", 100);
  g_autoptr (LanmuTicketRow) ticket = open_host_ticket (db, 110);
  int part = -1;
  g_assert_true (lanmu_vault_incoming (dir, ticket->id, &part, &error));
  int ballast = fill_disk (dir);
  expect_full (write_long_setting (db, "long", &error), &error);
  char block[4096] = "x";
  g_assert_cmpint (write (part, block, sizeof block), <, (gssize)sizeof block);
  g_autofree char *backup = g_build_filename (dir, "backups", "b.db", NULL);
  expect_full (lanmu_db_backup (db, backup, &error), &error);
  g_assert_false (g_file_test (backup, G_FILE_TEST_EXISTS));
  g_autofree char *none = lanmu_setting_get (db, "long", NULL, &error);
  g_assert_null (none);
  g_assert_true (lanmu_db_check (db, TRUE, &error));
  g_autoptr (GPtrArray) shots = lanmu_vault_list (dir, LANMU_VAULT_SHOTS, &error);
  g_assert_cmpuint (shots->len, ==, 0);

  g_assert_cmpint (ftruncate (ballast, 0), ==, 0);
  close (ballast);
  close (part);
  g_assert_true (write_long_setting (db, "long", &error));
  g_assert_true (lanmu_ticket_fail (db, ticket->id, "disk-full", 150, ACTOR, &error));
  g_assert_no_error (error);
}

static gboolean mount_small (const char *dir)
{
  return unshare (CLONE_NEWNS) == 0 && mount ("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
         mount ("lanmu-test", dir, "tmpfs", MS_NOSUID | MS_NODEV, "size=2m") == 0;
}

/* In a process of its own: the mount is seen by nobody else and goes away with it. */
static void test_tmpfs (void)
{
  g_autofree char *dir = make_folder ();
  int status;
  pid_t pid = fork ();

  if (pid == 0) {
    if (!mount_small (dir))
      _exit (77);
    g_autofree char *data = g_build_filename (dir, "data", NULL);
    trial_on (data);
    _exit (0);
  }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status));
  if (WEXITSTATUS (status) == 77)
    g_test_skip ("this machine lets nobody mount a tmpfs here");
  else
    g_assert_cmpint (WEXITSTATUS (status), ==, 0);
  remove_folder (dir);
}

/* No file may grow: what a quota does. */
static void trial_with_limit (const char *dir)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = open_campaign (dir, 3);
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  signal (SIGXFSZ, SIG_IGN);
  limit.rlim_cur = 4096;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  expect_full (write_long_setting (db, "long", &error), &error);
  g_autofree char *none = lanmu_setting_get (db, "long", NULL, &error);
  g_assert_null (none);
  limit.rlim_cur = limit.rlim_max;
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_true (write_long_setting (db, "long", &error));
  g_assert_true (lanmu_db_check (db, TRUE, &error));
}

static void test_limit (void)
{
  g_autofree char *dir = make_folder ();
  int status;
  pid_t pid = fork ();

  if (pid == 0) {
    trial_with_limit (dir);
    _exit (0);
  }
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFEXITED (status) && WEXITSTATUS (status) == 0);
  remove_folder (dir);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/full/limit", test_limit);
  g_test_add_func ("/db/full/tmpfs", test_tmpfs);
  return g_test_run ();
}
