/* Slots; see slots.h. Runs on the thread that owns the connection. */
#include "db/slots.h"
#include "db/audit.h"
#include "db/classorder.h"
#include "db/json.h"
#include "db/sql.h"

void lanmu_slot_row_free (LanmuSlotRow *row)
{
  if (!row)
    return;
  g_free (row->class_name);
  g_free (row->major_name);
  g_free (row->college_name);
  g_free (row->date);
  g_free (row->place);
  g_free (row->counselor);
  g_free (row->phone);
  g_free (row);
}

static char *subject_of (gint64 class_id)
{
  return g_strdup_printf ("class/%" G_GINT64_FORMAT, class_id);
}

static gboolean set (LanmuDb *db, const LanmuSlotRow *row, const char *actor, GError **error)
{
  g_autofree char *subject = subject_of (row->class_id);
  g_autofree char *detail = lanmu_json_object ("siis", "date", row->date, "begins", (gint64) row->begins, "ends",
                                               (gint64) row->ends, "place", row->place);

  return lanmu_sql_run (db, error, NULL,
                        "INSERT INTO slot (class_id, date, begins, ends, place, counselor, phone) VALUES (?, ?, ?, ?, ?, ?, ?) "
                        "ON CONFLICT (class_id) DO UPDATE SET date = excluded.date, begins = excluded.begins, ends = excluded.ends, "
                        "place = excluded.place, counselor = excluded.counselor, phone = excluded.phone, missed_us = NULL",
                        "isiieee", row->class_id, row->date, (gint64) row->begins, (gint64) row->ends, row->place,
                        row->counselor, row->phone) &&
         lanmu_audit_append (db, actor, "slot.set", subject, detail, error);
}

gboolean lanmu_slot_set (LanmuDb *db, const LanmuSlotRow *row, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "slot.set", error) && lanmu_db_end (db, set (db, row, actor, error), error);
}

static gboolean drop (LanmuDb *db, gint64 class_id, const char *actor, GError **error)
{
  g_autofree char *subject = subject_of (class_id);
  int changes = 0;

  if (!lanmu_sql_run (db, error, &changes, "DELETE FROM slot WHERE class_id = ?", "i", class_id))
    return FALSE;
  if (changes == 0)
    return lanmu_sql_no_row (error, "slot", "of this class");
  return lanmu_audit_append (db, actor, "slot.drop", subject, NULL, error);
}

gboolean lanmu_slot_drop (LanmuDb *db, gint64 class_id, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "slot.drop", error) && lanmu_db_end (db, drop (db, class_id, actor, error), error);
}

gboolean lanmu_slots_drop_all (LanmuDb *db, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "slot.drop-all", error) &&
         lanmu_db_end (db,
                       lanmu_sql_run (db, error, NULL, "DELETE FROM slot", "") &&
                           lanmu_audit_append (db, actor, "slot.drop-all", "campaign", NULL, error),
                       error);
}

gboolean lanmu_slots_order_classes (LanmuDb *db, const char *actor, GError **error)
{
  static const char sql[] =
      "WITH ranked AS (SELECT class.id, row_number () OVER (ORDER BY slot.date IS NULL, slot.date, slot.missed_us NOT NULL, slot.begins, slot.place, "
      "class.position, class.id) AS place FROM class LEFT JOIN slot ON slot.class_id = class.id) "
      "UPDATE class SET position = ranked.place FROM ranked WHERE ranked.id = class.id AND class.position <> ranked.place";

  return lanmu_db_begin (db, "slot.order", error) &&
         lanmu_db_end (db,
                       lanmu_sql_script (db, sql, error) &&
                           lanmu_audit_append (db, actor, "slot.order", "campaign", NULL, error),
                       error);
}

/* The class after the last one of the date; 0 = there is none. */
static gboolean find_end_of_date (LanmuDb *db, gint64 class_id, gint64 *before, GError **error)
{
  return lanmu_sql_int (
      db, error, before, 0,
      "WITH last AS (SELECT max (class.position) AS position FROM class JOIN slot ON slot.class_id = class.id "
      "WHERE slot.date = (SELECT date FROM slot WHERE class_id = ?1)) "
      "SELECT class.id FROM class, last WHERE class.position > last.position ORDER BY class.position, class.id LIMIT 1",
      "i", class_id);
}

static gboolean miss (LanmuDb *db, gint64 class_id, const char *actor, GError **error)
{
  g_autofree char *subject = subject_of (class_id);
  gint64 there = 0, missed = 0, before = 0;

  if (!lanmu_sql_int (db, error, &there, 0, "SELECT count (*) FROM slot WHERE class_id = ?", "i", class_id) ||
      !lanmu_sql_int (db, error, &missed, 0, "SELECT missed_us NOT NULL FROM slot WHERE class_id = ?", "i", class_id))
    return FALSE;
  if (!there)
    return lanmu_sql_no_row (error, "slot", "of this class");
  if (missed) {
    g_set_error_literal (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS, "The class is marked as missed already");
    return FALSE;
  }
  return find_end_of_date (db, class_id, &before, error) &&
         lanmu_sql_run (db, error, NULL, "UPDATE slot SET missed_us = ? WHERE class_id = ?", "ii", g_get_real_time (),
                        class_id) &&
         lanmu_audit_append (db, actor, "slot.miss", subject, NULL, error) &&
         lanmu_class_move (db, class_id, before, actor, NULL, error);
}

gboolean lanmu_slot_miss (LanmuDb *db, gint64 class_id, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "slot.miss", error) && lanmu_db_end (db, miss (db, class_id, actor, error), error);
}

static LanmuSlotRow *read_row (sqlite3_stmt *stmt)
{
  LanmuSlotRow *row = g_new0 (LanmuSlotRow, 1);

  row->class_id = lanmu_sql_int64 (stmt, 0);
  row->class_name = lanmu_sql_text (stmt, 1);
  row->major_name = lanmu_sql_text (stmt, 2);
  row->college_name = lanmu_sql_text (stmt, 3);
  row->date = lanmu_sql_text (stmt, 4);
  row->begins = sqlite3_column_int (stmt, 5);
  row->ends = sqlite3_column_int (stmt, 6);
  row->place = lanmu_sql_text (stmt, 7);
  row->counselor = lanmu_sql_text (stmt, 8);
  row->phone = lanmu_sql_text (stmt, 9);
  row->missed_us = lanmu_sql_int64 (stmt, 10);
  row->position = sqlite3_column_int (stmt, 11);
  row->students = sqlite3_column_int (stmt, 12);
  return row;
}

GPtrArray *lanmu_slots_list (LanmuDb *db, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_slot_row_free);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error,
      "SELECT class.id, class.name, major.name, college.name, date, begins, ends, place, counselor, phone, missed_us, "
      "class.position, (SELECT count (*) FROM student WHERE student.class_id = class.id) "
      "FROM slot JOIN class ON class.id = slot.class_id JOIN major ON major.id = major_id JOIN college ON college.id = college_id "
      "ORDER BY class.position, class.id",
      "");
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    g_ptr_array_add (rows, read_row (stmt));
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}
