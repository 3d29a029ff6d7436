/* Every folder that cannot be opened: one error with what to do, and not one byte changed. */
#include "tests/unit/db/fixture.h"
#include "db/datadir.h"
#include "db/store.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int compare_names (gconstpointer a, gconstpointer b)
{
  return strcmp (*(char *const *)a, *(char *const *)b);
}

/* Names and bytes of a whole folder, sorted, in one text. */
static void describe (const char *path, GString *text)
{
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  const char *name;

  while (dir && (name = g_dir_read_name (dir)))
    g_ptr_array_add (names, g_build_filename (path, name, NULL));
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++) {
    g_autofree char *bytes = NULL;
    gsize length = 0;
    if (!g_file_get_contents (names->pdata[i], &bytes, &length, NULL))
      length = 0;
    g_autofree char *sum =
        g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *)(bytes ? bytes : ""), length);
    g_string_append_printf (text, "%s %s\n", (char *)names->pdata[i], sum);
    describe (names->pdata[i], text);
  }
}

static char *describe_folder (const char *dir)
{
  GString *text = g_string_new ("");

  describe (dir, text);
  return g_string_free (text, FALSE);
}

static void write_file (const char *dir, const char *name, const char *bytes, gssize length)
{
  g_autofree char *path = g_build_filename (dir, name, NULL);

  g_assert_true (g_file_set_contents (path, bytes, length, NULL));
}

static void expect_refused (const char *dir, LanmuDbMode mode, LanmuDbError code)
{
  g_autoptr (GError) error = NULL, store_error = NULL;
  g_autofree char *before = describe_folder (dir);
  LanmuDb *db = lanmu_db_open (dir, mode, &error);
  LanmuStore *store = lanmu_store_open (dir, mode, &store_error);
  g_autofree char *after = describe_folder (dir);

  g_assert_null (db);
  g_assert_error (error, LANMU_DB_ERROR, (int)code);
  g_assert_nonnull (strstr (error->message, dir));
  g_assert_null (store);
  g_assert_error (store_error, LANMU_DB_ERROR, (int)code);
  g_assert_cmpstr (before, ==, after);
}

static void test_missing (void)
{
  g_autofree char *dir = make_folder ();
  g_autofree char *missing = g_build_filename (dir, "none", NULL);
  g_autofree char *file = g_build_filename (dir, "file", NULL);
  g_autofree char *below = g_build_filename (file, "below", NULL);

  expect_refused (missing, LANMU_DB_READ_WRITE, LANMU_DB_ERROR_NOT_FOUND);
  expect_refused (missing, LANMU_DB_READ_ONLY, LANMU_DB_ERROR_NOT_FOUND);
  g_assert_false (g_file_test (missing, G_FILE_TEST_EXISTS));
  expect_refused (dir, LANMU_DB_READ_WRITE, LANMU_DB_ERROR_NOT_FOUND);
  expect_refused (dir, LANMU_DB_READ_ONLY, LANMU_DB_ERROR_NOT_FOUND);
  write_file (dir, "file", "x", 1);
  expect_refused (file, LANMU_DB_CREATE, LANMU_DB_ERROR_IO);
  expect_refused (below, LANMU_DB_CREATE, LANMU_DB_ERROR_IO);
  remove_folder (dir);
}

static void test_foreign (void)
{
  g_autofree char *dir = make_folder ();
  g_autofree char *noise = g_malloc0 (8192);

  for (int i = 0; i < 8192; i++)
    noise[i] = (char)(i * 7 + 3);
  write_file (dir, "lanmu.db", noise, 8192);
  expect_refused (dir, LANMU_DB_READ_WRITE, LANMU_DB_ERROR_CORRUPT);
  expect_refused (dir, LANMU_DB_CREATE, LANMU_DB_ERROR_CORRUPT);
  write_file (dir, "lanmu.db", "short", 5);
  expect_refused (dir, LANMU_DB_READ_ONLY, LANMU_DB_ERROR_CORRUPT);
  write_file (dir, "lanmu.db", "", 0);
  expect_refused (dir, LANMU_DB_READ_WRITE, LANMU_DB_ERROR_NOT_FOUND);
  run_raw (dir, "CREATE TABLE t (x); PRAGMA user_version = 1;"); /* somebody else's SQLite file */
  expect_refused (dir, LANMU_DB_READ_WRITE, LANMU_DB_ERROR_CORRUPT);
  expect_refused (dir, LANMU_DB_CREATE, LANMU_DB_ERROR_CORRUPT);
  remove_folder (dir);
}

