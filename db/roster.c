/* A list becomes rows, all or nothing. Runs on the thread that owns the connection.
 *
 * Rows are written sorted by class and student number, so that the indexes grow at their ends and a position is a
 * count. A first list goes by rosterfirst.c. */
#include "db/roster.h"
#include "db/audit.h"
#include "db/classorder.h"
#include "db/json.h"
#include "db/rosterfirst.h"
#include "db/rosterpast.h"
#include "db/rosterplaces.h"
#include "db/purge.h"
#include "db/rowseal.h"
#include "db/seal.h"

#define MANY_ROWS 5000

typedef struct {
  LanmuDb *db;
  const LanmuRosterRows *rows;
  gsize n_rows;
  LanmuRosterMode mode;
  gint64 *class_ids;    /* of each row */
  const char **numbers; /* 学号 of each row */
  LanmuRosterPlaces *places;
  GHashTable *recount; /* gint64 *: classes whose places changed */
  LanmuRosterResult result;
} Import;

static const char *or_empty (const char *text)
{
  return text ? text : "";
}

static LanmuStudentRow get_row (const Import *import, gsize i)
{
  LanmuStudentRow row;

  import->rows->get (import->rows->data, i, &row);
  return row;
}

/* In the order of the file: it gives the classes their order of the day. */
static gboolean find_classes (Import *import, GError **error)
{
  for (gsize i = 0; i < import->n_rows; i++) {
    LanmuStudentRow row = get_row (import, i);
    import->numbers[i] = or_empty (row.student_no);
    if (!(import->class_ids[i] = lanmu_roster_places_find (import->places, &row, error)))
      return FALSE;
  }
  return TRUE;
}

static int compare_rows (gconstpointer a, gconstpointer b, gpointer data)
{
  const Import *import = data;
  gsize i = *(const gsize *) a, j = *(const gsize *) b;

  if (import->class_ids[i] != import->class_ids[j])
    return import->class_ids[i] < import->class_ids[j] ? -1 : 1;
  return lanmu_student_no_compare (import->numbers[i], import->numbers[j]);
}

static gboolean same_text (sqlite3_stmt *stmt, int column, const char *text)
{
  return g_strcmp0 ((const char *) sqlite3_column_text (stmt, column), or_empty (text)) == 0;
}

static gboolean refuse_other (const char *student_no, gboolean twice, GError **error)
{
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS,
               twice ? "Student number %s stands twice in the list; nothing was imported"
                     : "Student number %s is in the list already with other details; nothing was imported, the list is "
                       "never overwritten",
               student_no);
  return FALSE;
}

/* The former row goes into student_past; a walk-in that a list names now is one no longer. Places are counted again. */
static gboolean change_student (Import *import, const LanmuStudentRow *row, gint64 id, gint64 old_class,
                                gint64 class_id, GError **error)
{
  gint64 *classes[] = {&old_class, &class_id};

  for (gsize i = 0; i < G_N_ELEMENTS (classes); i++)
    g_hash_table_add (import->recount, g_memdup2 (classes[i], sizeof *classes[i]));
  import->result.changed++;
  return lanmu_roster_past_keep (import->db, id, import->result.revision_id, error) &&
         lanmu_sql_run (import->db, error, NULL, "DELETE FROM walk_in WHERE student_id = ?", "i", id) &&
         lanmu_sql_run (import->db, error, NULL,
                        "UPDATE student SET name = ?, sex = ?, class_id = ?, revision_id = ? WHERE id = ?", "eeiii", row->name,
                        row->sex, class_id, import->result.revision_id, id) &&
         lanmu_private_put (import->db, id, 0, row->id_no, row->exam_no, row->extra, error);
}

/* The number is taken: by the same person of an earlier list (fine, nothing to write), or not. */
static gboolean check_same (Import *import, gsize i, GError **error)
{
  LanmuStudentRow student = get_row (import, i), *row = &student;
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      import->db, error,
      "SELECT name, sex, class_id, revision_id, student.id, " LANMU_PRIVATE_COLUMNS " FROM student" LANMU_PRIVATE_JOIN
      " WHERE student_no = ?",
      "s",
      row->student_no);

  if (!stmt || lanmu_sql_step (import->db, stmt, error) != LANMU_SQL_ROW)
    return FALSE;
  gboolean twice = lanmu_sql_int64 (stmt, 3) == import->result.revision_id;
  gint64 old_class = lanmu_sql_int64 (stmt, 2), id = lanmu_sql_int64 (stmt, 4);
  if (!twice && same_text (stmt, 0, row->name) && same_text (stmt, 1, row->sex) && same_text (stmt, 5, row->id_no) &&
      same_text (stmt, 6, row->exam_no) && old_class == import->class_ids[i] &&
      same_text (stmt, 7, row->extra ? row->extra : "{}")) {
    import->result.unchanged++;
    return TRUE;
  }
  if (twice || import->mode != LANMU_ROSTER_UPDATE)
    return refuse_other (row->student_no, twice, error);
  return change_student (import, row, id, old_class, import->class_ids[i], error);
}

