/* Payments; see payments.h. Runs on the thread that owns the connection. */
#include "db/payments.h"
#include "db/audit.h"
#include "db/json.h"
#include "db/sql.h"

void lanmu_payment_row_free (LanmuPaymentRow *row)
{
  if (!row)
    return;
  g_free (row->class_name);
  g_free (row->student_no);
  g_free (row->student_name);
  g_free (row->note);
  g_free (row->actor);
  g_free (row);
}

static gboolean refuse (GError **error, const char *message)
{
  g_set_error_literal (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, message);
  return FALSE;
}

/* one_each: this payment is a student's. */
static gboolean check_way (LanmuDb *db, gint64 class_id, gboolean one_each, GError **error)
{
  gint64 others = 0;

  if (!lanmu_sql_int (db, error, &others, 0,
                      "SELECT count (*) FROM payment WHERE class_id = ? AND withdrawn_us IS NULL AND (student_id IS NULL) = ?", "ii",
                      class_id, (gint64) one_each))
    return FALSE;
  if (others)
    return refuse (error, one_each ? "This class pays in sums: withdraw them first, or add a sum"
                                   : "This class pays a student each: withdraw those first, or mark students");
  return TRUE;
}

static gboolean check_people (LanmuDb *db, gint64 class_id, int people, GError **error)
{
  gint64 students = 0, paid = 0;

  if (!lanmu_sql_int (db, error, &students, 0, "SELECT count (*) FROM student WHERE class_id = ?", "i", class_id) ||
      !lanmu_sql_int (db, error, &paid, 0,
                      "SELECT coalesce (sum (people), 0) FROM payment WHERE class_id = ? AND withdrawn_us IS NULL", "i",
                      class_id))
    return FALSE;
  if (people < 1)
    return refuse (error, "A sum is for at least one student");
  if (paid + people > students) {
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED,
                 "%d more would be %d paid of %d students in the class: look at the number again", people,
                 (int) paid + people, (int) students);
    return FALSE;
  }
  return TRUE;
}

static gboolean insert (LanmuDb *db, gint64 class_id, gint64 student_id, int people, gint64 fen, const char *note,
                        const char *actor, gint64 *id, GError **error)
{
  if (fen < 0)
    return refuse (error, "A payment is not below 0");
  if (!lanmu_sql_run (db, error, NULL,
                      "INSERT INTO payment (class_id, student_id, people, fen, note, actor, wall_us) VALUES (?, ?, ?, ?, ?, ?, ?)",
                      "iziiesi", class_id, student_id, (gint64) people, fen, note, actor, g_get_real_time ()))
    return FALSE;
  *id = sqlite3_last_insert_rowid (db->sql);
  g_autofree char *subject = g_strdup_printf ("payment/%" G_GINT64_FORMAT, *id);
  g_autofree char *detail = lanmu_json_object ("iiii", "class", class_id, "student", student_id, "people",
                                               (gint64) people, "fen", fen);
  return lanmu_audit_append (db, actor, "payment.add", subject, detail, error);
}

static gboolean add_of_student (LanmuDb *db, gint64 student_id, gint64 fen, const char *note, const char *actor,
                                gint64 *id, GError **error)
{
  gint64 class_id = 0, paid = 0;

  if (!lanmu_sql_int (db, error, &class_id, 0, "SELECT class_id FROM student WHERE id = ?", "i", student_id))
    return FALSE;
  if (!class_id)
    return lanmu_sql_no_row (error, "student", "of this payment");
  if (!lanmu_sql_int (db, error, &paid, 0,
                      "SELECT count (*) FROM payment WHERE student_id = ? AND withdrawn_us IS NULL", "i", student_id))
    return FALSE;
  if (paid) {
    g_set_error_literal (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS, "This student has paid already");
    return FALSE;
  }
  return check_way (db, class_id, TRUE, error) && insert (db, class_id, student_id, 1, fen, note, actor, id, error);
}

gint64 lanmu_payment_of_student (LanmuDb *db, gint64 student_id, gint64 fen, const char *note, const char *actor,
                                 GError **error)
{
  gint64 id = 0;

  return lanmu_db_begin (db, "payment.add", error) &&
                 lanmu_db_end (db, add_of_student (db, student_id, fen, note, actor, &id, error), error)
             ? id
             : 0;
}

gint64 lanmu_payment_of_class (LanmuDb *db, gint64 class_id, int people, gint64 fen, const char *note,
                               const char *actor, GError **error)
{
  gint64 id = 0;

  if (!lanmu_db_begin (db, "payment.add", error))
    return 0;
  gboolean good = check_way (db, class_id, FALSE, error) && check_people (db, class_id, people, error) &&
                  insert (db, class_id, 0, people, fen, note, actor, &id, error);
  return lanmu_db_end (db, good, error) ? id : 0;
}

static gboolean withdraw (LanmuDb *db, gint64 id, const char *actor, GError **error)
{
  g_autofree char *subject = g_strdup_printf ("payment/%" G_GINT64_FORMAT, id);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, id);
  gint64 there = 0;
  int changes = 0;

  if (!lanmu_sql_int (db, error, &there, 0, "SELECT count (*) FROM payment WHERE id = ?", "i", id))
    return FALSE;
  if (!there)
    return lanmu_sql_no_row (error, "payment", number);
  if (!lanmu_sql_run (db, error, &changes,
                      "UPDATE payment SET withdrawn_us = ?, withdrawn_by = ? WHERE id = ? AND withdrawn_us IS NULL", "isi",
                      g_get_real_time (), actor, id))
    return FALSE;
  if (changes == 0)
    return refuse (error, "This payment is withdrawn already");
  return lanmu_audit_append (db, actor, "payment.withdraw", subject, NULL, error);
}

gboolean lanmu_payment_withdraw (LanmuDb *db, gint64 id, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "payment.withdraw", error) && lanmu_db_end (db, withdraw (db, id, actor, error), error);
}

static LanmuPaymentRow *read_row (sqlite3_stmt *stmt)
{
  LanmuPaymentRow *row = g_new0 (LanmuPaymentRow, 1);

  row->id = lanmu_sql_int64 (stmt, 0);
  row->class_id = lanmu_sql_int64 (stmt, 1);
  row->student_id = lanmu_sql_int64 (stmt, 2);
  row->class_name = lanmu_sql_text (stmt, 3);
  row->student_no = lanmu_sql_text (stmt, 4);
  row->student_name = lanmu_sql_text (stmt, 5);
  row->people = sqlite3_column_int (stmt, 6);
  row->fen = lanmu_sql_int64 (stmt, 7);
  row->note = lanmu_sql_text (stmt, 8);
  row->actor = lanmu_sql_text (stmt, 9);
  row->wall_us = lanmu_sql_int64 (stmt, 10);
  row->withdrawn = sqlite3_column_int (stmt, 11) != 0;
  return row;
}

GPtrArray *lanmu_payments_list (LanmuDb *db, gint64 class_id, gboolean all, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify) lanmu_payment_row_free);
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (
      db, error,
      "SELECT payment.id, payment.class_id, payment.student_id, class.name, student_no, student.name, people, fen, note, actor, wall_us, "
      "withdrawn_us NOT NULL FROM payment JOIN class ON class.id = payment.class_id LEFT JOIN student ON student.id = payment.student_id "
      "WHERE (?1 = 0 OR payment.class_id = ?1) AND (?2 <> 0 OR withdrawn_us IS NULL) ORDER BY payment.id",
      "ii", class_id, (gint64) all);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW)
    g_ptr_array_add (rows, read_row (stmt));
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&rows);
}
