/* Who is there; see presence.h. Runs on the thread that owns the connection. */
#include "db/presence.h"
#include "db/audit.h"
#include "db/json.h"
#include "db/sql.h"

const char *lanmu_presence_to_string (LanmuPresence presence)
{
  static const char *const words[] = {"", "present", "missing"};
  return words[presence];
}

void lanmu_presence_row_free (LanmuPresenceRow *row)
{
  if (!row)
    return;
  g_free (row->student_no);
  g_free (row->name);
  g_free (row->hold_kind);
  g_free (row->hold_reason);
  g_free (row->health_note);
  g_free (row);
}

static gboolean is_photographed (LanmuStudentState state)
{
  return state == LANMU_STUDENT_SHOT || state == LANMU_STUDENT_ACCEPTED;
}

static gboolean may_be_missing (const LanmuStudentRow *row, GError **error)
{
  if (!is_photographed (row->state))
    return TRUE;
  g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "%s was photographed and cannot be missing",
               row->student_no);
  return FALSE;
}

/* An absent student who turned up waits again. */
static gboolean call_back (LanmuDb *db, const LanmuStudentRow *row, const char *actor, GError **error)
{
  return row->state != LANMU_STUDENT_ABSENT ||
         lanmu_student_set_state (db, row->id, LANMU_STUDENT_WAITING, actor, error);
}

static gboolean write_mark (LanmuDb *db, gint64 student_id, gboolean present, const char *how, const char *actor,
                            int *changes, GError **error)
{
  return lanmu_sql_run (db, error, changes,
                        "INSERT INTO presence (student_id, state, how, actor, wall_us) VALUES (?, ?, ?, ?, ?) ON CONFLICT (student_id) "
                        "DO UPDATE SET state = excluded.state, how = excluded.how, actor = excluded.actor, wall_us = excluded.wall_us "
                        "WHERE state <> excluded.state",
                        "isssi", student_id, present ? "present" : "missing", how, actor, g_get_real_time ());
}

static gboolean set (LanmuDb *db, gint64 student_id, gboolean present, const char *how, const char *actor,
                     GError **error)
{
  g_autofree char *subject = g_strdup_printf ("student/%" G_GINT64_FORMAT, student_id);
  g_autofree char *detail = lanmu_json_object ("s", "how", how);
  g_autoptr (LanmuStudentRow) row = lanmu_student_get (db, student_id, error);
  int changes = 0;

  if (!row || (!present && !may_be_missing (row, error)) ||
      !write_mark (db, student_id, present, how, actor, &changes, error) || (present && !call_back (db, row, actor, error)))
    return FALSE;
  return changes == 0 ||
         lanmu_audit_append (db, actor, present ? "presence.present" : "presence.missing", subject, detail, error);
}

gboolean lanmu_presence_set (LanmuDb *db, gint64 student_id, gboolean present, const char *how, const char *actor,
                             GError **error)
{
  return lanmu_db_begin (db, "presence", error) &&
         lanmu_db_end (db, set (db, student_id, present, how, actor, error), error);
}

/* -- all present but … -- */

static GHashTable *gather_missing (LanmuDb *db, gint64 class_id, const gint64 *missing, gsize n, GError **error)
{
  g_autoptr (GHashTable) set_of = g_hash_table_new (g_int64_hash, g_int64_equal);

  for (gsize i = 0; i < n; i++) {
    g_autoptr (LanmuStudentRow) row = lanmu_student_get (db, missing[i], error);
    if (!row || !may_be_missing (row, error))
      return NULL;
    if (row->class_id != class_id) {
      g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "%s is of class %s", row->student_no, row->class_name);
      return NULL;
    }
    g_hash_table_add (set_of, (gpointer) &missing[i]);
  }
  return g_steal_pointer (&set_of);
}