static sqlite3_stmt *prepare_insert (LanmuDb *db, GError **error)
{
  return lanmu_sql_query (
      db, error,
      "INSERT INTO student (student_no, name, sex, class_id, position, revision_id) "
      "VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT (student_no) DO NOTHING",
      "");
}

static void bind_student (sqlite3_stmt *stmt, const LanmuStudentRow *row, gint64 class_id, gint64 position,
                          gint64 revision_id)
{
  sqlite3_bind_text (stmt, 1, or_empty (row->student_no), -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 2, or_empty (row->name), -1, SQLITE_STATIC);
  sqlite3_bind_text (stmt, 3, or_empty (row->sex), -1, SQLITE_STATIC);
  sqlite3_bind_int64 (stmt, 4, class_id);
  sqlite3_bind_int64 (stmt, 5, position);
  sqlite3_bind_int64 (stmt, 6, revision_id);
}

static gboolean insert_student (Import *import, sqlite3_stmt *stmt, sqlite3_stmt *private, gsize i, gint64 position, GError **error)
{
  import->result.bad_row = i;
  LanmuStudentRow row = get_row (import, i);
  bind_student (stmt, &row, import->class_ids[i], position, import->result.revision_id);
  if (lanmu_sql_step (import->db, stmt, error) == LANMU_SQL_ERROR)
    return FALSE;
  int changes = sqlite3_changes (import->db->sql);
  sqlite3_reset (stmt);
  import->result.inserted += (gsize) changes;
  if (changes == 0 && !check_same (import, i, error))
    return FALSE;
  if (changes != 0 && !lanmu_private_put_with (import->db, private, sqlite3_last_insert_rowid (import->db->sql), 0, row.id_no,
                                               row.exam_no, row.extra, error))
    return FALSE;
  import->result.bad_row = G_MAXSIZE;
  return TRUE;
}

/* Nearly every list comes sorted already. */
static gsize *make_order (Import *import)
{
  gsize *order = g_new (gsize, import->n_rows + 1);
  gboolean sorted = TRUE;

  for (gsize i = 0; i < import->n_rows; i++) {
    order[i] = i;
    sorted = sorted && (i == 0 || compare_rows (&order[i - 1], &order[i], import) <= 0);
  }
  if (!sorted)
    g_qsort_with_data (order, (int) import->n_rows, sizeof *order, compare_rows, import);
  return order;
}

/* Beside those who are there. */
static gboolean insert_students (Import *import, const gsize *order, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = prepare_insert (import->db, error);
  g_autoptr (sqlite3_stmt) private = stmt ? lanmu_private_prepare (import->db, error) : NULL;
  gint64 position = 0;

  for (gsize i = 0; private && i < import->n_rows; i++) {
    position = i > 0 && import->class_ids[order[i]] == import->class_ids[order[i - 1]] ? position + 1 : 1;
    if (!lanmu_roster_rows_may_go_on (import->rows, i, (double) i / (double) import->n_rows, error) ||
        !insert_student (import, stmt, private, order[i], position, error))
      return FALSE;
  }
  return private != NULL;
}

static gboolean write_first (Import *import, const gsize *order, GError **error)
{
  LanmuRosterFirst first = {.rows = import->rows, .order = order, .class_ids = import->class_ids};
  gboolean ok = lanmu_roster_first_write (import->db, &first, error);

  import->result.bad_row = first.bad_row;
  import->result.inserted = ok ? import->n_rows : 0;
  return ok;
}

static gboolean write_students (Import *import, GError **error)
{
  g_autofree gsize *order = make_order (import);
  gint64 there;

  return lanmu_sql_int (import->db, error, &there, 0, "SELECT EXISTS (SELECT 1 FROM student)", "") &&
         (there ? insert_students (import, order, error) : write_first (import, order, error));
}

static gboolean number_classes (Import *import, GError **error)
{
  gint64 last_old_class = lanmu_roster_places_get_last_old (import->places);
  GHashTableIter iter;
  gpointer class_id;

  for (gsize i = 0; i < import->n_rows; i++)
    if (import->class_ids[i] <= last_old_class && !g_hash_table_contains (import->recount, &import->class_ids[i]))
      g_hash_table_add (import->recount, g_memdup2 (&import->class_ids[i], sizeof *import->class_ids));
  g_hash_table_iter_init (&iter, import->recount);
  while (g_hash_table_iter_next (&iter, &class_id, NULL))
    if (!lanmu_class_order_students (import->db, *(gint64 *) class_id, error))
      return FALSE;
  return TRUE;
}

