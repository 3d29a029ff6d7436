/* From the newest version to made-up ones after it, with data (the real steps: upgrade.c); a step that fails; a database from the future. */
#include "tests/unit/db/fixture.h"
#include "db/audit.h"
#include "db/migrations.h"

/* The versions are those after the newest real one; init_versions fills them in. */
static int base;
static LanmuMigration steps[] = {
    {0, "ALTER TABLE campaign ADD COLUMN motto TEXT NOT NULL DEFAULT ''; UPDATE campaign SET motto = 'two';"},
    {0, "CREATE TABLE hall (id INTEGER PRIMARY KEY, place TEXT NOT NULL) STRICT; INSERT INTO hall (place) SELECT name "
        "FROM class;"},
};
static LanmuMigration failing_steps[] = {
    {0, "ALTER TABLE campaign ADD COLUMN motto TEXT NOT NULL DEFAULT '';"},
    {0, "CREATE TABLE hall (id INTEGER PRIMARY KEY) STRICT; INSERT INTO nowhere VALUES (1);"},
};
static LanmuMigration orphaning_steps[] = {
    {0, "PRAGMA defer_foreign_keys = ON; UPDATE student SET class_id = 999 WHERE id = 1;"}};

static void init_versions (void)
{
  base = lanmu_schema_get ()->version;
  steps[0].version = failing_steps[0].version = orphaning_steps[0].version = base + 1;
  steps[1].version = failing_steps[1].version = base + 2;
}

/* The newest shape, made at once. */
static LanmuSchema make_schema (const LanmuMigration *list, gsize n)
{
  GString *sql = g_string_new (lanmu_schema_get ()->create_sql);

  for (gsize i = 0; i < n; i++)
    g_string_append (sql, list[i].sql);
  return (LanmuSchema){g_string_free (sql, FALSE), list[n - 1].version, list, n};
}

static guint count_backups (const char *dir)
{
  g_autofree char *path = g_build_filename (dir, "backups", NULL);
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (folder))
    n++;
  return n;
}

static void make_base (const char *dir)
{
  g_autoptr (LanmuDb) db = open_campaign (dir, 65);

  g_assert_cmpint (lanmu_db_get_version (db), ==, base);
}

static LanmuDb *open_with (const char *dir, const LanmuSchema *schema, GError **error)
{
  return lanmu_db_open_schema (dir, LANMU_DB_READ_WRITE, schema, TRUE, error);
}

static void check_newest (LanmuDb *db, const char *dir)
{
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (lanmu_db_get_version (db), ==, base + 2);
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM campaign WHERE motto = 'two'"), ==, 1);
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM hall"), ==, 3);
  g_assert_cmpint (lanmu_students_count (db, LANMU_STUDENT_ANY_STATE, &error), ==, 65);
  g_assert_true (lanmu_audit_verify (db, NULL, NULL, &error));
  g_assert_true (lanmu_db_check (db, TRUE, &error));
  g_assert_no_error (error);
}

static void test_from_base (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder ();
  LanmuSchema newest = make_schema (steps, 2);

  make_base (dir);
  g_autoptr (LanmuDb) db = open_with (dir, &newest, &error);
  g_assert_no_error (error);
  check_newest (db, dir);
  g_assert_cmpuint (count_backups (dir), ==, 1);
  g_clear_pointer (&db, lanmu_db_close);
  db = open_with (dir, &newest, &error); /* a second opening has nothing to do */
  g_assert_cmpuint (count_backups (dir), ==, 1);
  remove_folder (dir);
  g_free ((char *)newest.create_sql);
}

static void test_from_next (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder ();
  LanmuSchema second = make_schema (steps, 1), newest = make_schema (steps, 2);

  make_base (dir);
  lanmu_db_close (open_with (dir, &second, &error));
  g_assert_no_error (error);
  g_assert_cmpint (query_int (dir, "PRAGMA user_version"), ==, base + 1);
  g_autoptr (LanmuDb) db = open_with (dir, &newest, &error);
  check_newest (db, dir);
  g_assert_cmpuint (count_backups (dir), ==, 2);
  remove_folder (dir);
  g_free ((char *)second.create_sql);
  g_free ((char *)newest.create_sql);
}

