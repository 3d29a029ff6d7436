/* See rosterfeed.h. A virtual table of SQLite, there only while its statement runs. */
#include "db/rosterfeed.h"
#include "db/rowseal.h"
#include "db/seal.h"

#define MODULE "lanmu_feed"

typedef struct {
  LanmuDb *db;
  LanmuRosterFeed *feed;
  gboolean is_sealed;
  GError *error; /* what ended it, when that was not SQLite */
} Source;

typedef struct {
  sqlite3_vtab base;
  Source *source;
} Table;

typedef struct {
  sqlite3_vtab_cursor base;
  Source *source;
  gsize at;
  LanmuRosterFeedRow row;
} Cursor;

enum { ID, STUDENT_NO, NAME, SEX, CLASS_ID, POSITION, ID_NO, EXAM_NO, EXTRA, SEALED };

static int connect_table (sqlite3 *sql, void *data, int argc, const char *const *argv, sqlite3_vtab **table, char **message)
{
  int result = sqlite3_declare_vtab (
      sql, "CREATE TABLE lanmu_feed (id, student_no, name, sex, class_id, position, id_no, exam_no, extra, sealed)");

  if (result != SQLITE_OK)
    return result;
  Table *made = g_new0 (Table, 1);
  made->source = data;
  *table = &made->base;
  return SQLITE_OK;
}

static int disconnect_table (sqlite3_vtab *table)
{
  g_free (table);
  return SQLITE_OK;
}

/* There is one way through: from the first row to the last. */
static int plan (sqlite3_vtab *table, sqlite3_index_info *info)
{
  info->estimatedCost = info->estimatedRows = (sqlite3_int64) ((Table *) table)->source->feed->n_rows;
  return SQLITE_OK;
}

static int open_cursor (sqlite3_vtab *table, sqlite3_vtab_cursor **cursor)
{
  Cursor *made = g_new0 (Cursor, 1);

  made->source = ((Table *) table)->source;
  *cursor = &made->base;
  return SQLITE_OK;
}

static int close_cursor (sqlite3_vtab_cursor *cursor)
{
  g_free (cursor);
  return SQLITE_OK;
}

static int load_row (Cursor *cursor)
{
  Source *source = cursor->source;
  LanmuRosterFeed *feed = source->feed;

  if (cursor->at >= feed->n_rows)
    return SQLITE_OK;
  feed->at = cursor->at;
  return feed->get (feed->data, cursor->at, &cursor->row, &source->error) ? SQLITE_OK : SQLITE_INTERRUPT;
}

static int go_to_start (sqlite3_vtab_cursor *base, int plan_number, const char *plan_name, int argc, sqlite3_value **argv)
{
  Cursor *cursor = (Cursor *) base;

  cursor->at = 0;
  return load_row (cursor);
}

static int go_on (sqlite3_vtab_cursor *base)
{
  Cursor *cursor = (Cursor *) base;

  cursor->at++;
  return load_row (cursor);
}

static int is_over (sqlite3_vtab_cursor *base)
{
  const Cursor *cursor = (const Cursor *) base;

  return cursor->at >= cursor->source->feed->n_rows;
}

static int get_row_id (sqlite3_vtab_cursor *base, sqlite3_int64 *id)
{
  *id = (sqlite3_int64) ((const Cursor *) base)->at + 1;
  return SQLITE_OK;
}

static void say_text (sqlite3_context *context, const char *text, const char *otherwise)
{
  sqlite3_result_text (context, text && *text ? text : otherwise, -1, SQLITE_STATIC);
}

static void say_private (sqlite3_context *context, gboolean is_sealed, const char *text, const char *otherwise)
{
  say_text (context, is_sealed ? NULL : text, otherwise);
}

static int say_sealed (sqlite3_context *context, Cursor *cursor)
{
  const LanmuStudentRow *student = &cursor->row.student;
  const char *texts[LANMU_SEALED_TEXTS] = {student->id_no, student->exam_no, student->extra && *student->extra ? student->extra : "{}"};
  g_autoptr (GBytes) sealed = NULL;

  if (!cursor->source->is_sealed)
    return SQLITE_OK; /* NULL */
  if (!lanmu_row_seal (cursor->source->db, (LanmuSealedPlace){LANMU_SEALED_STUDENT, cursor->row.id, 0}, texts, &sealed, &cursor->source->error))
    return SQLITE_INTERRUPT;
  sqlite3_result_blob (context, g_bytes_get_data (sealed, NULL), (int) g_bytes_get_size (sealed), SQLITE_TRANSIENT);
  return SQLITE_OK;
}

static int get_column (sqlite3_vtab_cursor *base, sqlite3_context *context, int column)
{
  Cursor *cursor = (Cursor *) base;
  const LanmuRosterFeedRow *row = &cursor->row;
  gboolean is_sealed = cursor->source->is_sealed;

  switch (column) {
  case ID:
    sqlite3_result_int64 (context, row->id);
    break;
  case STUDENT_NO:
    say_text (context, row->student.student_no, "");
    break;
  case NAME:
    say_text (context, row->student.name, "");
    break;
  case SEX:
    say_text (context, row->student.sex, "");
    break;
  case CLASS_ID:
    sqlite3_result_int64 (context, row->class_id);
    break;
  case POSITION:
    sqlite3_result_int64 (context, row->position);
    break;
  case ID_NO:
    say_private (context, is_sealed, row->student.id_no, "");
    break;
  case EXAM_NO:
    say_private (context, is_sealed, row->student.exam_no, "");
    break;
  case EXTRA:
    say_private (context, is_sealed, row->student.extra, "{}");
    break;
  default:
    return say_sealed (context, cursor);
  }
  return SQLITE_OK;
}

static const sqlite3_module module = {
    .xConnect = connect_table, /* no xCreate: it is there without a CREATE, and cannot be made */
    .xBestIndex = plan,
    .xDisconnect = disconnect_table,
    .xOpen = open_cursor,
    .xClose = close_cursor,
    .xFilter = go_to_start,
    .xNext = go_on,
    .xEof = is_over,
    .xColumn = get_column,
    .xRowid = get_row_id,
};

gboolean lanmu_roster_feed_run (LanmuDb *db, LanmuRosterFeed *feed, const char *sql, GError **error)
{
  LanmuSealState state;

  if (!lanmu_seal_get_state (db, &state, error))
    return FALSE;
  Source source = {db, feed, state != LANMU_SEAL_NONE, NULL};
  if (sqlite3_create_module_v2 (db->sql, MODULE, &module, &source, NULL) != SQLITE_OK)
    return lanmu_sql_fail (db, error);
  gboolean ok = lanmu_sql_run (db, error, NULL, sql, "");
  sqlite3_create_module_v2 (db->sql, MODULE, NULL, NULL, NULL);
  if (source.error) {
    g_clear_error (error);
    g_propagate_error (error, source.error);
  }
  return ok;
}
