/* A first list: nobody is there who could be meant by it, so two statements write everybody (rosterfeed.h). The indexes beside 学号 are made
 * afterwards where memory allows it. */
#include "db/rosterfirst.h"
#include "db/rosterfeed.h"

#define MANY_ROWS          5000   /* from here on indexes are better made afterwards … */
#define TOO_MANY_ROWS      300000 /* … until here: SQLite sorts in memory (nothing of ours goes into temporary files), 64 bytes a row */
#define ROWS_BETWEEN_LOOKS 4096

static const char *const statements[] = {
    "INSERT INTO student (id, student_no, name, sex, class_id, position, revision_id) "
    "SELECT id, student_no, name, sex, class_id, position, (SELECT max (id) FROM roster_revision) FROM lanmu_feed",
    "INSERT INTO student_private (student_id, id_no, exam_no, extra, sealed) SELECT id, id_no, exam_no, extra, sealed FROM lanmu_feed",
};

typedef struct {
  const LanmuRosterFirst *first;
  guint n_written; /* statements */
  gint64 position;
} Write;

/* Somebody may look at a bar meanwhile, and change their mind. */
gboolean lanmu_roster_rows_may_go_on (const LanmuRosterRows *rows, gsize i, double fraction, GError **error)
{
  if (rows->go_on == NULL || i % ROWS_BETWEEN_LOOKS != 0 || rows->go_on (fraction, rows->go_on_data))
    return TRUE;
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_STOPPED, "The import was stopped; nothing was changed");
  return FALSE;
}

static gboolean get_row (gpointer data, gsize i, LanmuRosterFeedRow *row, GError **error)
{
  Write *write = data;
  const LanmuRosterFirst *first = write->first;
  gsize at = first->order[i];
  gboolean same_class = i > 0 && first->class_ids[at] == first->class_ids[first->order[i - 1]];
  double done = (double) i / (double) first->rows->n_rows + write->n_written;

  write->position = same_class ? write->position + 1 : 1;
  row->id = (gint64) i + 1;
  row->class_id = first->class_ids[at];
  row->position = write->position;
  first->rows->get (first->rows->data, at, &row->student);
  return lanmu_roster_rows_may_go_on (first->rows, i, done / G_N_ELEMENTS (statements), error);
}

/* The table is empty and 学号 is all that must be there once. */
static gboolean say_twice (const LanmuRosterFirst *first, GError **error)
{
  LanmuStudentRow row;

  first->rows->get (first->rows->data, first->bad_row, &row);
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS, "Student number %s stands twice in the list; nothing was imported", row.student_no);
  return FALSE;
}

static gboolean write_all (LanmuDb *db, LanmuRosterFirst *first, GError **error)
{
  Write write = {.first = first};

  for (; write.n_written < G_N_ELEMENTS (statements); write.n_written++) {
    LanmuRosterFeed feed = {.n_rows = first->rows->n_rows, .get = get_row, .data = &write};
    g_autoptr (GError) why = NULL;
    if (lanmu_roster_feed_run (db, &feed, statements[write.n_written], &why))
      continue;
    first->bad_row = first->order[feed.at];
    if (g_error_matches (why, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS))
      return say_twice (first, error);
    g_propagate_error (error, g_steal_pointer (&why));
    return FALSE;
  }
  return TRUE;
}

/* The statements that make the indexes of the table as the schema wrote them, joined; "" for none. */
static char *take_indexes_away (LanmuDb *db, GError **error)
{
  g_autoptr (GString) make = g_string_new (NULL), drop = g_string_new (NULL);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error, "SELECT name, sql FROM sqlite_schema WHERE type = 'index' AND tbl_name = 'student' AND sql IS NOT NULL", "");
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    g_string_append_printf (drop, "DROP INDEX \"%s\";", (const char *) sqlite3_column_text (stmt, 0));
    g_string_append_printf (make, "%s;", (const char *) sqlite3_column_text (stmt, 1));
  }
  g_clear_pointer (&stmt, sqlite3_finalize);
  if (step == LANMU_SQL_ERROR || !lanmu_sql_script (db, drop->str, error))
    return NULL;
  return g_string_free (g_steal_pointer (&make), FALSE);
}

gboolean lanmu_roster_first_write (LanmuDb *db, LanmuRosterFirst *first, GError **error)
{
  first->bad_row = G_MAXSIZE;
  if (first->rows->n_rows < MANY_ROWS || first->rows->n_rows >= TOO_MANY_ROWS)
    return write_all (db, first, error);
  g_autofree char *indexes = take_indexes_away (db, error);
  return indexes && write_all (db, first, error) && lanmu_sql_script (db, indexes, error);
}
