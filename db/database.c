/* One connection: opening it without harm, transactions, checks, copies. Runs on the thread that owns the connection;
 * see database.h for the promises. */
#include "db/database.h"
#include "db/datadir.h"
#include "db/files.h"
#include "db/killpoint.h"
#include "db/migrations.h"
#include "db/probe.h"
#include "db/rowseal.h"
#include "db/seal.h"
#include "db/sql.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define BUSY_TIMEOUT_MS 5000 /* the lock keeps other writers out: this is for tools that copy or check the file */

static gboolean fail_not_found (const char *data_dir, GError **error)
{
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NOT_FOUND,
               "There is no campaign in the folder %s: make one with \"lanmuctl init\", or name another folder",
               data_dir);
  return FALSE;
}

/* SQLite would make the file readable for all; its -wal and -shm take the mode of the file. */
static gboolean create_file (const char *path, GError **error)
{
  LANMU_AUTO_FD fd = open (path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);

  return fd >= 0 || lanmu_file_fail (error, errno, "Cannot create the database", path);
}

/* A reader of a folder that may not be written cannot make the -shm of WAL mode. With no log beside it, the file alone
 * is the whole truth. */
static int open_read_only (const char *path, sqlite3 **sql)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  g_autofree char *uri = g_filename_to_uri (absolute, NULL, NULL);
  struct stat info;

  if (!uri || access (folder, W_OK) == 0 || (stat (log, &info) == 0 && info.st_size > 0))
    return sqlite3_open_v2 (path, sql, SQLITE_OPEN_READONLY, NULL);
  g_autofree char *immutable = g_strconcat (uri, "?immutable=1", NULL);
  return sqlite3_open_v2 (immutable, sql, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
}

static gboolean connect_file (LanmuDb *db, GError **error)
{
  int result = db->mode == LANMU_DB_READ_ONLY ? open_read_only (db->path, &db->sql)
                                              : sqlite3_open_v2 (db->path, &db->sql, SQLITE_OPEN_READWRITE, NULL);

  if (!db->sql) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_FAILED, "Database %s cannot be opened: out of memory", db->path);
    return FALSE;
  }
  sqlite3_extended_result_codes (db->sql, 1);
  return result == SQLITE_OK || lanmu_sql_fail (db, error);
}

/* Through the log, before anything is changed. */
static gboolean check_identity (LanmuDb *db, const LanmuSchema *schema, GError **error)
{
  gint64 application_id, version, tables;

  if (!lanmu_sql_int (db, error, &application_id, 0, "PRAGMA application_id", "") ||
      !lanmu_sql_int (db, error, &version, 0, "PRAGMA user_version", "") ||
      !lanmu_sql_int (db, error, &tables, 0, "SELECT count (*) FROM sqlite_schema", ""))
    return FALSE;
  gboolean empty = application_id == 0 && version == 0 && tables == 0;
  if (!empty && (application_id != LANMU_DB_APPLICATION_ID || version < 1))
    return lanmu_db_fail_foreign (db->path, error);
  if (version > schema->version)
    return lanmu_db_fail_newer (db->path, (int)version, schema->version, error);
  if (empty && db->mode != LANMU_DB_CREATE)
    return fail_not_found (db->dir, error);
  if (db->mode == LANMU_DB_READ_ONLY && version < schema->version) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED,
                 "Database %s is of an older version (format %d, now %d): open it once with the station, which brings "
                 "it up to date",
                 db->path, (int)version, schema->version);
    return FALSE;
  }
  return TRUE;
}

static gboolean configure (LanmuDb *db, GError **error)
{
  if (!lanmu_sql_script (db, "PRAGMA foreign_keys = ON; PRAGMA cell_size_check = ON; PRAGMA temp_store = MEMORY;", error))
    return FALSE;
  if (db->mode == LANMU_DB_READ_ONLY)
    return lanmu_sql_script (db, "PRAGMA query_only = ON;", error);
  return lanmu_sql_script (db, "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;", error);
}

static gboolean open_connection (LanmuDb *db, const LanmuSchema *schema, gboolean check, GError **error)
{
  if (!connect_file (db, error))
    return FALSE;
  sqlite3_busy_timeout (db->sql, BUSY_TIMEOUT_MS);
  if (!check_identity (db, schema, error) || !configure (db, error) || !lanmu_row_seal_register (db, error))
    return FALSE;
  if (check && !lanmu_db_check (db, FALSE, error))
    return FALSE;
  return (db->mode == LANMU_DB_READ_ONLY || lanmu_db_migrate (db, schema, error)) && lanmu_seal_read (db, error);
}

static gboolean prepare_folder (const char *data_dir, LanmuDbMode mode, const LanmuSchema *schema, const char *path,
                                GError **error)
{
  LanmuProbe found;

  if (mode == LANMU_DB_CREATE && !g_file_test (data_dir, G_FILE_TEST_EXISTS) && !lanmu_datadir_create (data_dir, error))
    return FALSE;
  if (!lanmu_db_probe (data_dir, schema->version, &found, error))
    return FALSE;
  if (found != LANMU_PROBE_OURS && mode != LANMU_DB_CREATE)
    return fail_not_found (data_dir, error);
  if (mode == LANMU_DB_READ_ONLY)
    return TRUE;
  return lanmu_datadir_create (data_dir, error) &&
         (found != LANMU_PROBE_ABSENT || (create_file (path, error) && lanmu_fsync_folder (data_dir, error)));
}

