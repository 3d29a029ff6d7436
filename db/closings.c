/* Close-outs; see closings.h. Runs on the thread that owns the connection. */
#include "db/closings.h"
#include "db/audit.h"
#include "db/json.h"
#include "db/sql.h"

#define COLUMNS                                                                                                        \
  "SELECT id, class_id, record, sha256, actor, wall_us, reopened_us, reopened_by, reopened_reason FROM closing "

void lanmu_closing_row_free (LanmuClosingRow *row)
{
  if (!row)
    return;
  g_free (row->record);
  g_free (row->sha256);
  g_free (row->actor);
  g_free (row->reopened_by);
  g_free (row->reopened_reason);
  g_free (row);
}

static LanmuClosingRow *read_row (sqlite3_stmt *stmt)
{
  LanmuClosingRow *row = g_new0 (LanmuClosingRow, 1);

  row->id = lanmu_sql_int64 (stmt, 0);
  row->class_id = lanmu_sql_int64 (stmt, 1);
  row->record = lanmu_sql_text (stmt, 2);
  row->sha256 = lanmu_sql_text (stmt, 3);
  row->actor = lanmu_sql_text (stmt, 4);
  row->wall_us = lanmu_sql_int64 (stmt, 5);
  row->reopened_us = lanmu_sql_int64 (stmt, 6);
  row->reopened_by = lanmu_sql_text (stmt, 7);
  row->reopened_reason = lanmu_sql_text (stmt, 8);
  return row;
}

static gboolean add (LanmuDb *db, gint64 class_id, const char *record, const char *sha256, const char *actor,
                     gint64 *id, GError **error)
{
  g_autoptr (LanmuClosingRow) there = NULL;

  if (!lanmu_closing_of (db, class_id, &there, error))
    return FALSE;
  if (there) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS, "The class is closed already, sheet %d", (int) there->id);
    return FALSE;
  }
  if (!lanmu_sql_run (db, error, NULL, "INSERT INTO closing (class_id, record, sha256, actor, wall_us) VALUES (?, ?, ?, ?, ?)",
                      "isssi", class_id, record, sha256, actor, g_get_real_time ()))
    return FALSE;
  *id = sqlite3_last_insert_rowid (db->sql);
  g_autofree char *subject = g_strdup_printf ("class/%" G_GINT64_FORMAT, class_id);
  g_autofree char *detail = lanmu_json_object ("is", "sheet", *id, "sha256", sha256);
  return lanmu_audit_append (db, actor, "class.close", subject, detail, error);
}

gint64 lanmu_closing_add (LanmuDb *db, gint64 class_id, const char *record, const char *sha256, const char *actor,
                          GError **error)
{
  gint64 id = 0;

  return lanmu_db_begin (db, "class.close", error) &&
                 lanmu_db_end (db, add (db, class_id, record, sha256, actor, &id, error), error)
             ? id
             : 0;
}

static gboolean reopen (LanmuDb *db, gint64 class_id, const char *reason, const char *actor, GError **error)
{
  g_autofree char *subject = g_strdup_printf ("class/%" G_GINT64_FORMAT, class_id);
  g_autofree char *detail = lanmu_json_object ("s", "reason", reason);
  int changes = 0;

  if (!reason || !*reason) {
    g_set_error_literal (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "Reopening a class needs a reason");
    return FALSE;
  }
  if (!lanmu_sql_run (db, error, &changes,
                      "UPDATE closing SET reopened_us = ?, reopened_by = ?, reopened_reason = ? WHERE class_id = ? AND reopened_us IS NULL",
                      "issi", g_get_real_time (), actor, reason, class_id))
    return FALSE;
  if (changes == 0)
    return lanmu_sql_no_row (error, "close-out", "of this class: it is open");
  return lanmu_audit_append (db, actor, "class.reopen", subject, detail, error);
}

gboolean lanmu_closing_reopen (LanmuDb *db, gint64 class_id, const char *reason, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "class.reopen", error) &&
         lanmu_db_end (db, reopen (db, class_id, reason, actor, error), error);
}

gboolean lanmu_closing_of (LanmuDb *db, gint64 class_id, LanmuClosingRow **row, GError **error)
{
  g_autoptr (sqlite3_stmt) stmt =
      lanmu_sql_query (db, error, COLUMNS "WHERE class_id = ? AND reopened_us IS NULL", "i", class_id);
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  *row = step == LANMU_SQL_ROW ? read_row (stmt) : NULL;
  return step != LANMU_SQL_ERROR;
}