static gboolean count (LanmuDb *db, gint64 class_id, const gint64 *missing, gsize n, const char *actor, GError **error)
{
  g_autofree char *subject = g_strdup_printf ("class/%" G_GINT64_FORMAT, class_id);
  g_autoptr (GHashTable) gone = gather_missing (db, class_id, missing, n, error);
  g_autoptr (GPtrArray) rows = gone ? lanmu_students_get_all (db, class_id, LANMU_STUDENT_ANY_STATE, error) : NULL;

  if (!rows)
    return FALSE;
  if (rows->len == 0)
    return lanmu_sql_no_row (error, "student", "in this class");
  for (guint i = 0; i < rows->len; i++) {
    const LanmuStudentRow *row = rows->pdata[i];
    gboolean present = !g_hash_table_contains (gone, &row->id);
    if (!write_mark (db, row->id, present, "count", actor, NULL, error) ||
        (present && !call_back (db, row, actor, error)))
      return FALSE;
  }
  g_autofree char *detail = lanmu_json_object ("ii", "present", (gint64) (rows->len - g_hash_table_size (gone)),
                                               "missing", (gint64) g_hash_table_size (gone));
  return lanmu_audit_append (db, actor, "presence.count", subject, detail, error);
}

gboolean lanmu_presence_count (LanmuDb *db, gint64 class_id, const gint64 *missing, gsize n, const char *actor,
                               GError **error)
{
  return lanmu_db_begin (db, "presence.count", error) &&
         lanmu_db_end (db, count (db, class_id, missing, n, actor, error), error);
}

/* -- ids that a query names, and their state -- */

static GArray *list_ids (LanmuDb *db, const char *sql, gint64 class_id, GError **error)
{
  g_autoptr (GArray) ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, sql, "i", class_id);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    gint64 id = lanmu_sql_int64 (stmt, 0);
    g_array_append_val (ids, id);
  }
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&ids);
}

static gboolean set_states (LanmuDb *db, const GArray *ids, LanmuStudentState state, const char *actor, GError **error)
{
  for (guint i = 0; i < ids->len; i++)
    if (!lanmu_student_set_state (db, g_array_index (ids, gint64, i), state, actor, error))
      return FALSE;
  return TRUE;
}

static gboolean settle (LanmuDb *db, gint64 class_id, const char *actor, int *n_absent, GError **error)
{
  g_autoptr (GArray) ids = list_ids (db,
                                     "SELECT student.id FROM student JOIN presence ON presence.student_id = student.id "
                                     "WHERE class_id = ? AND student.state = 'waiting' AND presence.state = 'missing'",
                                     class_id, error);

  if (ids && n_absent)
    *n_absent = (int) ids->len;
  return ids && set_states (db, ids, LANMU_STUDENT_ABSENT, actor, error);
}

gboolean lanmu_presence_settle (LanmuDb *db, gint64 class_id, const char *actor, int *n_absent, GError **error)
{
  return lanmu_db_begin (db, "presence.settle", error) &&
         lanmu_db_end (db, settle (db, class_id, actor, n_absent, error), error);
}

/* -- make-up -- */

static gboolean begin_make_up (LanmuDb *db, gint64 class_id, const char *actor, int *n, GError **error)
{
  g_autoptr (GArray) ids =
      list_ids (db,
                "SELECT id FROM student WHERE state = 'absent' AND (?1 = 0 OR class_id = ?1) "
                "AND NOT EXISTS (SELECT 1 FROM hold WHERE student_id = student.id AND ended_us IS NULL)",
                class_id, error);
  gint64 now = g_get_real_time ();

  if (!ids || !set_states (db, ids, LANMU_STUDENT_WAITING, actor, error))
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!lanmu_sql_run (db, error, NULL,
                        "INSERT INTO make_up (student_id, actor, began_us) VALUES (?, ?, ?) ON CONFLICT DO NOTHING", "isi",
                        g_array_index (ids, gint64, i), actor, now) ||
        !lanmu_sql_run (db, error, NULL,
                        "INSERT INTO presence (student_id, state, how, actor, wall_us) VALUES (?, 'missing', 'list', ?, ?) "
                        "ON CONFLICT (student_id) DO UPDATE SET state = 'missing'",
                        "isi", g_array_index (ids, gint64, i), actor, now))
      return FALSE;
  *n = (int) ids->len;
  g_autofree char *detail = lanmu_json_object ("i", "students", (gint64) ids->len);
  return lanmu_audit_append (db, actor, "make-up.begin", "campaign", detail, error);
}

gboolean lanmu_make_up_begin (LanmuDb *db, gint64 class_id, const char *actor, int *n, GError **error)
{
  return lanmu_db_begin (db, "make-up.begin", error) &&
         lanmu_db_end (db, begin_make_up (db, class_id, actor, n, error), error);
}

