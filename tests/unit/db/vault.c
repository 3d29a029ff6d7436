/* The vault: files appear complete, once, under ids only; nothing that is kept goes away. */
#include "tests/unit/db/fixture.h"
#include "db/datadir.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

typedef struct {
  char *dir;
} Fixture;

static void set_up (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  f->dir = make_folder ();
  g_assert_true (lanmu_datadir_create (f->dir, &error));
  g_assert_no_error (error);
}

static void tear_down (Fixture *f, gconstpointer data)
{
  remove_folder (f->dir);
  g_free (f->dir);
}

static void make_part (Fixture *f, const char *id, const char *text)
{
  g_autoptr (GError) error = NULL;
  int fd = -1;

  g_assert_true (lanmu_vault_incoming (f->dir, id, &fd, &error));
  g_assert_no_error (error);
  g_assert_cmpint (write (fd, text, strlen (text)), ==, (gssize)strlen (text));
  g_assert_cmpint (fcntl (fd, F_GETFD) & FD_CLOEXEC, !=, 0);
  close (fd);
}

static char *keep (Fixture *f, const char *id, LanmuVaultPlace place)
{
  g_autoptr (GError) error = NULL;
  char *path = NULL;

  g_assert_true (lanmu_vault_keep (f->dir, id, id, place, ".jpg", &path, &error));
  g_assert_no_error (error);
  return path;
}

static char *read_file (const char *dir, const char *path)
{
  g_autofree char *full = g_build_filename (dir, path, NULL);
  char *text = NULL;

  g_file_get_contents (full, &text, NULL, NULL);
  return text;
}

