/* One station a folder: two processes, and what is left when one of them is killed. */
#include "tests/unit/db/fixture.h"
#include "db/lock.h"
#include "db/store.h"

#include <signal.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

typedef struct {
  GPid pid;
  int to, from;
} Holder;

static Holder start_holder (const char *dir)
{
  g_autoptr (GError) error = NULL;
  const char *argv[] = {g_getenv ("LANMU_TEST_CHILD"), "hold", dir, NULL};
  Holder holder;
  char said[5] = "";
  gsize n = 0;

  g_assert_true (g_spawn_async_with_pipes (NULL, (char **)argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL,
                                           &holder.pid, &holder.to, &holder.from, NULL, &error));
  g_assert_no_error (error);
  while (n < 5) {
    gssize got = read (holder.from, said + n, 5 - n);
    g_assert_cmpint (got, >, 0);
    n += (gsize)got;
  }
  g_assert_cmpmem (said, 5, "held\n", 5);
  return holder;
}

static void end_holder (Holder holder)
{
  int status;

  close (holder.to);
  close (holder.from);
  g_assert_cmpint (waitpid (holder.pid, &status, 0), ==, holder.pid);
}

static void expect_in_use (const char *dir, GPid pid)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *number = g_strdup_printf ("process %d", (int)pid);

  g_assert_null (lanmu_store_open (dir, LANMU_DB_READ_WRITE, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_IN_USE);
  g_assert_nonnull (strstr (error->message, number));
  g_assert_nonnull (strstr (error->message, dir));
}

static void test_two_processes (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder ();

  lanmu_db_close (open_campaign (dir, 3));
  Holder holder = start_holder (dir);
  expect_in_use (dir, holder.pid);
  expect_in_use (dir, holder.pid); /* the refused one let go of nothing that is not its own */
  g_autoptr (LanmuStore) reader = lanmu_store_open (dir, LANMU_DB_READ_ONLY, &error);
  g_assert_no_error (error);
  g_clear_object (&reader);
  end_holder (holder);
  g_autoptr (LanmuStore) store = lanmu_store_open (dir, LANMU_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  expect_in_use (dir, getpid ());
  g_clear_object (&store);
  remove_folder (dir);
}

static void test_killed (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder ();

  lanmu_db_close (open_campaign (dir, 3));
  Holder holder = start_holder (dir);
  kill (holder.pid, SIGKILL);
  end_holder (holder);
  g_autoptr (LanmuStore) store = lanmu_store_open (dir, LANMU_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  g_clear_object (&store);
  remove_folder (dir);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/lock/two-processes", test_two_processes);
  g_test_add_func ("/db/lock/killed", test_killed);
  return g_test_run ();
}