static gboolean remove_old_list (LanmuDb *db, GError **error)
{
  gint64 used;

  if (!lanmu_sql_int (
          db, error, &used, 0,
          "SELECT EXISTS (SELECT 1 FROM binding) OR EXISTS (SELECT 1 FROM ticket) OR EXISTS (SELECT 1 FROM shot) "
          "OR EXISTS (SELECT 1 FROM student_past) OR EXISTS (SELECT 1 FROM correction) "
          "OR EXISTS (SELECT 1 FROM presence) OR EXISTS (SELECT 1 FROM health) OR EXISTS (SELECT 1 FROM payment)",
          ""))
    return FALSE;
  if (used) {
    g_set_error (
        error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED,
        "The list in %s is in use: students were bound, photographed or corrected; add to it instead, or start a new "
        "campaign",
        db->dir);
    return FALSE;
  }
  return lanmu_sql_script (db,
                           "DELETE FROM walk_in; DELETE FROM roster_missing; DELETE FROM slot; DELETE FROM transfer; "
                           "DELETE FROM student_private; DELETE FROM student; DELETE FROM class; "
                           "DELETE FROM major; DELETE FROM college;",
                           error);
}

static gboolean add_revision (Import *import, const LanmuRosterSource *source, GError **error)
{
  if (!lanmu_sql_run (import->db, error, NULL,
                      "INSERT INTO roster_revision (file_name, sha256, encoding, rows, wall_us) VALUES (?, ?, ?, ?, ?)",
                      "eeeii", source->file_name, source->sha256, source->encoding, (gint64) import->n_rows,
                      g_get_real_time ()))
    return FALSE;
  import->result.revision_id = sqlite3_last_insert_rowid (import->db->sql);
  return TRUE;
}

static gboolean audit_import (Import *import, const LanmuRosterSource *source, LanmuRosterMode mode, const char *actor,
                              GError **error)
{
  g_autofree char *subject = g_strdup_printf ("roster/%" G_GINT64_FORMAT, import->result.revision_id);
  g_autofree char *detail =
      lanmu_json_object ("sssiii", "file", source->file_name, "sha256", source->sha256, "mode",
                         mode == LANMU_ROSTER_REPLACE  ? "replace"
                         : mode == LANMU_ROSTER_UPDATE ? "update"
                                                       : "add",
                         "inserted", (gint64) import->result.inserted, "unchanged", (gint64) import->result.unchanged,
                         "changed", (gint64) import->result.changed);

  return lanmu_audit_append (import->db, actor, "roster.import", subject, detail, error);
}

static gboolean write_list (Import *import, const LanmuRosterSource *source, LanmuRosterMode mode, const char *actor,
                            GError **error)
{
  return (mode != LANMU_ROSTER_REPLACE || remove_old_list (import->db, error)) &&
         (import->places = lanmu_roster_places_load (import->db, error)) && add_revision (import, source, error) &&
         find_classes (import, error) && write_students (import, error) && number_classes (import, error) &&
         audit_import (import, source, mode, actor, error);
}

gboolean lanmu_roster_import_rows (LanmuDb *db, const LanmuRosterSource *source, const LanmuRosterRows *rows,
                                   LanmuRosterMode mode, const char *actor, LanmuRosterResult *result, GError **error)
{
  g_autofree gint64 *class_ids = g_new0 (gint64, rows->n_rows + 1);
  g_autofree const char **numbers = g_new0 (const char *, rows->n_rows + 1);
  Import import = {db, rows, rows->n_rows, mode, class_ids, numbers, NULL, NULL, {.bad_row = G_MAXSIZE}};
  g_autoptr (GHashTable) recount = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  import.recount = recount;
  gboolean ok = lanmu_purge_require_none (db, error) && lanmu_seal_require_open (db, error) && (rows->n_rows < MANY_ROWS || lanmu_sql_script (db, "PRAGMA cache_size = -16384", error)) &&
                lanmu_db_begin (db, "roster.import", error) &&
                lanmu_db_end (db, write_list (&import, source, mode, actor, error), error);

  g_clear_pointer (&import.places, lanmu_roster_places_free);
  if (result)
    *result = ok ? import.result : (LanmuRosterResult){.bad_row = import.result.bad_row};
  return ok;
}

static void get_from_array (gconstpointer data, gsize i, LanmuStudentRow *row)
{
  *row = ((const LanmuStudentRow *) data)[i];
}

gboolean lanmu_roster_import (LanmuDb *db, const LanmuRosterSource *source, const LanmuStudentRow *rows, gsize n_rows,
                              LanmuRosterMode mode, const char *actor, LanmuRosterResult *result, GError **error)
{
  const LanmuRosterRows all = {.n_rows = n_rows, .get = get_from_array, .data = rows};

  return lanmu_roster_import_rows (db, source, &all, mode, actor, result, error);
}

gint64 lanmu_roster_get_revision (LanmuDb *db, GError **error)
{
  gint64 revision;

  return lanmu_sql_int (db, error, &revision, 0, "SELECT coalesce (max (id), 0) FROM roster_revision WHERE id > 0", "")
             ? revision
             : -1;
}