static void test_keep (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  struct stat info;

  make_part (f, "T1", "bytes");
  g_autofree char *path = keep (f, "T1", LANMU_VAULT_SHOTS);
  g_autofree char *text = read_file (f->dir, path);
  g_autofree char *full = g_build_filename (f->dir, path, NULL);
  g_autofree char *day = g_path_get_dirname (full);
  g_assert_cmpstr (text, ==, "bytes");
  g_assert_true (g_regex_match_simple ("^shots/[0-9]{8}/T1\\.jpg$", path, 0, 0));
  g_assert_cmpint (stat (full, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (day, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_autoptr (GPtrArray) left = lanmu_vault_list (f->dir, LANMU_VAULT_INCOMING, &error);
  g_assert_cmpuint (left->len, ==, 0);
  g_autoptr (GPtrArray) shots = lanmu_vault_list (f->dir, LANMU_VAULT_SHOTS, &error);
  g_assert_cmpuint (shots->len, ==, 1);
  const LanmuVaultFile *file = shots->pdata[0];
  g_assert_cmpstr (file->id, ==, "T1");
  g_assert_cmpstr (file->path, ==, path);
  g_assert_cmpint (file->size, ==, 5);
}

/* A second picture of the same name never covers the first. */
static void test_never_over (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  char *again = NULL;

  make_part (f, "T1", "first");
  g_autofree char *path = keep (f, "T1", LANMU_VAULT_SHOTS);
  make_part (f, "T1", "second");
  g_assert_false (lanmu_vault_keep (f->dir, "T1", "T1", LANMU_VAULT_SHOTS, ".jpg", &again, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS);
  g_autofree char *kept = read_file (f->dir, path), *part = read_file (f->dir, "incoming/T1.part");
  g_assert_cmpstr (kept, ==, "first");
  g_assert_cmpstr (part, ==, "second");
}

static void test_incoming (Fixture *f, gconstpointer data)
{
  static const char *const bad[] = {"", "../x", "a/b", "a.b", "张三", " "};
  g_autoptr (GError) error = NULL;
  int fd = -1;
  char *path = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++) {
    g_assert_false (lanmu_vault_incoming (f->dir, bad[i], &fd, &error));
    g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
    g_clear_error (&error);
  }
  make_part (f, "T1", "half");
  g_assert_false (lanmu_vault_incoming (f->dir, "T1", &fd, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_true (lanmu_vault_open_incoming (f->dir, "T1", &fd, &error));
  g_autofree char *sum = lanmu_vault_sha256 (fd, NULL, &error);
  g_assert_cmpstr (sum, ==, "a11ae06469c63740d7b0ecf802f282a0d46e94f31a654dfcd3c0dc6dc277f904");
  close (fd);
  g_assert_true (lanmu_vault_drop_incoming (f->dir, "T1", &error));
  g_assert_true (lanmu_vault_drop_incoming (f->dir, "T1", &error));
  g_assert_false (lanmu_vault_open_incoming (f->dir, "T1", &fd, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW);
  g_clear_error (&error);
  g_assert_false (lanmu_vault_keep (f->dir, "T1", "T1", LANMU_VAULT_SHOTS, ".jpg", &path, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW);
}

static void test_sha256 (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *big = g_malloc (1000001);
  gint64 size = 0;
  int fd = -1;

  memset (big, 'x', 1000001);
  g_assert_true (lanmu_vault_incoming (f->dir, "T1", &fd, &error));
  g_assert_cmpint (write (fd, big, 1000001), ==, 1000001);
  g_autofree char *sum =
      lanmu_vault_sha256 (fd, &size, &error); /* the position stands at the end: it must not matter */
  g_autofree char *expected = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (guchar *)big, 1000001);
  g_assert_cmpstr (sum, ==, expected);
  g_assert_cmpint (size, ==, 1000001);
  g_assert_cmpint (lseek (fd, 0, SEEK_CUR), ==, 1000001);
  close (fd);
  g_assert_null (lanmu_vault_sha256 (-1, NULL, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_IO);
}

static void test_link (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *moved = NULL, *again = NULL;

  make_part (f, "T1", "tray");
  g_autofree char *path = keep (f, "T1", LANMU_VAULT_QUARANTINE);
  g_assert_true (lanmu_vault_link (f->dir, path, LANMU_VAULT_SHOTS, &moved, &error));
  g_assert_no_error (error);
  g_assert_true (g_str_has_prefix (moved, "shots/"));
  g_assert_true (lanmu_vault_link (f->dir, path, LANMU_VAULT_SHOTS, &again, &error)); /* after a crash: once more */
  g_assert_cmpstr (again, ==, moved);
  g_assert_true (lanmu_vault_unlink_old (f->dir, path, moved, &error));
  g_assert_true (lanmu_vault_unlink_old (f->dir, path, moved, &error));
  g_assert_false (lanmu_vault_unlink_old (f->dir, moved, moved, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (lanmu_vault_unlink_old (f->dir, moved, path, &error)); /* the last name of the bytes */
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (lanmu_vault_link (f->dir, "shots/../lanmu.db", LANMU_VAULT_SHOTS, &again, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_autofree char *text = read_file (f->dir, moved);
  g_assert_cmpstr (text, ==, "tray");
}

/* A file without a row goes only when another has the same bytes, and never the last one. */
static void test_drop_copy (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  make_part (f, "T1", "bytes");
  make_part (f, "T2", "bytes");
  make_part (f, "T3", "other");
  g_autofree char *first = keep (f, "T1", LANMU_VAULT_SHOTS);
  g_autofree char *second = keep (f, "T2", LANMU_VAULT_QUARANTINE);
  g_autofree char *third = keep (f, "T3", LANMU_VAULT_SHOTS);
  g_assert_false (lanmu_vault_drop_copy (f->dir, third, first, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (lanmu_vault_drop_copy (f->dir, first, first, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_true (lanmu_vault_drop_copy (f->dir, second, first, &error));
  g_assert_no_error (error);
  g_assert_false (lanmu_vault_drop_copy (f->dir, first, second, &error)); /* the other is gone */
  g_clear_error (&error);
  g_autofree char *text = read_file (f->dir, first);
  g_assert_cmpstr (text, ==, "bytes");
}

static void test_copy (Fixture *f, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *backup = g_build_filename (f->dir, "usb", "lanmu", NULL);

  make_part (f, "T1", "bytes");
  g_autofree char *path = keep (f, "T1", LANMU_VAULT_SHOTS);
  g_assert_true (lanmu_vault_copy (f->dir, path, backup, &error));
  g_assert_no_error (error);
  g_assert_true (lanmu_vault_copy (f->dir, path, backup, &error));
  g_autofree char *text = read_file (backup, path);
  g_assert_cmpstr (text, ==, "bytes");
  g_autofree char *full = g_build_filename (backup, path, NULL);
  g_assert_true (g_file_set_contents (full, "other", 5, NULL));
  g_assert_false (lanmu_vault_copy (f->dir, path, backup, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)
  ADD ("/db/vault/keep", test_keep);
  ADD ("/db/vault/never-over", test_never_over);
  ADD ("/db/vault/incoming", test_incoming);
  ADD ("/db/vault/sha256", test_sha256);
  ADD ("/db/vault/link", test_link);
  ADD ("/db/vault/drop-copy", test_drop_copy);
  ADD ("/db/vault/copy", test_copy);
  return g_test_run ();
}
