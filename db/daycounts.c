/* The day's numbers; see daycounts.h. Runs on the thread that owns the connection. */
#include "db/daycounts.h"
#include "db/sql.h"

void lanmu_day_counts_row_free (LanmuDayCountsRow *row)
{
  if (!row)
    return;
  g_free (row->class_name);
  g_free (row->major_name);
  g_free (row->college_name);
  g_free (row);
}

void lanmu_day_counts_add (LanmuDayCounts *sum, const LanmuDayCounts *part)
{
  sum->expected += part->expected;
  sum->present += part->present;
  sum->photographed += part->photographed;
  sum->paid += part->paid;
  sum->paid_fen += part->paid_fen;
  for (int i = 0; i < LANMU_STUDENT_N_STATES; i++)
    sum->by_state[i] += part->by_state[i];
  sum->held += part->held;
  sum->walk_ins += part->walk_ins;
  sum->transfers += part->transfers;
  sum->make_up += part->make_up;
  sum->ready += part->ready;
  sum->counted = sum->counted || part->counted;
  sum->began_us = sum->began_us == 0 ? part->began_us : part->began_us == 0 ? sum->began_us : MIN (sum->began_us, part->began_us);
  sum->ended_us = MAX (sum->ended_us, part->ended_us);
}

/* Each student's facts once, then counted: every number below is of the same rows. */
#define SQL                                                                                                            \
  "WITH fact AS (SELECT student.class_id, student.state, state_us, presence.state AS mark, "                           \
  "EXISTS (SELECT 1 FROM hold WHERE student_id = student.id AND ended_us IS NULL) AS held, "                           \
  "EXISTS (SELECT 1 FROM walk_in WHERE student_id = student.id) AS walk_in, "                                          \
  "EXISTS (SELECT 1 FROM transfer WHERE student_id = student.id) AS transfer, "                                        \
  "EXISTS (SELECT 1 FROM make_up WHERE student_id = student.id AND make_up.ended_us IS NULL) AS make_up "              \
  "FROM student LEFT JOIN presence ON presence.student_id = student.id WHERE ?1 = 0 OR student.class_id = ?1), "       \
  "number AS (SELECT class_id, count (*) AS expected, "                                                                \
  "count (*) FILTER (WHERE state IN ('shot', 'accepted') OR (mark = 'present' AND state <> 'absent')) AS present, "    \
  "count (*) FILTER (WHERE state = 'waiting') AS waiting, count (*) FILTER (WHERE state = 'shot') AS shot, "           \
  "count (*) FILTER (WHERE state = 'accepted') AS accepted, count (*) FILTER (WHERE state = 'skipped') AS skipped, "   \
  "count (*) FILTER (WHERE state = 'absent') AS absent, sum (held) AS held, sum (walk_in) AS walk_ins, "               \
  "sum (transfer) AS transfers, count (*) FILTER (WHERE make_up AND state <> 'accepted') AS make_up, "                 \
  "count (mark) AS marked, count (*) FILTER (WHERE state = 'waiting' AND mark = 'present') AS ready, "                 \
  "min (iif (state = 'accepted', state_us, NULL)) AS began, max (iif (state = 'accepted', state_us, NULL)) AS ended "  \
  "FROM fact GROUP BY class_id) "                                                                                      \
  "SELECT class.id, class.name, major.name, college.name, class.position, expected, present, accepted, "               \
  "(SELECT coalesce (sum (people), 0) FROM payment WHERE payment.class_id = class.id AND withdrawn_us IS NULL), "      \
  "(SELECT coalesce (sum (fen), 0) FROM payment WHERE payment.class_id = class.id AND withdrawn_us IS NULL), "         \
  "waiting, shot, accepted, skipped, absent, held, walk_ins, transfers, make_up, "                                     \
  "iif (marked, ready, waiting), marked, began, ended "                                                                \
  "FROM class JOIN major ON major.id = major_id JOIN college ON college.id = college_id "                              \
  "LEFT JOIN number ON number.class_id = class.id WHERE ?1 = 0 OR class.id = ?1 ORDER BY class.position, class.id"

static LanmuDayCountsRow *read_row (sqlite3_stmt *stmt)
{
  LanmuDayCountsRow *row = g_new0 (LanmuDayCountsRow, 1);
  LanmuDayCounts *counts = &row->counts;

  row->class_id = lanmu_sql_int64 (stmt, 0);
  row->class_name = lanmu_sql_text (stmt, 1);
  row->major_name = lanmu_sql_text (stmt, 2);
  row->college_name = lanmu_sql_text (stmt, 3);
  row->position = sqlite3_column_int (stmt, 4);
  counts->expected = sqlite3_column_int (stmt, 5);
  counts->present = sqlite3_column_int (stmt, 6);
  counts->photographed = sqlite3_column_int (stmt, 7);
  counts->paid = sqlite3_column_int (stmt, 8);
  counts->paid_fen = lanmu_sql_int64 (stmt, 9);
  for (int i = 0; i < LANMU_STUDENT_N_STATES; i++)
    counts->by_state[i] = sqlite3_column_int (stmt, 10 + i);
  counts->held = sqlite3_column_int (stmt, 15);
  counts->walk_ins = sqlite3_column_int (stmt, 16);
  counts->transfers = sqlite3_column_int (stmt, 17);
  counts->make_up = sqlite3_column_int (stmt, 18);
  counts->ready = sqlite3_column_int (stmt, 19);
  counts->counted = sqlite3_column_int (stmt, 20) != 0;
  counts->began_us = lanmu_sql_int64 (stmt, 21);
  counts->ended_us = lanmu_sql_int64 (stmt, 22);
  return row;
}

GPtrArray *lanmu_day_counts_list (LanmuDb *db, gint64 class_id, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_day_counts_row_free);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, SQL, "i", class_id);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    g_ptr_array_add (rows, read_row (stmt));
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}

GArray *lanmu_day_accepts (LanmuDb *db, gint64 class_id, gint64 since_us, GError **error)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error,
      "SELECT state_us FROM student WHERE state = 'accepted' AND (?1 = 0 OR class_id = ?1) AND state_us >= ?2 ORDER BY 1", "ii",
      class_id, since_us);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    gint64 us = lanmu_sql_int64 (stmt, 0);
    g_array_append_val (times, us);
  }
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&times);
}

gboolean lanmu_day_last_class (LanmuDb *db, gint64 *class_id, GError **error)
{
  return lanmu_sql_int (db, error, class_id, 0,
                        "SELECT class_id FROM student WHERE id = (SELECT student_id FROM binding WHERE student_id NOT NULL "
                        "ORDER BY id DESC LIMIT 1)",
                        "");
}
