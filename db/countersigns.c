/* Countersigns; see countersigns.h. Runs on the thread that owns the connection. */
#include "db/countersigns.h"
#include "db/audit.h"
#include "db/json.h"
#include "db/sql.h"

#define COLUMNS                                                                                                               \
  "SELECT c.id, c.binding_id, c.shot_id, c.student_id, c.staff_id, c.actor, c.how, c.verdict, c.reason, c.wall_us "             \
  "FROM countersign AS c "

void lanmu_countersign_row_free (LanmuCountersignRow *row)
{
  if (!row)
    return;
  g_free (row->shot_id);
  g_free (row->actor);
  g_free (row->how);
  g_free (row->reason);
  g_free (row);
}

static const char *verdict_of (const LanmuCountersignRow *row)
{
  return row->confirmed ? "confirmed" : "refused";
}

static gboolean add (LanmuDb *db, const LanmuCountersignRow *row, gint64 *id, GError **error)
{
  g_autofree char *subject = row->shot_id ? g_strconcat ("shot/", row->shot_id, NULL)
                                          : g_strdup_printf ("binding/%" G_GINT64_FORMAT, row->binding_id);
  g_autofree char *action = g_strconcat ("countersign.", verdict_of (row), NULL);
  g_autofree char *detail = lanmu_json_object ("iss", "student", row->student_id, "how", row->how, "reason",
                                               row->reason && *row->reason ? row->reason : NULL);

  if (!lanmu_sql_run (db, error, NULL,
                      "INSERT INTO countersign (binding_id, shot_id, student_id, staff_id, actor, how, verdict, reason, wall_us) "
                      "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                      "zszzsssei", row->binding_id, row->shot_id, row->student_id, row->staff_id, row->actor, row->how,
                      verdict_of (row), row->reason, row->wall_us ? row->wall_us : g_get_real_time ()))
    return FALSE;
  *id = sqlite3_last_insert_rowid (db->sql);
  return lanmu_audit_append (db, row->actor, action, subject, detail, error);
}

gint64 lanmu_countersign_add (LanmuDb *db, const LanmuCountersignRow *row, GError **error)
{
  gint64 id = 0;
  return lanmu_db_begin (db, "countersign", error) && lanmu_db_end (db, add (db, row, &id, error), error) ? id : 0;
}

static gboolean read_newest (LanmuDb *db, sqlite3_stmt *stmt, LanmuCountersignRow **out, GError **error)
{
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  *out = NULL;
  if (step != LANMU_SQL_ROW)
    return step == LANMU_SQL_END;
  LanmuCountersignRow *row = g_new0 (LanmuCountersignRow, 1);
  row->id = lanmu_sql_int64 (stmt, 0);
  row->binding_id = lanmu_sql_int64 (stmt, 1);
  row->shot_id = lanmu_sql_text (stmt, 2);
  row->student_id = lanmu_sql_int64 (stmt, 3);
  row->staff_id = lanmu_sql_int64 (stmt, 4);
  row->actor = lanmu_sql_text (stmt, 5);
  row->how = lanmu_sql_text (stmt, 6);
  row->confirmed = sqlite3_column_text (stmt, 7)[0] == 'c';
  row->reason = lanmu_sql_text (stmt, 8);
  row->wall_us = lanmu_sql_int64 (stmt, 9);
  *out = row;
  return TRUE;
}

gboolean lanmu_countersign_of_binding (LanmuDb *db, gint64 binding_id, LanmuCountersignRow **row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
      lanmu_sql_query (db, error, COLUMNS "WHERE c.binding_id = ? ORDER BY c.id DESC LIMIT 1", "i", binding_id);
  return read_newest (db, stmt, row, error);
}

gboolean lanmu_countersign_of_shot (LanmuDb *db, const char *shot_id, LanmuCountersignRow **row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error,
      COLUMNS "JOIN shot AS s ON s.id = ? JOIN ticket AS t ON t.id = s.ticket_id "
              "WHERE (c.shot_id = s.id OR c.binding_id = t.binding_id) AND c.student_id IS s.student_id ORDER BY c.id DESC LIMIT 1",
      "s", shot_id);
  return read_newest (db, stmt, row, error);
}

/* -- what is still to be said -- */

void lanmu_unsigned_row_free (LanmuUnsignedRow *row)
{
  if (!row)
    return;
  g_free (row->shot_id);
  g_free (row->path);
  g_free (row->student_no);
  g_free (row->name);
  g_free (row->class_name);
  g_free (row);
}

static LanmuUnsignedRow *read_unsigned (sqlite3_stmt *stmt)
{
  LanmuUnsignedRow *row = g_new0 (LanmuUnsignedRow, 1);
  row->shot_id = lanmu_sql_text (stmt, 0);
  row->path = lanmu_sql_text (stmt, 1);
  row->student_id = lanmu_sql_int64 (stmt, 2);
  row->class_id = lanmu_sql_int64 (stmt, 3);
  row->student_no = lanmu_sql_text (stmt, 4);
  row->name = lanmu_sql_text (stmt, 5);
  row->class_name = lanmu_sql_text (stmt, 6);
  return row;
}

GPtrArray *lanmu_countersigns_missing (LanmuDb *db, gint64 class_id, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_unsigned_row_free);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error,
      "SELECT s.id, s.path, st.id, st.class_id, st.student_no, st.name, c.name FROM student AS st "
      "JOIN shot AS s ON s.id = st.chosen_shot JOIN ticket AS t ON t.id = s.ticket_id JOIN class AS c ON c.id = st.class_id "
      "WHERE st.state = 'accepted' AND ?1 IN (0, st.class_id) AND coalesce ("
      "  (SELECT k.verdict FROM countersign AS k WHERE (k.shot_id = s.id OR k.binding_id = t.binding_id) AND k.student_id = st.id "
      "   ORDER BY k.id DESC LIMIT 1), '') <> 'confirmed' "
      "ORDER BY c.position, st.position",
      "i", class_id);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    g_ptr_array_add (rows, read_unsigned (stmt));
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}