static void test_newer (void)
{
  g_autofree char *dir = make_folder ();

  lanmu_db_close (open_campaign (dir, 3));
  run_raw (dir, "PRAGMA user_version = 99");
  expect_refused (dir, LANMU_DB_READ_WRITE, LANMU_DB_ERROR_NEWER);
  expect_refused (dir, LANMU_DB_CREATE, LANMU_DB_ERROR_NEWER);
  expect_refused (dir, LANMU_DB_READ_ONLY, LANMU_DB_ERROR_NEWER);
  remove_folder (dir);
}

static void copy_file (const char *from_dir, const char *to_dir, const char *name)
{
  g_autofree char *from = g_build_filename (from_dir, name, NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  write_file (to_dir, name, bytes, (gssize)length);
}

/* The newer program was killed: its version stands only in the log beside the file. */
static void test_newer_in_log (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder (), *copy = make_folder ();
  g_autofree char *path = g_build_filename (dir, "lanmu.db", NULL);
  sqlite3 *sql;

  lanmu_db_close (open_campaign (dir, 3));
  g_assert_cmpint (sqlite3_open (path, &sql), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (sql, "PRAGMA user_version = 99", NULL, NULL, NULL), ==, SQLITE_OK);
  copy_file (dir, copy, "lanmu.db");
  copy_file (dir, copy, "lanmu.db-wal");
  sqlite3_close (sql);
  g_assert_null (lanmu_db_open (copy, LANMU_DB_READ_WRITE, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NEWER);
  g_assert_cmpint (query_int (copy, "PRAGMA user_version"), ==, 99);
  remove_folder (dir);
  remove_folder (copy);
}

static void test_damaged (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder ();
  g_autofree char *path = g_build_filename (dir, "lanmu.db", NULL);
  g_autofree char *bytes = NULL;
  gsize length;

  lanmu_db_close (open_campaign (dir, 500));
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (gsize i = 8192; i < length; i += 97) /* page 1 stays: the file still looks like ours */
    bytes[i] = (char)(bytes[i] ^ 0x5a);
  write_file (dir, "lanmu.db", bytes, (gssize)length);
  for (int mode = LANMU_DB_READ_ONLY; mode <= LANMU_DB_CREATE; mode++) {
    g_assert_null (lanmu_db_open (dir, (LanmuDbMode)mode, &error));
    g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_CORRUPT);
    g_clear_error (&error);
  }
  g_autofree char *kept = NULL;
  gsize kept_length;
  g_assert_true (g_file_get_contents (path, &kept, &kept_length, NULL));
  g_assert_cmpmem (kept, kept_length, bytes, length);
  write_file (dir, "lanmu.db", bytes, (gssize)length / 2);
  g_assert_null (lanmu_db_open (dir, LANMU_DB_READ_WRITE, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_CORRUPT);
  remove_folder (dir);
}

static void test_file_for_folder (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder ();
  g_autofree char *database = g_build_filename (dir, "lanmu.db", NULL);

  write_file (dir, "shots", "x", 1);
  g_assert_null (lanmu_db_open (dir, LANMU_DB_CREATE, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_IO);
  g_assert_false (g_file_test (database, G_FILE_TEST_EXISTS));
  g_clear_error (&error);
  g_assert_cmpint (g_mkdir (database, 0700), ==, 0);
  g_assert_null (lanmu_db_open (dir, LANMU_DB_CREATE, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_CORRUPT);
  remove_folder (dir);
}

/* Root may write everywhere: the child becomes nobody first. */
static void become_nobody (void)
{
  if (geteuid () == 0)
    g_assert_cmpint (setresuid (65534, 65534, 65534), ==, 0);
}

static void test_read_only_child (void)
{
  g_autoptr (GError) error = NULL;
  const char *dir = g_getenv ("LANMU_TEST_DIR");

  if (!dir)
    return g_test_skip ("run by /db/opening/read-only");
  become_nobody ();
  g_assert_null (lanmu_store_open (dir, LANMU_DB_READ_WRITE, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_autofree char *below = g_build_filename (dir, "new", NULL);
  g_assert_null (lanmu_store_open (below, LANMU_DB_CREATE, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_READ_ONLY);
  g_clear_error (&error);
  int fd;
  g_assert_false (lanmu_vault_incoming (dir, "T", &fd, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_autoptr (LanmuDb) db =
      lanmu_db_open (dir, LANMU_DB_READ_ONLY, &error); /* a copy on a read-only medium can be looked at */
  g_assert_no_error (error);
  g_assert_cmpint (lanmu_students_count (db, LANMU_STUDENT_ANY_STATE, &error), ==, 3);
}

static void set_modes (const char *dir, int folder_mode, int file_mode)
{
  static const char *const names[] = {"incoming", "shots", "quarantine", "backups"};
  g_autofree char *database = g_build_filename (dir, "lanmu.db", NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++) {
    g_autofree char *path = g_build_filename (dir, names[i], NULL);
    g_assert_cmpint (g_chmod (path, folder_mode), ==, 0);
  }
  g_assert_cmpint (g_chmod (database, file_mode), ==, 0);
  g_assert_cmpint (g_chmod (dir, folder_mode), ==, 0);
}

static void test_read_only (void)
{
  g_autofree char *dir = make_folder ();

  lanmu_db_close (open_campaign (dir, 3));
  set_modes (dir, 0555, 0444);
  g_autofree char *before = describe_folder (dir);
  g_setenv ("LANMU_TEST_DIR", dir, TRUE);
  g_test_trap_subprocess ("/db/opening/read-only/subprocess/child", 0, G_TEST_SUBPROCESS_INHERIT_STDERR);
  g_test_trap_assert_passed ();
  g_unsetenv ("LANMU_TEST_DIR");
  g_autofree char *after = describe_folder (dir);
  g_assert_cmpstr (before, ==, after);
  set_modes (dir, 0700, 0600);
  remove_folder (dir);
}

static void test_modes (void)
{
  g_autofree char *dir = make_folder ();
  g_autofree char *data = g_build_filename (dir, "a", "b", NULL);
  g_autofree char *database = g_build_filename (data, "lanmu.db", NULL);
  g_autofree char *log = g_build_filename (data, "lanmu.db-wal", NULL);
  g_autoptr (LanmuDb) db = open_campaign (data, 3);
  struct stat info;

  g_assert_cmpint (stat (data, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  g_assert_cmpint (stat (database, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (stat (log, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (lanmu_datadir_get_free_bytes (data, NULL), >, 0);
  remove_folder (dir);
}

/* A tool reads beside a station that writes. */
static void test_reader_beside_writer (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder ();
  g_autoptr (LanmuDb) writer = open_campaign (dir, 3);
  g_autoptr (LanmuDb) reader = lanmu_db_open (dir, LANMU_DB_READ_ONLY, &error);

  g_assert_no_error (error);
  g_assert_true (lanmu_student_set_state (writer, 1, LANMU_STUDENT_ABSENT, ACTOR, &error));
  g_assert_cmpint (lanmu_students_count (reader, LANMU_STUDENT_ABSENT, &error), ==, 1);
  g_assert_false (lanmu_student_set_state (reader, 2, LANMU_STUDENT_ABSENT, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_READ_ONLY);
  g_clear_pointer (&reader, lanmu_db_close);
  g_clear_pointer (&writer, lanmu_db_close);
  remove_folder (dir);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/opening/missing", test_missing);
  g_test_add_func ("/db/opening/foreign", test_foreign);
  g_test_add_func ("/db/opening/newer", test_newer);
  g_test_add_func ("/db/opening/newer-in-log", test_newer_in_log);
  g_test_add_func ("/db/opening/damaged", test_damaged);
  g_test_add_func ("/db/opening/file-for-folder", test_file_for_folder);
  g_test_add_func ("/db/opening/read-only", test_read_only);
  g_test_add_func ("/db/opening/read-only/subprocess/child", test_read_only_child);
  g_test_add_func ("/db/opening/modes", test_modes);
  g_test_add_func ("/db/opening/reader-beside-writer", test_reader_beside_writer);
  return g_test_run ();
}
