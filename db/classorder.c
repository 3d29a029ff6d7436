/* The order of classes and of students in a class; see classorder.h. Runs on the thread that owns the connection. */
#include "db/classorder.h"
#include "db/audit.h"
#include "db/json.h"
#include "db/roster.h"
#include "db/sql.h"

/* -- students -- */

typedef struct {
  gint64 id;
  gint64 position;
  char *student_no;
  int rank; /* 0 transfer, 1 of the list, 2 walk-in */
} Place;

static void clear_place (gpointer data)
{
  g_free (((Place *) data)->student_no);
}

static int compare_places (gconstpointer a, gconstpointer b)
{
  const Place *left = a, *right = b;

  return left->rank != right->rank ? left->rank - right->rank
                                   : lanmu_student_no_compare (left->student_no, right->student_no);
}

static GArray *load_places (LanmuDb *db, gint64 class_id, GError **error)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (Place));
  g_autoptr (sqlite3_stmt) stmt =
      lanmu_sql_query (db, error,
                       "SELECT id, position, student_no, CASE WHEN EXISTS (SELECT 1 FROM transfer WHERE student_id = student.id) THEN 0 "
                       "WHEN EXISTS (SELECT 1 FROM walk_in WHERE student_id = student.id) THEN 2 ELSE 1 END FROM student WHERE class_id = ?",
                       "i", class_id);
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  g_array_set_clear_func (places, clear_place);
  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    Place place = {lanmu_sql_int64 (stmt, 0), lanmu_sql_int64 (stmt, 1), lanmu_sql_text (stmt, 2),
                   sqlite3_column_int (stmt, 3)};
    g_array_append_val (places, place);
  }
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&places);
}

gboolean lanmu_class_order_students (LanmuDb *db, gint64 class_id, GError **error)
{
  g_autoptr (GArray) places = load_places (db, class_id, error);

  if (!places)
    return FALSE;
  g_array_sort (places, compare_places);
  for (guint i = 0; i < places->len; i++) {
    const Place *place = &g_array_index (places, Place, i);
    if (place->position != (gint64) i + 1 &&
        !lanmu_sql_run (db, error, NULL, "UPDATE student SET position = ? WHERE id = ?", "ii", (gint64) i + 1,
                        place->id))
      return FALSE;
  }
  return TRUE;
}

gboolean lanmu_transfer_is (LanmuDb *db, gint64 student_id)
{
  gint64 found = 0;

  return lanmu_sql_int (db, NULL, &found, 0, "SELECT count (*) FROM transfer WHERE student_id = ?", "i", student_id) &&
         found;
}

static gboolean set_transfer (LanmuDb *db, gint64 student_id, gboolean is_transfer, const char *actor, GError **error)
{
  g_autofree char *subject = g_strdup_printf ("student/%" G_GINT64_FORMAT, student_id);
  g_autoptr (LanmuStudentRow) row = lanmu_student_get (db, student_id, error);

  if (!row)
    return FALSE;
  if (lanmu_transfer_is (db, student_id) == is_transfer)
    return TRUE;
  gboolean written = is_transfer
                         ? lanmu_sql_run (db, error, NULL, "INSERT INTO transfer VALUES (?, ?, ?)", "isi", student_id,
                                          actor, g_get_real_time ())
                         : lanmu_sql_run (db, error, NULL, "DELETE FROM transfer WHERE student_id = ?", "i", student_id);
  return written && lanmu_class_order_students (db, row->class_id, error) &&
         lanmu_audit_append (db, actor, is_transfer ? "transfer.set" : "transfer.clear", subject, NULL, error);
}

gboolean lanmu_transfer_set (LanmuDb *db, gint64 student_id, gboolean is_transfer, const char *actor, GError **error)
{
  return lanmu_db_begin (db, "transfer", error) &&
         lanmu_db_end (db, set_transfer (db, student_id, is_transfer, actor, error), error);
}

/* -- classes -- */

gint64 lanmu_class_find (LanmuDb *db, const char *college, const char *name, GError **error)
{
  gint64 id = 0, count = 0;
#define WHERE                                                                                                          \
  " FROM class JOIN major ON major.id = major_id JOIN college ON college.id = college_id WHERE class.name = ?1 "       \
  "AND (?2 = '' OR college.name = ?2)"
  if (!lanmu_sql_int (db, error, &count, 0, "SELECT count (*)" WHERE, "se", name, college) ||
      !lanmu_sql_int (db, error, &id, 0, "SELECT class.id" WHERE, "se", name, college))
    return 0;
#undef WHERE
  if (count == 0)
    lanmu_sql_no_row (error, "class", name);
  if (count > 1)
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "There are %d classes called %s: name the college too",
                 (int) count, name);
  return count == 1 ? id : 0;
}

static GArray *load_order (LanmuDb *db, GError **error)
{
  g_autoptr (GArray) order = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (sqlite3_stmt) stmt = lanmu_sql_query (db, error, "SELECT id FROM class ORDER BY position, id", "");
  LanmuSqlStep step = stmt ? LANMU_SQL_ROW : LANMU_SQL_ERROR;

  while (step == LANMU_SQL_ROW && (step = lanmu_sql_step (db, stmt, error)) == LANMU_SQL_ROW) {
    gint64 id = lanmu_sql_int64 (stmt, 0);
    g_array_append_val (order, id);
  }
  return step == LANMU_SQL_ERROR ? NULL : g_steal_pointer (&order);
}

static guint find_place (const GArray *order, gint64 id)
{
  guint i = 0;
  while (i < order->len && g_array_index (order, gint64, i) != id)
    i++;
  return i;
}

static gboolean write_order (LanmuDb *db, const GArray *order, GError **error)
{
  for (guint i = 0; i < order->len; i++)
    if (!lanmu_sql_run (db, error, NULL, "UPDATE class SET position = ?1 WHERE id = ?2 AND position <> ?1", "ii",
                        (gint64) i + 1, g_array_index (order, gint64, i)))
      return FALSE;
  return TRUE;
}

static gboolean move (LanmuDb *db, gint64 class_id, gint64 before_id, const char *actor, gint64 *follower,
                      GError **error)
{
  g_autoptr (GArray) order = load_order (db, error);
  if (!order)
    return FALSE;
  guint from = find_place (order, class_id);
  if (from == order->len || (before_id && find_place (order, before_id) == order->len))
    return lanmu_sql_no_row (error, "class", "to move, or to put it before");
  if (class_id == before_id) {
    g_set_error_literal (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "A class cannot stand before itself");
    return FALSE;
  }
  gint64 after = from + 1 < order->len ? g_array_index (order, gint64, from + 1) : 0;
  if (follower)
    *follower = after;
  if (after == before_id)
    return TRUE;
  g_array_remove_index (order, from);
  guint to = before_id ? find_place (order, before_id) : order->len;
  g_array_insert_val (order, to, class_id);
  g_autofree char *subject = g_strdup_printf ("class/%" G_GINT64_FORMAT, class_id);
  g_autofree char *detail = lanmu_json_object ("ii", "from", (gint64) from + 1, "to", (gint64) to + 1);
  return write_order (db, order, error) && lanmu_audit_append (db, actor, "class.move", subject, detail, error);
}

gboolean lanmu_class_move (LanmuDb *db, gint64 class_id, gint64 before_id, const char *actor, gint64 *follower,
                           GError **error)
{
  return lanmu_db_begin (db, "class.move", error) &&
         lanmu_db_end (db, move (db, class_id, before_id, actor, follower, error), error);
}
