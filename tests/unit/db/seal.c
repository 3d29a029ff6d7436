/* A sealed campaign: what is readable on the disk, what opens it, what does not; rows that were moved or changed; sealing what was there before. */
#include "tests/unit/db/fixture.h"
#include "db/corrections.h"
#include "db/keyring.h"
#include "db/seal.h"

#include <string.h>
#include <sys/resource.h>

#define ID_NO "11010519491231002X"
#define PHONE "13912345678"

static const LanmuRosterSource source = {"list.csv", "00", "utf-8"};
static const LanmuSealSecret secret = {"主管", "four words are better", LANMU_SEAL_COST_INTERACTIVE};

static void import_one (LanmuDb *db, const char *no, const char *id_no, GError **error)
{
  const LanmuStudentRow row = {.student_no = (char *) no,
                               .name = (char *) "甲",
                               .id_no = (char *) id_no,
                               .exam_no = (char *) "20231101050001",
                               .class_name = (char *) "一班",
                               .extra = (char *) "{\"LXDH\":\"" PHONE "\"}"};

  lanmu_roster_import (db, &source, &row, 1, LANMU_ROSTER_UPDATE, ACTOR, NULL, error);
}

static void seal (LanmuDb *db)
{
  g_autoptr (GError) error = NULL;
  gboolean left = TRUE;

  lanmu_seal_begin (db, &secret, ACTOR, &error);
  while (!error && left)
    lanmu_seal_rows (db, 2, &left, &error);
  g_assert_no_error (error);
  lanmu_seal_finish (db, ACTOR, &error);
  g_assert_no_error (error);
}

/* Every byte of every file below the folder. */
static guint count_in_files (const char *folder, const char *needle)
{
  g_autoptr (GDir) entries = g_dir_open (folder, 0, NULL);
  const char *name;
  guint found = 0;

  while (entries && (name = g_dir_read_name (entries))) {
    g_autofree char *path = g_build_filename (folder, name, NULL), *bytes = NULL;
    gsize size = 0;
    if (g_file_test (path, G_FILE_TEST_IS_DIR))
      found += count_in_files (path, needle);
    else if (g_file_get_contents (path, &bytes, &size, NULL))
      found += memmem (bytes, size, needle, strlen (needle)) != NULL;
  }
  return found;
}