static gboolean end_make_up (LanmuDb *db, const char *actor, int *n, GError **error)
{
  g_autoptr (GArray) ids =
      list_ids (db,
                "SELECT student.id FROM student JOIN make_up ON student_id = student.id AND ended_us IS NULL "
                "WHERE state IN ('waiting', 'skipped') AND ?1 = 0 "
                "AND NOT EXISTS (SELECT 1 FROM hold WHERE student_id = student.id AND hold.ended_us IS NULL)",
                0, error);

  if (!ids || !set_states (db, ids, LANMU_STUDENT_ABSENT, actor, error) ||
      !lanmu_sql_run (db, error, NULL, "UPDATE make_up SET ended_us = ? WHERE ended_us IS NULL", "i", g_get_real_time ()))
    return FALSE;
  *n = (int) ids->len;
  g_autofree char *detail = lanmu_json_object ("i", "absent", (gint64) ids->len);
  return lanmu_audit_append (db, actor, "make-up.end", "campaign", detail, error);
}

gboolean lanmu_make_up_end (LanmuDb *db, const char *actor, int *n, GError **error)
{
  return lanmu_db_begin (db, "make-up.end", error) && lanmu_db_end (db, end_make_up (db, actor, n, error), error);
}

gint64 lanmu_make_up_count (LanmuDb *db, GError **error)
{
  gint64 n;
  return lanmu_sql_int (db, error, &n, 0, "SELECT count (*) FROM make_up WHERE ended_us IS NULL", "") ? n : -1;
}

/* -- the door list -- */

static LanmuPresenceRow *read_row (sqlite3_stmt *stmt)
{
  LanmuPresenceRow *row = g_new0 (LanmuPresenceRow, 1);
  const char *mark = (const char *) sqlite3_column_text (stmt, 5);

  row->id = lanmu_sql_int64 (stmt, 0);
  row->student_no = lanmu_sql_text (stmt, 1);
  row->name = lanmu_sql_text (stmt, 2);
  row->position = sqlite3_column_int (stmt, 3);
  lanmu_student_state_from_string ((const char *) sqlite3_column_text (stmt, 4), &row->state);
  row->presence = is_photographed (row->state) ? LANMU_PRESENCE_PRESENT
                  : !mark                      ? LANMU_PRESENCE_UNKNOWN
                  : mark[0] == 'p'             ? LANMU_PRESENCE_PRESENT
                                               : LANMU_PRESENCE_MISSING;
  row->walk_in = sqlite3_column_int (stmt, 6) != 0;
  row->transfer = sqlite3_column_int (stmt, 7) != 0;
  row->make_up = sqlite3_column_int (stmt, 8) != 0;
  row->hold_kind = lanmu_sql_text (stmt, 9);
  row->hold_reason = lanmu_sql_text (stmt, 10);
  row->tenths = sqlite3_column_int (stmt, 11);
  row->health_note = sqlite3_column_type (stmt, 12) == SQLITE_NULL ? g_strdup ("") : lanmu_sql_text (stmt, 12);
  return row;
}

GPtrArray *lanmu_presence_list (LanmuDb *db, gint64 class_id, gint64 since_us, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_presence_row_free);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error,
      "SELECT student.id, student_no, student.name, student.position, student.state, presence.state, "
      "EXISTS (SELECT 1 FROM walk_in WHERE student_id = student.id), EXISTS (SELECT 1 FROM transfer WHERE student_id = student.id), "
      "EXISTS (SELECT 1 FROM make_up WHERE student_id = student.id AND make_up.ended_us IS NULL), hold.kind, hold.reason, health.tenths, health.note "
      "FROM student LEFT JOIN presence ON presence.student_id = student.id "
      "LEFT JOIN hold ON hold.student_id = student.id AND hold.ended_us IS NULL "
      "LEFT JOIN health ON health.id = (SELECT max (id) FROM health WHERE student_id = student.id AND wall_us >= ?2) "
      "WHERE class_id = ?1 ORDER BY student.position",
      "ii", class_id, since_us);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    g_ptr_array_add (rows, read_row (stmt));
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}
