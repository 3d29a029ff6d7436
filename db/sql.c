/* Statements, parameters and the meaning of SQLite's error codes. Runs on whatever thread owns the connection. */
#include "db/sql.h"
#include "db/files.h"

#include <stdarg.h>

/* SQLite forgets errno for the log beside the file; the log's own handle still knows it. (A full disk is SQLITE_FULL,
 * but a quota and a file-size limit come as SQLITE_IOERR_WRITE.) */
static int system_errno (sqlite3 *sql)
{
  sqlite3_file *log = NULL;
  int number = sqlite3_system_errno (sql);

  if (number == 0 && sqlite3_file_control (sql, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log) == SQLITE_OK && log &&
      log->pMethods)
    log->pMethods->xFileControl (log, SQLITE_FCNTL_LAST_ERRNO, &number);
  return number;
}

static LanmuDbError code_of_sqlite (sqlite3 *sql)
{
  int extended = sqlite3_extended_errcode (sql);

  switch (extended) {
  case SQLITE_CONSTRAINT_UNIQUE:
  case SQLITE_CONSTRAINT_PRIMARYKEY:
    return LANMU_DB_ERROR_EXISTS;
  case SQLITE_CONSTRAINT_TRIGGER:
    return LANMU_DB_ERROR_REFUSED;
  default:
    break;
  }
  switch (extended & 0xff) {
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    return LANMU_DB_ERROR_IN_USE;
  case SQLITE_READONLY:
  case SQLITE_PERM:
    return LANMU_DB_ERROR_READ_ONLY;
  case SQLITE_FULL:
    return LANMU_DB_ERROR_FULL;
  case SQLITE_IOERR:
  case SQLITE_CANTOPEN:
    return lanmu_error_code_from_errno (system_errno (sql));
  case SQLITE_CORRUPT:
  case SQLITE_NOTADB:
    return LANMU_DB_ERROR_CORRUPT;
  case SQLITE_CONSTRAINT:
    return LANMU_DB_ERROR_CONSTRAINT;
  default:
    return LANMU_DB_ERROR_FAILED;
  }
}

static const char *advice_for (LanmuDbError code)
{
  switch (code) {
  case LANMU_DB_ERROR_IN_USE:
    return "another program keeps it locked; close that program and try again";
  case LANMU_DB_ERROR_READ_ONLY:
    return "it may not be written; mend the permissions of the folder";
  case LANMU_DB_ERROR_FULL:
    return "the disk is full; free some space and try again";
  case LANMU_DB_ERROR_IO:
    return "the disk answered with an error; check the disk and its cable";
  case LANMU_DB_ERROR_CORRUPT:
    return "it is damaged; keep it, and restore the newest copy from the backups";
  case LANMU_DB_ERROR_REFUSED:
  case LANMU_DB_ERROR_EXISTS:
  case LANMU_DB_ERROR_CONSTRAINT:
    return "its rules refuse the change";
  default:
    return "the change failed";
  }
}

gboolean lanmu_sql_fail (LanmuDb *db, GError **error)
{
  LanmuDbError code = code_of_sqlite (db->sql);

  g_set_error (error, LANMU_DB_ERROR, (int)code, "Database %s: %s (%s)", db->path, advice_for (code),
               sqlite3_errmsg (db->sql));
  return FALSE;
}

static int bind_one (sqlite3_stmt *stmt, int index, char kind, va_list *args)
{
  if (kind == 's' || kind == 'e') {
    const char *text = va_arg (*args, const char *);
    return sqlite3_bind_text (stmt, index, text || kind == 's' ? text : "", -1, SQLITE_STATIC);
  }
  if (kind == 'd')
    return sqlite3_bind_double (stmt, index, va_arg (*args, double)); /* SQLite makes NULL of NaN */
  gint64 number = va_arg (*args, gint64);
  if (kind == 'z' && number == 0)
    return sqlite3_bind_null (stmt, index);
  return sqlite3_bind_int64 (stmt, index, number);
}

static sqlite3_stmt *query_va (LanmuDb *db, GError **error, const char *sql, const char *format, va_list *args)
{
  g_autoptr (sqlite3_stmt) stmt = NULL;
  int result = sqlite3_prepare_v2 (db->sql, sql, -1, &stmt, NULL);

  for (int i = 0; result == SQLITE_OK && format[i]; i++)
    result = bind_one (stmt, i + 1, format[i], args);
  if (result != SQLITE_OK) {
    lanmu_sql_fail (db, error);
    return NULL;
  }
  return g_steal_pointer (&stmt);
}

sqlite3_stmt *lanmu_sql_query (LanmuDb *db, GError **error, const char *sql, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  sqlite3_stmt *stmt = query_va (db, error, sql, format, &args);
  va_end (args);
  return stmt;
}

LanmuSqlStep lanmu_sql_step (LanmuDb *db, sqlite3_stmt *stmt, GError **error)
{
  switch (sqlite3_step (stmt)) {
  case SQLITE_ROW:
    return LANMU_SQL_ROW;
  case SQLITE_DONE:
    return LANMU_SQL_END;
  default:
    lanmu_sql_fail (db, error);
    return LANMU_SQL_ERROR;
  }
}

gboolean lanmu_sql_run (LanmuDb *db, GError **error, int *changes, const char *sql, const char *format, ...)
{
  va_list args;
  LanmuSqlStep step;

  va_start (args, format);
  g_autoptr (sqlite3_stmt) stmt = query_va (db, error, sql, format, &args);
  va_end (args);
  if (!stmt)
    return FALSE;
  while ((step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    ;
  if (step == LANMU_SQL_END && changes)
    *changes = sqlite3_changes (db->sql);
  return step == LANMU_SQL_END;
}

gboolean lanmu_sql_script (LanmuDb *db, const char *sql, GError **error)
{
  return sqlite3_exec (db->sql, sql, NULL, NULL, NULL) == SQLITE_OK || lanmu_sql_fail (db, error);
}

gboolean lanmu_sql_int (LanmuDb *db, GError **error, gint64 *value, gint64 missing, const char *sql, const char *format,
                        ...)
{
  va_list args;

  va_start (args, format);
  g_autoptr (sqlite3_stmt) stmt = query_va (db, error, sql, format, &args);
  va_end (args);
  if (!stmt)
    return FALSE;
  LanmuSqlStep step = lanmu_sql_step (db, stmt, error);
  *value = step == LANMU_SQL_ROW ? lanmu_sql_int64 (stmt, 0) : missing;
  return step != LANMU_SQL_ERROR;
}

char *lanmu_sql_text (sqlite3_stmt *stmt, int column)
{
  return g_strdup ((const char *)sqlite3_column_text (stmt, column));
}

gboolean lanmu_sql_no_row (GError **error, const char *what, const char *id)
{
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_NO_ROW, "There is no %s %s", what, id);
  return FALSE;
}