LanmuClosingRow *lanmu_closing_get (LanmuDb *db, gint64 id, GError **error)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, COLUMNS "WHERE id = ?", "i", id);
  LanmuSqlStep step = stmt ? lanmu_sql_step (db, stmt, error) : LANMU_SQL_ERROR;

  if (step == LANMU_SQL_END)
    lanmu_sql_no_row (error, "close-out sheet", number);
  return step == LANMU_SQL_ROW ? read_row (stmt) : NULL;
}

GPtrArray *lanmu_closings_list (LanmuDb *db, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_closing_row_free);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, COLUMNS "ORDER BY id", "");
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    g_ptr_array_add (rows, read_row (stmt));
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}

/* -- what stands in the way -- */

gboolean lanmu_card_look_note (LanmuDb *db, const char *camera_serial, guint unexplained, gint64 wall_us,
                               GError **error)
{
  return lanmu_sql_run (db, error, NULL,
                        "INSERT INTO card_look VALUES (?, ?, ?) ON CONFLICT (camera_serial) DO UPDATE SET "
                        "unexplained = excluded.unexplained, wall_us = excluded.wall_us",
                        "sii", camera_serial, (gint64) unexplained, wall_us);
}

/* The last release of the class for each body, held against the last look at its card. */
#define CARDS                                                                                                          \
  "WITH used AS (SELECT ticket.camera_serial, max (coalesce (ended_wall_us, opened_wall_us)) AS last FROM ticket "     \
  "JOIN student ON student.id = ticket.student_id WHERE class_id = ?1 GROUP BY 1) "                                    \
  "SELECT %s FROM used LEFT JOIN card_look ON card_look.camera_serial = used.camera_serial"

/* Nobody's for sure: the picture has no guess, and whoever sat there, if anybody did, was of this class. */
#define UNGUESSED                                                                                                      \
  "SELECT count (*) FROM shot JOIN ticket ON ticket.id = ticket_id LEFT JOIN binding ON binding.id = binding_id "      \
  "LEFT JOIN student ON student.id = coalesce (ticket.student_id, binding.student_id) "                                \
  "WHERE shot.state = 'quarantined' AND likely_student_id IS NULL AND class_id = ?1"

#define UNCOUNTERSIGNED                                                                                                \
  "SELECT count (*) FROM student JOIN shot ON shot.id = chosen_shot JOIN ticket ON ticket.id = shot.ticket_id "        \
  "WHERE class_id = ?1 AND student.state = 'accepted' AND coalesce ((SELECT verdict FROM countersign AS c "            \
  "WHERE (c.shot_id = shot.id OR c.binding_id = ticket.binding_id) AND c.student_id IS shot.student_id "               \
  "ORDER BY c.id DESC LIMIT 1), '') <> 'confirmed'"

static gboolean ask (LanmuDb *db, gint64 class_id, const char *sql, int *answer, GError **error)
{
  gint64 number = 0;
  gboolean good = lanmu_sql_int (db, error, &number, 0, sql, "i", class_id);

  *answer = (int) number;
  return good;
}

gboolean lanmu_closing_facts (LanmuDb *db, gint64 class_id, LanmuClosingFacts *facts, GError **error)
{
  g_autofree char *unlooked = g_strdup_printf (CARDS, "count (*) FILTER (WHERE coalesce (wall_us, 0) < last)");
  g_autofree char *unexplained = g_strdup_printf (CARDS, "coalesce (sum (unexplained), 0)");
  const struct {
    const char *sql;
    int *answer;
  } questions[] = {
      {"SELECT count (*) FROM ticket JOIN student ON student.id = ticket.student_id WHERE class_id = ? AND ticket.state = 'open'",
       &facts->open_tickets},
      {"SELECT count (*) FROM shot JOIN student ON student.id = likely_student_id WHERE class_id = ? AND shot.state = 'quarantined'",
       &facts->quarantined},
      {UNGUESSED, &facts->unguessed},
      {unlooked, &facts->unlooked},
      {unexplained, &facts->unexplained},
      {UNCOUNTERSIGNED, &facts->uncountersigned},
  };

  for (gsize i = 0; i < G_N_ELEMENTS (questions); i++)
    if (!ask (db, class_id, questions[i].sql, questions[i].answer, error))
      return FALSE;
  return TRUE;
}
