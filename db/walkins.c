/* Students who were on no list; see walkins.h. Runs on the thread that owns the connection. */
#include "db/walkins.h"
#include "db/audit.h"
#include "db/json.h"
#include "db/roster.h"
#include "db/rosterplaces.h"
#include "db/purge.h"
#include "db/rowseal.h"

static const char *or_empty (const char *text)
{
  return text ? text : "";
}

/* A student's row names who listed them: here nobody did, and that is a revision of its own. */
static gint64 find_revision (LanmuDb *db, GError **error)
{
  gint64 id;

  if (!lanmu_sql_int (db, error, &id, 0, "SELECT id FROM roster_revision WHERE encoding = 'walk-in' LIMIT 1", ""))
    return 0;
  if (id)
    return id;
  if (!lanmu_sql_int (db, error, &id, 0, "SELECT coalesce (min (id), 1) - 1 FROM roster_revision", "") ||
      !lanmu_sql_run (db, error, NULL,
                      "INSERT INTO roster_revision (id, file_name, sha256, encoding, rows, wall_us) "
                      "VALUES (?, '', '', 'walk-in', 0, ?)",
                      "ii", id ? id : -1, g_get_real_time ()))
    return 0;
  return sqlite3_last_insert_rowid (db->sql); /* before every list, so that it is never the newest */
}

static gint64 find_class (LanmuDb *db, const LanmuStudentRow *row, GError **error)
{
  gint64 id = 0, count = 0;

  if (!row->class_name || !*row->class_name) {
    const LanmuStudentRow place = {.class_name = (char *) LANMU_WALKIN_CLASS};
    g_autoptr (LanmuRosterPlaces) places = lanmu_roster_places_load (db, error);
    return places ? lanmu_roster_places_find (places, &place, error) : 0;
  }
#define WHERE                                                                                                          \
  " FROM class JOIN major ON major.id = major_id JOIN college ON college.id = college_id WHERE class.name = ?1 "       \
  "AND (?2 = '' OR college.name = ?2)"
  if (!lanmu_sql_int (db, error, &count, 0, "SELECT count (*)" WHERE, "se", row->class_name, row->college_name) ||
      !lanmu_sql_int (db, error, &id, 0, "SELECT class.id" WHERE, "se", row->class_name, row->college_name))
    return 0;
#undef WHERE
  if (count == 0)
    lanmu_sql_no_row (error, "class", row->class_name);
  if (count > 1)
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "There are %d classes called %s: name the college too",
                 (int) count, row->class_name);
  return count == 1 ? id : 0;
}

static char *next_number (LanmuDb *db, GError **error)
{
  gint64 last;

  if (!lanmu_sql_int (db, error, &last, 0,
                      "SELECT coalesce (max (CAST (substr (student_no, 2) AS INTEGER)), 0) FROM student "
                      "WHERE student_no GLOB 'W[0-9]*' AND id IN (SELECT student_id FROM walk_in)",
                      ""))
    return NULL;
  for (;;) {
    g_autofree char *number = g_strdup_printf ("W%04d", (int) ++last);
    gint64 taken;
    if (!lanmu_sql_int (db, error, &taken, 0, "SELECT count (*) FROM student WHERE student_no = ?", "s", number))
      return NULL;
    if (!taken)
      return g_steal_pointer (&number);
  }
}

static gboolean check (LanmuDb *db, const LanmuStudentRow *row, GError **error)
{
  gint64 taken;

  if (!row->name || !*row->name) {
    g_set_error_literal (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED, "A student needs a name");
    return FALSE;
  }
  if (!lanmu_sql_int (db, error, &taken, 0, "SELECT count (*) FROM student WHERE student_no = ?", "e", row->student_no))
    return FALSE;
  if (taken)
    g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_EXISTS, "Student number %s is in the list already",
                 row->student_no);
  return !taken;
}

static gint64 add (LanmuDb *db, const LanmuStudentRow *row, const char *note, const char *actor, GError **error)
{
  gint64 revision_id = check (db, row, error) ? find_revision (db, error) : 0;
  gint64 class_id = revision_id ? find_class (db, row, error) : 0;
  g_autofree char *number = *or_empty (row->student_no) ? g_strdup (row->student_no)
                            : class_id                  ? next_number (db, error)
                                                        : NULL;

  if (!class_id || !number ||
      !lanmu_sql_run (db, error, NULL,
                      "INSERT INTO student (student_no, name, sex, class_id, position, revision_id) "
                      "VALUES (?1, ?2, ?3, ?4, (SELECT coalesce (max (position), 0) + 1 FROM student WHERE "
                      "class_id = ?4), ?5)",
                      "sseii", number, row->name, row->sex, class_id, revision_id))
    return 0;
  gint64 id = sqlite3_last_insert_rowid (db->sql);
  g_autofree char *subject = g_strdup_printf ("student/%" G_GINT64_FORMAT, id);
  g_autofree char *detail = lanmu_json_object ("s", "student_no", number);
  return lanmu_private_put (db, id, 0, row->id_no, row->exam_no, row->extra, error) &&
                 lanmu_sql_run (db, error, NULL, "INSERT INTO walk_in (student_id, actor, note, wall_us) VALUES (?, ?, ?, ?)",
                        "isei", id, actor, note, g_get_real_time ()) &&
                 lanmu_audit_append (db, actor, "student.walk-in", subject, detail, error)
             ? id
             : 0;
}

gint64 lanmu_walkin_add (LanmuDb *db, const LanmuStudentRow *row, const char *note, const char *actor, GError **error)
{
  if (!lanmu_purge_require_none (db, error) || !lanmu_db_begin (db, "student.walk-in", error))
    return 0;
  gint64 id = add (db, row, note, actor, error);
  return lanmu_db_end (db, id != 0, error) ? id : 0;
}

gboolean lanmu_walkin_is (LanmuDb *db, gint64 student_id)
{
  gint64 found = 0;

  return lanmu_sql_int (db, NULL, &found, 0, "SELECT count (*) FROM walk_in WHERE student_id = ?", "i", student_id) &&
         found;
}
