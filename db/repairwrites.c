/* A repair is done: one transaction, in the order that the schema's triggers ask for. Runs on the thread that owns the
 * connection; see repairs.h. */
#include "db/repairs.h"
#include "db/audit.h"
#include "db/sql.h"

/* Where the state of such a person is kept, by the column that names it. */
static gboolean is_as_before (LanmuDb *db, const LanmuRepairPerson *person, gboolean *is, GError **error)
{
  gint64 found = 0;
  gboolean ok = person->student_id
                    ? lanmu_sql_int (db, error, &found, 0,
                                     "SELECT count (*) FROM student WHERE id = ? AND state = ? AND chosen_shot IS ?",
                                     "iss", person->student_id, person->state_before, person->chosen_before)
                    : lanmu_sql_int (db, error, &found, 0,
                                     "SELECT count (*) FROM capture_code WHERE token = ? AND state = ? AND "
                                     "chosen_shot IS ?",
                                     "sss", person->token, person->state_before, person->chosen_before);

  *is = found == 1;
  return ok;
}

static gboolean check_people (LanmuDb *db, const LanmuRepairRow *row, GError **error)
{
  for (guint i = 0; i < row->people->len; i++) {
    gboolean is;
    if (!is_as_before (db, g_ptr_array_index (row->people, i), &is, error))
      return FALSE;
    if (!is) {
      g_set_error (error, LANMU_DB_ERROR, LANMU_DB_ERROR_REFUSED,
                   "Somebody whom this repair touches has changed meanwhile: look at it again");
      return FALSE;
    }
  }
  return TRUE;
}

static gboolean insert_head (LanmuDb *db, LanmuRepairRow *row, GError **error)
{
  row->wall_us = row->wall_us ? row->wall_us : g_get_real_time ();
  return lanmu_sql_run (db, error, NULL, "INSERT INTO repair (kind, undoes, actor, reason, wall_us) VALUES (?, ?, ?, ?, ?)",
                        "szssi", lanmu_repair_kind_to_string (row->kind), row->undoes, row->actor, row->reason,
                        row->wall_us) &&
         lanmu_sql_int (db, error, &row->id, 0, "SELECT last_insert_rowid ()", "");
}

static gboolean insert_parts (LanmuDb *db, const LanmuRepairRow *row, GError **error)
{
  for (guint i = 0; i < row->shots->len; i++) {
    const LanmuRepairShot *shot = g_ptr_array_index (row->shots, i);
    if (!lanmu_sql_run (db, error, NULL,
                        "INSERT INTO repair_shot (repair_id, shot_id, from_student_id, from_token, from_reason, "
                        "to_student_id, to_token, to_reason) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                        "iszsezse", row->id, shot->shot_id, shot->from_student_id, shot->from_token, shot->from_reason,
                        shot->to_student_id, shot->to_token, shot->to_reason))
      return FALSE;
  }
  for (guint i = 0; i < row->people->len; i++) {
    const LanmuRepairPerson *person = g_ptr_array_index (row->people, i);
    if (!lanmu_sql_run (db, error, NULL,
                        "INSERT INTO repair_person (repair_id, student_id, token, state_before, chosen_before, "
                        "state_after, chosen_after) VALUES (?, ?, ?, ?, ?, ?, ?)",
                        "izsssss", row->id, person->student_id, person->token, person->state_before,
                        person->chosen_before, person->state_after, person->chosen_after))
      return FALSE;
  }
  return TRUE;
}

static gboolean set_person (LanmuDb *db, const LanmuRepairPerson *person, const char *state, const char *chosen,
                            GError **error)
{
  gint64 now = g_get_real_time ();

  if (person->student_id)
    return lanmu_sql_run (db, error, NULL, "UPDATE student SET chosen_shot = ?, state = ?, state_us = ? WHERE id = ?",
                          "ssii", chosen, state, now, person->student_id);
  return lanmu_sql_run (db, error, NULL,
                        "UPDATE capture_code SET chosen_shot = ?, state = ?, state_us = ? WHERE token = ?", "ssis",
                        chosen, state, now, person->token);
}

/* A portrait is an attached shot of the same person at every step: nobody has one while shots change hands. */
static gboolean set_people (LanmuDb *db, const LanmuRepairRow *row, gboolean after, GError **error)
{
  for (guint i = 0; i < row->people->len; i++) {
    const LanmuRepairPerson *person = g_ptr_array_index (row->people, i);
    if (!set_person (db, person, after ? person->state_after : "waiting", after ? person->chosen_after : NULL, error))
      return FALSE;
  }
  return TRUE;
}

static gboolean move_shots (LanmuDb *db, const LanmuRepairRow *row, GError **error)
{
  for (guint i = 0; i < row->shots->len; i++) {
    const LanmuRepairShot *shot = g_ptr_array_index (row->shots, i);
    gboolean to_tray = !shot->to_student_id && !shot->to_token;
    if (!lanmu_sql_run (db, error, NULL,
                        "UPDATE shot SET student_id = ?, token = ?, state = ?, reason = ?, likely_student_id = ?, "
                        "path = coalesce (?, path) WHERE id = ?",
                        "zssezss", shot->to_student_id, shot->to_token, to_tray ? "quarantined" : "attached",
                        shot->to_reason, shot->likely_student_id, shot->path, shot->shot_id))
      return FALSE;
  }
  return TRUE;
}

static gboolean audit (LanmuDb *db, const LanmuRepairRow *row, GError **error)
{
  g_autofree char *action = g_strconcat ("repair.", lanmu_repair_kind_to_string (row->kind), NULL);
  g_autofree char *subject = g_strdup_printf ("repair/%" G_GINT64_FORMAT, row->id);
  g_autofree char *detail = lanmu_repair_describe (row);

  return lanmu_audit_append (db, row->actor, action, subject, detail, error);
}

static int by_shot (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 ((*(LanmuRepairShot *const *)a)->shot_id, (*(LanmuRepairShot *const *)b)->shot_id);
}

static gboolean write_repair (LanmuDb *db, LanmuRepairRow *row, GError **error)
{
  g_ptr_array_sort (row->shots, by_shot); /* as they are read back: the audit's words must be the same then */
  return check_people (db, row, error) && insert_head (db, row, error) && insert_parts (db, row, error) &&
         set_people (db, row, FALSE, error) && move_shots (db, row, error) && set_people (db, row, TRUE, error) &&
         audit (db, row, error);
}

gboolean lanmu_repair_write (LanmuDb *db, LanmuRepairRow *row, GError **error)
{
  return lanmu_db_begin (db, "repair.write", error) && lanmu_db_end (db, write_repair (db, row, error), error);
}