/* schema.sql of a version and the steps that lead there must give the same tables. */
static void test_same_shape (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *old = make_folder (), *new = make_folder ();
  LanmuSchema newest = make_schema (steps, 2);

  make_base (old);
  lanmu_db_close (open_with (old, &newest, &error));
  lanmu_db_close (lanmu_db_open_schema (new, LANMU_DB_CREATE, &newest, TRUE, &error));
  g_assert_no_error (error);
  g_autofree char *compare =
      g_strdup_printf ("ATTACH '%s/lanmu.db' AS other; CREATE TEMP TABLE t (x CHECK (x = 0));"
                       "INSERT INTO t SELECT count (*) FROM (SELECT name, sql FROM main.sqlite_schema EXCEPT "
                       "SELECT name, sql FROM other.sqlite_schema)",
                       old);
  run_raw (new, compare);
  remove_folder (old);
  remove_folder (new);
  g_free ((char *)newest.create_sql);
}

static void test_backup_is_whole (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder (), *other = make_folder ();
  LanmuSchema newest = make_schema (steps, 2);

  make_base (dir);
  lanmu_db_close (open_with (dir, &newest, &error));
  g_autofree char *backups = g_build_filename (dir, "backups", NULL);
  g_autoptr (GDir) folder = g_dir_open (backups, 0, NULL);
  const char *name = g_dir_read_name (folder);
  g_autofree char *prefix = g_strdup_printf ("lanmu-v%d-", base);
  g_assert_true (g_str_has_prefix (name, prefix));
  g_autofree char *from = g_build_filename (backups, name, NULL);
  g_autofree char *to = g_build_filename (other, "lanmu.db", NULL);
  g_autofree char *bytes = NULL;
  gsize length;
  g_assert_true (g_file_get_contents (from, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (to, bytes, (gssize)length, NULL));
  g_autoptr (LanmuDb) db = lanmu_db_open (other, LANMU_DB_READ_WRITE, &error); /* as a person would restore it */
  g_assert_no_error (error);
  g_assert_cmpint (lanmu_db_get_version (db), ==, base);
  g_assert_cmpint (lanmu_students_count (db, LANMU_STUDENT_ANY_STATE, &error), ==, 65);
  g_clear_pointer (&db, lanmu_db_close);
  remove_folder (dir);
  remove_folder (other);
  g_free ((char *)newest.create_sql);
}

static void test_failing_step (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder ();
  const LanmuSchema schema = {"", base + 2, failing_steps, 2};

  make_base (dir);
  g_assert_null (open_with (dir, &schema, &error));
  g_assert_nonnull (error);
  g_assert_cmpint (query_int (dir, "PRAGMA user_version"), ==, base + 1); /* the step before it stands */
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM sqlite_schema WHERE name = 'hall'"), ==, 0);
  g_assert_cmpuint (count_backups (dir), ==, 1);
  remove_folder (dir);
}

static void test_orphans (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder ();
  const LanmuSchema schema = {"", base + 1, orphaning_steps, 1};

  make_base (dir);
  g_assert_null (open_with (dir, &schema, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_CORRUPT);
  g_assert_cmpint (query_int (dir, "PRAGMA user_version"), ==, base);
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM student WHERE class_id = 999"), ==, 0);
  remove_folder (dir);
}

static void test_reader_of_older (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *dir = make_folder ();
  LanmuSchema newest = make_schema (steps, 2);

  make_base (dir);
  g_assert_null (lanmu_db_open_schema (dir, LANMU_DB_READ_ONLY, &newest, TRUE, &error));
  g_assert_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED);
  g_assert_cmpint (query_int (dir, "PRAGMA user_version"), ==, base);
  remove_folder (dir);
  g_free ((char *)newest.create_sql);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  init_versions ();
  g_test_add_func ("/db/migrations/from-base", test_from_base);
  g_test_add_func ("/db/migrations/from-next", test_from_next);
  g_test_add_func ("/db/migrations/same-shape", test_same_shape);
  g_test_add_func ("/db/migrations/backup-is-whole", test_backup_is_whole);
  g_test_add_func ("/db/migrations/failing-step", test_failing_step);
  g_test_add_func ("/db/migrations/orphans", test_orphans);
  g_test_add_func ("/db/migrations/reader-of-older", test_reader_of_older);
  return g_test_run ();
}