LanmuDb *lanmu_db_open_schema (const char *data_dir, LanmuDbMode mode, const LanmuSchema *schema, gboolean check,
                               GError **error)
{
  g_autoptr (LanmuDb) db = g_new0 (LanmuDb, 1);

  db->dir = g_strdup (data_dir);
  db->path = g_build_filename (data_dir, LANMU_DATADIR_DATABASE, NULL);
  db->mode = mode;
  db->folder = lanmu_keyring_folder (data_dir);
  if (!prepare_folder (data_dir, mode, schema, db->path, error) || !open_connection (db, schema, check, error))
    return NULL;
  return g_steal_pointer (&db);
}

LanmuDb *lanmu_db_open (const char *data_dir, LanmuDbMode mode, GError **error)
{
  return lanmu_db_open_schema (data_dir, mode, lanmu_schema_get (), TRUE, error);
}

void lanmu_db_close (LanmuDb *db)
{
  if (!db)
    return;
  if (sqlite3_close (db->sql) != SQLITE_OK)
    g_critical ("database %s closed with statements in use", db->path);
  lanmu_opened_row_free (db->opened);
  g_free (db->dir);
  g_free (db->path);
  g_free (db);
}

const char *lanmu_db_get_data_dir (LanmuDb *db)
{
  return db->dir;
}

LanmuDbMode lanmu_db_get_mode (LanmuDb *db)
{
  return db->mode;
}

int lanmu_db_get_version (LanmuDb *db)
{
  gint64 version = 0;

  return lanmu_sql_int (db, NULL, &version, 0, "PRAGMA user_version", "") ? (int)version : 0;
}

gboolean lanmu_db_check_references (LanmuDb *db, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, "PRAGMA foreign_key_check", "");

  switch (stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR) {
  case LANMU_SQL_END:
    return TRUE;
  case LANMU_SQL_ROW:
    g_set_error (
        error, LANMU_DB_ERROR, LANMU_DB_ERROR_CORRUPT,
        "Database %s: a row of table %s refers to nothing; keep it, and restore the newest copy from the backups",
        db->path, (const char *)sqlite3_column_text (stmt, 0));
    return FALSE;
  case LANMU_SQL_ERROR:
  default:
    return FALSE;
  }
}

gboolean lanmu_db_check (LanmuDb *db, gboolean full, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
      lanmu_sql_query (db, error, full ? "PRAGMA integrity_check (1)" : "PRAGMA quick_check (1)", "");

  if (!stmt || lanmu_sql_step (db, stmt, error) != LANMU_SQL_ROW)
    return FALSE;
  const char *verdict = (const char *)sqlite3_column_text (stmt, 0);
  if (g_strcmp0 (verdict, "ok") != 0) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_CORRUPT,
                 "Database %s is damaged (%s): keep it, and restore the newest copy from the backups", db->path,
                 verdict);
    return FALSE;
  }
  return !full || lanmu_db_check_references (db, error);
}

static void make_killpoint (const char *name, const char *where)
{
  if (!name)
    return;
  g_autofree char *point = g_strconcat (name, ".", where, NULL);
  lanmu_killpoint (point);
}

gboolean lanmu_db_begin (LanmuDb *db, const char *name, GError **error)
{
  if (!lanmu_sql_script (db, db->depth == 0 ? "BEGIN IMMEDIATE" : "SAVEPOINT inner", error))
    return FALSE;
  if (db->depth++ == 0)
    db->name = name;
  return TRUE;
}

gboolean lanmu_db_commit (LanmuDb *db, GError **error)
{
  g_return_val_if_fail (db->depth > 0, FALSE);
  if (db->depth > 1) {
    db->depth--;
    return lanmu_sql_script (db, "RELEASE inner", error);
  }
  make_killpoint (db->name, "before-commit");
  if (!lanmu_sql_script (db, "COMMIT", error)) {
    lanmu_db_rollback (db);
    return FALSE;
  }
  db->depth = 0;
  make_killpoint (db->name, "after-commit");
  return TRUE;
}

void lanmu_db_rollback (LanmuDb *db)
{
  g_return_if_fail (db->depth > 0);
  db->depth--;
  if (sqlite3_get_autocommit (db->sql)) /* a full disk may have rolled back by itself */
    return;
  if (!lanmu_sql_script (db, db->depth == 0 ? "ROLLBACK" : "ROLLBACK TO inner; RELEASE inner", NULL))
    g_critical ("database %s: cannot roll back: %s", db->path, sqlite3_errmsg (db->sql));
}

gboolean lanmu_db_end (LanmuDb *db, gboolean ok, GError **error)
{
  if (ok)
    return lanmu_db_commit (db, error);
  lanmu_db_rollback (db);
  return FALSE;
}

gboolean lanmu_db_transaction (LanmuDb *db, const char *name, LanmuDbWork work, gpointer data, GError **error)
{
  if (!lanmu_db_begin (db, name, error))
    return FALSE;
  return lanmu_db_end (db, work (db, data, error), error);
}