static void test_nothing_readable (void)
{
  g_autofree char *dir = make_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = open_campaign (dir, 0);
  LanmuSealState state;

  seal (db);
  import_one (db, "0001", ID_NO, &error);
  import_one (db, "0001", "34052419800101001X", &error); /* the first becomes the past */
  g_assert_cmpint (lanmu_correction_add (db, "0001", "id_no", "440524188001010014", "末位", ACTOR, &error), >, 0);
  g_assert_no_error (error);
  g_assert_true (lanmu_seal_get_state (db, &state, NULL));
  g_assert_cmpint (state, ==, LANMU_SEAL_SEALED);
  g_autoptr (LanmuStudentRow) row = lanmu_student_get_by_no (db, "0001", &error);
  g_assert_cmpstr (row->id_no, ==, "34052419800101001X");
  g_assert_cmpstr (row->exam_no, ==, "20231101050001");
  g_assert_nonnull (strstr (row->extra, PHONE));
  g_assert_false (row->closed);
  g_autoptr (LanmuStudentRow) past = lanmu_roster_get_student_as_of (db, row->id, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (past->id_no, ==, ID_NO);
  const char *secrets[] = {ID_NO, "34052419800101001X", "440524188001010014", "20231101050001", PHONE, secret.passphrase};
  for (guint i = 0; i < G_N_ELEMENTS (secrets); i++) /* with the log still there */
    g_assert_cmpuint (count_in_files (dir, secrets[i]), ==, 0);
  g_assert_cmpuint (count_in_files (dir, "0001"), >, 0);
  g_clear_pointer (&db, lanmu_db_close);
  remove_folder (dir);
}

static void test_converted (void)
{
  g_autofree char *dir = make_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = open_campaign (dir, 5);
  LanmuSealState state;
  gboolean left;

  import_one (db, "0001", "34052419800101001X", &error);
  import_one (db, "0001", ID_NO, &error);
  lanmu_correction_add (db, "0001", "id_no", "440524188001010014", "", ACTOR, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (count_in_files (dir, ID_NO), >, 0);
  g_assert_true (lanmu_seal_begin (db, &secret, ACTOR, &error));
  g_assert_true (lanmu_seal_rows (db, 3, &left, &error));
  g_assert_true (left);
  g_assert_false (lanmu_seal_finish (db, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_clear_pointer (&db, lanmu_db_close); /* as if killed here */
  db = lanmu_db_open (dir, LANMU_DB_READ_WRITE, &error);
  g_assert_true (lanmu_seal_get_state (db, &state, NULL));
  g_assert_cmpint (state, ==, LANMU_SEAL_SEALING);
  do
    g_assert_true (lanmu_seal_rows (db, 3, &left, &error));
  while (left);
  g_assert_true (lanmu_seal_finish (db, ACTOR, &error) && lanmu_seal_sweep (db, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_in_files (dir, ID_NO), ==, 0);
  g_assert_cmpuint (count_in_files (dir, "34052419800101001X"), ==, 0);
  g_assert_cmpuint (count_in_files (dir, "440524188001010014"), ==, 0);
  g_autoptr (LanmuStudentRow) row = lanmu_student_get_by_no (db, "0001", &error);
  g_assert_cmpstr (row->id_no, ==, ID_NO);
  g_assert_true (lanmu_db_check (db, TRUE, &error));
  g_clear_pointer (&db, lanmu_db_close);
  remove_folder (dir);
}

static void swap_rows (const char *dir)
{
  run_raw (dir, "CREATE TABLE t AS SELECT student_id, sealed FROM student_private;"
                "UPDATE student_private SET sealed = (SELECT sealed FROM t WHERE t.student_id = 3 - student_private.student_id);"
                "DROP TABLE t;");
}

static void test_moved_row_is_found (void)
{
  g_autofree char *dir = make_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = open_campaign (dir, 0);

  seal (db);
  import_one (db, "0001", ID_NO, &error);
  import_one (db, "0002", "34052419800101001X", &error);
  g_assert_no_error (error);
  swap_rows (dir);
  g_assert_null (lanmu_student_get_by_no (db, "0001", &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_CORRUPT);
  g_clear_error (&error);
  swap_rows (dir); /* back */
  g_autoptr (LanmuStudentRow) row = lanmu_student_get_by_no (db, "0001", &error);
  g_assert_no_error (error);
  run_raw (dir, "UPDATE student_private SET sealed = CAST (substr (sealed, 1, length (sealed) - 1) || x'00' AS BLOB)");
  g_assert_null (lanmu_student_get_by_no (db, "0001", &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_CORRUPT);
  g_clear_pointer (&db, lanmu_db_close);
  remove_folder (dir);
}

static void test_passphrases (void)
{
  g_autofree char *dir = make_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = open_campaign (dir, 0);
  const LanmuSealSecret second = {"副主管", "another long one", LANMU_SEAL_COST_INTERACTIVE}, changed = {"主管", "changed today", LANMU_SEAL_COST_INTERACTIVE},
                        weak = {"主管", "short", LANMU_SEAL_COST_INTERACTIVE};

  g_assert_false (lanmu_seal_open (db, "anything", &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  g_assert_false (lanmu_seal_begin (db, &weak, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_error (&error);
  seal (db);
  g_assert_false (lanmu_seal_begin (db, &secret, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS);
  g_clear_error (&error);
  g_assert_false (lanmu_seal_open (db, "four words are bettes", &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_PASSPHRASE);
  g_clear_error (&error);
  g_assert_false (lanmu_seal_wrap (db, "four words are bettes", &second, ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_PASSPHRASE);
  g_clear_error (&error);
  g_assert_true (lanmu_seal_wrap (db, secret.passphrase, &second, ACTOR, &error));
  g_assert_true (lanmu_seal_wrap (db, second.passphrase, &changed, ACTOR, &error));
  g_assert_no_error (error);
  g_assert_false (lanmu_seal_open (db, secret.passphrase, NULL));
  g_assert_true (lanmu_seal_open (db, changed.passphrase, &error));
  g_assert_true (lanmu_seal_open (db, second.passphrase, &error));
  g_assert_true (lanmu_seal_unwrap (db, "主管", ACTOR, &error));
  g_assert_no_error (error);
  g_assert_false (lanmu_seal_unwrap (db, "副主管", ACTOR, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_clear_pointer (&db, lanmu_db_close);
  remove_folder (dir);
}

/* In a process that was never told the passphrase. */
static void closed_child (const char *dir)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = lanmu_db_open (dir, LANMU_DB_READ_WRITE, &error);
  struct rlimit cores;

  g_assert_no_error (error);
  g_assert_false (lanmu_seal_is_open (db));
  g_autoptr (LanmuStudentRow) row = lanmu_student_get_by_no (db, "0001", &error);
  g_assert_no_error (error);
  g_assert_true (row->closed);
  g_assert_cmpstr (row->id_no, ==, "");
  g_assert_cmpstr (row->name, ==, "甲");
  import_one (db, "0003", ID_NO, &error);
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_CLOSED);
  g_clear_error (&error);
  g_assert_cmpint (lanmu_correction_add (db, "0001", "id_no", "1", "", ACTOR, &error), ==, 0);
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_CLOSED);
  g_clear_error (&error);
  g_assert_cmpint (lanmu_students_count (db, LANMU_STUDENT_ANY_STATE, NULL), ==, 1);
  g_assert_true (lanmu_seal_open (db, secret.passphrase, &error));
  g_assert_no_error (error);
  g_clear_pointer (&row, lanmu_student_row_free);
  row = lanmu_student_get_by_no (db, "0001", &error);
  g_assert_cmpstr (row->id_no, ==, ID_NO);
  g_assert_cmpint (getrlimit (RLIMIT_CORE, &cores), ==, 0);
  g_assert_cmpuint (cores.rlim_cur, ==, 0);
}

static void test_closed (void)
{
  g_autofree char *dir = make_folder ();
  g_autoptr (GError) error = NULL;
  g_autoptr (LanmuDb) db = open_campaign (dir, 0);

  seal (db);
  import_one (db, "0001", ID_NO, &error);
  g_assert_no_error (error);
  g_clear_pointer (&db, lanmu_db_close);
  g_setenv ("LANMU_TEST_SEALED", dir, TRUE);
  g_test_trap_subprocess ("/db/seal/closed/child", 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
  remove_folder (dir);
}

static void test_closed_child (void)
{
  if (g_test_subprocess ())
    closed_child (g_getenv ("LANMU_TEST_SEALED"));
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/db/seal/nothing-readable", test_nothing_readable);
  g_test_add_func ("/db/seal/converted", test_converted);
  g_test_add_func ("/db/seal/moved-row-is-found", test_moved_row_is_found);
  g_test_add_func ("/db/seal/passphrases", test_passphrases);
  g_test_add_func ("/db/seal/closed", test_closed);
  g_test_add_func ("/db/seal/closed/child", test_closed_child);
  return g_test_run ();
}
