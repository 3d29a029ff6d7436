/* Private to db/: the few lines between SQLite and the table modules. A LanmuDb belongs to one thread at a time; statements are prepared per call (tens of µs,
 * lost beside one fsync) and finalised by g_autoptr. */
#pragma once

#include <sqlite3.h>
#include "db/database.h"
#include "db/keyring.h"

G_BEGIN_DECLS

typedef struct _LanmuOpenedRow LanmuOpenedRow; /* db/rowseal.c */
void lanmu_opened_row_free (LanmuOpenedRow *opened);

struct _LanmuDb {
  sqlite3 *sql;
  char *dir;
  char *path;
  LanmuDbMode mode;
  int depth;        /* open transactions, savepoints counted */
  const char *name; /* of the outermost, for killpoints; or NULL */
  LanmuSealFolder *folder; /* is it sealed, and open */
  LanmuOpenedRow *opened;
};

G_DEFINE_AUTOPTR_CLEANUP_FUNC (sqlite3_stmt, sqlite3_finalize)

/* Binds by `format`, one letter a parameter: s const char * (NULL → NULL), e const char * (NULL → ''), i gint64, z gint64 (0 → NULL), d double (NaN → NULL). Text is not copied: it must
 * live as long as the statement. NULL with an error. */
sqlite3_stmt *lanmu_sql_query (LanmuDb *db, GError **error, const char *sql, const char *format, ...);
/* The same, run to its end; *changes (may be NULL) = rows changed. */
gboolean lanmu_sql_run (LanmuDb *db, GError **error, int *changes, const char *sql, const char *format, ...);
/* Several statements without parameters. */
gboolean lanmu_sql_script (LanmuDb *db, const char *sql, GError **error);
/* One integer; `missing` when there is no row. FALSE only with an error. */
gboolean lanmu_sql_int (LanmuDb *db, GError **error, gint64 *value, gint64 missing, const char *sql, const char *format, ...);

typedef enum { LANMU_SQL_ERROR = -1, LANMU_SQL_END, LANMU_SQL_ROW } LanmuSqlStep;
LanmuSqlStep lanmu_sql_step (LanmuDb *db, sqlite3_stmt *stmt, GError **error);

char *lanmu_sql_text (sqlite3_stmt *stmt, int column); /* a copy, NULL for NULL */
#define lanmu_sql_int64(stmt, column) ((gint64) sqlite3_column_int64 ((stmt), (column)))

/* Ends the innermost transaction: commits when ok, else rolls back and returns FALSE. */
gboolean lanmu_db_end (LanmuDb *db, gboolean ok, GError **error);
gboolean lanmu_db_check_references (LanmuDb *db, GError **error); /* CORRUPT: a foreign key points nowhere */

/* Turns the connection's last error into a LANMU_DB_ERROR; returns FALSE. */
gboolean lanmu_sql_fail (LanmuDb *db, GError **error);

/* Sets NO_ROW "There is no WHAT ID"; returns FALSE. */
gboolean lanmu_sql_no_row (GError **error, const char *what, const char *id);

G_END_DECLS
