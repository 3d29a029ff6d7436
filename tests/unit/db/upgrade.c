/* The real steps, from every earlier version with data to the newest: the shape must be that of schema.sql, and nothing
 * that was in the old file may be gone. */
#include "tests/unit/db/fixture.h"
#include "db/migrations.h"

#include <sqlite3.h>
#include <string.h>

static char *read_data (const char *name)
{
  g_autofree char *path = g_build_filename (g_getenv ("LANMU_TEST_DATA"), name, NULL);
  g_autoptr (GError) error = NULL;
  char *text = NULL;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  return text;
}

static void run_file (const char *dir, const char *name)
{
  g_autofree char *sql = read_data (name);
  run_raw (dir, sql);
}

/* In one transaction, as the store takes it: keys may point nowhere in between. */
static void run_step (const char *dir, const char *sql)
{
  g_autofree char *whole = g_strconcat ("BEGIN;", sql, ";COMMIT;", NULL);
  run_raw (dir, whole);
}

/* The rows are those of version 1: each step has to carry them on. */
static void make_version (const char *dir, int version)
{
  const LanmuSchema *schema = lanmu_schema_get ();
  g_autofree char *stamp =
      g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d;", 0x4c4e4d55, version);

  run_file (dir, "schema-1.sql");
  run_file (dir, "rows-1.sql");
  for (gsize i = 0; i < schema->n_steps && schema->steps[i].version <= version; i++)
    run_step (dir, schema->steps[i].sql);
  run_raw (dir, stamp);
}

/* Comments and line breaks are no shape. */
static char *normalise (const char *sql)
{
  GString *out = g_string_new (NULL);

  for (const char *c = sql; *c; c++) {
    if (c[0] == '-' && c[1] == '-')
      c += strcspn (c, "\n");
    if (g_ascii_isspace (*c) || !*c) {
      if (out->len && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
      if (!*c)
        break;
    } else {
      g_string_append_c (out, *c);
    }
  }
  return g_string_free (out, FALSE);
}

/* Every column by name (a column that was added later stands last in an old file), every index and trigger. */
static char *read_shape (const char *dir)
{
  static const char query[] =
      "SELECT 'column ' || t.name || '.' || c.name, c.type || ' ' || c.\"notnull\" || ' ' || coalesce (c.dflt_value, "
      "'-') || ' ' || c.pk"
      " FROM pragma_table_list AS t JOIN pragma_table_xinfo (t.name) AS c WHERE t.schema = 'main' AND t.name NOT LIKE "
      "'sqlite_%'"
      " UNION ALL SELECT 'reference ' || t.name || '.' || f.\"from\", f.\"table\" || '.' || f.\"to\""
      " FROM pragma_table_list AS t JOIN pragma_foreign_key_list (t.name) AS f WHERE t.schema = 'main'"
      " UNION ALL SELECT type || ' ' || name, sql FROM sqlite_schema WHERE type <> 'table' AND sql NOT NULL ORDER BY "
      "1, 2";
  g_autofree char *path = g_build_filename (dir, "lanmu.db", NULL);
  GString *shape = g_string_new (NULL);
  sqlite3 *sql = NULL;
  sqlite3_stmt *stmt = NULL;

  g_assert_cmpint (sqlite3_open (path, &sql), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (sql, query, -1, &stmt, NULL), ==, SQLITE_OK);
  while (sqlite3_step (stmt) == SQLITE_ROW) {
    g_autofree char *what = normalise ((const char *) sqlite3_column_text (stmt, 1));
    g_string_append_printf (shape, "%s: %s\n", (const char *) sqlite3_column_text (stmt, 0), what);
  }
  sqlite3_finalize (stmt);
  sqlite3_close (sql);
  return g_string_free (shape, FALSE);
}

static void check_rows (const char *dir)
{
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM student WHERE state = 'accepted' AND chosen_shot = 'T1'"), ==,
                   1);
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM student"), ==, 3);
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM shot"), ==, 3);
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM ticket"), ==, 4);
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM binding"), ==, 4);
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM card_file"), ==, 1);
  /* 9: the sensitive fields */
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM student_private WHERE sealed IS NULL AND until_id = 0"), ==, 3);
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM student_private WHERE student_id = 1 AND id_no = '11010519491231002X' AND "
                                   "exam_no = 'K1' AND extra = '{\"MZ\":\"汉\"}'"), ==, 1);
  /* 2: capture codes */
  g_assert_cmpint (query_int (dir, "SELECT count (*) FROM capture_code"), ==, 2);
  g_assert_cmpint (
      query_int (dir, "SELECT number FROM capture_code WHERE token = 'CODE-B' AND state = 'shot' AND first_us = 20"),
      ==, 1);
  g_assert_cmpint (
      query_int (dir, "SELECT number FROM capture_code WHERE token = 'CODE-A' AND state = 'waiting' AND first_us = 30"),
      ==, 2);
}

static void test_from (gconstpointer version)
{
  g_autofree char *dir = make_folder (), *fresh = make_folder ();
  g_autoptr (GError) error = NULL;

  make_version (dir, GPOINTER_TO_INT (version));
  lanmu_db_close (lanmu_db_open (fresh, LANMU_DB_CREATE, &error));
  g_autoptr (LanmuDb) db = lanmu_db_open (dir, LANMU_DB_READ_WRITE, &error);
  g_assert_no_error (error);
  g_assert_cmpint (lanmu_db_get_version (db), ==, lanmu_schema_get ()->version);
  g_assert_true (lanmu_db_check (db, TRUE, &error));
  g_assert_no_error (error);
  g_autofree char *got = read_shape (dir), *wanted = read_shape (fresh);
  g_assert_cmpstr (got, ==, wanted);
  check_rows (dir);
  g_clear_pointer (&db, lanmu_db_close);
  remove_folder (dir);
  remove_folder (fresh);
}

int main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (int version = 1; version < lanmu_schema_get ()->version; version++) {
    g_autofree char *path = g_strdup_printf ("/db/upgrade/from-%d", version);
    g_test_add_data_func (path, GINT_TO_POINTER (version), test_from);
  }
  return g_test_run ();
}
