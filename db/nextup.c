/* Whom `next` calls; the rules are numbered in presence.h. Runs on the thread that owns the connection. */
#include "db/presence.h"
#include "db/sql.h"

/* Waiting, and there as far as anybody counted, and measured where the gate stands. c: the class, counted: is somebody in it marked? ?9: health_since_us. */
#define COUNTED(c) "EXISTS (SELECT 1 FROM student AS marked CROSS JOIN presence ON presence.student_id = marked.id WHERE marked.class_id = " c ")"
#define MEASURED(s) "(?9 = 0 OR EXISTS (SELECT 1 FROM health WHERE health.student_id = " s ".id AND health.wall_us >= ?9))"
#define PRESENT(s) "EXISTS (SELECT 1 FROM presence WHERE presence.student_id = " s ".id AND presence.state = 'present')"
#define CANDIDATE(s) s ".state = 'waiting' AND " MEASURED (s) " AND (NOT " COUNTED (s ".class_id") " OR " PRESENT (s) ")"

typedef struct {
  LanmuDb *db;
  gint64 after, health_since;
  gint64 class_id, student_position, class_position; /* of `after` */
} Search;

/* Parameters: ?1 a student or class, ?2 a position, ?9 the gate. */
static gboolean find (Search *self, const char *sql, gint64 one, gint64 two, gint64 *id, GError **error)
{
  return lanmu_sql_int (self->db, error, id, 0, sql, "iiiiiiiii", one, two, self->after, (gint64) 0, (gint64) 0, (gint64) 0,
                        (gint64) 0, (gint64) 0, self->health_since);
}

/* 1: the sitting before this one was called by turn and of a later class: the two alternate. */
static gboolean find_way_back (Search *self, gint64 *id, GError **error)
{
  gint64 other = 0;

  if (!lanmu_sql_int (self->db, error, &other, 0,
                      "SELECT student.class_id FROM (SELECT student_id, how FROM binding WHERE student_id NOT NULL AND student_id <> ?1 "
                      "ORDER BY id DESC LIMIT 1) AS last JOIN student ON student.id = last.student_id JOIN class ON class.id = student.class_id "
                      "WHERE last.how = 'queue' AND class.position > ?2 AND " COUNTED ("?3"),
                      "iii", self->after, self->class_position, self->class_id))
    return FALSE;
  return !other || find (self, "SELECT id FROM student WHERE class_id = ?1 AND " CANDIDATE ("student") " ORDER BY position LIMIT 1", other, 0, id, error);
}

/* 2 */
static gboolean find_latecomer (Search *self, gint64 *id, GError **error)
{
  return find (self,
               "SELECT student.id FROM presence AS came CROSS JOIN student ON student.id = came.student_id CROSS JOIN class ON class.id = student.class_id "
               "WHERE came.state = 'present' AND class.position < ?2 AND " CANDIDATE ("student") " AND EXISTS (SELECT 1 FROM binding JOIN student AS sat "
               "ON sat.id = binding.student_id WHERE sat.class_id = class.id) ORDER BY class.position, class.id, student.position LIMIT 1",
               0, self->class_position, id, error);
}

/* 3 */
static gboolean find_in_class (Search *self, gint64 *id, GError **error)
{
  return find (self, "SELECT id FROM student WHERE class_id = ?1 AND position > ?2 AND " CANDIDATE ("student") " ORDER BY position LIMIT 1",
               self->class_id, self->student_position, id, error) &&
         (*id || find (self, "SELECT id FROM student WHERE class_id = ?1 AND id <> ?3 AND " CANDIDATE ("student") " AND " PRESENT ("student") " ORDER BY position LIMIT 1",
                       self->class_id, 0, id, error));
}

/* 4: of the classes behind this position, or of all. */
static gboolean find_behind (Search *self, gint64 position, gint64 *id, GError **error)
{
  return find (self,
               "SELECT student.id FROM class CROSS JOIN student ON student.class_id = class.id WHERE class.position > ?2 AND student.id <> ?3 AND " CANDIDATE (
                   "student") " ORDER BY class.position, class.id, student.position LIMIT 1",
               0, position, id, error);
}

static gboolean load_after (Search *self, GError **error)
{
  g_autoptr (LanmuStudentRow) row = lanmu_student_get (self->db, self->after, error);

  if (!row)
    return FALSE;
  self->class_id = row->class_id;
  self->student_position = row->position;
  return lanmu_sql_int (self->db, error, &self->class_position, 0, "SELECT position FROM class WHERE id = ?", "i", row->class_id);
}

gboolean lanmu_presence_next (LanmuDb *db, gint64 after_id, gint64 health_since_us, LanmuStudentRow **next, GError **error)
{
  Search search = {.db = db, .after = after_id, .health_since = health_since_us};
  gint64 id = 0;

  *next = NULL;
  if (after_id) {
    if (!load_after (&search, error) || !find_way_back (&search, &id, error) || (!id && !find_latecomer (&search, &id, error)) ||
        (!id && !find_in_class (&search, &id, error)) || (!id && !find_behind (&search, search.class_position, &id, error)))
      return FALSE;
  }
  if (!id && !find_behind (&search, G_MININT64, &id, error))
    return FALSE;
  return !id || (*next = lanmu_student_get (db, id, error));
}
