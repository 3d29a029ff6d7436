/* What must reach the disk before what: this program stands between the store (and SQLite) and the kernel, and notes every fsync and rename.
 * A kill cannot show a missing fsync, only a power cut would. */
#include "tests/unit/db/fixture.h"
#include "db/datadir.h"

#include <stdio.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

static GString *calls; /* NULL: nobody is looking */
static const char *root;

static void note (const char *what, const char *path)
{
  if (!calls)
    return;
  const char *below = g_str_has_prefix (path, root) ? path + strlen (root) + 1 : path;
  g_string_append_printf (calls, "%s %s\n", what, g_str_has_prefix (path, root) && strlen (path) == strlen (root) ? "." : below);
}

static int note_sync (int fd)
{
  g_autofree char *link = g_strdup_printf ("/proc/self/fd/%d", fd);
  g_autofree char *path = g_file_read_link (link, NULL);

  note ("fsync", path ? path : "?");
  return (int) syscall (SYS_fsync, fd);
}

int fsync (int fd)
{
  return note_sync (fd);
}

int fdatasync (int fd)
{
  return note_sync (fd);
}

int renameat2 (int from_dir, const char *from, int to_dir, const char *to, unsigned int flags)
{
  note ("rename", to);
  return (int) syscall (SYS_renameat2, from_dir, from, to_dir, to, flags);
}

static void start_looking (const char *dir)
{
  root = dir;
  calls = g_string_new ("");
}

static char *stop_looking (void)
{
  return g_string_free (g_steal_pointer (&calls), FALSE);
}

static void make_part (const char *dir, const char *id)
{
  g_autoptr (GError) error = NULL;
  int fd = -1;

  g_assert_true (lanmu_vault_incoming (dir, id, &fd, &error));
  g_assert_cmpint (write (fd, "bytes", 5), ==, 5);
  close (fd);
}

/* Bytes, new folder's name, then the file's name in both folders. */
static void test_keep (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder (), *path = NULL, *again = NULL;

  g_assert_true (lanmu_datadir_create (dir, &error));
  make_part (dir, "T1");
  start_looking (dir);
  g_assert_true (lanmu_vault_keep (dir, "T1", "T1", LANMU_VAULT_SHOTS, ".jpg", &path, &error));
  g_autofree char *day = g_path_get_dirname (path);
  g_autofree char *first = stop_looking ();
  g_autofree char *first_wanted = g_strdup_printf ("fsync incoming/T1.part\nfsync shots\nrename %s\nfsync %s\nfsync incoming\n", path, day);
  g_assert_cmpstr (first, ==, first_wanted);

  make_part (dir, "T2");
  start_looking (dir);
  g_assert_true (lanmu_vault_keep (dir, "T2", "T2", LANMU_VAULT_SHOTS, ".jpg", &again, &error));
  g_autofree char *second = stop_looking ();
  g_autofree char *second_wanted = g_strdup_printf ("fsync incoming/T2.part\nrename %s\nfsync %s\nfsync incoming\n", again, day);
  g_assert_cmpstr (second, ==, second_wanted);
  g_assert_no_error (error);
  remove_folder (dir);
}

static void test_copy (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder (), *usb = make_folder (), *path = NULL;

  g_assert_true (lanmu_datadir_create (dir, &error));
  make_part (dir, "T1");
  g_assert_true (lanmu_vault_keep (dir, "T1", "T1", LANMU_VAULT_SHOTS, ".jpg", &path, &error));
  g_autofree char *day = g_path_get_dirname (path);
  start_looking (usb);
  g_assert_true (lanmu_vault_copy (dir, path, usb, &error));
  g_autofree char *seen = stop_looking ();
  g_autofree char *wanted = g_strdup_printf ("fsync .\nfsync shots\nfsync %s.copying\nrename %s\nfsync %s\n", path, path, day);
  g_assert_cmpstr (seen, ==, wanted);
  remove_folder (dir);
  remove_folder (usb);
}

/* No trigger without a ticket on the disk: the log is synced before the ticket is handed back. */
static void test_ticket (void)
{
  g_autofree char *dir = make_folder ();
  g_autoptr (LanmuDb) db = open_campaign (dir, 3);

  bind_student (db, "20210001", 100);
  start_looking (dir);
  g_autoptr (LanmuTicketRow) ticket = open_host_ticket (db, 110);
  g_autofree char *seen = stop_looking ();
  g_assert_cmpstr (seen, ==, "fsync lanmu.db-wal\n");
  g_clear_pointer (&db, lanmu_db_close);
  remove_folder (dir);
}

/* The folder and its subfolders survive too. */
static void test_create (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder ();
  g_autofree char *data = g_build_filename (dir, "new", NULL);

  start_looking (dir);
  g_assert_true (lanmu_datadir_create (data, &error));
  g_autofree char *seen = stop_looking ();
  /* "new" by its parent, then each folder in it */
  g_assert_cmpstr (seen, ==, "fsync .\nfsync new\nfsync new\nfsync new\nfsync new\nfsync new\n");
  remove_folder (dir);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/durability/keep", test_keep);
  g_test_add_func ("/db/durability/copy", test_copy);
  g_test_add_func ("/db/durability/ticket", test_ticket);
  g_test_add_func ("/db/durability/create", test_create);
  return g_test_run ();
}
